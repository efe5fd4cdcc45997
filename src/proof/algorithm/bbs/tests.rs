//! The arithmetic against its laws and the specifications' vectors; proofs against those of the draft, of W3C, and our
//! own, which another implementation made (`cargo xtask fixtures`).

use serde_json::{Value, json};

use super::curve::{Affine, Point, X, combine, compress};
use super::field::{Coordinate, Field, Fp, Fp2, Pair};
use super::fp12::Fp12;
use super::{BASE_2, generators, hash, pairing, proof_verify};
use crate::budget::{Budget, MAX_BBS_MESSAGES};
use crate::codec;
use crate::proof::Error;
use crate::rdf;

#[path = "../../../../tests/vectors/mod.rs"]
mod vectors;

fn hex(text: &str) -> Vec<u8> {
    codec::hex(text).unwrap()
}

fn read(path: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap()
}

/// A number that looks random.
fn number(seed: u32) -> Fp {
    Fp::reduce(&hash::expand(&seed.to_be_bytes(), b"numbers"))
}

fn pair(seed: u32) -> Fp2 {
    Pair { a: number(seed), b: number(seed + 1000) }
}

fn twelve(seed: u32) -> Fp12 {
    let part = |at| Pair { a: pair(seed + at), b: pair(seed + at + 1) };
    Fp12 { a: part(10), b: part(20), c: part(30) }
}

#[test]
fn expands_messages() {
    // RFC 9380, appendix K.1.
    let tag = b"QUUX-V01-CS02-with-expander-SHA256-128";
    for (message, expected) in [
        ("", "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235"),
        ("abc", "d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615"),
    ] {
        assert_eq!(hash::expand::<32>(message.as_bytes(), tag).to_vec(), hex(expected));
    }
    let long = "abba86a6129e366fc877aab32fc4ffc70120d8996c88aee2fe4b32d6c7b6437a647e6c3163d40b76a73cf6a5674ef1d890f95b66\
                4ee0afa5359a5c4e07985635bbecbac65d747d3d2da7ec2b8221b17b0ca9dc8a1ac1c07ea6a1e60583e2cb00058e77b7b72a2984\
                25cd1b941ad4ec65e8afc50303a22c0f99b0509b4c895f40";
    assert_eq!(hash::expand::<128>(b"abc", tag).to_vec(), hex(long));
}

#[test]
fn hashes_to_the_curve() {
    // RFC 9380, appendix J.9.1.
    let q128 = format!("q128_{}", "q".repeat(128));
    let a512 = format!("a512_{}", "a".repeat(512));
    for (message, x, y) in [
        (
            "",
            "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
            "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265",
        ),
        (
            "abc",
            "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
            "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d",
        ),
        (
            "abcdef0123456789",
            "11e0b079dea29a68f0383ee94fed1b940995272407e3bb916bbf268c263ddd57a6a27200a784cbc248e84f357ce82d98",
            "03a87ae2caf14e8ee52e51fa2ed8eefe80f02457004ba4d486d6aa1f517c0889501dc7413753f9599b099ebcbbd2d709",
        ),
        (
            &q128,
            "15f68eaa693b95ccb85215dc65fa81038d69629f70aeee0d0f677cf22285e7bf58d7cb86eefe8f2e9bc3f8cb84fac488",
            "1807a1d50c29f430b8cafc4f8638dfeeadf51211e1602a5f184443076715f91bb90a48ba1e370edce6ae1062f5e6dd38",
        ),
        (
            &a512,
            "082aabae8b7dedb0e78aeb619ad3bfd9277a2f77ba7fad20ef6aabdc6c31d19ba5a6d12283553294c1825c4b3ca2dcfe",
            "05b84ae5a942248eea39e1d91030458c40153f3b654ab7872d779ad1e942856a20c438e8d99bc8abfbf74729ce1f7ac8",
        ),
    ] {
        let tag = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";
        let point = hash::Map::new().hash(message.as_bytes(), tag);
        let [octets] = *compress(&[point]) else { panic!() };
        let point = Affine::<Fp>::in_group(&octets).expect("of order r");
        assert_eq!((point.x.octets().to_vec(), point.y.octets().to_vec()), (hex(x), hex(y)));
    }
}

