//! Hashing to scalars and to points of G1 (RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_).

use sha2::{Digest, Sha256};

use super::curve::{Point, X};
use super::field::{Field, Fp};
use super::number::{self, Limbs};
use super::scalar::{self, Scalar};

/// expand_message_xmd with SHA-256 (RFC 9380, section 5.3.1), for tags of at most 255 octets and at most 255 digests.
pub(super) fn expand<const N: usize>(message: &[u8], tag: &[u8]) -> [u8; N] {
    let tag_length = [tag.len() as u8];
    let [.., high, low] = N.to_be_bytes();
    let finish = |hash: Sha256| hash.chain_update(tag).chain_update(tag_length).finalize();
    let start = Sha256::new().chain_update([0; 64]).chain_update(message).chain_update([high, low, 0]);
    let first = finish(start);
    let mut uniform = [0; N];
    let mut last = [0; 32];
    for (chunk, count) in uniform.chunks_mut(32).zip(1..) {
        for (last, first) in last.iter_mut().zip(&first) {
            *last ^= first;
        }
        last = finish(Sha256::new().chain_update(last).chain_update([count])).into();
        for (into, octet) in chunk.iter_mut().zip(last) {
            *into = octet;
        }
    }
    uniform
}

/// hash_to_scalar (BBS, section 4.2.2).
pub(super) fn to_scalar(message: &[u8], tag: &[u8]) -> Scalar {
    scalar::reduce(&expand(message, tag))
}

// The curve E' of RFC 9380, section 8.8.1, y² = x³ + ax + b, and the polynomial whose five roots are the x of the points
// that its isogeny to the curve of G1 takes to the identity, without its leading one.
static A: Limbs = number::hex(
    "144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d",
);
static B: Limbs = number::hex(
    "12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0",
);
static KERNEL: [Limbs; 5] = [
    number::hex(
        "4afe09d5cf4956a23b6b71f59d2b3407b415a774b7be81bbb6fa99cbc798e0ac98ba725a5bc328016b1c268b4766e85",
    ),
    number::hex(
        "94440f65f408a6e930e16e3e92dd17bf60d6e9679a8d3d58593de55ac23703042d609537eb3549aac234d896ca82944",
    ),
    number::hex(
        "1335c502c1f54c49aceea65e87fd7203ba0f626f305fc0cfd606a5dae9f3c8e81a4b3b69600129fabd307c69bf319d39",
    ),
    number::hex(
        "264908af037bcede00d054cf5d4775e83eb6cf63c76b969f8ed174fb59fcff78d201f46f6cfc4ed6552e59ce75177b0",
    ),
    number::hex(
        "133341fb0962a34cb0504a9c4fada0a5090d38679b4c040d5d1c3afb023a3409fcc0815fea66d8b02bbef9c8b5a66e07",
    ),
];

/// The map from numbers to points of the curve of G1.
pub(super) struct Map {
    a: Fp,
    b: Fp,
    kernel: [Fp; 5],
    /// The constant of E' that is no square.
    z: Fp,
    /// A root of -z.
    root: Fp,
}

impl Map {
    pub(super) fn new() -> Self {
        let z = Fp::small(11);
        // The power of (p + 1) / 4.
        let root = (-z).power(4) * -z;
        Map { a: Fp::new(&A), b: Fp::new(&B), kernel: KERNEL.each_ref().map(Fp::new), z, root }
    }

    /// hash_to_curve (RFC 9380, section 3).
    pub(super) fn hash(&self, message: &[u8], tag: &[u8]) -> Point<Fp> {
        let uniform: [u8; 128] = expand(message, tag);
        let (chunks, _) = uniform.as_chunks::<64>();
        let sum = chunks.iter().fold(Point::identity(), |sum, chunk| sum + self.point(Fp::reduce(chunk)));
        // The cofactor is cleared by 1 - x.
        sum.times(X) + sum
    }

    /// map_to_curve by Shallue, van de Woestijne and Ulas (RFC 9380, section 6.6.3; appendix F.2).
    fn point(&self, u: Fp) -> Point<Fp> {
        let zu = self.z * u.square();
        let denominator = zu.square() + zu;
        let x = self.b * (denominator + Fp::one());
        let d = self.a * if denominator.is_zero() { self.z } else { -denominator };
        let dd = d.square();
        let ddd = dd * d;
        // y² = (x/d)³ + a (x/d) + b, times d³.
        let square = (x.square() + self.a * dd) * x + self.b * ddd;
        // The power of (p - 3) / 4 gives a root of a fraction where there is one (appendix F.2.1.2).
        let product = square * ddd;
        let root = (product * ddd.square()).power(4) * product;
        let (x, y) =
            if root.square() * ddd == square { (x, root) } else { (zu * x, zu * u * root * self.root) };
        self.isogeny(x, if y.is_odd() == u.is_odd() { y } else { -y }, d)
    }

    /// The isogeny of degree 11 from E' (RFC 9380, appendix E.2) at (x / d, y), out of its kernel (Vélu; Kohel).
    ///
    /// With k the kernel polynomial, s = k'/k and f = x³ + ax + b it takes x to n = 11x - 2σ - 4fs' - 2f's, where σ is the
    /// sum of the roots of k, and y to yn'; here over 11² and 11³. All is multiplied by what makes it a polynomial.
    fn isogeny(&self, x: Fp, y: Fp, d: Fp) -> Point<Fp> {
        // k and its derivatives, over 1, 1, 2 and 6.
        let (mut k, mut k1, mut k2, mut k3) = (Fp::one(), Fp::ZERO, Fp::ZERO, Fp::ZERO);
        let mut power = d;
        for coefficient in self.kernel {
            k3 = k3 * x + k2;
            k2 = k2 * x + k1;
            k1 = k1 * x + k;
            k = k * x + coefficient * power;
            power = power * d;
        }
        let (k2, k3) = (k2.double(), k3.triple().double());
        let [sigma, ..] = self.kernel.map(|k| -k);
        let dd = d.square();
        let f = (x.square() + self.a * dd) * x + self.b * dd * d;
        let f1 = x.square().triple() + self.a * dd;
        let f2 = x.triple().double();
        let eleven = |value: Fp| value * self.z;
        let kk = k.square();
        // s' times k², and s'' times k³.
        let s1 = k2 * k - k1.square();
        let s2 = k3 * kk - (k2 * k1 * k).triple() + (k1.square() * k1).double();
        let n = (eleven(x) - (sigma * d).double()) * kk - (f * s1).double().double() - (f1 * k1 * k).double();
        let n1 = eleven(kk * k)
            - (f1 * s1 * k).triple().double()
            - (f * s2).double().double()
            - (f2 * k1 * kk).double();
        Point { x: n * d, y: y * n1 * dd * d, z: eleven(k * d) }
    }
}
