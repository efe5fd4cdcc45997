//! SVG: the one element that holds a badge, found by its namespace (Open Badges 3.0, section 5.3.2).

use std::borrow::Cow;

use super::Fault;
use super::baked::{Baked, Payload, Standard};
use super::xml::{Event, Xml, unescape};
use crate::budget;

const OPEN_BADGES_3: &str = "https://purl.imsglobal.org/ob/v3p0";
const OPEN_BADGES_2: &str = "http://openbadges.org";

/// The badges in an SVG document.
///
/// # Errors
/// `Html` for a web page, `NotRecognized` for XML of another kind.
pub(super) fn find(text: &str) -> Result<Baked<'static>, Fault> {
    let mut xml = Xml::new(text);
    match root(&mut xml) {
        Ok(()) => {}
        Err(Fault::ImageDamaged) if is_html(text.as_bytes()) => return Err(Fault::Html),
        Err(Fault::ImageDamaged) if !has(text.as_bytes(), "<svg") => return Err(Fault::NotRecognized),
        Err(fault) => return Err(fault),
    }
    let mut baked = Baked::default();
    while let Some(event) = xml.next()? {
        let Event::Open(name) = event else { continue };
        let Some(standard) = standard(&xml, name)? else { continue };
        let verify = xml.attribute("verify")?.map_or(Ok(String::new()), |raw| unescape(raw, true))?;
        let body = body(&mut xml)?;
        if let Some(text) = choose(standard, verify.trim(), body.trim())? {
            let bytes = Cow::Owned(text.as_bytes().to_vec());
            baked.add(standard, Payload { bytes, deflated: false, irregular: false })?;
        }
    }
    Ok(baked)
}

/// Reads up to the root element, which must be an SVG's.
fn root(xml: &mut Xml<'_>) -> Result<(), Fault> {
    loop {
        match xml.next()? {
            Some(Event::Doctype(name)) if name.eq_ignore_ascii_case("html") => return Err(Fault::Html),
            Some(Event::Open(name)) => {
                let local = name.rsplit(':').next().unwrap_or(name);
                return match local {
                    "svg" => Ok(()),
                    // European credentials before 2023, which were XML.
                    "europassCredential" | "europassPresentation" => Err(Fault::Europass),
                    _ if local.eq_ignore_ascii_case("html") => Err(Fault::Html),
                    _ => Err(Fault::NotRecognized),
                };
            }
            _ => {}
        }
    }
}

/// Whether bytes that are no XML are a web page: one of its tags is among the first few thousand.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    has(bytes, "<html") || has(bytes, "<!doctype html")
}

fn has(bytes: &[u8], tag: &str) -> bool {
    bytes.windows(tag.len()).take(4_096).any(|w| w.eq_ignore_ascii_case(tag.as_bytes()))
}

/// The standard whose badge element was just opened, if it is one.
fn standard(xml: &Xml<'_>, name: &str) -> Result<Option<Standard>, Fault> {
    let (namespace, standard) = match name.rsplit(':').next() {
        Some("credential") => (OPEN_BADGES_3, Standard::OpenBadges3),
        Some("assertion") => (OPEN_BADGES_2, Standard::OpenBadges2),
        _ => return Ok(None),
    };
    Ok((xml.namespace(name)? == namespace).then_some(standard))
}

/// The text inside the element that was just opened, which must hold nothing else.
fn body(xml: &mut Xml<'_>) -> Result<String, Fault> {
    let mut body = String::new();
    loop {
        match xml.next()? {
            Some(Event::Text(raw)) => body.push_str(&unescape(raw, false)?),
            Some(Event::Literal(text)) => body.push_str(text),
            Some(Event::Close) => return Ok(body),
            _ => return Err(Fault::ImageDamaged),
        }
        if body.len() > budget::MAX_CREDENTIAL {
            return Err(Fault::TooLarge);
        }
    }
}

/// Which of the two places holds the badge: a token in `verify`, else the body, else whatever `verify` names.
fn choose<'a>(standard: Standard, verify: &'a str, body: &'a str) -> Result<Option<&'a str>, Fault> {
    if body.is_empty() {
        return Ok(Some(verify).filter(|v| !v.is_empty()));
    }
    if !verify.starts_with("eyJ") {
        return Ok(Some(body));
    }
    // Open Badges 2.0 repeats a signed assertion in plain JSON; 3.0 has room for one credential.
    if standard == Standard::OpenBadges3 && verify != body {
        return Err(Fault::ImageSeveral);
    }
    Ok(Some(verify))
}
