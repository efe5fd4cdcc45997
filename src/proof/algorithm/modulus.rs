//! Powers modulo a large odd number, by Montgomery's multiplication.

use core::cmp::Ordering;

/// An odd number, as 32-bit limbs with the least first.
pub(super) struct Modulus {
    limbs: Vec<u32>,
    /// Minus one divided by the modulus, modulo 2^32.
    inverse: u32,
    bytes: usize,
}

impl Modulus {
    /// The modulus of these big-endian bytes, where it is odd.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let limbs = limbs(bytes);
        let least = *limbs.first().filter(|limb| *limb & 1 == 1)?;
        // Each of Newton's steps doubles the bits that are right; an odd number is its own inverse modulo 8.
        let mut inverse = least;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2u32.wrapping_sub(least.wrapping_mul(inverse)));
        }
        Some(Modulus { limbs, inverse: inverse.wrapping_neg(), bytes: bytes.len() })
    }

    /// `base` to the power of `exponent`, as big-endian bytes of the modulus's length; `None` where `base` is not
    /// below the modulus or the exponent is nought.
    pub(super) fn power(&self, base: &[u8], exponent: u64) -> Option<Vec<u8>> {
        let mut base = limbs(base);
        base.resize(self.limbs.len(), 0);
        if exponent == 0 || compare(&base, &self.limbs) != Ordering::Less {
            return None;
        }
        // Into Montgomery's form: times 2 for every bit of the limbs.
        for _ in 0..32 * self.limbs.len() {
            self.double(&mut base);
        }
        let mut result = base.clone();
        for bit in (0..exponent.ilog2()).rev() {
            result = self.multiply(&result, &result);
            if exponent >> bit & 1 == 1 {
                result = self.multiply(&result, &base);
            }
        }
        let one: Vec<u32> = (0..self.limbs.len()).map(|at| u32::from(at == 0)).collect();
        let result = self.multiply(&result, &one);
        let mut bytes: Vec<u8> = result.iter().flat_map(|limb| limb.to_le_bytes()).take(self.bytes).collect();
        bytes.reverse();
        Some(bytes)
    }

    fn double(&self, value: &mut [u32]) {
        let mut carry = 0;
        for limb in value.iter_mut() {
            (*limb, carry) = (*limb << 1 | carry, *limb >> 31);
        }
        self.reduce(carry, value);
    }

    /// The product divided by 2 for every bit of the limbs.
    fn multiply(&self, a: &[u32], b: &[u32]) -> Vec<u32> {
        let mut sum = vec![0u32; self.limbs.len()];
        let mut top = 0u64;
        for limb in b {
            top += add_product(&mut sum, a, *limb);
            let factor = sum.first().map_or(0, |least| least.wrapping_mul(self.inverse));
            top += add_product(&mut sum, &self.limbs, factor);
            // The least limb is nought now: divide by 2^32.
            sum.rotate_left(1);
            if let Some(last) = sum.last_mut() {
                *last = top as u32;
            }
            top >>= 32;
        }
        self.reduce(top as u32, &mut sum);
        sum
    }

    /// Takes the modulus off `value`, whose next limb is `top`, where it is not below it.
    fn reduce(&self, top: u32, value: &mut [u32]) {
        if top == 0 && compare(value, &self.limbs) == Ordering::Less {
            return;
        }
        let mut borrow = false;
        for (limb, minus) in value.iter_mut().zip(&self.limbs) {
            let (first, a) = limb.overflowing_sub(*minus);
            let (second, b) = first.overflowing_sub(u32::from(borrow));
            (*limb, borrow) = (second, a || b);
        }
    }
}

/// Adds `factor` times `value` to `sum`, and returns what is carried out of it.
fn add_product(sum: &mut [u32], value: &[u32], factor: u32) -> u64 {
    let mut carry = 0;
    for (into, limb) in sum.iter_mut().zip(value) {
        let wide = u64::from(*into) + u64::from(*limb) * u64::from(factor) + carry;
        (*into, carry) = (wide as u32, wide >> 32);
    }
    carry
}

fn limbs(bytes: &[u8]) -> Vec<u32> {
    bytes.rchunks(4).map(|chunk| chunk.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte))).collect()
}

fn compare(a: &[u32], b: &[u32]) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}
