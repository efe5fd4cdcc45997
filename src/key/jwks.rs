//! JWK Sets (RFC 7517, section 5): which of the keys is meant?

use super::{Error, PublicKey};
use crate::json::{Json, Object};

/// Which key of an owner is meant.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// The one of this name.
    Named(&'a str),
    /// The one that came along.
    Same(&'a PublicKey),
    /// The only one there is.
    Only,
}

/// The one key of `set` that is wanted and may have signed with `alg`; one that was named is given whatever its
/// algorithm, so that the signature's check can say what is wrong.
///
/// A set also holds keys for other algorithms or other uses, and keys of kinds that nobody here knows: they are passed
/// over. Several keys may have one name only where their algorithms differ (RFC 7517, section 4.5).
///
/// # Errors
/// [`Error::NotFound`] where there is none, or where several may be meant; [`Error::DocumentMalformed`] where `set`
/// is no JWK Set, or several keys have the name; else what is wrong with the one that was named.
#[inline(never)]
pub(super) fn select(set: &Object, wanted: Wanted<'_>, alg: Option<&str>) -> Result<PublicKey, Error> {
    let keys = set.get("keys").and_then(Json::as_array).ok_or(Error::DocumentMalformed)?;
    let named = |jwk: &&Object| match wanted {
        Wanted::Named(kid) => jwk.str("kid") == Some(kid),
        Wanted::Same(_) | Wanted::Only => true,
    };
    let (mut found, mut misfit, mut fault) = (None, None, Error::NotFound);
    for jwk in keys.iter().filter_map(Json::as_object).filter(named) {
        match PublicKey::from_jwk(jwk) {
            Ok(key) if alg.is_some_and(|alg| !key.can_verify(alg)) => misfit = Some(key),
            Ok(key) => match wanted {
                Wanted::Same(same) if key != *same => {}
                // The same key twice is still one.
                _ if found.as_ref().is_none_or(|earlier| *earlier == key) => found = Some(key),
                Wanted::Named(_) => return Err(Error::DocumentMalformed),
                _ => return Err(Error::NotFound),
            },
            Err(bad) => fault = bad,
        }
    }
    match (wanted, found.or(misfit.filter(|_| matches!(wanted, Wanted::Named(_))))) {
        (_, Some(key)) => Ok(key),
        (Wanted::Named(_), None) => Err(fault),
        (Wanted::Same(_) | Wanted::Only, None) => Err(Error::NotFound),
    }
}
