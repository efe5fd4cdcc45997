//! ECDSA (FIPS 186-5, section 6.4.2), its signatures as two numbers of fixed width (RFC 7518, section 3.4).
//!
//! The second number may be in either half of its range, on secp256k1 too. RFC 7518, RFC 8812 and the suites let
//! signers choose, and some sign so: of the five producers of good ES256K tokens in the DIF suite two do, and Wycheproof
//! calls such signatures valid. Whoever turns a number around gets another signature of the same contents under the
//! same key; nothing here takes a signature for an identifier, so nothing is won by it. Bitcoin's stricter rule is
//! about transactions, which are identified by what they contain.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::curve::{Curve, P256, P384, P521, SECP256K1};
use crate::key::{KeyKind, PublicKey};
use crate::proof::Error;

/// Checks a signature on the key's curve, with the hash that RFC 7518 and RFC 8812 join to it.
#[inline(never)]
pub(super) fn verify(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    let (constants, digest) = match key.kind() {
        KeyKind::P256 => (&P256, Sha256::digest(message).to_vec()),
        KeyKind::P384 => (&P384, Sha384::digest(message).to_vec()),
        KeyKind::P521 => (&P521, Sha512::digest(message).to_vec()),
        KeyKind::Secp256k1 => (&SECP256K1, Sha256::digest(message).to_vec()),
        _ => return Err(Error::KeyWrongKind),
    };
    let curve = Curve::new(constants).ok_or(Error::KeyMalformed)?;
    let point = curve.point(key.bytes()).ok_or(Error::KeyMalformed)?;
    let scalars = &curve.scalars;
    let (first, second) = signature.split_at_checked(scalars.bytes()).ok_or(Error::SignatureMalformed)?;
    if second.len() != scalars.bytes() {
        return Err(Error::SignatureMalformed);
    }
    // Both must be from 1 to the order less 1; numbers out of range fit nothing.
    let in_range = |bytes: &[u8]| scalars.number(bytes).filter(|_| bytes.iter().any(|byte| *byte != 0));
    let (Some(r), Some(s)) = (in_range(first), in_range(second)) else { return Err(Error::SignatureInvalid) };
    // No digest here is longer than the order, so none is cut.
    let digest = scalars.wrapped(&digest).ok_or(Error::SignatureInvalid)?;
    let inverse = curve.invert_scalar(&s);
    let [u, v] = [&digest, &r].map(|value| scalars.to_bytes(&scalars.multiply(value, &inverse)));
    if curve.has_x(&curve.combine(&u, &v, &point), first) { Ok(()) } else { Err(Error::SignatureInvalid) }
}
