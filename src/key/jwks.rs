//! JWK Sets (RFC 7517, section 5).

use super::{Error, PublicKey};
use crate::json::{Json, Object};

/// The key that is named `kid`; the only one, where no name is given.
///
/// # Errors
/// [`Error::DocumentMalformed`] for another form or two keys of one name, [`Error::NotFound`]; what is wrong with the
/// key.
pub(super) fn select(set: &Object, kid: Option<&str>) -> Result<PublicKey, Error> {
    let keys = set.get("keys").and_then(Json::as_array).ok_or(Error::DocumentMalformed)?;
    let named =
        |key: &&Json| kid.is_none() || key.get("kid").and_then(Json::as_str).is_some_and(|k| Some(k) == kid);
    let mut found = keys.iter().filter(named);
    match (found.next(), found.next()) {
        (Some(key), None) => PublicKey::from_jwk(key.as_object().ok_or(Error::DocumentMalformed)?),
        (Some(_), Some(_)) if kid.is_some() => Err(Error::DocumentMalformed),
        _ => Err(Error::NotFound),
    }
}
