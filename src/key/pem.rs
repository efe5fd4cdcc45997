//! Keys in PEM (RFC 7468), as older verification methods have them: a `SubjectPublicKeyInfo` (RFC 5280, section 4.1),
//! or an RSA key alone (RFC 8017, appendix A.1.1). One DER form is read of each.

use super::der::element;
use super::{Error, KeyKind, PublicKey};
use crate::codec;

/// What stands in `AlgorithmIdentifier`, by kind of key: RFC 8017, appendix A.1; RFC 5480, section 2.1.1; RFC 8410,
/// section 3.
static ALGORITHMS: [(&[u8], KeyKind); 6] = [
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", KeyKind::Rsa),
    (b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", KeyKind::P256),
    (b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22", KeyKind::P384),
    (b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x23", KeyKind::P521),
    (b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x0a", KeyKind::Secp256k1),
    (b"\x06\x03\x2b\x65\x70", KeyKind::Ed25519),
];

/// Reads a public key in PEM.
///
/// # Errors
/// [`Error::Malformed`] for anything but one public key; [`Error::MethodUnsupported`] for a kind that is not known
/// here; and what [`PublicKey::new`] refuses.
#[inline(never)]
pub(super) fn read(text: &str) -> Result<PublicKey, Error> {
    let rest = text.trim().strip_prefix("-----BEGIN ").ok_or(Error::Malformed)?;
    let (label, rest) = codec::split_once(rest, "-----").ok_or(Error::Malformed)?;
    let end = ["-----END ", label, "-----"].concat();
    let body = rest.strip_suffix(end.as_str()).ok_or(Error::Malformed)?;
    let body: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let der = codec::base64_any(&body).map_err(|_| Error::Malformed)?;
    match label {
        "PUBLIC KEY" => subject_public_key(&der),
        "RSA PUBLIC KEY" => PublicKey::new(KeyKind::Rsa, der),
        _ => Err(Error::Malformed),
    }
}

/// Reads a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
pub(super) fn subject_public_key(der: &[u8]) -> Result<PublicKey, Error> {
    let (body, rest) = element(der, 0x30).ok_or(Error::Malformed)?;
    let (algorithm, body) = element(body, 0x30).ok_or(Error::Malformed)?;
    let (bits, body) = element(body, 0x03).ok_or(Error::Malformed)?;
    match bits.split_first() {
        // A whole number of bytes, and nothing after them.
        Some((0, key)) if rest.is_empty() && body.is_empty() => {
            let known = ALGORITHMS.iter().find(|(identifier, _)| *identifier == algorithm);
            let (_, kind) = known.ok_or_else(|| Error::MethodUnsupported("SubjectPublicKeyInfo".into()))?;
            PublicKey::new(*kind, key.into())
        }
        _ => Err(Error::Malformed),
    }
}
