//! JSON Web Keys (RFC 7517) that verify signatures.

use super::{Error, KeyKind, PublicKey, rsa};
use crate::codec;
use crate::json::{Json, Object};

/// Members that only a secret key has (RFC 7518, sections 6.2.2, 6.3.2 and 6.4; RFC 8037, section 2; RFC 9964).
const SECRET: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/// Reads a JWK.
pub(super) fn read(jwk: &Object) -> Result<PublicKey, Error> {
    if SECRET.iter().any(|name| jwk.has(name)) {
        return Err(Error::Malformed);
    }
    may_verify(jwk)?;
    let key = match jwk.str("kty").ok_or(Error::Malformed)? {
        "OKP" => octet_pair(jwk)?,
        "EC" => point(jwk)?,
        "RSA" => {
            let (n, e) = (unsigned(jwk, "n")?, unsigned(jwk, "e")?);
            PublicKey::new(KeyKind::Rsa, rsa::encode(&n, &e))?
        }
        // A shared secret is never a public key, even without its member `k`.
        "oct" => return Err(Error::Malformed),
        other => return Err(Error::MethodUnsupported(other.into())),
    };
    match optional_str(jwk, "alg")? {
        Some(alg) if !fits(alg, key.kind()) => Err(Error::Malformed),
        alg => Ok(key.only_for(alg)),
    }
}

/// Whether `use` and `key_ops` let the key verify (RFC 7517, sections 4.2 and 4.3).
fn may_verify(jwk: &Object) -> Result<(), Error> {
    if optional_str(jwk, "use")?.is_some_and(|value| value != "sig") {
        return Err(Error::NotAuthorized);
    }
    match jwk.get("key_ops") {
        None => Ok(()),
        Some(Json::Array(ops)) => {
            // There are eight operations, each named once at most.
            let repeated = |op: &Json| ops.iter().filter(|other| *other == op).count() > 1;
            if ops.len() > 8 || ops.iter().any(|op| op.as_str().is_none() || repeated(op)) {
                Err(Error::Malformed)
            } else if ops.iter().any(|op| op.is("verify")) {
                Ok(())
            } else {
                Err(Error::NotAuthorized)
            }
        }
        Some(_) => Err(Error::Malformed),
    }
}

fn octet_pair(jwk: &Object) -> Result<PublicKey, Error> {
    let kind = match jwk.str("crv").ok_or(Error::Malformed)? {
        "Ed25519" => KeyKind::Ed25519,
        "X25519" => KeyKind::X25519,
        other => return Err(Error::MethodUnsupported(other.into())),
    };
    PublicKey::new(kind, member(jwk, "x")?)
}

/// Coordinates have the full length of the field, leading zeros included (RFC 7518, section 6.2.1.2).
fn point(jwk: &Object) -> Result<PublicKey, Error> {
    let kind = match jwk.str("crv").ok_or(Error::Malformed)? {
        "P-256" => KeyKind::P256,
        "P-384" => KeyKind::P384,
        "P-521" => KeyKind::P521,
        "secp256k1" => KeyKind::Secp256k1,
        other => return Err(Error::MethodUnsupported(other.into())),
    };
    let (x, y) = (member(jwk, "x")?, member(jwk, "y")?);
    if x.len() != y.len() {
        return Err(Error::Malformed);
    }
    PublicKey::new(kind, [&[4], x.as_slice(), y.as_slice()].concat())
}

/// Whether the JOSE algorithm `alg` may be used with a key of `kind` (RFC 7518, RFC 8037, RFC 8812, RFC 9864).
pub(super) fn fits(alg: &str, kind: KeyKind) -> bool {
    match kind {
        KeyKind::Ed25519 => matches!(alg, "EdDSA" | "Ed25519"),
        KeyKind::P256 => alg == "ES256",
        KeyKind::P384 => alg == "ES384",
        KeyKind::P521 => alg == "ES512",
        KeyKind::Secp256k1 => alg == "ES256K",
        KeyKind::Rsa => matches!(alg, "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512"),
        _ => false,
    }
}

fn member(jwk: &Object, name: &str) -> Result<Vec<u8>, Error> {
    codec::base64url(jwk.str(name).ok_or(Error::Malformed)?).map_err(|_| Error::Malformed)
}

/// A positive integer in its fewest bytes (RFC 7518, section 2, `Base64urlUInt`).
fn unsigned(jwk: &Object, name: &str) -> Result<Vec<u8>, Error> {
    let bytes = member(jwk, name)?;
    if bytes.first().is_some_and(|b| *b != 0) { Ok(bytes) } else { Err(Error::Malformed) }
}

fn optional_str<'a>(jwk: &'a Object, name: &str) -> Result<Option<&'a str>, Error> {
    jwk.get(name).map(|value| value.as_str().ok_or(Error::Malformed)).transpose()
}
