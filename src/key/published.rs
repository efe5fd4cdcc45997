//! Keys that an owner publishes, where a token names them by less than a URL, or brings one along.
//!
//! An https owner may publish keys in two places, both on its own origin: in the document at its id, and in JWT VC
//! Issuer Metadata (SD-JWT VC, "JWT VC Issuer Metadata"; VC-JOSE-COSE points there as well). A key that came along with
//! the token counts only where it is found in one of them, or is the DID.

use super::document;
use super::jwks::{self, Wanted};
use super::{Did, Error, Query, Resolved, did_jwk, did_key, did_web, https, is_web, unsupported};
use crate::codec;
use crate::evidence::Missing;
use crate::json::Json;
use crate::report::{Failure, NeedKind};

/// Where issuers publish their keys for tokens: between the host and the path of their id.
const WELL_KNOWN: &str = "/.well-known/jwt-vc-issuer";

/// The key of the owner that is wanted.
#[inline(never)]
pub(super) fn resolve(wanted: Wanted<'_>, query: &Query) -> Result<Resolved, Error> {
    if !is_web(query.owner) {
        return of_did(wanted, query);
    }
    let fault = match https::own_key(wanted, query) {
        Err(fault) if is_silence(&fault) => fault,
        outcome => return outcome,
    };
    match metadata(wanted, query) {
        // Nothing is published there either.
        Err(
            Error::Missing(Missing { cause: Some(Failure::NotFound | Failure::Gone), .. })
            | Error::DocumentMalformed,
        ) => Err(fault),
        outcome => outcome,
    }
}

/// Whether the owner's own document is there and says nothing of the key. One that cannot be had might say that the
/// key is revoked: nobody may gain by withholding it.
fn is_silence(fault: &Error) -> bool {
    matches!(fault, Error::NotFound | Error::SelfAsserted | Error::DocumentMalformed)
}

fn of_did(wanted: Wanted<'_>, query: &Query) -> Result<Resolved, Error> {
    let did = Did::parse(query.owner)?;
    let found = match did.method {
        "key" => did_key::resolve(&did, None, query)?,
        "jwk" => did_jwk::resolve(&did, Some("0"), query)?,
        "web" => return did_web::resolve(&did, wanted, query),
        other => return Err(unsupported(other)),
    };
    match wanted {
        Wanted::Same(key) if *key != found.key => Err(Error::NotIssuer),
        _ => Ok(found),
    }
}

/// The wanted key of the owner's JWT VC Issuer Metadata.
#[inline(never)]
pub(super) fn metadata(wanted: Wanted<'_>, query: &Query) -> Result<Resolved, Error> {
    let url = well_known(query.owner).ok_or(Error::UrlMalformed)?;
    let metadata = document::fetch(NeedKind::IssuerProfile, &url, query)?;
    match metadata.str("issuer") {
        Some(issuer) if issuer == query.owner => {}
        Some(_) => return Err(Error::DocumentMismatch),
        None => return Err(Error::DocumentMalformed),
    }
    let (key, place) = match (metadata.get("jwks"), metadata.get("jwks_uri")) {
        (Some(Json::Object(set)), None) => (jwks::select(set, wanted, query.alg)?, url),
        (None, Some(Json::String(at))) => {
            let set = document::fetch(NeedKind::IssuerProfile, at, query)?;
            (jwks::select(&set, wanted, query.alg)?, at.clone())
        }
        _ => return Err(Error::DocumentMalformed),
    };
    let method = match wanted {
        Wanted::Named(kid) => [&place, "#", kid].concat(),
        Wanted::Same(_) | Wanted::Only => place.clone(),
    };
    Ok(https::resolved(key, method, query.owner, place))
}

/// The address of an owner's metadata: without the slash that may end the owner's.
fn well_known(owner: &str) -> Option<String> {
    let (scheme, rest) = codec::split_once(owner, "://")?;
    let rest = rest.split(['?', '#']).next()?;
    let (authority, path) = match rest.split_once('/') {
        Some((authority, path)) => (authority, path),
        None => (rest, ""),
    };
    let path = path.strip_suffix('/').unwrap_or(path);
    let slash = if path.is_empty() { "" } else { "/" };
    Some([scheme, "://", authority, WELL_KNOWN, slash, path].concat())
}
