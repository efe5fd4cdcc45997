//! The field Fp12 = Fp4\[w\] / (w³ - s), which the pairing has its values in.

use core::ops::Mul;

use super::curve::{X, bits};
use super::field::{Base, Field, Fp2, Fp4, Pair};

/// `a + bw + cw²`. Over Fp2 the powers of w from 0 to 5 are a basis, of which each part has two: s is w³.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fp12 {
    pub(super) a: Fp4,
    pub(super) b: Fp4,
    pub(super) c: Fp4,
}

impl Mul for Fp12 {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (a, b, c) = (self.a * other.a, self.b * other.b, self.c * other.c);
        let bc = (self.b + self.c) * (other.b + other.c) - b - c;
        let ab = (self.a + self.b) * (other.a + other.b) - a - b;
        let ac = (self.a + self.c) * (other.a + other.c) - a - c;
        Fp12 { a: a + bc.times_residue(), b: ab + c.times_residue(), c: ac + b }
    }
}

impl Fp12 {
    pub(super) fn one() -> Self {
        Fp12 { a: Fp4::one(), b: Fp4::ZERO, c: Fp4::ZERO }
    }

    pub(super) fn square(self) -> Self {
        let (a, b, c) = (self.a.square(), self.b.square(), self.c.square());
        let bc = (self.b + self.c).square() - b - c;
        let ab = (self.a + self.b).square() - a - b;
        let ac = (self.a + self.c).square() - a - c;
        Fp12 { a: a + bc.times_residue(), b: ab + c.times_residue(), c: ac + b }
    }

    /// The square of a number whose power of p⁴ - p² + 1 is one (Granger and Scott, "Faster squaring in the cyclotomic
    /// subgroup of sixth degree extensions", section 3.2).
    pub(super) fn unitary_square(self) -> Self {
        let (a, b, c) = (self.a.square(), self.b.square(), self.c.square());
        Fp12 {
            a: a.triple() - self.a.conjugate().double(),
            b: c.times_residue().triple() + self.b.conjugate().double(),
            c: b.triple() - self.c.conjugate().double(),
        }
    }

    /// To the power of p⁶, which takes w to -w. It inverts the numbers that [`Self::unitary_square`] is for.
    pub(super) fn conjugate(self) -> Self {
        Fp12 { a: self.a.conjugate(), b: -self.b.conjugate(), c: self.c.conjugate() }
    }

    /// To the power of p, which takes w to w times `step`.
    pub(super) fn frobenius(self, step: Fp2) -> Self {
        let squared = step.square();
        let times = |part: Fp4, factor: Fp2| Pair {
            a: part.a.conjugate() * factor,
            b: part.b.conjugate() * factor * squared * step,
        };
        Fp12 { a: times(self.a, Fp2::one()), b: times(self.b, step), c: times(self.c, squared) }
    }

    /// The number for [`Self::frobenius`].
    pub(super) fn step() -> Fp2 {
        // The sixth power of w is 1 + u, and p is 1 modulo 6.
        Fp2::one().times_residue().power(6)
    }

    pub(super) fn invert(self) -> Self {
        let a = self.a.square() - (self.b * self.c).times_residue();
        let b = self.c.square().times_residue() - self.a * self.b;
        let c = self.b.square() - self.a * self.c;
        let norm = self.a * a + (self.c * b + self.b * c).times_residue();
        let inverse = norm.invert();
        Fp12 { a: a * inverse, b: b * inverse, c: c * inverse }
    }

    /// To the power of x, which is below nought, for a number that [`Self::unitary_square`] is for.
    pub(super) fn power_of_x(self) -> Self {
        let power = bits(X).fold(self, |power, bit| {
            let squared = power.unitary_square();
            if bit { squared * self } else { squared }
        });
        power.conjugate()
    }
}
