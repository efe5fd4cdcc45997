//! What is no credential as it stands, but may hold one or lead to one: a web page, or words around a link.
//!
//! What a page shows is never evidence. Only a credential counts that stands in it as data, or at an address that it
//! names as a credential's; and that is checked like any other.

use super::link;
use super::open::Scope;
use super::several::{self, Found};
use super::{Via, bytes, remark, unreadable};
use crate::codec::{strip_start, to_hex};
use crate::evidence::SafeUrl;
use crate::input::html::{self, Page};
use crate::input::{self, Content, Fault, Input, among, listed};
use crate::json::Json;
use crate::report::{Check, CheckId, Container, Format, NeedKind, Reason, Report, Status};
use sha2::{Digest, Sha256};

/// Most documents that are fetched for one page.
const FETCHED: usize = 3;

/// The report of `text`, which cannot be read as it stands for `fault`.
#[inline(never)]
pub(crate) fn report(text: &[u8], fault: &input::Error, via: Via<'_>, scope: Scope<'_>) -> Report {
    let found = match (fault.fault(), via) {
        (Fault::Html, Via::Link(address)) => page(text, Some(address), scope),
        (Fault::Html, _) => page(text, None, scope),
        _ => core::str::from_utf8(text).ok().and_then(|text| words(text.trim(), via, scope)),
    };
    found.unwrap_or_else(|| unreadable(fault.container(), fault, scope))
}

/// Text that is none of the kinds that hold a credential.
fn words(text: &str, via: Via<'_>, scope: Scope<'_>) -> Option<Report> {
    let format = || Format { sha256: Some(to_hex(&Sha256::digest(text.as_bytes()))), ..Format::default() };
    if let Some(parts) = listed(text) {
        return Some(several::texts(&parts, via, format(), scope));
    }
    if !matches!(via, Via::Reader) {
        return None;
    }
    if let Some(report) = link::if_for_wallet(text, scope) {
        return Some(report);
    }
    let meant = match among(text) {
        Ok(meant) => meant,
        Err(Fault::Jwt) => return Some(unreadable(Container::Jwt, &input::Error::from(Fault::Jwt), scope)),
        Err(_) => return None,
    };
    match meant.as_slice() {
        [one] => match input::read(one.as_bytes()).ok()?.content {
            Content::Url(url) => Some(link::follow(&url, scope)),
            _ => Some(bytes(one.as_bytes(), Via::Page, scope)),
        },
        tokens => Some(several::texts(tokens, Via::Page, format(), scope)),
    }
}

/// What is found in a page, which was fetched from `address` if there is one.
fn page(text: &[u8], address: Option<&str>, scope: Scope<'_>) -> Option<Report> {
    let text = html::text(text);
    let page = html::scan(&text);
    let found = embedded(&page, scope).or_else(|| linked(&page, address, scope));
    if let Some(report) = found {
        return Some(noted(report, address));
    }
    match (address, page.anchors.as_slice()) {
        (Some(address), _) => link::if_of_platform(address, scope),
        // A piece of a page with one link in it is that link: so programs hand over what was copied.
        (None, [only]) => Some(link::follow(only, scope)).filter(|_| SafeUrl::parse(only, false).is_ok()),
        (None, _) => None,
    }
}

/// The credentials that stand in the page.
fn embedded(page: &Page<'_>, scope: Scope<'_>) -> Option<Report> {
    let mut found = Found::default();
    for text in &page.embedded {
        let Ok(Input { content, .. }) = input::read(text.as_bytes()) else { continue };
        match content {
            Content::Json(Json::Array(items), _) => items.into_iter().for_each(|item| found.add(item)),
            Content::Json(json, _) => found.add(json),
            Content::Jwt(token) | Content::SdJwt(token) => found.add(Json::String(token)),
            Content::Url(_) | Content::Packed(..) => {}
        }
    }
    let mut report = found.report(Format::default(), scope)?;
    report.format.container = Container::Html;
    Some(report)
}

