//! Keys of owners whose id is an https URL, as in Open Badges 3.0.
//!
//! All documents must be on the owner's own origin. The key stands in the owner's own document, or in a document of
//! its own that names the owner as its controller while the owner's document lists it; for JOSE also in a bare JWK or
//! JWK Set, which only the origin vouches for (Open Badges 3.0, section 8.2.2).

use super::document::{self, Document, origin};
use super::jwks::{self, Wanted};
use super::{Error, PublicKey, Query, Resolved};
use crate::codec;
use crate::json::Object;
use crate::part::{self, Part};
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
    if base == query.owner {
        return own_key(Wanted::Named(fragment.ok_or(Error::UrlMalformed)?), query);
    }
    let object = document::fetch(NeedKind::IssuerProfile, base, query)?;
    let key = match bare_key(&object, method, fragment, query)? {
        Some(key) => key,
        None => {
            let key = document::method_in(object, base, method, query)?;
            own_document(query)?.require(method, query, Error::NotAuthorized)?;
            key
        }
    };
    Ok(resolved(key, method.into(), base, base.into()))
}

/// The key of the owner's own document that is wanted.
pub(super) fn own_key(wanted: Wanted<'_>, query: &Query) -> Result<Resolved, Error> {
    let (method, key) = own_document(query)?.wanted(wanted, query)?;
    Ok(resolved(key, method, query.owner, query.owner.into()))
}

/// The key of another identifier, `base`, whose `method` the owner's document lists under the relationship.
pub(super) fn delegated(method: &str, base: &str, query: &Query) -> Result<Resolved, Error> {
    own_document(query)?.require(method, query, Error::NotIssuer)?;
    let found = super::resolve(method, base, query.relationship, query.lookups, query.now)?;
    Ok(resolved(found.key, found.method, query.owner, query.owner.into()))
}

/// A key that the server at `base` speaks for, in a document of its own.
pub(super) fn resolved(key: PublicKey, method: String, base: &str, document: String) -> Resolved {
    Resolved {
        key,
        method,
        basis: Basis::Domain,
        domain: origin(base).and_then(|origin| {
            let (_, authority) = codec::split_once(&origin, "://")?;
            authority.split(':').next().map(Into::into)
        }),
        document: Some(document),
    }
}

fn own_document<'a>(query: &Query<'a>) -> Result<Document<'a>, Error> {
    Document::of(document::fetch(NeedKind::IssuerProfile, query.owner, query)?, query.owner)
}

/// The key of a document that is a JWK, or the one of a JWK Set that the fragment names: one without a fragment must
/// have but one key for the token's algorithm.
fn bare_key(
    object: &Object,
    method: &str,
    fragment: Option<&str>,
    query: &Query,
) -> Result<Option<PublicKey>, Error> {
    if object.has("kty") {
        return PublicKey::from_jwk(object).map(Some);
    }
    if !object.has("keys") {
        return Ok(None);
    }
    part::need(Part::Wide)?;
    // Some sets name each key by its whole address.
    match (jwks::select(object, Wanted::Named(method), query.alg), fragment) {
        (Err(Error::NotFound), Some(fragment)) => jwks::select(object, Wanted::Named(fragment), query.alg),
        (Err(Error::NotFound), None) => jwks::select(object, Wanted::Only, query.alg),
        (outcome, _) => outcome,
    }
    .map(Some)
}
