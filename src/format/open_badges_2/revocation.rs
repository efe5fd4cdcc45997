//! Revocation lists of signed badges (2.0, "Revocation List"): plain JSON, vouched for by its server alone.

use super::error::Error;
use super::link::{self, Found, reference, same};
use crate::format::open::Scope;
use crate::json::{Json, Object};
use crate::report::{Check, CheckId, NeedKind, Reason, Status};

const ID: CheckId = CheckId::Revocation;

/// The row of `assertion`, whose issuer's profile is `profile`.
pub(super) fn row(assertion: &Object, profile: &Found, scope: Scope<'_>) -> Check {
    if assertion.get("revoked").and_then(Json::as_bool) == Some(true) {
        return withdrawn(assertion.str("revocationReason"));
    }
    let Some(stated) = profile.object.get("revocationList").filter(|list| **list != Json::Null) else {
        return Check::new(ID, Status::Absent);
    };
    let unknown = |reason| Check::because(ID, Status::Unknown, reason);
    let Some(at) = reference(stated) else { return unknown(Reason::StatusListMalformed) };
    let (list, address) = match link::fetch(NeedKind::RevocationList, at, ID, scope) {
        Ok(found) => (found.object, found.address),
        Err(Error::Missing(missing)) => {
            return Check::explained(ID, &missing).resting_on(&missing.url);
        }
        Err(Error::Other(host)) => return unknown(Reason::StatusListOther).with("host", host),
        Err(_) => return unknown(Reason::StatusListMalformed),
    };
    if list.get("issuer").and_then(reference).is_some_and(|issuer| !profile.is(issuer)) {
        return unknown(Reason::StatusListOther).resting_on(&address);
    }
    find(&list, assertion).resting_on(&address)
}

/// The row of an assertion that the issuer took back.
pub(super) fn withdrawn(why: Option<&str>) -> Check {
    let row = Check::because(ID, Status::Failed, Reason::Revoked);
    match why {
        Some(text) => row.with("message", text),
        None => row,
    }
}

/// What `list` says of `assertion`. 1.0 has a plain object of reasons by `uid`.
pub(in crate::format) fn find(list: &Object, assertion: &Object) -> Check {
    let unknown = |reason| Check::because(ID, Status::Unknown, reason);
    let (id, uid) = (assertion.str("id"), assertion.str("uid"));
    if id.is_none() && uid.is_none() {
        return unknown(Reason::StatusNoId);
    }
    if !list.has("revokedAssertions") {
        let plain = !list.has("@context") && !list.has("type") && uid.is_some();
        return match uid.and_then(|uid| list.get(uid)) {
            Some(why) if plain => withdrawn(why.as_str()),
            // What has anything but reasons in it is another document, such as a server's word that it has no list.
            None if plain && list.iter().all(|(_, why)| why.as_str().is_some()) => {
                Check::new(ID, Status::Passed)
            }
            _ => unknown(Reason::StatusListMalformed),
        };
    }
    let is_it = |stated: &str| Some(stated) == uid || id.is_some_and(|id| same(id, stated));
    let mut malformed = false;
    for entry in list.each("revokedAssertions") {
        let (names, entry) = match entry {
            Json::String(text) => ([Some(text.as_str()), None], None),
            Json::Object(object) => ([object.str("id"), object.str("uid")], Some(object)),
            _ => ([None, None], None),
        };
        if names == [None, None] {
            // It could have been the one.
            malformed = true;
        }
        let still_good = entry.and_then(|e| e.get("revoked")).and_then(Json::as_bool) == Some(false);
        if names.into_iter().flatten().any(is_it) && !still_good {
            return withdrawn(entry.and_then(|e| e.str("revocationReason")));
        }
    }
    if malformed { unknown(Reason::StatusListMalformed) } else { Check::new(ID, Status::Passed) }
}
