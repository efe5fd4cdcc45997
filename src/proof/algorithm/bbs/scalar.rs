//! Scalars: numbers modulo the order of the groups, as 32 big-endian octets.

use core::cmp::Ordering;

use super::number::{self, Modulus, compare, from_octets, to_octets};

/// A number below the order.
pub(super) type Scalar = [u8; 32];

/// The order r of G1 and G2.
static ORDER: Modulus = Modulus::new(
    number::hex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001"),
    number::hex("12ea179d54eda9735291145eb1c9fb4c248edb1ff8b09172180836e173ae0cba"),
);

/// Whether octets are a scalar from 1 to r - 1.
pub(super) fn in_range(octets: &Scalar) -> bool {
    octets.iter().any(|octet| *octet != 0) && compare(&from_octets(octets), &ORDER.limbs) == Ordering::Less
}

/// 48 uniform octets, modulo r.
pub(super) fn reduce(octets: &[u8; 48]) -> Scalar {
    to_octets(&ORDER.leave(&ORDER.enter(&from_octets(octets))))
}

/// `a * b`
pub(super) fn multiply(a: &Scalar, b: &Scalar) -> Scalar {
    to_octets(&ORDER.multiply(&ORDER.enter(&from_octets(a)), &from_octets(b)))
}
