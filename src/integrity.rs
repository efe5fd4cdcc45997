//! Digests that a document states of another: `digestSRI` and `digestMultibase` (VCDM 2.0, section 5.3; VC Data
//! Integrity 1.0, section 2.6).

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::codec;
use crate::json::{Json, Object};

/// The hashes that are compared, the strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

impl Algorithm {
    /// Bytes of a digest.
    const fn size(self) -> usize {
        match self {
            Algorithm::Sha256 => 32,
            Algorithm::Sha384 => 48,
            Algorithm::Sha512 => 64,
        }
    }

    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Algorithm::Sha256 => Sha256::digest(bytes).to_vec(),
            Algorithm::Sha384 => Sha384::digest(bytes).to_vec(),
            Algorithm::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// One stated digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// How it was made.
    pub algorithm: Algorithm,
    /// Its bytes, as many as the algorithm gives.
    pub value: Vec<u8>,
}

/// A member that is not written as its grammar demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadDigest;

/// What an object states: of each member that is there the digests of the strongest hash, one of which must fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integrity(Vec<Vec<Digest>>);

/// Whether `object` states a digest.
pub fn is_stated(object: &Object) -> bool {
    object.has("digestSRI") || object.has("digestMultibase")
}

impl Integrity {
    /// What `object` states. Hashes that are not known here do not count, as Subresource Integrity has it.
    ///
    /// # Errors
    /// A member that is no digest.
    pub fn of(object: &Object) -> Result<Self, BadDigest> {
        let mut members = Vec::new();
        if let Some(value) = object.get("digestSRI") {
            members.push(strongest(value, sri)?);
        }
        if let Some(value) = object.get("digestMultibase") {
            members.push(strongest(value, multihash)?);
        }
        Ok(Integrity(members))
    }

    /// What `value` states, as the value of `digestSRI`.
    ///
    /// # Errors
    /// A value that is no digest.
    pub fn of_sri(value: &Json) -> Result<Self, BadDigest> {
        Ok(Integrity(vec![strongest(value, sri)?]))
    }

    /// Whether each member has a digest that `fits`; `None` where none is of a known hash.
    pub fn holds(&self, fits: impl Fn(&Digest) -> bool) -> Option<bool> {
        let mut known = self.0.iter().filter(|digests| !digests.is_empty()).peekable();
        known.peek()?;
        Some(known.all(|digests| digests.iter().any(&fits)))
    }

    /// Whether `bytes` are what was stated; `None` where no digest is of a known hash.
    pub fn fits(&self, bytes: &[u8]) -> Option<bool> {
        self.holds(|digest| digest.algorithm.digest(bytes) == digest.value)
    }
}

/// The digests of the strongest known hash in a text, or several.
fn strongest(
    value: &Json,
    read: impl Fn(&str) -> Result<Option<Digest>, BadDigest>,
) -> Result<Vec<Digest>, BadDigest> {
    let mut best: Vec<Digest> = Vec::new();
    let mut any = false;
    for text in value.each() {
        for word in text.as_str().ok_or(BadDigest)?.split_ascii_whitespace() {
            any = true;
            let Some(digest) = read(word)? else { continue };
            let so_far = best.first().map(|d| d.algorithm);
            if so_far < Some(digest.algorithm) {
                best.clear();
            }
            if so_far <= Some(digest.algorithm) {
                best.push(digest);
            }
        }
    }
    if any { Ok(best) } else { Err(BadDigest) }
}

/// A hash expression (Subresource Integrity, section 3.5): `sha256-…`, with options after a question mark.
fn sri(text: &str) -> Result<Option<Digest>, BadDigest> {
    let (expression, _) = text.split_once('?').unwrap_or((text, ""));
    let (name, value) = expression.split_once('-').ok_or(BadDigest)?;
    let value = codec::base64_any(value).map_err(|_| BadDigest)?;
    let algorithm = match name {
        "sha256" => Algorithm::Sha256,
        "sha384" => Algorithm::Sha384,
        "sha512" => Algorithm::Sha512,
        _ => return Ok(None),
    };
    sized(algorithm, value).map(Some)
}

