//! Arithmetic modulo the two primes of BLS12-381, by Montgomery's multiplication. As everywhere in this folder, all
//! numbers are public: nothing needs to take the same time for all of them.

use core::cmp::Ordering;

/// A number as 32-bit limbs with the least first.
pub(super) type Limbs = [u32; 12];

/// An odd number below 2^383 to reckon modulo.
pub(super) struct Modulus {
    pub(super) limbs: Limbs,
    /// Minus one divided by the modulus, modulo 2^32.
    inverse: u32,
    /// 2^768 modulo the modulus: what brings a number into Montgomery's form.
    square: Limbs,
}

impl Modulus {
    pub(super) const fn new(limbs: Limbs, square: Limbs) -> Self {
        let [least, ..] = limbs;
        // Each of Newton's steps doubles the bits that are right; an odd number is its own inverse modulo 8.
        let mut inverse = least;
        let mut step = 0;
        while step < 4 {
            inverse = inverse.wrapping_mul(2u32.wrapping_sub(least.wrapping_mul(inverse)));
            step += 1;
        }
        Modulus { limbs, inverse: inverse.wrapping_neg(), square }
    }

    /// Brings any number into Montgomery's form: times 2^384, modulo the modulus.
    pub(super) fn enter(&self, value: &Limbs) -> Limbs {
        self.multiply(&self.square, value)
    }

    /// Takes a number out of Montgomery's form.
    pub(super) fn leave(&self, value: &Limbs) -> Limbs {
        self.multiply(value, &ONE)
    }

    /// `a * b / 2^384`, where `a` is below the modulus.
    pub(super) fn multiply(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let [a0, a @ ..] = a;
        let [m0, m @ ..] = &self.limbs;
        let mut sum = [0u32; 12];
        for factor in b {
            // Add a * factor and the multiple of the modulus that makes the least limb nought; divide by 2^32. The sum
            // stays below twice the modulus, and so within its limbs.
            let factor = u64::from(*factor);
            let [s0, s @ ..] = sum;
            let low = u64::from(s0) + u64::from(*a0) * factor;
            let quotient = u64::from((low as u32).wrapping_mul(self.inverse));
            let mut carry = low >> 32;
            let mut carry_m = (u64::from(low as u32) + u64::from(*m0) * quotient) >> 32;
            for (((into, s), a), m) in sum.iter_mut().zip(s).zip(a).zip(m) {
                let wide = u64::from(s) + u64::from(*a) * factor + carry;
                let wide_m = u64::from(wide as u32) + u64::from(*m) * quotient + carry_m;
                (*into, carry, carry_m) = (wide_m as u32, wide >> 32, wide_m >> 32);
            }
            let [.., last] = &mut sum;
            *last = (carry + carry_m) as u32;
        }
        self.reduce(sum)
    }

    /// `a + b`
    pub(super) fn add(&self, a: &Limbs, b: &Limbs) -> Limbs {
        self.reduce(sum(a, b))
    }

    /// `a - b`
    pub(super) fn subtract(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let (difference, borrowed) = difference(a, b);
        if borrowed { sum(&difference, &self.limbs) } else { difference }
    }

    /// Takes the modulus off a number below twice the modulus where it is not below it.
    fn reduce(&self, value: Limbs) -> Limbs {
        let (less, borrowed) = difference(&value, &self.limbs);
        if borrowed { value } else { less }
    }
}

const ONE: Limbs = {
    let mut one = [0; 12];
    let [least, ..] = &mut one;
    *least = 1;
    one
};

/// The sum modulo 2^384.
fn sum(a: &Limbs, b: &Limbs) -> Limbs {
    let mut sum = *a;
    let mut carry = 0;
    for (into, b) in sum.iter_mut().zip(b) {
        let wide = u64::from(*into) + u64::from(*b) + carry;
        (*into, carry) = (wide as u32, wide >> 32);
    }
    sum
}

/// The difference modulo 2^384, and whether it is below nought.
fn difference(a: &Limbs, b: &Limbs) -> (Limbs, bool) {
    let mut difference = *a;
    let mut borrow = 0i64;
    for (into, b) in difference.iter_mut().zip(b) {
        let wide = i64::from(*into) - i64::from(*b) + borrow;
        (*into, borrow) = (wide as u32, wide >> 32);
    }
    (difference, borrow < 0)
}

pub(super) fn compare(a: &Limbs, b: &Limbs) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

/// The quotient, rounded down.
pub(super) fn divide(value: &Limbs, divisor: u32) -> Limbs {
    let mut quotient = *value;
    let mut rest = 0;
    for limb in quotient.iter_mut().rev() {
        let wide = rest << 32 | u64::from(*limb);
        (*limb, rest) = ((wide / u64::from(divisor)) as u32, wide % u64::from(divisor));
    }
    quotient
}

/// Reads at most 48 big-endian bytes.
pub(super) fn from_octets(octets: &[u8]) -> Limbs {
    let mut limbs = [0; 12];
    for (limb, chunk) in limbs.iter_mut().zip(octets.rchunks(4)) {
        *limb = chunk.iter().fold(0, |limb, octet| limb << 8 | u32::from(*octet));
    }
    limbs
}

/// The last bytes of a number, big-endian.
pub(super) fn to_octets<const N: usize>(value: &Limbs) -> [u8; N] {
    let mut octets = [0; N];
    for (into, octet) in octets.iter_mut().rev().zip(value.iter().flat_map(|limb| limb.to_le_bytes())) {
        *into = octet;
    }
    octets
}

/// Reads a constant in hexadecimal with small letters, as the specifications print them.
pub(super) const fn hex(digits: &str) -> Limbs {
    let mut limbs = [0u32; 12];
    let mut digits = digits.as_bytes();
    while let [digit, rest @ ..] = digits {
        let mut carry = (if *digit > b'9' { *digit - b'a' + 10 } else { *digit - b'0' }) as u32;
        let mut higher: &mut [u32] = &mut limbs;
        while let [limb, above @ ..] = higher {
            (*limb, carry) = (*limb << 4 | carry, *limb >> 28);
            higher = above;
        }
        digits = rest;
    }
    limbs
}
