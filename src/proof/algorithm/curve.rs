//! Elliptic curves in short Weierstrass form, y² = x³ + ax + b over a prime field (SEC 1, SEC 2), for verifying alone.

use super::modulus::{Modulus, Number};
use crate::codec;

/// A curve's constants, in hexadecimal as SEC 2 prints them.
pub(super) struct Parameters {
    /// The prime of the field; one less than a multiple of four for every curve here.
    p: &'static str,
    /// The order of the base point, a prime.
    n: &'static str,
    a: &'static str,
    b: &'static str,
    x: &'static str,
    y: &'static str,
}

/// SEC 2, section 2.4.2: NIST P-256.
pub(super) static P256: Parameters = Parameters {
    p: "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
    n: "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
    a: "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC",
    b: "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
    x: "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
    y: "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
};

/// SEC 2, section 2.5.1: NIST P-384.
pub(super) static P384: Parameters = Parameters {
    p: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
    n: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
    a: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFC",
    b: "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
    x: "AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7",
    y: "3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F",
};

/// SEC 2, section 2.6.1: NIST P-521.
pub(super) static P521: Parameters = Parameters {
    p: "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    n: "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
    a: "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC",
    b: "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00",
    x: "00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66",
    y: "011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650",
};

/// SEC 2, section 2.4.1.
pub(super) static SECP256K1: Parameters = Parameters {
    p: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
    n: "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
    a: "0000000000000000000000000000000000000000000000000000000000000000",
    b: "0000000000000000000000000000000000000000000000000000000000000007",
    x: "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798",
    y: "483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8",
};

/// A curve, ready to reckon with.
pub(super) struct Curve {
    /// The field of the coordinates.
    field: Modulus,
    /// Numbers modulo the order.
    pub(super) scalars: Modulus,
    a: Number,
    b: Number,
    base: Point,
    prime: Vec<u8>,
    order: Vec<u8>,
}

/// A point (X / Z², Y / Z³); where Z is nought, the point at infinity.
#[derive(Clone)]
pub(super) struct Point {
    x: Number,
    y: Number,
    z: Number,
}

impl Curve {
    /// Reads the constants, which are right.
    pub(super) fn new(constants: &Parameters) -> Option<Self> {
        let bytes = |text| codec::hex(text).ok();
        let (prime, order) = (bytes(constants.p)?, bytes(constants.n)?);
        let (field, scalars) = (Modulus::new(&prime)?, Modulus::new(&order)?);
        let number = |text| field.number(&bytes(text)?);
        let (a, b) = (number(constants.a)?, number(constants.b)?);
        let base = Point { x: number(constants.x)?, y: number(constants.y)?, z: field.number(&[1])? };
        Some(Curve { field, scalars, a, b, base, prime, order })
    }

    /// Reads a point that is on the curve, compressed or not (SEC 1, section 2.3.4). The order of these curves is a
    /// prime, so every such point has it.
    pub(super) fn point(&self, bytes: &[u8]) -> Option<Point> {
        let (form, rest) = bytes.split_first()?;
        let (x, y) = rest.split_at_checked(self.field.bytes())?;
        let x = self.field.number(x)?;
        // x³ + ax + b
        let square = self.field.add(&self.field.multiply(&x, &x), &self.a);
        let square = self.field.add(&self.field.multiply(&square, &x), &self.b);
        let y = match (form, y) {
            (4, y) if y.len() == self.field.bytes() => self.field.number(y)?,
            (2 | 3, []) => self.root(&square, form & 1)?,
            _ => return None,
        };
        let on_curve = self.field.multiply(&y, &y) == square;
        on_curve.then(|| Point { x, y, z: self.base.z.clone() })
    }

