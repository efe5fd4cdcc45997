//! Wrappings in JSON and data URLs, as wallets and issuing services hand credentials out.

use crate::codec::{self, BadEncoding};
use crate::json::{Json, Object};

/// The members that carry the credential in common JSON envelopes.
const MEMBERS: [&str; 3] = ["jwt", "credential", "credentialWithProof"];

/// What `object` only wraps: an object, or a string to be read on. An object with a context or a proof speaks for
/// itself.
pub(super) fn find(object: &Object) -> Option<&Json> {
    if object.has("@context") || object.has("proof") {
        return None;
    }
    let mut found = MEMBERS.iter().filter_map(|m| object.get(m));
    match (found.next(), found.next()) {
        (Some(inner @ (Json::String(_) | Json::Object(_))), None) => Some(inner),
        // Two candidates leave open which one is meant.
        _ => None,
    }
}

/// The bytes that a data URL holds (RFC 2397); its media type is not looked at. `None` for other text.
pub(super) fn data_url(text: &str) -> Option<Result<Vec<u8>, BadEncoding>> {
    data_url_parts(text).map(|(_, bytes)| bytes)
}

/// The media type of a data URL, without parameters, and its bytes. `None` for other text.
pub(crate) fn data_url_parts(text: &str) -> Option<(&str, Result<Vec<u8>, BadEncoding>)> {
    let (head, body) = codec::strip_start(text, "data:")?.split_once(',')?;
    let base64 = head.rsplit(';').next().is_some_and(|last| last.eq_ignore_ascii_case("base64"));
    let bytes = match codec::percent_decode(body) {
        Ok(bytes) if base64 => {
            core::str::from_utf8(&bytes).map_err(|_| BadEncoding).and_then(codec::base64_any)
        }
        other => other,
    };
    Some((head.split(';').next().unwrap_or_default(), bytes))
}
