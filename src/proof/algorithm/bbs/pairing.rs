//! The optimal ate pairing of G1 and G2.

use super::curve::{Affine, Point, X, bits};
use super::field::{Field, Fp, Fp2, Pair};
use super::fp12::Fp12;

/// Whether the product of the pairings of two points each is one. None may be the identity.
pub(super) fn product_is_one(pairs: &[(Affine<Fp>, Affine<Fp2>); 2]) -> bool {
    final_power(miller(pairs)) == Fp12::one()
}

/// The product of the functions that have a zero of order |x| at the second points, at the first ones. That x is below
/// nought would invert the pairings, which matters to nobody who asks whether they come to one.
fn miller(pairs: &[(Affine<Fp>, Affine<Fp2>); 2]) -> Fp12 {
    let mut running = pairs.map(|(_, q)| q.point());
    bits(X).fold(Fp12::one(), |value, bit| {
        let mut value = value.square();
        for ((p, q), t) in pairs.iter().zip(&mut running) {
            let twice = t.double();
            value = value * tangent(t, &twice, p);
            *t = twice;
            if bit {
                let sum = *t + q.point();
                value = value * chord(t, q, &sum, p);
                *t = sum;
            }
        }
        value
    })
}

// A point (x, y) of the curve that G2 is on stands for (x / w², y / w³) on that of G1. So the line through one with the
// slope m has at p the value y(p) - y / w³ - m / w (x(p) - x / w²), here times w³ and what else is in Fp4: the final
// power makes it one.

/// The tangent at `t`, of which `twice` is the double, at `p`.
fn tangent(t: &Point<Fp2>, twice: &Point<Fp2>, p: &Affine<Fp>) -> Fp12 {
    let (xx3, zz) = (t.x.square().triple(), t.z.square());
    line(xx3 * t.x - t.y.square().double(), xx3 * zz, twice.z * zz, p)
}

/// The line through `t` and `q`, of which `sum` is the sum, at `p`.
fn chord(t: &Point<Fp2>, q: &Affine<Fp2>, sum: &Point<Fp2>, p: &Affine<Fp>) -> Fp12 {
    let zzz = t.z.square() * t.z;
    let r = q.y * zzz - t.y;
    line(r * q.x - q.y * sum.z, r, sum.z, p)
}

/// `constant - slope x w² + height y w³`
fn line(constant: Fp2, slope: Fp2, height: Fp2, p: &Affine<Fp>) -> Fp12 {
    let part = |a, b| Pair { a, b };
    Fp12 {
        a: part(constant, height.scale(p.y)),
        b: part(Fp2::ZERO, Fp2::ZERO),
        c: part(-slope.scale(p.x), Fp2::ZERO),
    }
}

/// To the power of 3 (p¹² - 1) / r. The three is harmless, since r is another prime.
fn final_power(value: Fp12) -> Fp12 {
    // p¹² - 1 = (p⁶ - 1) (p² + 1) (p⁴ - p² + 1)
    let step = Fp12::step();
    let value = value.conjugate() * value.invert();
    let value = value.frobenius(step).frobenius(step) * value;
    // 3 (p⁴ - p² + 1) / r = (x - 1)² (x + p) (x² + p² - 1) + 3
    let less_one = |value: Fp12| value.power_of_x() * value.conjugate();
    let power = less_one(less_one(value));
    let power = power.power_of_x() * power.frobenius(step);
    let squared = power.frobenius(step).frobenius(step);
    let power = power.power_of_x().power_of_x() * squared * power.conjugate();
    power * value.unitary_square() * value
}
