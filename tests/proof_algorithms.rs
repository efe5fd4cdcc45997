//! Signature algorithms against Project Wycheproof and the edge cases of Ed25519.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use probant::codec;
use probant::json::{self, Json};
use probant::key::{KeyKind, PublicKey};
use probant::proof::jose::Jws;
use probant::proof::{self, Error};
use serde_json::Value;

fn hex(value: &Value) -> Vec<u8> {
    codec::hex(value.as_str().unwrap()).unwrap()
}

fn jwk(value: &Value) -> Result<PublicKey, probant::key::Error> {
    match json::parse(value.to_string().as_bytes()) {
        Ok(Json::Object(object)) => PublicKey::from_jwk(&object),
        other => panic!("{other:?}"),
    }
}

/// Strict verification accepts exactly the one case that every library accepts.
#[test]
fn ed25519_speccheck() {
    let Some(suite) = vectors::suite("ed25519-speccheck") else { return };
    let cases: Value = serde_json::from_slice(&suite.read("cases.json")).unwrap();
    let results = String::from_utf8(suite.read("results.md")).unwrap();
    let strict = results.lines().find(|line| line.starts_with("|Dalek strict")).unwrap();
    let columns: Vec<bool> = strict.split('|').skip(2).take(12).map(|cell| cell.trim() == "V").collect();
    let cases = cases.as_array().unwrap();
    assert_eq!((cases.len(), columns.len()), (12, 12));
    for (case, expected) in cases.iter().zip(columns) {
        let key = PublicKey::new(KeyKind::Ed25519, hex(&case["pub_key"])).unwrap();
        let outcome = proof::verify_bytes("EdDSA", &key, &hex(&case["message"]), &hex(&case["signature"]));
        assert_eq!(outcome.is_ok(), expected, "{case}");
    }
}

/// Every signature of every file about an algorithm that is checked here.
#[test]
fn wycheproof_signatures() {
    let Some(suite) = vectors::suite("wycheproof") else { return };
    for case in suite.cases() {
        let file: Value = serde_json::from_slice(&suite.read(case.str("file"))).unwrap();
        let (mut right, mut refused_keys) = (0, 0);
        for group in file["testGroups"].as_array().unwrap() {
            let Some((alg, key)) = algorithm_and_key(group) else { continue };
            for test in group["tests"].as_array().unwrap() {
                let valid = test["result"] == "valid";
                let outcome = match &key {
                    Some(key) => proof::verify_bytes(alg, key, &hex(&test["msg"]), &hex(&test["sig"])),
                    None => {
                        refused_keys += usize::from(valid);
                        Err(Error::KeyMalformed)
                    }
                };
                match outcome {
                    Err(Error::Unsupported(name)) => panic!("{name}"),
                    outcome => {
                        right += 1;
                        let acceptable = test["result"] == "acceptable" || key.is_none();
                        assert!(outcome.is_ok() == valid || acceptable, "{}: {test}", case.str("file"));
                    }
                }
            }
        }
        eprintln!("{}: {right} right; {refused_keys} under keys that are refused", case.str("file"));
    }
}

/// The algorithm of a group and its key; no key where it is of a kind that is refused on purpose: RSA with less than
/// 2,048 or more than 4,096 bits, or an exponent below 65,537 or beyond 2^33.
fn algorithm_and_key(group: &Value) -> Option<(&'static str, Option<PublicKey>)> {
    let (public, sha) = (&group["publicKey"], group["sha"].as_str().unwrap_or_default());
    let point = |kind| Some(PublicKey::new(kind, hex(&public["uncompressed"])).unwrap());
    match (group["type"].as_str().unwrap(), public["curve"].as_str().unwrap_or_default(), sha) {
        ("EddsaVerify", "edwards25519", _) => {
            Some(("EdDSA", Some(PublicKey::new(KeyKind::Ed25519, hex(&public["pk"])).unwrap())))
        }
        ("EcdsaP1363Verify", "secp256r1", "SHA-256") => Some(("ES256", point(KeyKind::P256))),
        ("EcdsaP1363Verify", "secp384r1", "SHA-384") => Some(("ES384", point(KeyKind::P384))),
        ("EcdsaP1363Verify", "secp521r1", "SHA-512") => Some(("ES512", point(KeyKind::P521))),
        ("EcdsaP1363Verify", "secp256k1", "SHA-256") => Some(("ES256K", point(KeyKind::Secp256k1))),
        ("RsassaPkcs1Verify", _, sha) => {
            let alg = match sha {
                "SHA-256" => "RS256",
                "SHA-384" => "RS384",
                "SHA-512" => "RS512",
                _ => return None,
            };
            Some((alg, rsa_key(public)))
        }
        ("RsassaPssVerify", _, sha) => {
            let alg = match (sha, group["mgfSha"].as_str(), group["sLen"].as_u64()) {
                ("SHA-256", Some("SHA-256"), Some(32)) => "PS256",
                ("SHA-384", Some("SHA-384"), Some(48)) => "PS384",
                ("SHA-512", Some("SHA-512"), Some(64)) => "PS512",
                _ => return None,
            };
            Some((alg, rsa_key(public)))
        }
        _ => None,
    }
}

