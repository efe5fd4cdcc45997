//! Arithmetic modulo the two primes of BLS12-381, by Montgomery's multiplication. As everywhere in this folder, all
//! numbers are public: nothing needs to take the same time for all of them.

use core::cmp::Ordering;

/// A number as 28-bit limbs with the least first: so small that 28 products of two of them fit into 64 bits, and that
/// seven hexadecimal digits are one.
pub(super) type Limbs = [u32; 14];

const BITS: u32 = 28;
const MASK: u32 = (1 << BITS) - 1;

/// The array of what an expression gives at each index. It is unrolled, since all time is spent here, and where size
/// comes first the compiler makes a call of each step of a loop over two arrays.
macro_rules! limbs {
    ($at:ident => $limb:expr) => { limbs!($at => $limb; 0 1 2 3 4 5 6 7 8 9 10 11 12 13) };
    ($at:ident => $limb:expr; $($index:literal)*) => { [$({ const $at: usize = $index; $limb }),*] };
}

/// An odd number below 2^381 to reckon modulo.
pub(super) struct Modulus {
    pub(super) limbs: Limbs,
    /// Minus one divided by the modulus, modulo 2^28.
    inverse: u32,
    /// 2^784 modulo the modulus: what brings a number into Montgomery's form.
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
        Modulus { limbs, inverse: inverse.wrapping_neg() & MASK, square }
    }

    /// Brings any number into Montgomery's form: times 2^392, modulo the modulus.
    pub(super) fn enter(&self, value: &Limbs) -> Limbs {
        self.multiply(&self.square, value)
    }

    /// Takes a number out of Montgomery's form.
    pub(super) fn leave(&self, value: &Limbs) -> Limbs {
        self.multiply(value, &ONE)
    }

    /// `a * b / 2^392`, where `a` is below the modulus.
    pub(super) fn multiply(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let mut sum = [0u64; 14];
        for factor in b {
            // Add a times the limb, and the multiple of the modulus that makes the least limb nought, which is left out.
            sum = limbs!(AT => sum[AT] + u64::from(a[AT]) * u64::from(*factor));
            let quotient = (sum[0] as u32).wrapping_mul(self.inverse) & MASK;
            let [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13] =
                limbs!(AT => sum[AT] + u64::from(self.limbs[AT]) * u64::from(quotient));
            sum = [s1 + (s0 >> BITS), s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, 0];
        }
        let mut carry = 0;
        self.reduce(&limbs!(AT => {
            carry = (carry >> BITS) + sum[AT];
            carry as u32 & MASK
        }))
    }

    /// `a + b`
    pub(super) fn add(&self, a: &Limbs, b: &Limbs) -> Limbs {
        self.reduce(&sum(a, b))
    }

    /// `a - b`
    pub(super) fn subtract(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let (difference, borrowed) = difference(a, b);
        if borrowed { sum(&difference, &self.limbs) } else { difference }
    }

    /// Takes the modulus off a number below twice the modulus where it is not below it.
    fn reduce(&self, value: &Limbs) -> Limbs {
        let (less, borrowed) = difference(value, &self.limbs);
        limbs!(AT => if borrowed { value[AT] } else { less[AT] })
    }
}

const ONE: Limbs = {
    let mut one = [0; 14];
    let [least, ..] = &mut one;
    *least = 1;
    one
};

/// The sum modulo 2^392.
fn sum(a: &Limbs, b: &Limbs) -> Limbs {
    let mut carry = 0;
    limbs!(AT => {
        carry = (carry >> BITS) + a[AT] + b[AT];
        carry & MASK
    })
}

/// The difference modulo 2^392, and whether it is below nought.
fn difference(a: &Limbs, b: &Limbs) -> (Limbs, bool) {
    let mut carry = 0;
    let difference = limbs!(AT => {
        carry = (carry >> BITS) + a[AT] as i32 - b[AT] as i32;
        carry as u32 & MASK
    });
    (difference, carry < 0)
}

pub(super) fn compare(a: &Limbs, b: &Limbs) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

/// The quotient by a divisor below 16, rounded down.
pub(super) fn divide(value: &Limbs, divisor: u32) -> Limbs {
    let mut quotient = *value;
    let mut rest = 0;
    for limb in quotient.iter_mut().rev() {
        let dividend = rest << BITS | *limb;
        (*limb, rest) = (dividend / divisor, dividend % divisor);
    }
    quotient
}

/// The hexadecimal digits, the least first.
pub(super) fn digits(value: &Limbs) -> impl DoubleEndedIterator<Item = u8> {
    value.iter().flat_map(|limb| (0..7).map(move |at| (limb >> (4 * at)) as u8 & 15))
}

/// Reads at most 49 big-endian octets.
pub(super) fn from_octets(octets: &[u8]) -> Limbs {
    let mut limbs = [0; 14];
    // Two limbs are seven octets.
    for (limbs, chunk) in limbs.chunks_mut(2).zip(octets.rchunks(7)) {
        let both = chunk.iter().fold(0, |both, octet| both << 8 | u64::from(*octet));
        for (limb, shift) in limbs.iter_mut().zip([0, BITS]) {
            *limb = (both >> shift) as u32 & MASK;
        }
    }
    limbs
}

/// The last octets of a number, big-endian.
pub(super) fn to_octets<const N: usize>(value: &Limbs) -> [u8; N] {
    let mut octets = [0; N];
    let mut digits = digits(value);
    for octet in octets.iter_mut().rev() {
        let mut next = || digits.next().unwrap_or(0);
        *octet = next() | next() << 4;
    }
    octets
}

/// Reads a constant in hexadecimal with small letters, as the specifications print them.
pub(super) const fn hex(digits: &str) -> Limbs {
    let mut limbs = [0u32; 14];
    let mut digits = digits.as_bytes();
    while let [digit, rest @ ..] = digits {
        let mut carry = (if *digit > b'9' { *digit - b'a' + 10 } else { *digit - b'0' }) as u32;
        let mut higher: &mut [u32] = &mut limbs;
        while let [limb, above @ ..] = higher {
            (*limb, carry) = ((*limb << 4 | carry) & MASK, *limb >> (BITS - 4));
            higher = above;
        }
        digits = rest;
    }
    limbs
}
