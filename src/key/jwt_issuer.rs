//! Keys of issuers whose `iss` is an https URL, by their own metadata (SD-JWT VC, section "JWT VC Issuer Metadata").

use super::document::{fetch, origin};
use super::{Error, Query, Relationship, Resolved, jwks};
use crate::codec;
use crate::evidence::Lookups;
use crate::report::{Basis, NeedKind};
use crate::time::Timestamp;

/// Finds the key named `kid`, or the only one, among those that `issuer` publishes for its JWTs.
///
/// # Errors
/// [`Error::Missing`] while metadata or keys are not there; else what is wrong with them.
pub(super) fn resolve(
    issuer: &str,
    kid: Option<&str>,
    lookups: &Lookups,
    now: Timestamp,
) -> Result<Resolved, Error> {
    let url = metadata_url(issuer).ok_or(Error::UrlMalformed)?;
    let query = Query { owner: issuer, relationship: Relationship::AssertionMethod, lookups, now };
    let metadata = fetch(NeedKind::IssuerProfile, &url, &query)?;
    if metadata.str("issuer") != Some(issuer) {
        return Err(if metadata.has("issuer") { Error::DocumentMismatch } else { Error::DocumentMalformed });
    }
    let key = match (metadata.get("jwks"), metadata.get("jwks_uri")) {
        (Some(set), None) => jwks::select(set.as_object().ok_or(Error::DocumentMalformed)?, kid),
        // The issuer's own word says where its keys are, on whichever host.
        (None, Some(uri)) => {
            let uri = uri.as_str().ok_or(Error::DocumentMalformed)?;
            jwks::select(&fetch(NeedKind::IssuerProfile, uri, &query)?, kid)
        }
        _ => Err(Error::DocumentMalformed),
    }?;
    let host = origin(issuer).and_then(|origin| {
        let (_, authority) = codec::split_once(&origin, "://")?;
        authority.split(':').next().map(Into::into)
    });
    let method = kid.map_or_else(|| issuer.into(), |kid| [issuer, "#", kid].concat());
    Ok(Resolved { key, method, basis: Basis::Domain, domain: host, document: Some(url) })
}

/// Where the metadata is: the well-known path stands between host and path. An identifier has neither query nor
/// fragment.
fn metadata_url(issuer: &str) -> Option<String> {
    let (scheme, rest) = codec::split_once(issuer, "://")?;
    if rest.contains(['?', '#']) {
        return None;
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = path.strip_suffix('/').unwrap_or(path);
    Some([scheme, "://", host, "/.well-known/jwt-vc-issuer", path].concat())
}
