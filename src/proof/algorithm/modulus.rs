//! Arithmetic modulo a large odd number, by Montgomery's multiplication. It serves to verify alone: everything here
//! is public, so nothing needs to take the same time for all numbers.

use core::cmp::Ordering;

/// A number below the modulus, as 32-bit limbs with the least first.
pub(super) type Number = Vec<u32>;

/// An odd number to reckon modulo.
pub(super) struct Modulus {
    limbs: Number,
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

    /// The length of the modulus, as it was given.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Reads big-endian bytes into Montgomery's form, in which all other numbers here are; `None` where they are not
    /// below the modulus.
    pub(super) fn number(&self, bytes: &[u8]) -> Option<Number> {
        let value = self.read(bytes)?;
        (compare(&value, &self.limbs) == Ordering::Less).then(|| self.in_form(value))
    }

    /// The same for bytes that are below twice the modulus, which is taken off where they reach it.
    pub(super) fn wrapped(&self, bytes: &[u8]) -> Option<Number> {
        let value = self.read(bytes)?;
        Some(self.in_form(self.reduce(0, value)))
    }

    fn read(&self, bytes: &[u8]) -> Option<Number> {
        let mut value = limbs(bytes);
        let fits = value.len() <= self.limbs.len();
        value.resize(self.limbs.len(), 0);
        fits.then_some(value)
    }

    /// Times 2 for every bit of the limbs.
    fn in_form(&self, value: Number) -> Number {
        (0..32 * self.limbs.len()).fold(value, |value, _| self.add(&value, &value))
    }

    /// The big-endian bytes of a number.
    pub(super) fn to_bytes(&self, value: &Number) -> Vec<u8> {
        let one: Number = (0..self.limbs.len()).map(|at| u32::from(at == 0)).collect();
        let plain = self.multiply(value, &one);
        let mut bytes: Vec<u8> = plain.iter().flat_map(|limb| limb.to_le_bytes()).take(self.bytes).collect();
        bytes.reverse();
        bytes
    }

    /// `a + b`
    pub(super) fn add(&self, a: &Number, b: &Number) -> Number {
        let mut carry = 0;
        let sum = a.iter().zip(b).map(|(a, b)| {
            let wide = u64::from(*a) + u64::from(*b) + carry;
            carry = wide >> 32;
            wide as u32
        });
        let sum = sum.collect();
        self.reduce(carry as u32, sum)
    }

    /// `a - b`
    pub(super) fn subtract(&self, a: &Number, b: &Number) -> Number {
        let (mut difference, borrowed) = difference(a, b);
        if borrowed {
            add_product(&mut difference, &self.limbs, 1);
        }
        difference
    }

    /// `a * b`
    pub(super) fn multiply(&self, a: &Number, b: &Number) -> Number {
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
        self.reduce(top as u32, sum)
    }

    /// `base` to the power of big-endian `exponent`, which is above nought.
    pub(super) fn power(&self, base: &Number, exponent: &[u8]) -> Number {
        let bits = exponent.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        let mut result = base.clone();
        for bit in bits.skip_while(|bit| !bit).skip(1) {
            result = self.multiply(&result, &result);
            if bit {
                result = self.multiply(&result, base);
            }
        }
        result
    }

    /// Takes the modulus off `value`, whose next limb is `top`, where it is not below it.
    fn reduce(&self, top: u32, value: Number) -> Number {
        if top == 0 && compare(&value, &self.limbs) == Ordering::Less {
            value
        } else {
            difference(&value, &self.limbs).0
        }
    }
}

/// The difference, and whether it is below nought.
fn difference(a: &Number, b: &Number) -> (Number, bool) {
    let mut borrow = 0i64;
    let limbs = a.iter().zip(b).map(|(a, b)| {
        let wide = i64::from(*a) - i64::from(*b) + borrow;
        borrow = wide >> 32;
        wide as u32
    });
    (limbs.collect(), borrow < 0)
}

/// Adds `factor` times `value` to `sum`, and returns what is carried out of it.
fn add_product(sum: &mut Number, value: &Number, factor: u32) -> u64 {
    let mut carry = 0;
    for (into, limb) in sum.iter_mut().zip(value) {
        let wide = u64::from(*into) + u64::from(*limb) * u64::from(factor) + carry;
        (*into, carry) = (wide as u32, wide >> 32);
    }
    carry
}

fn limbs(bytes: &[u8]) -> Number {
    bytes.rchunks(4).map(|chunk| chunk.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte))).collect()
}

fn compare(a: &Number, b: &Number) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}