    /// The square root that is odd or even as `parity` says, where there is one.
    fn root(&self, square: &Number, parity: u8) -> Option<Number> {
        // Since p is 3 modulo 4, the power of (p + 1) / 4 is a root.
        let mut carry = 1u16;
        let mut exponent: Vec<u8> = Vec::with_capacity(self.prime.len());
        for byte in self.prime.iter().rev() {
            let sum = u16::from(*byte) + carry;
            exponent.push(sum as u8);
            carry = sum >> 8;
        }
        exponent.push(carry as u8);
        exponent.reverse();
        let mut high = 0;
        for byte in &mut exponent {
            (*byte, high) = (*byte >> 2 | high << 6, *byte & 3);
        }
        let root = self.field.power(square, &exponent);
        let last = self.field.to_bytes(&root).last().copied()?;
        if last & 1 == parity { Some(root) } else { Some(self.field.subtract(&self.zero(), &root)) }
    }

    /// The inverse of a number modulo the order, which is a prime (Fermat).
    pub(super) fn invert_scalar(&self, value: &Number) -> Number {
        self.scalars.power(value, &less_two(&self.order))
    }

    /// `u` times the base point and `v` times `q`, together: the x coordinate, where it is not at infinity.
    pub(super) fn combine_x(&self, u: &[u8], v: &[u8], q: &Point) -> Option<Vec<u8>> {
        let both = self.add(&self.base, q);
        let mut sum = self.infinity();
        for (u, v) in u.iter().zip(v) {
            for bit in (0..8).rev() {
                sum = self.double(&sum);
                match (u >> bit & 1, v >> bit & 1) {
                    (1, 1) => sum = self.add(&sum, &both),
                    (1, _) => sum = self.add(&sum, &self.base),
                    (_, 1) => sum = self.add(&sum, q),
                    _ => {}
                }
            }
        }
        if sum.is_infinity() {
            return None;
        }
        let inverse = self.field.power(&sum.z, &less_two(&self.prime));
        let x = self.field.multiply(&sum.x, &self.field.multiply(&inverse, &inverse));
        Some(self.field.to_bytes(&x))
    }

    fn zero(&self) -> Number {
        vec![0; self.a.len()]
    }

    fn infinity(&self) -> Point {
        Point { x: self.base.x.clone(), y: self.base.y.clone(), z: self.zero() }
    }

    fn double(&self, p: &Point) -> Point {
        let f = &self.field;
        let twice = |value: &Number| f.add(value, value);
        let yy = f.multiply(&p.y, &p.y);
        let s = twice(&twice(&f.multiply(&p.x, &yy)));
        let xx = f.multiply(&p.x, &p.x);
        let zz = f.multiply(&p.z, &p.z);
        let m = f.add(&f.add(&twice(&xx), &xx), &f.multiply(&self.a, &f.multiply(&zz, &zz)));
        let x = f.subtract(&f.multiply(&m, &m), &twice(&s));
        let yyyy8 = twice(&twice(&twice(&f.multiply(&yy, &yy))));
        let y = f.subtract(&f.multiply(&m, &f.subtract(&s, &x)), &yyyy8);
        let z = twice(&f.multiply(&p.y, &p.z));
        Point { x, y, z }
    }

    fn add(&self, p: &Point, q: &Point) -> Point {
        if p.is_infinity() {
            return q.clone();
        }
        if q.is_infinity() {
            return p.clone();
        }
        let f = &self.field;
        let (pzz, qzz) = (f.multiply(&p.z, &p.z), f.multiply(&q.z, &q.z));
        let (u, s) = (f.multiply(&p.x, &qzz), f.multiply(&p.y, &f.multiply(&q.z, &qzz)));
        let h = f.subtract(&f.multiply(&q.x, &pzz), &u);
        let r = f.subtract(&f.multiply(&q.y, &f.multiply(&p.z, &pzz)), &s);
        if is_zero(&h) {
            // The same point, or opposite ones.
            return if is_zero(&r) { self.double(p) } else { self.infinity() };
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
        is_zero(&self.z)
    }
}

fn is_zero(value: &Number) -> bool {
    value.iter().all(|limb| *limb == 0)
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