#[test]
fn makes_the_generators_of_the_draft() {
    let expected: Vec<Vec<u8>> = read("tests/bbs/draft.json")["generators"]
        .as_array()
        .unwrap()
        .iter()
        .map(|g| hex(g.as_str().unwrap()))
        .collect();
    assert_eq!(compress(&generators(expected.len())).concat(), expected.concat());
}

/// What a proof is verified with.
#[derive(Clone)]
struct Case {
    key: [u8; 96],
    proof: Vec<u8>,
    header: Vec<u8>,
    presentation_header: Vec<u8>,
    disclosed: Vec<(usize, Vec<u8>)>,
}

impl Case {
    /// As written in `tests/bbs`.
    fn new(case: &Value) -> Self {
        let text = |name: &str| hex(case[name].as_str().unwrap());
        let one = |one: &Value| (one[0].as_u64().unwrap() as usize, hex(one[1].as_str().unwrap()));
        Case {
            key: text("publicKey").try_into().unwrap(),
            proof: text("proof"),
            header: text("header"),
            presentation_header: text("presentationHeader"),
            disclosed: case["disclosed"].as_array().unwrap().iter().map(one).collect(),
        }
    }

    fn verify(&self) -> Result<(), Error> {
        self.verify_within(&Budget::default())
    }

    fn verify_within(&self, budget: &Budget) -> Result<(), Error> {
        let messages: Vec<&[u8]> = self.disclosed.iter().map(|(_, message)| message.as_slice()).collect();
        let indexes: Vec<usize> = self.disclosed.iter().map(|(index, _)| *index).collect();
        let Case { key, proof, header, presentation_header, .. } = self;
        proof_verify(key, proof, header, presentation_header, &messages, &indexes, budget)
    }
}

#[test]
fn judges_the_proofs_of_the_draft() {
    let file = read("tests/bbs/draft.json");
    for case in file["proofs"].as_array().unwrap() {
        assert_eq!(Case::new(case).verify().is_ok(), case["valid"], "{}", case["name"]);
    }
}

#[test]
fn judges_proofs_that_another_implementation_made() {
    for case in read("tests/bbs/made/proofs.json").as_array().unwrap() {
        let expected = if case["valid"] == true { Ok(()) } else { Err(Error::SignatureInvalid) };
        assert_eq!(Case::new(case).verify(), expected, "{} {}", case["name"], case["disclosed"]);
    }
}

/// The messages of these are N-Quads, and the header is two hashes.
#[test]
fn verifies_the_vectors_of_w3c() {
    let Some(folder) = vectors::folder("w3c-vc-di-bbs") else { return };
    let read = |file: String| -> Value {
        serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap()).unwrap()
    };
    let text = |value: &Value| hex(value.as_str().unwrap());
    let key = text(&read("BBSKeyMaterial.json".into())["publicKeyHex"]).try_into().unwrap();
    let presentation_header = text(&read("BBSDeriveMaterial.json".into())["presentationHeaderHex"]);
    for part in ["", "prc/"] {
        let hashes = read(format!("{part}addHashData.json"));
        let quads = read(format!("{part}addBaseTransform.json"));
        let derived = read(format!("{part}derivedDisclosureData.json"));
        let disclosed = derived["adjSelectiveIndexes"].as_array().unwrap().iter().map(|index| {
            let index = index.as_u64().unwrap() as usize;
            (index, quads["nonMandatory"]["value"][index][1].as_str().unwrap().into())
        });
        let mut case = Case {
            key,
            proof: text(&derived["bbsProof"]),
            header: [text(&hashes["proofHash"]), text(&hashes["mandatoryHash"])].concat(),
            presentation_header: presentation_header.clone(),
            disclosed: disclosed.collect(),
        };
        assert_eq!(case.verify(), Ok(()), "{part}");
        case.disclosed[0].1.push(b' ');
        assert_eq!(case.verify(), Err(Error::SignatureInvalid), "{part}");
    }
}

