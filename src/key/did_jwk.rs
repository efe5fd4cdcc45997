//! did:jwk: the identifier is a JWK.

use super::{Did, Error, KeyKind, PublicKey, Query, Resolved};
use crate::codec;
use crate::json::{self, Json};
use crate::report::Basis;

/// The key in the DID; its one method is `#0`.
pub(super) fn resolve(did: &Did, fragment: Option<&str>, query: &Query) -> Result<Resolved, Error> {
    let text = codec::base64url(did.id).map_err(|_| Error::Malformed)?;
    let Ok(Json::Object(jwk)) = json::parse(&text) else { return Err(Error::Malformed) };
    let key = PublicKey::from_jwk(&jwk)?;
    if fragment.ok_or(Error::UrlMalformed)? != "0" {
        return Err(Error::NotFound);
    }
    if key.kind() == KeyKind::X25519 {
        return Err(Error::NotAuthorized);
    }
    Ok(Resolved {
        key,
        method: [query.owner, "#0"].concat(),
        basis: Basis::Itself,
        domain: None,
        document: None,
    })
}
