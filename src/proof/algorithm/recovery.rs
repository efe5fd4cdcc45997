//! From an ECDSA signature on secp256k1 back to the key that made it (SEC 1, section 4.1.6).

use super::curve::{Curve, SECP256K1};

/// The key, as an uncompressed point, under which `signature` fits the message of this `digest`: the first of the two
/// whose ephemeral point has an even second coordinate, or the `odd` one. A first coordinate beyond the order, which
/// nobody has ever met, is not looked for.
#[inline(never)]
pub(in crate::proof) fn recover(digest: &[u8; 32], signature: &[u8; 64], odd: bool) -> Option<Vec<u8>> {
    let curve = Curve::new(&SECP256K1)?;
    let scalars = &curve.scalars;
    let (first, second) = signature.split_at(32);
    let in_range = |bytes: &[u8]| scalars.number(bytes).filter(|_| bytes.iter().any(|byte| *byte != 0));
    let (r, s) = (in_range(first)?, in_range(second)?);
    let ephemeral = curve.point(&[&[2 + u8::from(odd)], first].concat())?;
    let digest = scalars.wrapped(digest)?;
    let inverse = curve.invert_scalar(&r);
    let minus = scalars.subtract(&scalars.zero(), &digest);
    let [u, v] = [&minus, &s].map(|value| scalars.to_bytes(&scalars.multiply(value, &inverse)));
    curve.uncompressed(&curve.combine(&u, &v, &ephemeral))
}

/// A point on secp256k1, in whichever form it is written, uncompressed.
#[inline(never)]
pub(in crate::proof) fn uncompressed(point: &[u8]) -> Option<Vec<u8>> {
    let curve = Curve::new(&SECP256K1)?;
    curve.uncompressed(&curve.point(point)?)
}
