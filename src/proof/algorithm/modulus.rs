//! Arithmetic modulo a large odd number, by Montgomery's multiplication. It serves to verify alone: everything here
//! is public, so nothing needs to take the same time for all numbers.

use core::cell::Cell;
use core::cmp::Ordering;

/// A number below the modulus, as 32-bit limbs with the least first, of which there are `N` at most; those beyond the
/// modulus are nought.
pub(super) type Number<const N: usize> = [u32; N];

/// An odd number to reckon modulo.
pub(super) struct Modulus<const N: usize> {
    limbs: Number<N>,
    /// How many limbs there are.
    length: usize,
    /// Minus one divided by the modulus, modulo 2^32.
    inverse: u32,
    /// One in Montgomery's form: R, which is 2^32 to the power of `length`.
    one: Number<N>,
    /// R², by which a number gets into the form.
    square: Number<N>,
    bytes: usize,
}

impl<const N: usize> Modulus<N> {
    /// The modulus of these big-endian bytes, which begin with one that is not nought, where it is odd and not too
    /// long.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let length = bytes.len().div_ceil(4);
        let limbs = read(bytes)?;
        let least = *limbs.first().filter(|limb| *limb & 1 == 1)?;
        // Each of Newton's steps doubles the bits that are right; an odd number is its own inverse modulo 8.
        let mut inverse = least;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2u32.wrapping_sub(least.wrapping_mul(inverse)));
        }
        let inverse = inverse.wrapping_neg();
        let mut modulus = Modulus { limbs, length, inverse, one: limbs, square: limbs, bytes: bytes.len() };
        // The highest power of two below the modulus is doubled until it is R, and two to that power again is R².
        let bits = 8 * bytes.len() - bytes.first()?.leading_zeros() as usize;
        let power = [&[1 << ((bits - 1) % 8)], vec![0; (bits - 1) / 8].as_slice()].concat();
        let power = read(&power)?;
        modulus.one = (bits - 1..32 * length).fold(power, |value, _| modulus.add(&value, &value));
        let two = modulus.add(&modulus.one, &modulus.one);
        modulus.square = modulus.power(&two, &(32 * length as u32).to_be_bytes());
        Some(modulus)
    }

    /// The length of the modulus, as it was given.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// One.
    pub(super) fn one(&self) -> Number<N> {
        self.one
    }

    /// Nought.
    pub(super) fn zero(&self) -> Number<N> {
        [0; N]
    }

    /// Reads big-endian bytes into Montgomery's form, in which all other numbers here are; `None` where they are not
    /// below the modulus.
    pub(super) fn number(&self, bytes: &[u8]) -> Option<Number<N>> {
        let value = read(bytes)?;
        (compare(&value, &self.limbs) == Ordering::Less).then(|| self.multiply(&value, &self.square))
    }

    /// The same for bytes that are below twice the modulus, which is taken off where they reach it.
    pub(super) fn wrapped(&self, bytes: &[u8]) -> Option<Number<N>> {
        let value = self.reduce(0, read(bytes)?);
        (compare(&value, &self.limbs) == Ordering::Less).then(|| self.multiply(&value, &self.square))
    }

    /// The big-endian bytes of a number.
    pub(super) fn to_bytes(&self, value: &Number<N>) -> Vec<u8> {
        let mut one = [0; N];
        one.iter_mut().take(1).for_each(|least| *least = 1);
        let plain = self.multiply(value, &one);
        let mut bytes: Vec<u8> = plain.iter().flat_map(|limb| limb.to_le_bytes()).take(self.bytes).collect();
        bytes.reverse();
        bytes
    }

    /// `a + b`
    pub(super) fn add(&self, a: &Number<N>, b: &Number<N>) -> Number<N> {
        let mut sum = *a;
        let mut carry = 0;
        for (into, b) in sum.iter_mut().zip(b).take(self.length) {
            let wide = u64::from(*into) + u64::from(*b) + carry;
            (*into, carry) = (wide as u32, wide >> 32);
        }
        self.reduce(carry as u32, sum)
    }

    /// `a - b`
    pub(super) fn subtract(&self, a: &Number<N>, b: &Number<N>) -> Number<N> {
        let (mut difference, borrowed) = self.difference(a, b);
        if borrowed {
            let mut carry = 0;
            for (into, limb) in difference.iter_mut().zip(&self.limbs).take(self.length) {
                let wide = u64::from(*into) + u64::from(*limb) + carry;
                (*into, carry) = (wide as u32, wide >> 32);
            }
        }
        difference
    }

    /// `a * b`
    pub(super) fn multiply(&self, a: &Number<N>, b: &Number<N>) -> Number<N> {
        let mut sum = [0u32; N];
        let mut top = 0u32;
        let cells = Cell::from_mut(sum.as_mut_slice()).as_slice_of_cells();
        let cells = cells.get(..self.length).unwrap_or_default();
        for digit in b.iter().take(self.length) {
            let digit = u64::from(*digit);
            let (mut product, mut multiple, mut factor) = (0u64, 0u64, 0u64);
            let mut before: Option<&Cell<u32>> = None;
            for ((cell, limb), modulus) in cells.iter().zip(a).zip(&self.limbs) {
                product += u64::from(cell.get()) + u64::from(*limb) * digit;
                let low = product & 0xffff_ffff;
                // Such a multiple of the modulus is added that the least limb becomes nought and can be dropped.
                if before.is_none() {
                    factor = u64::from((low as u32).wrapping_mul(self.inverse));
                }
                multiple += low + u64::from(*modulus) * factor;
                if let Some(before) = before {
                    before.set(multiple as u32);
                }
                before = Some(cell);
                (product, multiple) = (product >> 32, multiple >> 32);
            }
            let last = product + multiple + u64::from(top);
            if let Some(cell) = before {
                cell.set(last as u32);
            }
            top = (last >> 32) as u32;
        }
        self.reduce(top, sum)
    }

    /// `base` to the power of big-endian `exponent`, which is above nought.
    pub(super) fn power(&self, base: &Number<N>, exponent: &[u8]) -> Number<N> {
        let bits = exponent.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        let mut result = *base;
        for bit in bits.skip_while(|bit| !bit).skip(1) {
            result = self.multiply(&result, &result);
            if bit {
                result = self.multiply(&result, base);
            }
        }
        result
    }

    /// Takes the modulus off `value`, whose next limb is `top`, where it is not below it.
    fn reduce(&self, top: u32, value: Number<N>) -> Number<N> {
        match self.difference(&value, &self.limbs) {
            (_, true) if top == 0 => value,
            (difference, _) => difference,
        }
    }

    /// The difference, and whether it is below nought.
    fn difference(&self, a: &Number<N>, b: &Number<N>) -> (Number<N>, bool) {
        let mut difference = *a;
        let mut borrow = 0i64;
        for (into, b) in difference.iter_mut().zip(b).take(self.length) {
            let wide = i64::from(*into) - i64::from(*b) + borrow;
            (*into, borrow) = (wide as u32, wide >> 32);
        }
        (difference, borrow < 0)
    }
}

/// Reads big-endian bytes, where they fit.
fn read<const N: usize>(bytes: &[u8]) -> Option<Number<N>> {
    let mut value = [0; N];
    let chunks = bytes.rchunks(4);
    if chunks.len() > N {
        return None;
    }
    for (limb, chunk) in value.iter_mut().zip(chunks) {
        *limb = chunk.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte));
    }
    Some(value)
}

fn compare<const N: usize>(a: &Number<N>, b: &Number<N>) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}
