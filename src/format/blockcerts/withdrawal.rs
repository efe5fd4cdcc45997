//! Whether a certificate was taken back: by the issuer's list, and before there were lists by spending what the recording
//! transaction paid to a key of revocation.

use super::award::{Award, Edition};
use super::{anchor, keys};
use crate::format::open::Scope;
use crate::format::open_badges_2::{Found, revocation};
use crate::proof::merkle::Receipt;
use crate::report::{Check, CheckId, Reason, Status};

const ID: CheckId = CheckId::Revocation;

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
    let is_issuer =
        |name: &str| profile.is_some_and(|profile| profile.is(name)) || award.issuer_id() == Some(name);
    let by_list = revocation::row(&award.assertion, of_profile.or(of_issuer), is_issuer, scope);
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
