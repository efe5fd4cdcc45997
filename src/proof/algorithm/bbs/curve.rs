//! The groups G1 and G2: points of order r of the curves y² = x³ + 4 over Fp and y² = x³ + 4 (1 + u) over Fp2.

use super::field::{Coordinate, Field, Fp};
use super::scalar::Scalar;

/// The parameter x of BLS12-381, without its minus. p and r are polynomials in x.
pub(super) const X: u64 = 0xd201_0000_0001_0000;

/// In the first octet of a point: that it is compressed, at infinity, with the larger of the two y.
const COMPRESSED: u8 = 0x80;
const INFINITY: u8 = 0x40;
const LARGER: u8 = 0x20;

/// A point (x, y).
#[derive(Clone, Copy)]
pub(super) struct Affine<F> {
    pub(super) x: F,
    pub(super) y: F,
}

/// A point (x / z², y / z³); where z is nought, the identity.
#[derive(Clone, Copy)]
pub(super) struct Point<F> {
    pub(super) x: F,
    pub(super) y: F,
    pub(super) z: F,
}

impl<F: Coordinate> Affine<F> {
    /// Reads a compressed point of the curve that is not the identity, in the one form that it has.
    pub(super) fn on_curve<const N: usize>(octets: &[u8; N]) -> Option<Self> {
        let mut octets = *octets;
        let first = octets.first_mut()?;
        let flags = *first & (COMPRESSED | INFINITY | LARGER);
        *first ^= flags;
        let x = F::read(&octets)?;
        let y = (x.square() * x + F::constant()).root()?;
        let larger = match flags {
            COMPRESSED => false,
            flags if flags == COMPRESSED | LARGER => true,
            _ => return None,
        };
        Some(Affine { x, y: if y.is_larger() == larger { y } else { -y } })
    }

    /// The same for a point of order r.
    pub(super) fn in_group<const N: usize>(octets: &[u8; N]) -> Option<Self> {
        let affine = Self::on_curve(octets)?;
        let point = affine.point();
        // r = x⁴ - x² + 1
        let square = point.times(X).times(X);
        (square.times(X).times(X) + -square + point).is_identity().then_some(affine)
    }

    pub(super) fn point(self) -> Point<F> {
        Point { x: self.x, y: self.y, z: F::one() }
    }
}

impl<F: Field> Point<F> {
    pub(super) fn identity() -> Self {
        Point { x: F::one(), y: F::one(), z: F::ZERO }
    }

    pub(super) fn is_identity(&self) -> bool {
        self.z.is_zero()
    }

    pub(super) fn double(self) -> Self {
        let yy = self.y.square();
        let s = (self.x * yy).double().double();
        let m = self.x.square().triple();
        let x = m.square() - s.double();
        let y = m * (s - x) - yy.square().double().double().double();
        Point { x, y, z: (self.y * self.z).double() }
    }

    /// Times a number above nought.
    pub(super) fn times(self, factor: u64) -> Self {
        bits(factor).fold(self, |sum, bit| {
            let twice = sum.double();
            if bit { twice + self } else { twice }
        })
    }
}

/// The bits of a number after its first, the greatest first.
pub(super) fn bits(number: u64) -> impl Iterator<Item = bool> {
    (0..number.ilog2()).rev().map(move |at| number >> at & 1 == 1)
}

impl<F: Field> core::ops::Add for Point<F> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.is_identity() {
            return other;
        }
        if other.is_identity() {
            return self;
        }
        let (zz, other_zz) = (self.z.square(), other.z.square());
        let (u, s) = (self.x * other_zz, self.y * other.z * other_zz);
        let h = other.x * zz - u;
        let r = other.y * self.z * zz - s;
        if h.is_zero() {
            // The same point, or opposite ones.
            return if r.is_zero() { self.double() } else { Point::identity() };
        }
        let hh = h.square();
        let (hhh, uhh) = (h * hh, u * hh);
        let x = r.square() - hhh - uhh.double();
        Point { x, y: r * (uhh - x) - s * hhh, z: self.z * other.z * h }
    }
}

impl<F: Field> core::ops::Neg for Point<F> {
    type Output = Self;
    fn neg(self) -> Self {
        Point { y: -self.y, ..self }
    }
}

/// The sum of points, each times its scalar. All share the doublings, and take four bits of a scalar at once (Straus).
pub(super) fn combine(terms: &[(Point<Fp>, Scalar)]) -> Point<Fp> {
    let multiples: Vec<[Point<Fp>; 15]> = terms
        .iter()
        .map(|(point, _)| {
            let mut next = Point::identity();
            [(); 15].map(|()| {
                next = next + *point;
                next
            })
        })
        .collect();
    let mut sum = Point::identity();
    for at in 0..64 {
        sum = sum.double().double().double().double();
        for ((_, scalar), multiples) in terms.iter().zip(&multiples) {
            let octet = scalar.get(at / 2).map_or(0, |octet| *octet);
            let digit = if at % 2 == 0 { octet >> 4 } else { octet & 15 };
            if let Some(multiple) = usize::from(digit).checked_sub(1).and_then(|below| multiples.get(below)) {
                sum = sum + *multiple;
            }
        }
    }
    sum
}

/// The compressed forms of points, which share one inversion.
pub(super) fn compress(points: &[Point<Fp>]) -> Vec<[u8; 48]> {
    let mut product = Fp::one();
    let products: Vec<Fp> = points
        .iter()
        .map(|point| {
            let before = product;
            if !point.is_identity() {
                product = product * point.z;
            }
            before
        })
        .collect();
    let mut inverse = product.invert();
    let mut all: Vec<[u8; 48]> = points
        .iter()
        .zip(products)
        .rev()
        .map(|(point, before)| {
            let mut octets = [0; 48];
            let mut flags = COMPRESSED | INFINITY;
            if !point.is_identity() {
                let z = inverse * before;
                inverse = inverse * point.z;
                let zz = z.square();
                octets = (point.x * zz).octets();
                flags = if (point.y * z * zz).is_larger() { COMPRESSED | LARGER } else { COMPRESSED };
            }
            let [first, ..] = &mut octets;
            *first |= flags;
            octets
        })
        .collect();
    all.reverse();
    all
}
