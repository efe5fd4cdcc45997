//! Addresses, and the documents found there. What a badge refers to counts as what the server at that address says.

use super::error::Error;
use crate::codec;
use crate::evidence::{Missing, SafeUrl};
use crate::format::open::Scope;
use crate::json::{self, Json, Object};
use crate::report::{CheckId, Failure, NeedKind, Vouched};

/// A document, and where it was found.
#[derive(Clone, Debug)]
pub(in crate::format) struct Found {
    pub(in crate::format) object: Object,
    /// Its web address, without a fragment: its identity, whatever it says itself.
    pub(in crate::format) address: String,
    /// Whether it names another address of the same host as its own, or none that can be asked.
    pub(super) moved: bool,
}

impl Found {
    /// The host that answers for it.
    pub(in crate::format) fn host(&self) -> String {
        host(&self.address).unwrap_or_default()
    }

    /// Whether `reference` means this document: by its address, or by the id that it gives itself.
    pub(super) fn is(&self, reference: &str) -> bool {
        same(reference, &self.address) || self.object.str("id") == Some(reference)
    }
}

/// The web address that `reference` names; `None` where it is none. Badges from before servers had certificates refer
/// to `http:`, at which nothing can be believed: they are looked up by `https:`.
pub(in crate::format) fn address(reference: &str, scope: Scope<'_>) -> Option<String> {
    host(reference)?;
    let plain = without_fragment(reference);
    match plain.split_at_checked(7) {
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("http://") && !scope.policy.dangerously_allow.http =>
        {
            Some(["https://", rest].concat())
        }
        _ => Some(plain.into()),
    }
}

/// The JSON object at `reference`, wanted by the check `why`.
pub(in crate::format) fn fetch(
    kind: NeedKind,
    reference: &str,
    why: CheckId,
    scope: Scope<'_>,
) -> Result<Found, Error> {
    let (bytes, address) = bytes(kind, reference, why, scope)?;
    let host_of = |url: &str| host(url).unwrap_or_default();
    let Ok(Json::Object(object)) = json::parse(bytes) else {
        return Err(Error::Unreadable(host_of(&address)));
    };
    let moved = match object.get("id").map(Json::as_str) {
        None => false,
        Some(None) => return Err(Error::Malformed("id")),
        Some(Some(id)) if same(id, &address) => false,
        Some(Some(id)) => match host(id) {
            Some(other) if other != host_of(&address) => return Err(Error::Other(host_of(&address))),
            _ => true,
        },
    };
    Ok(Found { object, address, moved })
}

/// The bytes at `reference`, and the address asked. A server that passes the question on to another host does not
/// answer it: whoever is sent on could be anybody.
pub(in crate::format) fn bytes<'a>(
    kind: NeedKind,
    reference: &str,
    why: CheckId,
    scope: Scope<'a>,
) -> Result<(&'a [u8], String), Error> {
    let address = address(reference, scope).ok_or(Error::NoAddress)?;
    let bytes = scope.lookups.get(kind, &address, why)?;
    if scope.lookups.final_url(&address).is_some_and(|to| host(to) != host(&address)) {
        scope.lookups.vouch(&address, Vouched::Nothing);
        return Err(Missing { url: address, cause: Some(Failure::Policy) }.into());
    }
    Ok((bytes, address))
}

/// The host of a web address, in lower case.
pub(super) fn host(url: &str) -> Option<String> {
    SafeUrl::parse(url, true).ok().map(|safe| safe.host().to_ascii_lowercase())
}

/// Whether two web addresses are one, whichever of the two schemes they are written with.
pub(super) fn same(a: &str, b: &str) -> bool {
    let rest = |url| codec::split_once(without_fragment(url), "://").map(|(_, rest)| rest);
    match (host(a), host(b), rest(a), rest(b)) {
        (Some(host_a), Some(host_b), Some(a), Some(b)) => host_a == host_b && path(a) == path(b),
        _ => a == b,
    }
}

/// What follows the host, where the shortest path may be left out.
pub(super) fn path(after_scheme: &str) -> &str {
    let path = after_scheme.find(['/', '?']).and_then(|at| after_scheme.get(at..)).unwrap_or_default();
    if path == "/" { "" } else { path }
}

/// Whether `reference` means what is called `id`. A fragment tells the parts of one document apart.
pub(super) fn means(reference: &str, id: &str) -> bool {
    id == reference || (!reference.contains('#') && !id.contains('#') && same(id, reference))
}

/// What a document is called: by the id that it gives itself, unless it was found at another `address`.
pub(super) fn name<'a>(document: &'a Object, address: Option<&'a str>) -> Option<&'a str> {
    document.str("id").filter(|id| address.is_none_or(|at| same(id, at))).or(address)
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// What a member refers to: a string, or the `id` of an object.
pub(in crate::format) fn reference(value: &Json) -> Option<&str> {
    match value {
        Json::String(url) => Some(url),
        Json::Object(object) => object.str("id"),
        Json::Array(values) => match values.as_slice() {
            [one @ (Json::String(_) | Json::Object(_))] => reference(one),
            _ => None,
        },
        _ => None,
    }
}