/// Two of four messages are disclosed.
fn half_disclosed() -> Case {
    let cases = read("tests/bbs/made/proofs.json");
    let found = cases.as_array().unwrap().iter().find(|case| {
        case["disclosed"] == json!([[0, ""], [2, "74776f"]])
            && case["proof"].as_str().unwrap().len() == 2 * 336
    });
    Case::new(found.unwrap())
}

#[test]
fn refuses_whatever_is_changed() {
    let good = half_disclosed();
    assert_eq!(good.verify(), Ok(()));
    // A bit of every octet of the points, and of some of the scalars.
    for at in (0..144).chain((144..336).step_by(7)) {
        let mut case = good.clone();
        case.proof[at] ^= 1 << (at % 8);
        let refused = case.verify().unwrap_err();
        assert!(matches!(refused, Error::SignatureMalformed | Error::SignatureInvalid), "{at}");
    }
    for at in 0..96 {
        let mut case = good.clone();
        case.key[at] ^= 1 << (at % 8);
        assert_eq!(case.verify(), Err(Error::KeyMalformed), "{at}");
    }
    let invalid = |change: fn(&mut Case)| {
        let mut case = good.clone();
        change(&mut case);
        assert_eq!(case.verify(), Err(Error::SignatureInvalid));
    };
    invalid(|case| case.header[0] ^= 1);
    invalid(|case| case.header.push(0));
    invalid(|case| case.header.clear());
    invalid(|case| case.presentation_header[0] ^= 1);
    invalid(|case| case.presentation_header.push(0));
    invalid(|case| case.presentation_header.clear());
    invalid(|case| case.disclosed[0].1.push(0));
    invalid(|case| case.disclosed[1].1[0] ^= 1);
    // The last message is the same as that at 2.
    invalid(|case| case.disclosed[1].0 = 3);
    invalid(|case| case.disclosed[0].0 = 1);
    invalid(|case| (case.disclosed[0].1, case.disclosed[1].1) = (b"two".to_vec(), Vec::new()));
    // One more, one fewer.
    invalid(|case| case.disclosed.push((3, b"two".to_vec())));
    invalid(|case| drop(case.disclosed.remove(0)));
    invalid(|case| case.proof.extend([1; 32]));
    invalid(|case| drop(case.proof.drain(240..272)));
}

#[test]
fn refuses_proofs_of_another_form() {
    let good = half_disclosed();
    let malformed = |change: &dyn Fn(&mut Case)| {
        let mut case = good.clone();
        change(&mut case);
        assert_eq!(case.verify(), Err(Error::SignatureMalformed));
    };
    // With 272 octets there is no hidden message, so 2 is out of range.
    for length in [0, 1, 144, 271, 272, 335] {
        malformed(&|case| case.proof.truncate(length));
    }
    malformed(&|case| case.proof.push(0));
    // Indexes out of range, twice, in another order; one without its message.
    malformed(&|case| case.disclosed[1].0 = 4);
    malformed(&|case| case.disclosed[1].0 = usize::MAX);
    malformed(&|case| case.disclosed[1].0 = 0);
    malformed(&|case| case.disclosed.reverse());
    let lists: [(&[&[u8]], &[usize]); 2] = [(&[b""], &[0, 2]), (&[b"", b"two"], &[0])];
    for (messages, indexes) in lists {
        let budget = Budget::default();
        let found =
            proof_verify(&good.key, &good.proof, b"header", b"presentation", messages, indexes, &budget);
        assert_eq!(found, Err(Error::SignatureMalformed));
    }
    // Each scalar must be from 1 to r - 1.
    let order = hex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    for at in (144..336).step_by(32) {
        for bad in [&[0; 32], order.as_slice(), &[0xff; 32]] {
            malformed(&|case| case.proof[at..at + 32].copy_from_slice(bad));
        }
    }
    // The identity pairs with everything to one.
    for at in [0, 48, 96] {
        malformed(&|case| {
            case.proof[at..at + 48].fill(0);
            case.proof[at] = 0xc0;
        });
    }
    let mut key = [0; 96];
    key[0] = 0xc0;
    assert_eq!(Case { key, ..good.clone() }.verify(), Err(Error::KeyMalformed));
}

