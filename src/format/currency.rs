//! Is it in force? Dates first, then each status entry: the list is fetched, opened like any credential, and read.

use std::rc::Rc;

use crate::input::{self, Content};
use crate::json::{self, Json, Object};
use crate::key::Relationship;
use crate::proof::jose::Token;
use crate::report::{Check, CheckId, NeedKind, Reason, Status, Vouched};
use crate::status::{self, Entry};

use super::draft::Draft;
use super::open::{Scope, Sealed, open, party_id};

/// Adds the rows of the group currency.
pub(crate) fn rows(credential: &Object, draft: &mut Draft, scope: Scope<'_>) {
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
    if entries.is_empty() {
        draft.push(Check::new(CheckId::Revocation, Status::Absent));
        return;
    }
    if draft.core_failed() || !is_signed(draft) {
        // Nobody is asked about a credential that is not genuine.
        draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
        return;
    }
    let mut lists = Lists::default();
    let outcomes = entries.iter().map(|entry| outcome(entry, credential, &mut lists, scope)).collect();
    for row in status::merge(outcomes) {
        draft.push(row);
    }
    if !draft.checks.iter().any(|c| c.id == CheckId::Revocation) {
        draft.push(Check::new(CheckId::Revocation, Status::Absent));
    }
}

fn is_signed(draft: &Draft) -> bool {
    !draft.checks.iter().any(|c| c.reason == Some(Reason::ProofMissing))
}

/// Status lists that were opened already: several entries often name one list.
#[derive(Default)]
struct Lists<'a>(Vec<(&'a str, Rc<Result<List, Check>>)>);

/// A status list credential whose own signature holds.
struct List {
    document: Object,
    /// Its signer, where that is not the credential's issuer.
    other: Option<String>,
}

/// The row of one entry.
fn outcome<'a>(entry: &Entry<'a>, credential: &Object, lists: &mut Lists<'a>, scope: Scope<'_>) -> Check {
    let Some((kind, url)) = entry.list() else { return entry.unsupported() };
    let id = entry.check();
    let bytes = match scope.lookups.get(kind, url, id) {
        Ok(bytes) => bytes,
        Err(missing) => return Check::explained(id, &missing).resting_on(url),
    };
    if kind == NeedKind::RevocationList {
        let row = match json::parse(bytes) {
            Ok(Json::Object(list)) => status::revoked(&list, credential),
            _ => Check::because(id, Status::Unknown, Reason::StatusListMalformed),
        };
        return row.resting_on(url);
    }
    let row = match lists.open(url, bytes, credential, scope).as_ref() {
        Ok(list) => match (entry.read(&list.document, url, scope.now), &list.other) {
            // The credential's signature names the list, and the list's own holds: whoever keeps it is a note.
            (row, Some(other)) if row.status == Status::Passed => {
                Check::because(id, Status::Warned, Reason::StatusListOther).with("name", other.as_str())
            }
            (row, _) => row,
        },
        Err(row) => Check { id, group: id.group(), severity: id.group().severity(), ..row.clone() },
    };
    row.resting_on(url)
}

impl<'a> Lists<'a> {
    fn open(
        &mut self,
        url: &'a str,
        bytes: &[u8],
        credential: &Object,
        scope: Scope<'_>,
    ) -> Rc<Result<List, Check>> {
        if let Some((_, known)) = self.0.iter().find(|(u, _)| *u == url) {
            return Rc::clone(known);
        }
        let opened = Rc::new(list(bytes, credential, url, scope));
        self.0.push((url, Rc::clone(&opened)));
        opened
    }
}

/// The status list credential in `bytes`, opened and proven; or the row that says why it is not.
fn list(bytes: &[u8], credential: &Object, url: &str, scope: Scope<'_>) -> Result<List, Check> {
    let unknown = |reason| Check::because(CheckId::Revocation, Status::Unknown, reason);
    let malformed = |_| unknown(Reason::StatusListMalformed);
    let sealed_for = |sealed| open(sealed, "issuer", Relationship::AssertionMethod, scope);
    let opened = match input::read_status_list(bytes).map_err(malformed)?.content {
        Content::Json(Json::Object(object), _) => sealed_for(Sealed::Json(&object)),
        Content::Jwt(text) => match Token::parse(&text) {
            Ok(token) => sealed_for(Sealed::Jwt(&token)),
            Err(_) => return Err(unknown(Reason::StatusListMalformed)),
        },
        _ => return Err(unknown(Reason::StatusListMalformed)),
    };
    let row_that_is = |status| opened.checks.iter().find(|c| c.status == status);
    if row_that_is(Status::Failed).or(row_that_is(Status::Absent)).is_some() {
        return Err(unknown(Reason::StatusListUnproven));
    }
    if let Some(open) = row_that_is(Status::Unknown).or(row_that_is(Status::Skipped)) {
        return Err(Check { status: Status::Unknown, ..open.clone() });
    }
    scope.lookups.vouch(url, Vouched::Signature);
    let signer = party_id(&opened.document, "issuer");
    let other = signer.filter(|_| signer != party_id(credential, "issuer")).map(String::from);
    Ok(List { document: opened.document, other })
}
