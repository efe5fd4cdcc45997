//! Every embedded proof of the third-party suites, and the hashes that the specifications print.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use std::collections::BTreeMap;

use probant::budget::Budget;
use probant::codec;
use probant::json::{self, Json};
use probant::key::PublicKey;
use probant::proof::data_integrity::{self, Proof, ProofSet};
use probant::proof::{Error, VerifiedProof};
use probant::report::Explain;

fn object(bytes: &[u8]) -> Option<json::Object> {
    match json::parse(bytes) {
        Ok(Json::Object(object)) => Some(object),
        _ => None,
    }
}

/// The key that the proof's method names: in the method itself, or in the suite's key file.
fn key(method: &str, stated: Option<&json::Object>) -> Option<PublicKey> {
    let id = method.rsplit(['#', ':']).next().unwrap_or_default();
    PublicKey::from_multikey(id).ok().or_else(|| {
        let document = stated?;
        match document.get("publicKeyJwk") {
            Some(jwk) => PublicKey::from_jwk(jwk.as_object()?).ok(),
            None => PublicKey::from_multikey(document.str("publicKeyMultibase")?).ok(),
        }
    })
}

/// How each proof of `document` comes out; `None` where its key is not known here.
fn outcomes(
    document: &json::Object,
    stated: Option<&json::Object>,
) -> Vec<Option<Result<VerifiedProof, Error>>> {
    let set = ProofSet::of(document).unwrap();
    let one = |(i, value): (usize, &&json::Object)| {
        let parts = Proof::parse(value).and_then(|proof| Ok((proof, set.covered(i)?)));
        let (proof, covered) = match parts {
            Ok(parts) => parts,
            Err(fault) => return Some(Err(fault)),
        };
        let key = key(proof.verification_method(), stated)?;
        Some(data_integrity::verify(&covered, &proof, &key, &Budget::default()))
    };
    set.proofs().iter().enumerate().map(one).collect()
}

/// Suites of credentials with embedded proofs.
const SUITES: [&str; 14] = [
    "1edtech-clr20",
    "1edtech-ob30",
    "1edtech-spec-examples",
    "blockcerts-merkleproof2019",
    "dcc-verifier-core",
    "dif-jws-2020",
    "jff-plugfest",
    "w3c-render-method",
    "w3c-vc-di-bbs",
    "w3c-vc-di-ecdsa",
    "w3c-vc-di-eddsa",
    "w3c-vcdm11",
    "w3c-vcdm2",
    "wild-badges",
];

/// Wherever an independent check says how a signature comes out, it comes out so here.
#[test]
fn embedded_proofs() {
    let (mut counts, mut different) = (BTreeMap::<String, u32>::new(), Vec::new());
    for name in SUITES {
        let Some(suite) = vectors::suite(name) else { return };
        for case in suite.cases() {
            let Some(document) = object(&suite.read(case.str("file"))) else { continue };
            if ProofSet::of(&document).is_err() {
                continue;
            }
            let stated =
                Some(case.str("key_file")).filter(|f| !f.is_empty()).and_then(|f| object(&suite.read(f)));
            // Lines about credentials inside another begin with "vc:".
            let lines = case.0["cross_check"].as_array().map(Vec::as_slice).unwrap_or_default();
            let lines = lines.iter().filter_map(|l| l.as_str()).filter(|line| !line.starts_with("vc:"));
            for (line, outcome) in lines.zip(outcomes(&document, stated.as_ref())) {
                let Some((method, expected)) = line.split_once(" = ") else { continue };
                // Whose key it is does not matter here.
                if expected.starts_with("error: unresolvable") {
                    continue;
                }
                let good = match outcome {
                    None => {
                        *counts.entry(format!("{method}: key not known")).or_default() += 1;
                        continue;
                    }
                    Some(Err(Error::Unsupported(what))) => {
                        *counts.entry(format!("{what}: not built in")).or_default() += 1;
                        continue;
                    }
                    Some(outcome) => outcome,
                };
                let result = match &good {
                    Ok(proof) => format!("verified {:?}", proof.notes()),
                    Err(fault) => format!("refused, {}", fault.reason().code()),
                };
                *counts.entry(format!("{method}: {result}")).or_default() += 1;
                if good.is_ok() != (expected == "true") {
                    different.push(format!("{name}/{}: {line}: {good:?}", case.str("id")));
                }
            }
        }
    }
    for (what, count) in &counts {
        eprintln!("{count:4} {what}");
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// The hash of options and document together, as the specifications print it beside each of their examples.
#[test]
fn printed_hashes() {
    let mut equal = 0;
    for name in ["w3c-vc-di-eddsa", "w3c-vc-di-ecdsa"] {
        let Some(suite) = vectors::suite(name) else { return };
        for case in suite.cases() {
            let file = case.str("file");
            let folder = file.rsplit_once('/').unwrap().0;
            let beside = |f: &&str| f.strip_prefix(folder).is_some_and(|f| f.starts_with("/combinedHash"));
            let Some(printed) = suite.support_files().find(beside) else { continue };
            let document = object(&suite.read(file)).unwrap();
            let set = ProofSet::of(&document).unwrap();
            let Ok(proof) = Proof::parse(set.proofs()[0]) else { continue };
            let key = key(proof.verification_method(), None).unwrap();
            let bytes = data_integrity::hash_data(&set.covered(0).unwrap(), &proof, &key, &Budget::default());
            let expected = String::from_utf8(suite.read(printed)).unwrap();
            assert_eq!(codec::to_hex(&bytes.unwrap()), expected.trim(), "{file}");
            equal += 1;
        }
    }
    assert_eq!(equal, 10);
}
