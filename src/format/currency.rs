//! Is it in force? Dates first, then each status entry: the list is fetched, opened like any credential, and read.

use crate::input::{self, Content};
use crate::json::{self, Json, Object};
use crate::key::Relationship;
use crate::proof::jose::Token;
use crate::report::{Check, CheckId, NeedKind, Reason, Status, Vouched};
use crate::status::{self, Entry};

use super::draft::Draft;
use super::open::{Opened, Scope, Sealed, open, party_id};

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
    for row in status::merge(entries.iter().map(|entry| outcome(entry, credential, scope)).collect()) {
        draft.push(row);
    }
    if !draft.checks.iter().any(|c| c.id == CheckId::Revocation) {
        draft.push(Check::new(CheckId::Revocation, Status::Absent));
    }
}

fn is_signed(draft: &Draft) -> bool {
    !draft.checks.iter().any(|c| c.reason == Some(Reason::ProofMissing))
}

/// The row of one entry.
fn outcome(entry: &Entry<'_>, credential: &Object, scope: Scope<'_>) -> Check {
    let Some((kind, url)) = entry.list() else { return entry.unsupported() };
    let bytes = match scope.lookups.get(kind, url, entry.check()) {
        Ok(bytes) => bytes,
        Err(missing) => return Check::explained(entry.check(), &missing).resting_on(url),
    };
    let row = if kind == NeedKind::RevocationList {
        match json::parse(bytes) {
            Ok(Json::Object(list)) => status::revoked(&list, credential),
            _ => Check::because(entry.check(), Status::Unknown, Reason::StatusListMalformed),
        }
    } else {
        match list_credential(bytes, credential, url, scope) {
            Ok(list) => entry.read(&list, url, scope.now),
            Err(row) => Check { id: entry.check(), group: entry.check().group(), ..row },
        }
    };
    row.resting_on(url)
}

/// The status list credential in `bytes`, opened and proven; or the row that says why it is not.
fn list_credential(bytes: &[u8], credential: &Object, url: &str, scope: Scope<'_>) -> Result<Object, Check> {
    let id = CheckId::Revocation;
    let malformed = || Check::because(id, Status::Unknown, Reason::StatusListMalformed);
    let opened = match input::read(bytes).map_err(|_| malformed())?.content {
        Content::Json(Json::Object(object), _) => open_list(Sealed::Json(&object), scope),
        Content::Jwt(text) => open_list(Sealed::Jwt(&Token::parse(&text).map_err(|_| malformed())?), scope),
        _ => return Err(malformed()),
    };
    let worst = |status| opened.checks.iter().find(|c| c.status == status);
    if worst(Status::Failed).is_some() || worst(Status::Absent).is_some() {
        return Err(Check::because(id, Status::Unknown, Reason::StatusListUnproven));
    }
    if let Some(open) = worst(Status::Unknown).or(worst(Status::Skipped)) {
        return Err(Check {
            id,
            group: id.group(),
            severity: id.group().severity(),
            status: Status::Unknown,
            ..open.clone()
        });
    }
    if party_id(&opened.document, "issuer") != party_id(credential, "issuer") {
        return Err(Check::because(id, Status::Unknown, Reason::StatusListOther));
    }
    scope.lookups.vouch(url, Vouched::Signature);
    Ok(opened.document)
}

fn open_list(sealed: Sealed<'_>, scope: Scope<'_>) -> Opened {
    open(sealed, "issuer", Relationship::AssertionMethod, scope)
}
