//! Withdrawn or on hold, by a token status list: it is fetched, proven to be the issuer's, and read.

use crate::budget;
use crate::json::{Json, Object};
use crate::key::{self, Resolved};
use crate::proof::jose::Token;
use crate::report::{Check, CheckId, Explain, NeedKind, Reason, Status, Vouched};
use crate::status::token::{self, Reference};

use super::open::Scope;
use super::sd_jwt::issuer_key;

const ID: CheckId = CheckId::Revocation;

/// The rows of a token whose claim `status` is `status`, by `issuer` with the key of `signer`.
#[inline(never)]
pub(crate) fn rows(
    status: &Json,
    issuer: Option<&str>,
    signer: Option<&Resolved>,
    scope: Scope<'_>,
) -> Vec<Check> {
    let place = match token::reference(status) {
        Ok(Some(place)) => place,
        Ok(None) => {
            let name = status.as_object().and_then(|o| o.iter().next()).map_or("status", |(name, _)| name);
            return vec![unknown(Reason::StatusUnsupported).with("type", name)];
        }
        Err(fault) => return vec![Check::explained(ID, &fault)],
    };
    let rows = match look_up(place, issuer, signer, scope) {
        Ok(value) => token::rows(value),
        Err(row) => vec![row],
    };
    rows.into_iter().map(|row| row.resting_on(place.uri)).collect()
}

fn look_up(
    place: Reference<'_>,
    issuer: Option<&str>,
    signer: Option<&Resolved>,
    scope: Scope<'_>,
) -> Result<u8, Check> {
    let bytes = scope
        .lookups
        .get(NeedKind::StatusList, place.uri, ID)
        .map_err(|missing| Check::explained(ID, &missing))?;
    if bytes.len() > budget::MAX_STATUS_LIST as usize {
        return Err(unknown(Reason::TooLarge));
    }
    let list = prove(bytes, issuer, signer, scope)?;
    scope.lookups.vouch(place.uri, Vouched::Signature);
    place.read(&list, scope.now).map_err(|fault| Check::explained(ID, &fault))
}

/// The claims of the status list token in `bytes`, proven to be the issuer's: by the issuer's id, or by the very key
/// that signed the credential. Anybody else could sign a clear list.
fn prove(
    bytes: &[u8],
    issuer: Option<&str>,
    signer: Option<&Resolved>,
    scope: Scope<'_>,
) -> Result<Object, Check> {
    // CBOR web tokens begin with a tag or an array, where text has no byte.
    if bytes.first().is_some_and(|b| *b >= 0x80) {
        return Err(unknown(Reason::StatusUnsupported).with("type", "statuslist+cwt"));
    }
    let text = core::str::from_utf8(bytes).map_err(|_| unknown(Reason::StatusListMalformed))?;
    let token = Token::parse(text.trim()).map_err(|_| unknown(Reason::StatusListMalformed))?;
    if token.typ().is_none() || !token.is_of_type(&["statuslist+jwt"]) {
        return Err(unknown(Reason::StatusListMalformed));
    }
    let claims = token.payload().as_object().cloned().unwrap_or_default();
    if signer.is_some_and(|signer| token.verify(&signer.key).is_ok()) {
        return Ok(claims);
    }
    let lister = claims.get("iss").map_or(issuer, Json::as_str);
    let Some(issuer) = issuer.filter(|_| lister == issuer) else {
        return Err(unknown(Reason::StatusListOther).with("name", lister.unwrap_or_default()));
    };
    let resolved = issuer_key(&token, issuer, scope);
    let resolved = resolved.map_err(|fault| match fault {
        key::Error::Missing(_) | key::Error::MethodUnsupported(_) => {
            Check { status: Status::Unknown, ..Check::explained(ID, &fault) }
        }
        _ => unknown(Reason::StatusListUnproven),
    })?;
    match token.verify(&resolved.key) {
        Ok(_) => Ok(claims),
        Err(fault) if fault.status() == Status::Unknown => Err(Check::explained(ID, &fault)),
        Err(_) => Err(unknown(Reason::StatusListUnproven)),
    }
}

fn unknown(reason: Reason) -> Check {
    Check::because(ID, Status::Unknown, reason)
}