fn rsa_key(public: &Value) -> Option<PublicKey> {
    let number = |name: &str| {
        let bytes = hex(&public[name]);
        let at = bytes.iter().position(|b| *b != 0).unwrap();
        bytes[at..].to_vec()
    };
    let (n, e) = (number("modulus"), number("publicExponent"));
    let refused = !(256..=512).contains(&n.len()) || !(3..=5).contains(&e.len());
    let [n, e] = [n, e].map(|bytes| codec::to_base64url(&bytes));
    let key = jwk(&serde_json::from_str(&format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)).unwrap());
    assert_eq!(key.is_err(), refused, "{n} {e}");
    key.ok()
}

/// Whole tokens. Those of algorithms that are not built in are named as such, and never pass.
#[test]
fn wycheproof_tokens() {
    let Some(suite) = vectors::suite("wycheproof") else { return };
    // The key says PS256 or RS256 and the token another algorithm; or the key names an algorithm that there is not.
    let refused = |test: &Value, key: &Value| {
        let header = Jws::parse(test["jws"].as_str().unwrap_or_default()).map(|jws| jws.alg().to_string());
        key["alg"] == "ES521"
            || header.is_ok_and(|alg| key["alg"] != Value::Null && key["alg"] != alg.as_str())
    };
    let (mut counted, mut verified) = (0, 0);
    let file: Value = serde_json::from_slice(&suite.read("json_web_signature_test.json")).unwrap();
    for group in file["testGroups"].as_array().unwrap() {
        let stated = if group["public"].is_object() { &group["public"] } else { &group["private"] };
        let key = jwk(stated);
        for test in group["tests"].as_array().unwrap() {
            counted += 1;
            let outcome = match (&key, Jws::parse(test["jws"].as_str().unwrap_or_default())) {
                (Ok(key), Ok(jws)) => jws.payload().and_then(|_| jws.verify(key)),
                (_, Err(fault)) => Err(fault),
                (Err(_), Ok(_)) => Err(Error::KeyMalformed),
            };
            let valid = test["result"] == "valid";
            verified += u32::from(outcome.is_ok());
            let shared = stated["kty"] == "oct";
            let unread = matches!(&outcome, Err(Error::Unsupported(_)));
            let excused = valid && (unread || shared || refused(test, stated));
            assert!(outcome.is_ok() == valid || excused, "{test}: {outcome:?}");
            assert!(!unread || shared, "{test}: {outcome:?}");
        }
    }
    eprintln!("{verified} tokens verified of {counted}");
    assert_eq!(counted, file["numberOfTests"]);
}

/// Bytes that look random and are the same every time.
fn noise(seed: &str, length: usize) -> Vec<u8> {
    use sha2::{Digest, Sha512};
    (0u32..).flat_map(|n| Sha512::digest(format!("{seed} {n}")).to_vec()).take(length).collect()
}

