//! Elliptic curves in short Weierstrass form, y² = x³ + ax + b over a prime field (SEC 1, SEC 2), for verifying alone.

use super::modulus;
use crate::codec;

/// A curve's constants, in hexadecimal as SEC 2 prints them.
pub(super) struct Parameters {
    /// The prime of the field; one less than a multiple of four for every curve here.
    p: &'static str,
    /// The order of the base point, a prime.
    n: &'static str,
    /// `a` is minus three for all NIST curves, and nought for the other.
    a_is_minus_three: bool,
    b: &'static str,
    x: &'static str,
    y: &'static str,
}

/// SEC 2, section 2.4.2: NIST P-256.
pub(super) static P256: Parameters = Parameters {
    p: "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
    n: "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
    a_is_minus_three: true,
    b: "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
    x: "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
    y: "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
};

/// SEC 2, section 2.5.1: NIST P-384.
pub(super) static P384: Parameters = Parameters {
    p: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
    n: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
    a_is_minus_three: true,
    b: "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
    x: "AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7",
    y: "3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F",
};

/// SEC 2, section 2.6.1: NIST P-521.
pub(super) static P521: Parameters = Parameters {
    p: "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    n: "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
    a_is_minus_three: true,
    b: "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00",
    x: "00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66",
    y: "011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650",
};

/// SEC 2, section 2.4.1.
pub(super) static SECP256K1: Parameters = Parameters {
    p: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
    n: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
    a_is_minus_three: false,
    b: "0000000000000000000000000000000000000000000000000000000000000007",
    x: "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
    y: "483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8",
};

/// Limbs of the longest of these numbers.
const LIMBS: usize = 17;

type Number = modulus::Number<LIMBS>;
type Modulus = modulus::Modulus<LIMBS>;

/// A curve, ready to reckon with.
pub(super) struct Curve {
    /// The field of the coordinates.
    field: Modulus,
    /// Numbers modulo the order.
    pub(super) scalars: Modulus,
    a_is_minus_three: bool,
    b: Number,
    base: Point,
    prime: Vec<u8>,
    order: Vec<u8>,
}

/// A point (X / Z², Y / Z³); where Z is nought, the point at infinity.
#[derive(Clone, Copy)]
pub(super) struct Point {
    x: Number,
    y: Number,
    z: Number,
}

/// Scalars are cut into odd digits of this many bits with a sign.
const WINDOW: usize = 5;

impl Curve {
    /// Reads the constants, which are right.
    pub(super) fn new(constants: &Parameters) -> Option<Self> {
        let bytes = |text| codec::hex(text).ok();
        let (prime, order) = (bytes(constants.p)?, bytes(constants.n)?);
        let (field, scalars) = (Modulus::new(&prime)?, Modulus::new(&order)?);
        let number = |text| field.number(&bytes(text)?);
        let base = Point { x: number(constants.x)?, y: number(constants.y)?, z: field.one() };
        let (a_is_minus_three, b) = (constants.a_is_minus_three, number(constants.b)?);
        Some(Curve { field, scalars, a_is_minus_three, b, base, prime, order })
    }

    /// Reads a point that is on the curve, compressed or not (SEC 1, section 2.3.4). The order of these curves is a
    /// prime, so every such point has it.
    pub(super) fn point(&self, bytes: &[u8]) -> Option<Point> {
        let f = &self.field;
        let (form, rest) = bytes.split_first()?;
        let (x, y) = rest.split_at_checked(f.bytes())?;
        let x = f.number(x)?;
        // x³ + ax + b
        let mut square = f.add(&f.multiply(&x, &f.multiply(&x, &x)), &self.b);
        if self.a_is_minus_three {
            square = f.subtract(&square, &f.add(&x, &f.add(&x, &x)));
        }
        let y = match (form, y) {
            (4, y) if y.len() == f.bytes() => f.number(y)?,
            (2 | 3, []) => self.root(&square, form & 1),
            _ => return None,
        };
        (f.multiply(&y, &y) == square).then(|| Point { x, y, z: f.one() })
    }

