//! did:web: the owner's document is on the owner's web server.

use super::document::{self, Document};
use super::jwks::Wanted;
use super::{Did, Error, Query, Resolved};
use crate::evidence::is_public_host;
use crate::report::{Basis, NeedKind};

/// The key of the DID's document that is wanted.
pub(super) fn resolve(did: &Did, wanted: Wanted<'_>, query: &Query) -> Result<Resolved, Error> {
    let location = Location::of(did.id).ok_or(Error::UrlMalformed)?;
    let object = document::fetch(NeedKind::DidDocument, &location.url, query)?;
    let document = Document::of(object, did.text)?;
    let (method, key) = document.wanted(wanted, query)?;
    Ok(Resolved {
        key,
        method,
        basis: Basis::Domain,
        domain: Some(location.host),
        document: Some(location.url),
    })
}

/// Where a did:web's document is.
struct Location {
    host: String,
    url: String,
}

impl Location {
    /// Reads a method-specific identifier: a host, perhaps `%3A` and a port, and perhaps path segments after colons.
    /// Nothing else that a URL could say is let through, so that every reader sees the same address.
    fn of(id: &str) -> Option<Self> {
        let mut parts = id.split(':');
        let authority = parts.next()?;
        let (host, port) = match authority.split_once('%') {
            Some((host, encoded)) => {
                (host, Some(encoded.strip_prefix("3A").or_else(|| encoded.strip_prefix("3a"))?))
            }
            None => (authority, None),
        };
        let plain = host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b));
        if !plain || !is_public_host(host) || port.is_some_and(|port| !is_port(port)) {
            return None;
        }
        let mut url = ["https://", host].concat();
        if let Some(port) = port {
            url.extend([":", port]);
        }
        let path = parts.try_fold(String::new(), |path, part| is_segment(part).then(|| path + "/" + part))?;
        url.push_str(if path.is_empty() { "/.well-known" } else { &path });
        url.push_str("/did.json");
        Some(Location { host: host.into(), url })
    }
}

fn is_port(text: &str) -> bool {
    !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Unreserved characters alone (RFC 3986, section 2.3), and no dot segment.
fn is_segment(text: &str) -> bool {
    !text.is_empty()
        && text != "."
        && text != ".."
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}
