//! The fields that BLS12-381 is built on: Fp with p elements, Fp2 = Fp\[u\] / (u² + 1), Fp4 = Fp2\[s\] / (s² - (1 + u))
//! and Fp12 = Fp4\[w\] / (w³ - s).

use core::cmp::Ordering;
use core::ops::{Add, Mul, Neg, Sub};

use super::number::{self, Limbs, Modulus, compare, divide, from_octets, to_octets};

/// The prime p.
static PRIME: Modulus = Modulus::new(
    number::hex(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
    ),
    number::hex(
        "0c8d4cc8a759fd5cd507320a75865d118c10ea725d74088b4f36a0093317d3b1d65aec45c53e243d626d1c34510370ed",
    ),
);

/// What all fields here can do.
pub(super) trait Field:
    Copy + PartialEq + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Neg<Output = Self>
{
    const ZERO: Self;

    fn one() -> Self;

    fn square(self) -> Self;

    /// One divided by the number; nought for nought.
    fn invert(self) -> Self;

    fn double(self) -> Self {
        self + self
    }

    fn triple(self) -> Self {
        self.double() + self
    }

    fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// To the power of p / `divisor`, rounded down.
    fn power(self, divisor: u32) -> Self {
        let mut next = Self::one();
        // The powers from 0 to 15, for four bits of the exponent at once.
        let powers = [(); 16].map(|()| {
            let power = next;
            next = next * self;
            power
        });
        let exponent = divide(&PRIME.limbs, divisor);
        number::digits(&exponent).rev().fold(Self::one(), |power, digit| {
            let power = power.square().square().square().square();
            powers.get(usize::from(digit)).filter(|_| digit != 0).map_or(power, |factor| power * *factor)
        })
    }
}

/// A field that a square root is added to.
pub(super) trait Base: Field {
    /// Times the number whose root it is, which has none in the field itself.
    fn times_residue(self) -> Self;
}

/// A field that a group has its coordinates in.
pub(super) trait Coordinate: Field {
    /// Reads the octets of a compressed point, less the flags.
    fn read(octets: &[u8]) -> Option<Self>;

    /// The constant b of the curve y² = x³ + b.
    fn constant() -> Self;

    /// A square root, where there is one.
    fn root(self) -> Option<Self>;

    /// Whether the number is the larger of itself and its negative.
    fn is_larger(self) -> bool;
}

/// An element of Fp, in Montgomery's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fp(Limbs);

impl Fp {
    /// Any number, modulo p.
    pub(super) fn new(value: &Limbs) -> Self {
        Fp(PRIME.enter(value))
    }

    pub(super) fn small(value: u32) -> Self {
        let mut limbs = [0; 14];
        let [least, ..] = &mut limbs;
        *least = value;
        Fp::new(&limbs)
    }

    /// 64 uniform octets, modulo p (RFC 9380, section 5.2).
    pub(super) fn reduce(octets: &[u8; 64]) -> Self {
        let (high, low) = octets.split_at(15);
        // Entering twice is times 2^392 once.
        Fp(PRIME.enter(&PRIME.enter(&from_octets(high)))) + Fp::new(&from_octets(low))
    }

    fn limbs(self) -> Limbs {
        PRIME.leave(&self.0)
    }

    pub(super) fn octets(self) -> [u8; 48] {
        to_octets(&self.limbs())
    }

    /// The sign of RFC 9380, section 4.1.
    pub(super) fn is_odd(self) -> bool {
        let [least, ..] = self.limbs();
        least & 1 == 1
    }
}

impl Add for Fp {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Fp(PRIME.add(&self.0, &other.0))
    }
}

impl Sub for Fp {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Fp(PRIME.subtract(&self.0, &other.0))
    }
}

impl Neg for Fp {
    type Output = Self;
    fn neg(self) -> Self {
        Fp::ZERO - self
    }
}

impl Mul for Fp {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Fp(PRIME.multiply(&self.0, &other.0))
    }
}

impl Field for Fp {
    const ZERO: Self = Fp([0; 14]);

    fn one() -> Self {
        Fp::small(1)
    }

    fn square(self) -> Self {
        self * self
    }