    /// The square root that is odd or even as `parity` says, where there is one.
    fn root(&self, square: &Number, parity: u8) -> Number {
        // Since p is 3 modulo 4, the power of (p + 1) / 4 is a root. The last two bits of p are ones, so that is one
        // more than p without them.
        let mut exponent = shifted_by_two(&self.prime);
        for byte in exponent.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
        let root = self.field.power(square, &exponent);
        let is_odd = self.field.to_bytes(&root).last().is_some_and(|last| last & 1 == 1);
        if is_odd == (parity == 1) { root } else { self.field.subtract(&[0; LIMBS], &root) }
    }

    /// The inverse of a number modulo the order, which is a prime (Fermat).
    pub(super) fn invert_scalar(&self, value: &Number) -> Number {
        self.scalars.power(value, &less_two(&self.order))
    }

    /// `u` times the base point and `v` times `q`, together.
    pub(super) fn combine(&self, u: &[u8], v: &[u8], q: &Point) -> Point {
        let terms = [(digits(u), self.odd_multiples(&self.base)), (digits(v), self.odd_multiples(q))];
        let mut sum = self.infinity();
        for at in (0..8 * self.order.len() + WINDOW).rev() {
            sum = self.double(&sum);
            for (digits, multiples) in &terms {
                let digit = digits.get(at).copied().unwrap_or_default();
                let Some(multiple) = multiples.get(usize::from(digit.unsigned_abs() / 2)) else { continue };
                sum = match digit {
                    0 => sum,
                    1.. => self.add(&sum, multiple),
                    _ => self
                        .add(&sum, &Point { y: self.field.subtract(&[0; LIMBS], &multiple.y), ..*multiple }),
                };
            }
        }
        sum
    }

    /// Whether the first coordinate of `p`, modulo the order, is the big-endian `number` below the order.
    pub(super) fn has_x(&self, p: &Point, number: &[u8]) -> bool {
        // The field is a little larger than the order: the coordinate may have lost it once.
        let mut carry = 0;
        let mut larger: Vec<u8> = Vec::with_capacity(number.len());
        for (a, b) in number.iter().zip(&self.order).rev() {
            let sum = u16::from(*a) + u16::from(*b) + carry;
            larger.push(sum as u8);
            carry = sum >> 8;
        }
        larger.reverse();
        let zz = self.field.multiply(&p.z, &p.z);
        let is = |x: &[u8]| self.field.number(x).is_some_and(|x| self.field.multiply(&x, &zz) == p.x);
        !p.is_infinity() && (is(number) || carry == 0 && is(&larger))
    }

    /// The point as SEC 1 writes it uncompressed (section 2.3.3); `None` for the point at infinity.
    pub(super) fn uncompressed(&self, p: &Point) -> Option<Vec<u8>> {
        if p.is_infinity() {
            return None;
        }
        let f = &self.field;
        let inverse = f.power(&p.z, &less_two(&self.prime));
        let square = f.multiply(&inverse, &inverse);
        let (x, y) = (f.multiply(&p.x, &square), f.multiply(&p.y, &f.multiply(&square, &inverse)));
        Some([&[4], f.to_bytes(&x).as_slice(), &f.to_bytes(&y)].concat())
    }

    /// 1, 3, 5 … times `p`.
    fn odd_multiples(&self, p: &Point) -> Vec<Point> {
        let twice = self.double(p);
        let next = |last: &Point| Some(self.add(last, &twice));
        core::iter::successors(Some(*p), next).take(1 << (WINDOW - 2)).collect()
    }

    fn infinity(&self) -> Point {
        Point { z: [0; LIMBS], ..self.base }
    }

