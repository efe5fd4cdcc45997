//! ECDSA (FIPS 186-5, section 6.4.2), its signatures as two numbers of fixed width (RFC 7518, section 3.4).
//!
//! The second number may be in either half of its range: RFC 7518 and RFC 8812 let signers choose.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::curve::{Curve, P256, P384, P521, Parameters, SECP256K1};
use crate::key::PublicKey;
use crate::proof::Error;

/// P-256 with SHA-256.
pub(super) fn p256(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    verify(&P256, key, &Sha256::digest(message), signature)
}

/// P-384 with SHA-384.
pub(super) fn p384(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    verify(&P384, key, &Sha384::digest(message), signature)
}

/// P-521 with SHA-512.
pub(super) fn p521(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    verify(&P521, key, &Sha512::digest(message), signature)
}

/// secp256k1 with SHA-256.
pub(super) fn secp256k1(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    verify(&SECP256K1, key, &Sha256::digest(message), signature)
}

fn verify(constants: &Parameters, key: &PublicKey, digest: &[u8], signature: &[u8]) -> Result<(), Error> {
    let curve = Curve::new(constants).ok_or(Error::KeyMalformed)?;
    let point = curve.point(key.bytes()).ok_or(Error::KeyMalformed)?;
    let scalars = &curve.scalars;
    let (r, s) = signature.split_at_checked(scalars.bytes()).ok_or(Error::SignatureMalformed)?;
    if s.len() != scalars.bytes() {
        return Err(Error::SignatureMalformed);
    }
    // Both must be from 1 to the order less 1; numbers out of range fit nothing.
    let in_range = |bytes: &[u8]| scalars.number(bytes).filter(|_| bytes.iter().any(|byte| *byte != 0));
    let (Some(r), Some(s)) = (in_range(r), in_range(s)) else { return Err(Error::SignatureInvalid) };
    // No digest here is longer than the order, so none is cut.
    let digest = scalars.wrapped(digest).ok_or(Error::SignatureInvalid)?;
    let inverse = curve.invert_scalar(&s);
    let [u, v] = [&digest, &r].map(|value| scalars.to_bytes(&scalars.multiply(value, &inverse)));
    let x = curve.combine_x(&u, &v, &point).and_then(|x| scalars.wrapped(&x));
    if x == Some(r) { Ok(()) } else { Err(Error::SignatureInvalid) }
}