/// A multihash in multibase: code, length, digest. All codes that are known here are one byte.
fn multihash(text: &str) -> Result<Option<Digest>, BadDigest> {
    // Other bases exist; credentials use these two.
    if !text.starts_with(['u', 'z']) {
        return if text.is_ascii() && text.len() > 1 { Ok(None) } else { Err(BadDigest) };
    }
    let bytes = codec::multibase(text).map_err(|_| BadDigest)?;
    let [code, length, value @ ..] = bytes.as_slice() else { return Err(BadDigest) };
    let algorithm = match code {
        0x12 => Algorithm::Sha256,
        0x13 => Algorithm::Sha512,
        0x20 => Algorithm::Sha384,
        _ => return Ok(None),
    };
    if usize::from(*length) != value.len() {
        return Err(BadDigest);
    }
    sized(algorithm, value.to_vec()).map(Some)
}

fn sized(algorithm: Algorithm, value: Vec<u8>) -> Result<Digest, BadDigest> {
    if value.len() == algorithm.size() { Ok(Digest { algorithm, value }) } else { Err(BadDigest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn stated(json: &str) -> Result<Integrity, BadDigest> {
        let Json::Object(object) = parse(json.as_bytes()).unwrap() else { panic!("no object") };
        Integrity::of(&object)
    }

    #[test]
    fn digests_are_compared() {
        let sri256 = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        let sri384 = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        for (text, expected) in [
            (format!(r#"{{"digestSRI":"{sri256}"}}"#), Some(true)),
            (format!(r#"{{"digestSRI":"{sri256}?x=y"}}"#), Some(true)),
            (format!(r#"{{"digestSRI":"{sri256} {sri384}"}}"#), Some(true)),
            // The strongest counts, whatever the others say.
            (format!(r#"{{"digestSRI":"{} {sri384}"}}"#, sri256.replace("ungW", "ungX")), Some(true)),
            (format!(r#"{{"digestSRI":"{sri256} {}"}}"#, sri384.replace("ywB1", "ywB2")), Some(false)),
            (format!(r#"{{"digestSRI":"{} {sri384}"}}"#, sri384.replace("ywB1", "ywB2")), Some(true)),
            (format!(r#"{{"digestSRI":"md5-AAAA {sri256}"}}"#), Some(true)),
            (r#"{"digestSRI":"md5-AAAA"}"#.into(), None),
            (r#"{"digestMultibase":"uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ"}"#.into(), Some(true)),
            (r#"{"digestMultibase":["uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ"]}"#.into(), Some(true)),
            (r#"{"digestMultibase":"uEiC7eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ"}"#.into(), Some(false)),
            (r#"{"digestMultibase":"uFgA"}"#.into(), None),
            (
                format!(
                    r#"{{"digestSRI":"{sri256}","digestMultibase":"uEiC7eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ"}}"#
                ),
                Some(false),
            ),
        ] {
            assert_eq!(stated(&text).unwrap().fits(b"abc"), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        for text in [
            r#"{"digestSRI":""}"#,
            r#"{"digestSRI":7}"#,
            r#"{"digestSRI":[]}"#,
            r#"{"digestSRI":"sha256"}"#,
            r#"{"digestSRI":"sha256-AAAA"}"#,
            r#"{"digestSRI":"sha256-!!"}"#,
            r#"{"digestMultibase":"uEiA"}"#,
            r#"{"digestMultibase":"u!"}"#,
            r#"{"digestMultibase":"u"}"#,
            r#"{"digestMultibase":"uEiEA"}"#,
        ] {
            assert_eq!(stated(text), Err(BadDigest), "{text}");
        }
    }
}