/// The credential at one of the addresses that the page names. They are asked one after the other: whom the first
/// answers, the others need not hear of.
fn linked(page: &Page<'_>, address: Option<&str>, scope: Scope<'_>) -> Option<Report> {
    let base = match (address, &page.base) {
        (Some(address), Some(base)) => resolve(address, base),
        (Some(address), None) => Some(address.into()),
        (None, Some(base)) => Some(base.clone()),
        (None, None) => None,
    };
    let stated = page.credentials.iter().map(|href| (href, true));
    let others = page.alternates.iter().chain(&page.pictures).map(|href| (href, false));
    let mut lost = None;
    for (href, is_stated) in stated.chain(others).take(FETCHED) {
        let Some(url) = resolve(base.as_deref().unwrap_or_default(), href) else { continue };
        match scope.lookups.get(NeedKind::Credential, &url, CheckId::Readable) {
            Ok(body) => {
                let report = bytes(body, Via::Page, scope);
                if link::holds_credential(&report) {
                    return Some(report);
                }
            }
            Err(missing) if missing.cause.is_none() => {
                return Some(unreadable(Container::Html, &missing, scope));
            }
            // That there is a credential is said of it alone.
            Err(missing) if is_stated => lost = lost.or(Some(missing)),
            Err(_) => {}
        }
    }
    lost.map(|missing| unreadable(Container::Html, &missing, scope))
}

/// Says on the row that it could be read where it was found; it changes no verdict.
fn noted(mut report: Report, address: Option<&str>) -> Report {
    let host = address.and_then(|address| SafeUrl::parse(address, true).ok()).map(|safe| safe.host());
    let row = Check::because(CheckId::Readable, Status::Warned, Reason::FoundInPage);
    remark(
        &mut report,
        match host {
            Some(host) => row.with("host", host),
            None => row,
        },
    );
    report
}

/// The web address that `reference` means on a page at `base` (RFC 3986, section 5.2). An address without TLS on a
/// page is asked for with it.
fn resolve(base: &str, reference: &str) -> Option<String> {
    let secure = |rest: &str| ["https://", rest].concat();
    let reference: String = reference.chars().filter(|c| !matches!(c, '\t' | '\r' | '\n')).collect();
    let absolute = match after_scheme(&reference) {
        Some(rest) => secure(rest),
        None => {
            let (host, path) = {
                let rest = after_scheme(base)?;
                rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len()))?
            };
            let path = path.split(['?', '#']).next().unwrap_or_default();
            if let Some(rest) = reference.strip_prefix("//") {
                secure(rest)
            } else if reference.starts_with('/') {
                secure(&[host, &reference].concat())
            } else if has_scheme(&reference) {
                return None;
            } else if reference.starts_with('?') {
                secure(&[host, path, &reference].concat())
            } else {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                secure(&[host, folder, "/", &reference].concat())
            }
        }
    };
    let absolute = absolute.split('#').next().unwrap_or_default();
    let (start, query) = absolute.split_once('?').map_or((absolute, None), |(s, q)| (s, Some(q)));
    let (host, path) = after_scheme(start)?.split_once('/').unwrap_or((after_scheme(start)?, ""));
    let mut url = secure(host);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    if matches!(path.rsplit('/').next(), Some("." | "..")) {
        segments.push("");
    }
    for segment in segments {
        url.push('/');
        encode(segment, &mut url);
    }
    if let Some(query) = query {
        url.push('?');
        encode(query, &mut url);
    }
    Some(url)
}

/// What follows `https://` or `http://`.
fn after_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| strip_start(url, scheme))
}

/// Whether a reference begins with a scheme (RFC 3986, section 3.1).
fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// Writes what addresses cannot have as it stands by its bytes.
fn encode(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic()
            && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}')
        {
            url.push(char::from(byte));
        } else {
            url.push('%');
            url.push_str(&to_hex(&[byte]).to_ascii_uppercase());
        }
    }
}