#[test]
fn gives_up_on_too_many_messages() {
    let too_complex = Err(Error::Rdf(rdf::Error::TooComplex));
    let mut case = half_disclosed();
    let budget = Budget::default();
    assert_eq!(case.verify_within(&budget), Ok(()));
    while budget.bbs_proof(0) {}
    assert_eq!(case.verify_within(&budget), too_complex);
    case.proof.extend([1; 32].repeat(MAX_BBS_MESSAGES as usize));
    assert_eq!(case.verify(), too_complex);
}

#[test]
fn fields_keep_their_laws() {
    fn laws<F: Field + std::fmt::Debug>([a, b, c]: [F; 3]) {
        assert_eq!((a + b) * c, a * c + b * c);
        assert_eq!(a * (b * c), (a * b) * c);
        assert_eq!(a - b, -(b - a));
        assert_eq!(a.square(), a * a);
        assert_eq!(a * a.invert(), F::one());
        assert_eq!(F::ZERO.invert(), F::ZERO);
    }
    fn roots<F: Coordinate + std::fmt::Debug>(a: F) {
        let root = a.square().root().unwrap();
        assert!(root == a || root == -a);
        assert_ne!(a.is_larger(), (-a).is_larger());
        assert_eq!(F::ZERO.root(), Some(F::ZERO));
    }
    let step = Fp12::step();
    for seed in 0..20 {
        laws([1, 2, 3].map(|at| number(seed + at)));
        laws([1, 2, 3].map(|at| pair(seed + at)));
        laws([1, 2, 3].map(|at| Pair { a: pair(seed + at), b: pair(seed + at + 100) }));
        roots(number(seed));
        roots(pair(seed));
        // Of a number and its negative one has a root in Fp, and both have one in Fp2.
        let a = number(seed);
        assert_ne!(a.root().is_some(), (-a).root().is_some());
        for a in [a, -a] {
            roots(Pair { a, b: Fp::ZERO });
            roots(Pair { a: Fp::ZERO, b: a });
            assert!(Pair { a, b: Fp::ZERO }.root().is_some());
        }
        let (a, b, c) = (twelve(seed), twelve(seed + 1), twelve(seed + 2));
        assert_eq!(a * (b * c), (a * b) * c);
        assert_eq!(a.square(), a * a);
        assert_eq!(a * a.invert(), Fp12::one());
        assert_eq!((a * b).frobenius(step), a.frobenius(step) * b.frobenius(step));
        assert_eq!((0..6).fold(a, |a, _| a.frobenius(step)), a.conjugate());
        let unitary = a.conjugate() * a.invert();
        let unitary = unitary.frobenius(step).frobenius(step) * unitary;
        assert_eq!(unitary.unitary_square(), unitary.square());
        assert_eq!(unitary.conjugate(), unitary.invert());
    }
}

/// A point of G1.
fn one(seed: u32) -> Point<Fp> {
    hash::Map::new().hash(&seed.to_be_bytes(), b"points")
}

fn affine<F: Field>(point: Point<F>) -> Affine<F> {
    let z = point.z.invert();
    Affine { x: point.x * z.square(), y: point.y * z.square() * z }
}

#[test]
fn points_form_a_group() {
    let [a, b, c] = [1, 2, 3].map(one);
    let same = |one: Point<Fp>, other: Point<Fp>| assert_eq!(compress(&[one]), compress(&[other]));
    same((a + b) + c, a + (b + c));
    same(a + a, a.double());
    same(a + -a, Point::identity());
    same(a + Point::identity(), a);
    same(Point::identity() + a, a);
    same(Point::identity().double(), Point::identity());
    same(a.times(5), a + a.double().double());
    // Compressing many takes the same inverse for all, the identity left out.
    let all = [a, Point::identity(), b, Point::identity()];
    assert_eq!(compress(&all), all.map(|point| compress(&[point])).concat());

    let scalar = |value: u64| {
        let mut scalar = [0; 32];
        scalar[24..].copy_from_slice(&value.to_be_bytes());
        scalar
    };
    same(combine(&[(a, scalar(X)), (b, scalar(1)), (c, scalar(0))]), a.times(X) + b);
    same(combine(&[]), Point::identity());
    let order = hex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    same(combine(&[(a, order.try_into().unwrap())]), Point::identity());
}

