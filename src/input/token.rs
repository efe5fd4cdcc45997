//! Compact tokens and links.

use super::Fault;
use crate::codec;

/// What a text of one word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jwt,
    SdJwt,
    Url,
}

/// The kind of a text.
pub(super) fn kind(text: &str) -> Result<Kind, Fault> {
    if is_link(text) {
        return Ok(Kind::Url);
    }
    let (token, kind) = match text.split_once('~') {
        Some((token, _)) => (token, Kind::SdJwt),
        None => (text, Kind::Jwt),
    };
    if is_jws(token) {
        Ok(kind)
    } else if token.starts_with("eyJ") {
        // A compact JWE has two parts more (RFC 7516, section 7.1).
        let is_encrypted = text.split('.').count() == 5 && header_says(text, b"\"enc\"");
        Err(if is_encrypted { Fault::Encrypted } else { Fault::Jwt })
    } else {
        Err(other(text))
    }
}

/// How other texts begin that a reader may find in a QR code and take for a credential.
const OTHERS: [(&str, Fault); 4] = [
    // CBOR-LD as text (W3C Verifiable Credential Barcodes, and what came before it).
    ("vp1-", Fault::CborLd),
    ("vc1-", Fault::CborLd),
    ("hc1:", Fault::HealthPass),
    ("shc:", Fault::HealthPass),
];

fn other(text: &str) -> Fault {
    OTHERS
        .iter()
        .find(|(start, _)| codec::strip_start(text, start).is_some())
        .map_or(Fault::NotRecognized, |(_, fault)| *fault)
}

/// `text` without the quotes and the word in front that come along when a token is copied.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text;
    for (open, close) in [('\'', '\''), ('`', '`'), ('“', '”'), ('«', '»')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|t| t.strip_suffix(close)) {
            text = inner.trim();
        }
    }
    for word in ["JWT:", "Bearer "] {
        text = codec::strip_start(text, word).map_or(text, str::trim);
    }
    text
}

/// An SD-JWT without the line breaks that came along when it was copied: they are long, and mail and documents wrap
/// them. No part of one can have a blank in it.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    let is_wrapped = text.contains('~')
        && text.bytes().any(|b| b.is_ascii_whitespace())
        && text.bytes().all(|b| is_of_token(b) || b.is_ascii_whitespace())
        && !text.split_ascii_whitespace().skip(1).any(begins_anew);
    is_wrapped.then(|| text.split_ascii_whitespace().collect())
}

/// Whether a piece of text is a token of its own, and none that belongs to the SD-JWT before it: a disclosure is no
/// token, and a key binding JWT says in its header that it is one.
fn begins_anew(piece: &str) -> bool {
    kind(piece).is_ok() && !header_says(piece, b"kb+jwt")
}

/// Whether `word` is in the header of a token, which is not read yet.
fn header_says(token: &str, word: &[u8]) -> bool {
    let header = token.split('.').next().map(codec::base64url);
    header.is_some_and(|header| header.is_ok_and(|json| json.windows(word.len()).any(|w| w == word)))
}

/// Whether a word looks like a token, whole or not.
pub(super) fn is_part(word: &str) -> bool {
    word.starts_with("eyJ") && word.bytes().all(is_of_token)
}

/// Whether a character can stand in a token.
pub(super) fn is_of_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~')
}

/// One address and nothing else. Whether it may be looked up is the URL policy's to say.
pub(super) fn is_link(text: &str) -> bool {
    let is_web = ["https://", "http://"].iter().any(|scheme| codec::strip_start(text, scheme).is_some());
    is_web && !text.contains(char::is_whitespace)
}

/// Three parts of base64url, the first of which begins a JSON object. The signature may be empty: an unsigned token
/// is to be named as such.
fn is_jws(text: &str) -> bool {
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let base64url = |part: &str| {
        part.len() % 4 != 1 && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    !payload.is_empty()
        && base64url(payload)
        && base64url(signature)
        && codec::base64url(header).is_ok_and(|json| json.starts_with(b"{"))
}
