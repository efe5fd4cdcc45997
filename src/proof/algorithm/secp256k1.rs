//! What blockchains do with secp256k1 beyond verifying: a signature's key, and both forms of one.

use super::curve::{Curve, SECP256K1};

/// The key that made an ECDSA signature over `digest`, as a point that is not compressed (SEC 1, section 4.1.6); `odd`
/// says which of the two points with the first coordinate `r` it is.
#[inline(never)]
pub(in crate::proof) fn signer(digest: &[u8; 32], r: &[u8; 32], s: &[u8; 32], odd: bool) -> Option<Vec<u8>> {
    let curve = Curve::new(&SECP256K1)?;
    let scalars = &curve.scalars;
    let point = curve.point(&[&[2 + u8::from(odd)], r.as_slice()].concat())?;
    let in_range = |bytes: &[u8]| scalars.number(bytes).filter(|_| bytes.iter().any(|byte| *byte != 0));
    let (r, s) = (in_range(r)?, in_range(s)?);
    // u = -digest / r and v = s / r
    let inverse = curve.invert_scalar(&r);
    let minus = scalars.subtract(&scalars.number(&[0; 32])?, &scalars.wrapped(digest)?);
    let [u, v] = [&minus, &s].map(|value| scalars.to_bytes(&scalars.multiply(value, &inverse)));
    curve.uncompressed(&curve.combine(&u, &v, &point))
}

/// The forms of a key, compressed and not, where it is on the curve.
#[inline(never)]
pub(in crate::proof) fn forms(key: &[u8]) -> Option<[Vec<u8>; 2]> {
    let curve = Curve::new(&SECP256K1)?;
    let whole = curve.uncompressed(&curve.point(key)?)?;
    let odd = whole.last()? & 1;
    Some([[&[2 + odd], whole.get(1..33)?].concat(), whole])
}
