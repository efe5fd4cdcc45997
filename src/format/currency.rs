//! Is it in force? Dates first, then each status entry: the list is fetched, opened like any credential, and read.

use std::rc::Rc;

use crate::json::{self, Json, Object};
use crate::key::Resolved;
use crate::part::{self, Part};
use crate::proof::Shown;
use crate::report::{Check, CheckId, NeedKind, Reason, Status, Vouched};
use crate::status::{self, Entry};

use super::draft::Draft;
use super::open::{Scope, fetched, party_id};
use super::token_status;

/// Adds the rows of the group currency.
pub(crate) fn rows(
    credential: &Object,
    signer: Option<&Resolved>,
    shown: Shown,
    draft: &mut Draft,
    scope: Scope<'_>,
) {
    stated(credential, signer, draft, scope);
    if let Shown::Part { status_compelled } = shown {
        let status_whole = status_compelled && credential.has("credentialStatus");
        draft.checks.iter_mut().for_each(|row| leave_open(row, status_whole));
    }
}

/// A date that is not there, the holder may have left out; so may a status, a part of it or another one, unless the
/// issuer makes every holder show all of it.
pub(crate) fn leave_open(row: &mut Check, status_whole: bool) {
    let open = match (row.id, row.status) {
        (CheckId::Started | CheckId::Expiry, Status::Absent) => true,
        (CheckId::Revocation, Status::Absent | Status::Passed | Status::Warned) => !status_whole,
        _ => false,
    };
    if open {
        *row = Check::because(row.id, Status::Unknown, Reason::MayBeLeftOut);
    }
}

/// The rows by what is there.
fn stated(credential: &Object, signer: Option<&Resolved>, draft: &mut Draft, scope: Scope<'_>) {
    for check in status::period(credential, scope.now) {
        draft.push(check);
    }
    let entries = match status::entries(credential) {
        Ok(entries) => entries,
        Err(fault) => {
            draft.explain(CheckId::Revocation, &fault);
            return;
        }
    };
    // Another mechanism than a list is as good a way to withdraw (draft-ietf-oauth-status-list, section 6.1).
    let token_status = credential.get("status").filter(|status| status.as_object().is_some());
    if entries.is_empty() && token_status.is_none() {
        // Some issuers keep their lists apart, and their proofs have told already.
        if draft.checks.iter().any(|c| c.id == CheckId::Revocation) {
            return;
        }
        draft.push(Check::new(CheckId::Revocation, Status::Absent));
        return;
    }
    if draft.core_failed() || !draft.is_signed() {
        // Nobody is asked about a credential that is not genuine.
        draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
        return;
    }
    let mut lists = Lists { credential, signer, opened: Vec::new() };
    let mut outcomes: Vec<Check> = entries.iter().map(|entry| outcome(entry, &mut lists, scope)).collect();
    if let Some(status) = token_status {
        outcomes.extend(match part::need(Part::Wide) {
            Ok(()) => token_status::rows(status, party_id(credential, "issuer"), signer, scope),
            Err(fault) => vec![Check::explained(CheckId::Revocation, &fault)],
        });
    }
    for row in status::merge(outcomes) {
        draft.push(row);
    }
    if !draft.checks.iter().any(|c| c.id == CheckId::Revocation) {
        draft.push(Check::new(CheckId::Revocation, Status::Absent));
    }
}

/// The status lists of one credential. Several entries often name one list: each is opened once.
struct Lists<'a> {
    credential: &'a Object,
    /// The credential's own signer.
    signer: Option<&'a Resolved>,
    opened: Vec<(&'a str, Rc<Result<Object, Check>>)>,
}

/// The row of one entry.
fn outcome<'a>(entry: &Entry<'a>, lists: &mut Lists<'a>, scope: Scope<'_>) -> Check {
    let Some((kind, url)) = entry.list() else { return entry.unsupported() };
    let id = entry.check();
    let bytes = match scope.lookups.get(kind, url, id) {
        Ok(bytes) => bytes,
        Err(missing) => return Check::explained(id, &missing).resting_on(url),
    };
    let row = if kind == NeedKind::RevocationList {
        match json::parse(bytes) {
            Ok(Json::Object(list)) => status::revoked(&list, lists.credential),
            _ => Check::because(id, Status::Unknown, Reason::StatusListMalformed),
        }
    } else {
        match lists.open(url, bytes, scope).as_ref() {
            Ok(list) => entry.read(list, url, scope.now),
            Err(row) => row.clone().of(id),
        }
    };
    row.resting_on(url)
}

impl<'a> Lists<'a> {
    /// The status list credential in `bytes`, opened and proven; or the row that says why it is not.
    fn open(&mut self, url: &'a str, bytes: &[u8], scope: Scope<'_>) -> Rc<Result<Object, Check>> {
        if let Some((_, known)) = self.opened.iter().find(|(u, _)| *u == url) {
            return Rc::clone(known);
        }
        let opened = Rc::new(self.prove(url, bytes, scope));
        self.opened.push((url, Rc::clone(&opened)));
        opened
    }

    fn prove(&self, url: &str, bytes: &[u8], scope: Scope<'_>) -> Result<Object, Check> {
        let unknown = |reason| Check::because(CheckId::Revocation, Status::Unknown, reason);
        let opened = fetched(bytes, scope).ok_or_else(|| unknown(Reason::StatusListMalformed))?;
        opened.proven(CheckId::Revocation, Reason::StatusListUnproven)?;
        let lister = party_id(&opened.document, "issuer");
        let same_key = match (self.signer, &opened.signer) {
            (Some(ours), Some(theirs)) => ours.key == theirs.key,
            _ => false,
        };
        // Whoever gets hold of the list's address could sign a clear list with a key of their own. A list counts
        // where it is signed by the issuer: by its id, or by the very key that signed the credential.
        if lister != party_id(self.credential, "issuer") && !same_key {
            return Err(unknown(Reason::StatusListOther).with("name", lister.unwrap_or_default()));
        }
        scope.lookups.vouch(url, Vouched::Signature);
        Ok(opened.document)
    }
}
