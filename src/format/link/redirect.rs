//! Links around a link: what mail filters, networks and search engines put in front of an address, and the links that
//! ask a network to list a certificate. Unwrapped by their text alone.

use std::borrow::Cow;

use super::platforms::{is_host, split};
use crate::codec;

/// Most wrappings of one link.
const LAYERS: usize = 4;

/// Host, beginning of the path, and the parameter that has the address.
const WRAPPERS: [(&str, &str, &str); 20] = [
    ("*.safelinks.protection.outlook.com", "/", "url"),
    ("*.linkedin.com", "/profile/add", "certUrl"),
    ("*.linkedin.com", "/redir/", "url"),
    ("*.linkedin.com", "/safety/go", "url"),
    ("*.google.com", "/url", "q"),
    ("*.google.com", "/url", "url"),
    ("*.google.ca", "/url", "q"),
    ("*.google.fr", "/url", "q"),
    ("*.bing.com", "/newtabredir", "url"),
    ("*.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("l.messenger.com", "/l.php", "u"),
    ("*.youtube.com", "/redirect", "q"),
    ("slack-redir.net", "/link", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("vk.com", "/away.php", "to"),
    ("linkprotect.cudasvc.com", "/url", "a"),
    ("urldefense.proofpoint.com", "/v1/url", "u"),
    ("duckduckgo.com", "/l/", "uddg"),
    ("href.li", "/", ""),
];

/// The address that `link` wraps, or itself.
pub(super) fn unwrapped(link: &str) -> Cow<'_, str> {
    let mut link = Cow::Borrowed(link);
    for _ in 0..LAYERS {
        match inner(&link) {
            Some(inside) => link = Cow::Owned(inside),
            None => break,
        }
    }
    link
}

fn inner(link: &str) -> Option<String> {
    // Our own pages name an address in the fragment, wherever they stand.
    if let Some(address) = link.split_once('#').and_then(|(_, fragment)| parameter(fragment, "url")) {
        return Some(address);
    }
    let (host, rest) = split(link)?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if host.eq_ignore_ascii_case("urldefense.com") {
        return defended(rest);
    }
    let fits = |site, start: &str| is_host(host, site) && (path.starts_with(start) || start == "/");
    WRAPPERS
        .iter()
        .filter(|(site, start, _)| fits(site, start))
        .find_map(|(_, _, name)| parameter(query, name))
}

/// The address in `/v3/__<address>__;`, where the address has none of the characters that would be encoded.
fn defended(path: &str) -> Option<String> {
    let (address, replaced) = codec::split_once(path.strip_prefix("/v3/__")?, "__;")?;
    let is_whole = replaced.starts_with('!') && !address.contains('*');
    if is_whole { address_in(address.into()) } else { None }
}

/// The web address that the parameter `name` of a query holds; a query without names may be one.
fn parameter(query: &str, name: &str) -> Option<String> {
    let query = query.split('#').next().unwrap_or_default();
    let raw = if name.is_empty() {
        query
    } else {
        let named = |pair: &&str| pair.split_once('=').is_some_and(|(n, _)| n.eq_ignore_ascii_case(name));
        query.split('&').find(named)?.split_once('=')?.1
    };
    address_in(codec::percent_decode(raw).ok()?)
}

fn address_in(bytes: Vec<u8>) -> Option<String> {
    let address = String::from_utf8(bytes).ok()?;
    split(&address)?;
    Some(address)
}
