//! Whether a certificate was taken back: by the issuer's list, and before there were lists by spending what the recording
//! transaction paid to a key of revocation.

use super::award::{Award, Edition};
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
    let by_list = revocation::row(&award.assertion, of_profile.or(of_issuer), profile, scope);
    let _ = receipt;
    if edition != Edition::V1_2 || by_list.status == Status::Failed {
        return by_list;
    }
    let keys = ["revocationKeys", "revocation_key"];
    let spends = award.revocation_key.is_some()
        || profile.is_some_and(|profile| keys.iter().any(|name| profile.object.has(name)));
    // What was spent since, only the whole chain tells.
    if spends { Check::because(ID, Status::Unknown, Reason::StatusUnsupported) } else { by_list }
}