    fn double(&self, p: &Point) -> Point {
        let f = &self.field;
        let twice = |value: &Number| f.add(value, value);
        let yy = f.multiply(&p.y, &p.y);
        let s = twice(&twice(&f.multiply(&p.x, &yy)));
        // 3x² + az⁴
        let slope = if self.a_is_minus_three {
            let zz = f.multiply(&p.z, &p.z);
            f.multiply(&f.subtract(&p.x, &zz), &f.add(&p.x, &zz))
        } else {
            f.multiply(&p.x, &p.x)
        };
        let slope = f.add(&twice(&slope), &slope);
        let x = f.subtract(&f.multiply(&slope, &slope), &twice(&s));
        let yyyy8 = twice(&twice(&twice(&f.multiply(&yy, &yy))));
        let y = f.subtract(&f.multiply(&slope, &f.subtract(&s, &x)), &yyyy8);
        let z = twice(&f.multiply(&p.y, &p.z));
        Point { x, y, z }
    }

    fn add(&self, p: &Point, q: &Point) -> Point {
        if p.is_infinity() {
            return *q;
        }
        if q.is_infinity() {
            return *p;
        }
        let f = &self.field;
        let (pzz, qzz) = (f.multiply(&p.z, &p.z), f.multiply(&q.z, &q.z));
        let (u, s) = (f.multiply(&p.x, &qzz), f.multiply(&p.y, &f.multiply(&q.z, &qzz)));
        let h = f.subtract(&f.multiply(&q.x, &pzz), &u);
        let r = f.subtract(&f.multiply(&q.y, &f.multiply(&p.z, &pzz)), &s);
        if h == [0; LIMBS] {
            // The same point, or opposite ones.
            return if r == [0; LIMBS] { self.double(p) } else { self.infinity() };
        }
        let hh = f.multiply(&h, &h);
        let (hhh, uhh) = (f.multiply(&h, &hh), f.multiply(&u, &hh));
        let x = f.subtract(&f.subtract(&f.multiply(&r, &r), &hhh), &f.add(&uhh, &uhh));
        let y = f.subtract(&f.multiply(&r, &f.subtract(&uhh, &x)), &f.multiply(&s, &hhh));
        let z = f.multiply(&h, &f.multiply(&p.z, &q.z));
        Point { x, y, z }
    }
}

impl Point {
    fn is_infinity(&self) -> bool {
        self.z == [0; LIMBS]
    }
}

/// The digits of a big-endian scalar by the power of two that each stands for, the least first: odd ones between -16
/// and 16 with at least four noughts between them (windowed non-adjacent form).
fn digits(scalar: &[u8]) -> Vec<i8> {
    let bit = |at: usize| {
        let byte = scalar.iter().rev().nth(at / 8).copied().unwrap_or_default();
        (byte >> (at % 8) & 1) as i8
    };
    let mut digits = vec![0; 8 * scalar.len() + WINDOW];
    let (mut carry, mut at) = (0, 0);
    while at < digits.len() {
        if bit(at) == carry {
            at += 1;
            continue;
        }
        let digit = (0..WINDOW).fold(carry, |digit, next| digit + (bit(at + next) << next));
        carry = digit >> (WINDOW - 1) & 1;
        if let Some(slot) = digits.get_mut(at) {
            *slot = digit - (carry << WINDOW);
        }
        at += WINDOW;
    }
    digits
}

/// A number without its last two bits.
fn shifted_by_two(bytes: &[u8]) -> Vec<u8> {
    let mut high = 0;
    let shift = |byte: &u8| {
        let shifted = byte >> 2 | high << 6;
        high = byte & 3;
        shifted
    };
    bytes.iter().map(shift).collect()
}

/// Two less than an odd number above two.
fn less_two(bytes: &[u8]) -> Vec<u8> {
    let mut less = bytes.to_vec();
    let mut minus = 2;
    for byte in less.iter_mut().rev() {
        let (rest, borrowed) = byte.overflowing_sub(minus);
        (*byte, minus) = (rest, u8::from(borrowed));
    }
    less
}