    fn invert(self) -> Self {
        // By Fermat the power of p - 2, which is 4 (p - 3) / 4 + 1, since p is 3 modulo 4.
        self.power(4).square().square() * self
    }
}

impl Base for Fp {
    fn times_residue(self) -> Self {
        -self
    }
}

impl Coordinate for Fp {
    fn read(octets: &[u8]) -> Option<Self> {
        let limbs = from_octets(octets);
        (compare(&limbs, &PRIME.limbs) == Ordering::Less).then(|| Fp::new(&limbs))
    }

    fn constant() -> Self {
        Fp::small(4)
    }

    fn root(self) -> Option<Self> {
        // Since p is 3 modulo 4, the power of (p + 1) / 4 is a root where there is one.
        let root = self.power(4) * self;
        (root.square() == self).then_some(root)
    }

    fn is_larger(self) -> bool {
        compare(&self.limbs(), &(-self).limbs()) == Ordering::Greater
    }
}

/// `a` plus `b` times the square root that was added to the field of `a` and `b`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair<F> {
    pub(super) a: F,
    pub(super) b: F,
}

pub(super) type Fp2 = Pair<Fp>;
pub(super) type Fp4 = Pair<Fp2>;

impl<F: Base> Pair<F> {
    /// `a - b`, where this is `a + b`.
    pub(super) fn conjugate(self) -> Self {
        Pair { a: self.a, b: -self.b }
    }

    pub(super) fn scale(self, by: F) -> Self {
        Pair { a: self.a * by, b: self.b * by }
    }
}

impl<F: Base> Add for Pair<F> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Pair { a: self.a + other.a, b: self.b + other.b }
    }
}

impl<F: Base> Sub for Pair<F> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Pair { a: self.a - other.a, b: self.b - other.b }
    }
}

impl<F: Base> Neg for Pair<F> {
    type Output = Self;
    fn neg(self) -> Self {
        Pair { a: -self.a, b: -self.b }
    }
}

impl<F: Base> Mul for Pair<F> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (a, b) = (self.a * other.a, self.b * other.b);
        let cross = (self.a + self.b) * (other.a + other.b) - a - b;
        Pair { a: a + b.times_residue(), b: cross }
    }
}

impl<F: Base> Field for Pair<F> {
    const ZERO: Self = Pair { a: F::ZERO, b: F::ZERO };

    fn one() -> Self {
        Pair { a: F::one(), b: F::ZERO }
    }

    fn square(self) -> Self {
        let cross = self.a * self.b;
        let a = (self.a + self.b) * (self.a + self.b.times_residue()) - cross - cross.times_residue();
        Pair { a, b: cross.double() }
    }

    fn invert(self) -> Self {
        let norm = self.a.square() - self.b.square().times_residue();
        self.conjugate().scale(norm.invert())
    }
}

impl Base for Fp2 {
    fn times_residue(self) -> Self {
        // (a + bu) (1 + u)
        Pair { a: self.a - self.b, b: self.a + self.b }
    }
}

impl Base for Fp4 {
    fn times_residue(self) -> Self {
        // (a + bs) s
        Pair { a: self.b.times_residue(), b: self.a }
    }
}

impl Coordinate for Fp2 {
    fn read(octets: &[u8]) -> Option<Self> {
        let (b, a) = octets.split_at_checked(48)?;
        Some(Pair { a: Fp::read(a)?, b: Fp::read(b)? })
    }

    fn constant() -> Self {
        Pair { a: Fp::small(4), b: Fp::small(4) }
    }

    /// Adj and Rodríguez-Henríquez, "Square root computation over even extension fields", algorithm 9.
    fn root(self) -> Option<Self> {
        let power = self.power(4);
        let candidate = power * self;
        let alpha = power * candidate;
        let root = if alpha == -Self::one() {
            Pair { a: -candidate.b, b: candidate.a }
        } else {
            let next = alpha + Self::one();
            // The power of (p - 1) / 2.
            next.power(4).square() * next * candidate
        };
        (root.square() == self).then_some(root)
    }

    fn is_larger(self) -> bool {
        if self.b.is_zero() { self.a.is_larger() } else { self.b.is_larger() }
    }
}