fn base_2() -> Affine<Fp2> {
    let [xa, xb, ya, yb] = BASE_2.each_ref().map(Fp::new);
    Affine { x: Pair { a: xa, b: xb }, y: Pair { a: ya, b: yb } }
}

#[test]
fn pairs_bilinearly() {
    let (p, q) = (one(1), base_2().point());
    let is_one = |pairs: [(Point<Fp>, Point<Fp2>); 2]| {
        pairing::product_is_one(&pairs.map(|(p, q)| (affine(p), affine(q))))
    };
    for factor in [1, 2, 3, 1 << 20, X, u64::MAX] {
        assert!(is_one([(p.times(factor), q), (-p, q.times(factor))]), "{factor}");
        assert!(is_one([(p.times(factor), q.times(7)), (-p.times(7), q.times(factor))]), "{factor}");
        assert!(!is_one([(p.times(factor), q), (p, q.times(factor))]), "{factor}");
        assert!(!is_one([(p.times(factor) + p, q), (-p, q.times(factor))]), "{factor}");
    }
    assert!(!is_one([(p, q), (-one(2), q)]));
}

/// The points of small x: those of the curve, and of them those of the group.
fn small<F: Coordinate, const N: usize>() -> (usize, usize) {
    let octets = |x: u8| {
        let mut octets = [0; N];
        (octets[0], octets[N - 1]) = (0x80, x);
        octets
    };
    let on_curve: Vec<_> =
        (0..64).map(octets).filter(|octets| Affine::<F>::on_curve(octets).is_some()).collect();
    (on_curve.len(), on_curve.iter().filter(|octets| Affine::<F>::in_group(octets).is_some()).count())
}

#[test]
fn reads_points_in_one_form_alone() {
    let good: [u8; 48] = compress(&[one(1)]).remove(0);
    assert_eq!(compress(&[Affine::<Fp>::in_group(&good).unwrap().point()]), [good]);
    let mut other = good;
    other[0] ^= 0x20;
    assert_eq!(compress(&[-one(1)]), [other]);
    assert_eq!(compress(&[Affine::<Fp>::in_group(&other).unwrap().point()]), [other]);
    // Not compressed, at infinity, both.
    for flags in [0x80, 0x40, 0xc0] {
        let mut bad = good;
        bad[0] ^= flags;
        assert!(Affine::<Fp>::in_group(&bad).is_none());
    }
    // The identity, in its own form and others.
    for first in [0x00, 0x20, 0x40, 0x60, 0xc0, 0xe0] {
        let (mut bad, mut bad_2) = ([0; 48], [0; 96]);
        (bad[0], bad_2[0]) = (first, first);
        assert!(Affine::<Fp>::on_curve(&bad).is_none(), "{first:x}");
        assert!(Affine::<Fp2>::on_curve(&bad_2).is_none(), "{first:x}");
    }
    // Most points of the curves are not in the groups.
    assert!(matches!(small::<Fp, 48>(), (16.., 0)));
    assert!(matches!(small::<Fp2, 96>(), (16.., 0)));
    // x = 4 is on the curve; 4 + p is no other way to write it.
    let prime = hex(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
    );
    let mut octets: [u8; 48] = prime.try_into().unwrap();
    (octets[0], octets[47]) = (octets[0] | 0x80, octets[47] + 4);
    let mut four = [0; 48];
    (four[0], four[47]) = (0x80, 4);
    assert!(Affine::<Fp>::on_curve(&four).is_some());
    assert!(Affine::<Fp>::on_curve(&octets).is_none());
}
