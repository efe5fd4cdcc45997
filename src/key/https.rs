//! Keys of owners whose id is an https URL, as in Open Badges 3.0.
//!
//! All documents must be on the owner's own origin. The key stands in the owner's own document, or in a document of
//! its own that names the owner as its controller while the owner's document lists it; for JOSE also in a bare JWK or
//! JWK Set, which only the origin vouches for (Open Badges 3.0, section 8.2.2).

use super::document::{self, Document, origin};
use super::{Error, PublicKey, Query, Resolved};
use crate::codec;
use crate::json::{Json, Object};
use crate::report::{Basis, NeedKind};

/// The key that `method` (`base`, `#` and `fragment`) names.
pub(super) fn resolve(
    method: &str,
    base: &str,
    fragment: Option<&str>,
    query: &Query,
) -> Result<Resolved, Error> {
    if origin(base).is_none() || origin(base) != origin(query.owner) {
        return Err(Error::NotIssuer);
    }
    let key = if base == query.owner {
        if fragment.is_none() {
            return Err(Error::UrlMalformed);
        }
        own_document(query)?.method(method, query)?
    } else {
        let object = document::fetch(NeedKind::IssuerProfile, base, query)?;
        match bare_key(&object, method, fragment)? {
            Some(jwk) => PublicKey::from_jwk(jwk)?,
            None => {
                let key = document::method_in(object, base, method, query)?;
                own_document(query)?.require(method, query, Error::NotAuthorized)?;
                key
            }
        }
    };
    Ok(resolved(key, method.into(), base))
}

/// The only key of the owner's document that has the relationship.
pub(super) fn resolve_sole(query: &Query) -> Result<Resolved, Error> {
    let (method, key) = own_document(query)?.sole(query)?;
    Ok(resolved(key, method, query.owner))
}

/// The key of another identifier, `base`, whose `method` the owner's document lists under the relationship.
pub(super) fn delegated(method: &str, base: &str, query: &Query) -> Result<Resolved, Error> {
    own_document(query)?.require(method, query, Error::NotIssuer)?;
    let found = super::resolve(method, base, query.relationship, query.lookups, query.now)?;
    Ok(resolved(found.key, found.method, query.owner))
}

fn resolved(key: PublicKey, method: String, base: &str) -> Resolved {
    Resolved {
        key,
        method,
        basis: Basis::Domain,
        domain: origin(base).and_then(|origin| {
            let (_, authority) = codec::split_once(&origin, "://")?;
            authority.split(':').next().map(Into::into)
        }),
        document: Some(base.into()),
    }
}

fn own_document<'a>(query: &Query<'a>) -> Result<Document<'a>, Error> {
    Document::of(document::fetch(NeedKind::IssuerProfile, query.owner, query)?, query.owner)
}

/// The JWK that the document is, or the one of its JWK Set that the fragment names (RFC 7517, section 5).
fn bare_key<'a>(
    object: &'a Object,
    method: &str,
    fragment: Option<&str>,
) -> Result<Option<&'a Object>, Error> {
    if object.has("kty") {
        return Ok(Some(object));
    }
    let Some(keys) = object.get("keys") else { return Ok(None) };
    let keys = keys.as_array().ok_or(Error::DocumentMalformed)?;
    let named = |key: &&Json| {
        let kid = key.get("kid").and_then(Json::as_str);
        kid.is_some() && (kid == fragment || kid == Some(method))
    };
    let mut found = keys.iter().filter(named).filter_map(Json::as_object);
    match (found.next(), found.next()) {
        (Some(key), None) => Ok(Some(key)),
        (None, _) => Err(Error::NotFound),
        (Some(_), Some(_)) => Err(Error::DocumentMalformed),
    }
}
