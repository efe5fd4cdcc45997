//! Whether a certificate was taken back: by the issuer's list, and before there were lists by spending what the recording
//! transaction paid to a key of revocation.

use super::award::{Award, Edition};
use super::{anchor, keys};
use crate::format::open::Scope;
use crate::format::open_badges_2::{Error, Found, link, revocation};
use crate::json::{self, Json, Object};
use crate::proof::merkle::Receipt;
use crate::report::{Check, CheckId, NeedKind, Reason, Status};

const ID: CheckId = CheckId::Revocation;

/// `currency.revocation` by the list at the address that the issuer has `stated`. That address alone says whose the list is:
/// many lists go by the names of former places.
pub(super) fn by_list(assertion: &Object, stated: Option<&Json>, scope: Scope<'_>) -> Check {
    let Some(stated) = stated.filter(|list| **list != Json::Null) else {
        return Check::new(ID, Status::Absent);
    };
    let malformed = || Check::because(ID, Status::Unknown, Reason::StatusListMalformed);
    let Some(at) = link::reference(stated) else { return malformed() };
    match link::bytes(NeedKind::RevocationList, at, ID, scope) {
        Ok((bytes, address)) => match json::parse(bytes) {
            Ok(Json::Object(list)) => revocation::find(&list, assertion),
            _ => malformed(),
        }
        .resting_on(&address),
        Err(Error::Missing(missing)) => Check::because_of(ID, &missing).resting_on(&missing.url),
        Err(_) => malformed(),
    }
}

/// `currency.revocation`. The list is the one that the issuer's profile names today, or the certificate where the
/// profile names none or could not be had.
pub(super) fn row(
    award: &Award,
    edition: Edition,
    receipt: &Receipt,
    profile: Option<&Found>,
    scope: Scope<'_>,
) -> Check {
    let of_profile = profile.and_then(|profile| profile.object.get("revocationList"));
    let of_issuer = award.issuer.as_ref().and_then(|issuer| issuer.get("revocationList"));
    let by_list = by_list(&award.assertion, of_profile.or(of_issuer), scope);
    if edition != Edition::V1_2 || by_list.status == Status::Failed {
        return by_list;
    }
    let listed = profile.map(|profile| keys::of_revocation(&profile.object)).unwrap_or_default();
    let keys: Vec<&str> = listed.into_iter().chain(award.revocation_key.as_deref()).collect();
    if keys.is_empty() {
        return by_list;
    }
    match anchor::spent(receipt, award.address(), ID, scope) {
        Ok(spent) if spent.iter().any(|address| keys.contains(&address.as_str())) => {
            Check::because(ID, Status::Failed, Reason::Revoked)
        }
        Ok(_) if by_list.status == Status::Absent => Check::new(ID, Status::Passed),
        Ok(_) => by_list,
        Err(row) => row,
    }
}