/// Each curve against the crate of its name: keys, signatures and points that are good, altered, or at the edges.
macro_rules! curve_agrees {
    ($name:ident, $curve:ident, $alg:literal, $kind:expr, $size:literal) => {
        #[test]
        fn $name() {
            use $curve::ecdsa::signature::{Signer, Verifier};
            use $curve::ecdsa::{Signature, SigningKey, VerifyingKey};
            let one = [vec![0; $size - 1], vec![1]].concat();
            let secrets = (0..6).map(|n| noise(&format!("{} {n}", $alg), $size));
            let secrets = secrets.map(|mut secret| {
                // P-521 has 521 bits.
                secret[0] &= if $size == 66 { 1 } else { 0xff };
                secret
            });
            let (mut good, mut bad) = (0, 0);
            for secret in std::iter::once(one).chain(secrets) {
                let Ok(signing) = SigningKey::from_slice(&secret) else { continue };
                let verifying = VerifyingKey::from(&signing);
                let message = noise($alg, usize::from(secret[$size - 1]));
                let signature: Signature = signing.sign(&message);
                let opposite = -*signature.split_scalars().1;
                let opposite = Signature::from_scalars(signature.r(), opposite).unwrap();
                for compressed in [true, false] {
                    let point = verifying.to_sec1_point(compressed);
                    let key = PublicKey::new($kind, point.as_bytes().to_vec()).unwrap();
                    let check = |message: &[u8], signature: &[u8]| {
                        proof::verify_bytes($alg, &key, message, signature)
                    };
                    assert!(check(&message, &signature.to_bytes()).is_ok());
                    assert!(check(&message, &opposite.to_bytes()).is_ok(), "either half");
                    good += 2;
                    let altered = [message.as_slice(), b"."].concat();
                    assert_eq!(check(&altered, &signature.to_bytes()), Err(Error::SignatureInvalid));
                    for at in (0..2 * $size).step_by(9) {
                        let mut bytes = signature.to_bytes().to_vec();
                        bytes[at] ^= 1 << (at % 8);
                        let theirs = Signature::from_slice(&bytes)
                            .is_ok_and(|s| verifying.verify(&message, &s.normalize_s()).is_ok());
                        assert_eq!(check(&message, &bytes).is_ok(), theirs);
                        bad += u32::from(!theirs);
                    }
                    for bytes in [&signature.to_bytes()[1..], &[&signature.to_bytes()[..], &[0]].concat()] {
                        assert_eq!(check(&message, bytes), Err(Error::SignatureMalformed));
                    }
                    let zeros = [0; $size];
                    let (r, s) =
                        (&signature.to_bytes()[..$size].to_vec(), &signature.to_bytes()[$size..].to_vec());
                    for (r, s) in [
                        (&zeros[..], &s[..]),
                        (r, &zeros),
                        (&zeros, &zeros),
                        (&[0xff; $size], s),
                        (r, &[0xff; $size]),
                    ] {
                        assert_eq!(check(&message, &[r, s].concat()), Err(Error::SignatureInvalid));
                    }
                }
                // Points by their x alone: about half of all numbers are one.
                let x = noise(&format!("{} {good}", $alg), $size);
                for form in [2, 3] {
                    let bytes = [&[form][..], &x].concat();
                    let ours = PublicKey::new($kind, bytes.clone()).unwrap();
                    let ours = proof::verify_bytes($alg, &ours, b"", &signature.to_bytes());
                    let theirs = VerifyingKey::from_sec1_bytes(&bytes).is_ok();
                    assert_eq!(ours != Err(Error::KeyMalformed), theirs);
                }
                let mut bytes = verifying.to_sec1_point(false).as_bytes().to_vec();
                bytes[$size + 5] ^= 1;
                let off = PublicKey::new($kind, bytes).unwrap();
                let outcome = proof::verify_bytes($alg, &off, &message, &signature.to_bytes());
                assert_eq!(outcome, Err(Error::KeyMalformed), "off the curve");
            }
            eprintln!("{}: {good} good and {bad} bad signatures", $alg);
            assert!(good >= 24 && bad >= 90);
        }
    };
}

curve_agrees!(p256_agrees, p256, "ES256", KeyKind::P256, 32);
curve_agrees!(p384_agrees, p384, "ES384", KeyKind::P384, 48);
curve_agrees!(p521_agrees, p521, "ES512", KeyKind::P521, 66);
curve_agrees!(secp256k1_agrees, k256, "ES256K", KeyKind::Secp256k1, 32);
