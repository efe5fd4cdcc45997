//! Which badges are an issuer's: the rules in its profile (2.0, "VerificationObject" and "HostedBadge Verification").

use super::link::{Found, host, path};
use crate::codec;
use crate::json::{Json, Object};

/// Whether the profile lets an assertion at `address` count as the issuer's: within one of its `startsWith`, and on one
/// of its `allowedOrigins`; on its own host where it states neither.
pub(super) fn owns_assertion(profile: &Found, address: &str) -> bool {
    let rules = Rules::of(profile);
    if !rules.starts.is_empty() {
        let within = rules.starts.iter().any(|start| is_within(address, start));
        return within && (rules.origins.is_empty() || rules.allows_host(address));
    }
    rules.allows_host(address) || (rules.origins.is_empty() && host(address) == host(&profile.address))
}

/// Whether a badge class at `address` may be the issuer's: on its own host, or on one that its rules name.
pub(super) fn owns_badge(profile: &Found, address: &str) -> bool {
    let rules = Rules::of(profile);
    let at = host(address);
    at == host(&profile.address)
        || rules.allows_host(address)
        || rules.starts.iter().any(|start| host(start) == at)
}

/// The rules of one profile.
struct Rules<'a> {
    starts: Vec<&'a str>,
    origins: Vec<&'a str>,
}

impl<'a> Rules<'a> {
    fn of(profile: &'a Found) -> Self {
        let rules = ["verification", "verify"].iter().find_map(|name| profile.object.get(name));
        let rules = rules.and_then(super::form::one).and_then(Json::as_object);
        let texts = |name: &str| rules.map(|rules| texts(rules, name)).unwrap_or_default();
        Rules { starts: texts("startsWith"), origins: texts("allowedOrigins") }
    }

    /// An origin is a host name; some write it as a URL.
    fn allows_host(&self, address: &str) -> bool {
        let Some(at) = host(address) else { return false };
        self.origins.iter().any(|origin| match host(origin) {
            Some(named) => named == at,
            None => origin.eq_ignore_ascii_case(&at),
        })
    }
}

fn texts<'a>(rules: &'a Object, name: &str) -> Vec<&'a str> {
    rules.each(name).iter().filter_map(Json::as_str).filter(|text| !text.is_empty()).collect()
}

/// Whether `address` begins with `start`: on the same host, with whole names in its path, and without steps upwards,
/// which lead out of it again.
fn is_within(address: &str, start: &str) -> bool {
    let after = |url: &str| codec::split_once(url, "://").map(|(_, rest)| path(rest).to_owned());
    let (Some(whole), Some(part)) = (after(address), after(start)) else { return false };
    if host(address) != host(start) || has_dots(&whole) {
        return false;
    }
    let Some(rest) = whole.strip_prefix(part.as_str()) else { return false };
    let names_end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.' | '~' | '%');
    rest.is_empty() || part.is_empty() || part.ends_with(names_end) || rest.starts_with(names_end)
}

/// What follows a dot at the front, however it is written.
fn after_dot(text: &str) -> Option<&str> {
    ["%2e", "%2E", "."].iter().find_map(|dot| text.strip_prefix(dot))
}

/// Whether a path has segments `.` or `..`, which browsers resolve before they ask.
fn has_dots(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    path.split('/')
        .any(|segment| after_dot(segment).is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some("")))
}
