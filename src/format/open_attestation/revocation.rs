//! Was it taken back? What the issuer's own server says; what only a blockchain says is not asked.

use super::contents::Wrapped;
use super::issuer::Revocation;
use crate::codec::to_hex;
use crate::format::open::Scope;
use crate::json;
use crate::report::{Check, CheckId, NeedKind, Reason, Status};

const ID: CheckId = CheckId::Revocation;

/// Most hashes of one document that a server is asked about.
const MAX_HASHES: usize = 8;

/// The row of one issuer.
pub(super) fn row(revocation: &Revocation, wrapped: &Wrapped, scope: Scope<'_>) -> Check {
    match revocation {
        Revocation::Unstated | Revocation::None => Check::new(ID, Status::Absent),
        Revocation::Other(name) => unknown(Reason::StatusUnsupported).with("type", name.as_str()),
        Revocation::Server(place) => ask(place, wrapped, scope),
    }
}

/// A server lists the document, or a batch that it belongs to: each is asked about.
fn ask(place: &str, wrapped: &Wrapped, scope: Scope<'_>) -> Check {
    if wrapped.hashes.len() > MAX_HASHES {
        return unknown(Reason::TooComplex);
    }
    let mut outcome = Check::new(ID, Status::Passed);
    for hash in &wrapped.hashes {
        let hash = ["0x", &to_hex(hash)].concat();
        let url = [place.trim_end_matches('/'), "/", &hash].concat();
        let row = match scope.lookups.get(NeedKind::RevocationList, &url, ID) {
            Err(missing) => Check::explained(ID, &missing),
            Ok(bytes) => match is_revoked(bytes, &hash) {
                Some(true) => return Check::because(ID, Status::Failed, Reason::Revoked).resting_on(&url),
                Some(false) => Check::new(ID, Status::Passed),
                None => unknown(Reason::StatusListMalformed),
            },
        };
        if outcome.status == Status::Passed {
            outcome = row.resting_on(&url);
        }
    }
    outcome
}

/// What `{"revoked": …, "documentHash": "0x…"}` says of the document.
fn is_revoked(answer: &[u8], hash: &str) -> Option<bool> {
    let answer = json::parse(answer).ok()?;
    let of_other = answer
        .get("documentHash")
        .is_some_and(|stated| stated.as_str().is_none_or(|stated| !stated.eq_ignore_ascii_case(hash)));
    answer.get("revoked")?.as_bool().filter(|_| !of_other)
}

fn unknown(reason: Reason) -> Check {
    Check::because(ID, Status::Unknown, reason)
}
