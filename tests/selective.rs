//! Selective disclosure: the W3C's examples with every intermediate that it prints, byte for byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use probant::budget::Budget;
use probant::codec;
use probant::json::{self, Json, Object};
use probant::key::PublicKey;
use probant::proof::data_integrity::{self, Proof, ProofSet, Statements};
use probant::proof::{Error, Shown, VerifiedProof};
use serde_json::Value;
use vectors::Suite;

/// Derived documents of features that are drafts still and not checked here, with their names.
const DRAFTS: [(&str, &str); 3] = [
    ("HolderBinding", "bbs-2023 with holder binding"),
    ("Pseudonym", "bbs-2023 with pseudonym"),
    ("PseudonymHB", "bbs-2023 with pseudonym"),
];

fn object(bytes: &[u8]) -> Object {
    match json::parse(bytes) {
        Ok(Json::Object(object)) => object,
        _ => panic!("not an object"),
    }
}

fn key(proof: &Proof) -> PublicKey {
    PublicKey::from_multikey(proof.verification_method().split_once('#').unwrap().1).unwrap()
}

fn verified(document: &Object) -> Result<VerifiedProof, Error> {
    let set = ProofSet::of(document)?;
    let proof = Proof::parse(set.proofs()[0])?;
    data_integrity::verify(&set.covered(0)?, &proof, &key(&proof), &Budget::default())
}

/// The suite's files beside `file`.
struct Beside<'a> {
    suite: &'a Suite,
    folder: &'a str,
}

impl<'a> Beside<'a> {
    fn new(suite: &'a Suite, file: &'a str) -> Self {
        Beside { suite, folder: file.rsplit_once('/').map_or("", |(folder, _)| folder) }
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let path = if self.folder.is_empty() { name.into() } else { format!("{}/{name}", self.folder) };
        self.suite.support_files().any(|file| file == path).then(|| self.suite.read(&path))
    }

    fn json(&self, name: &str) -> Option<Value> {
        self.bytes(name).map(|bytes| serde_json::from_slice(&bytes).unwrap())
    }
}

/// Texts of an array, or of the second of each pair in a map that was written as an array.
fn texts(value: &Value) -> Vec<&str> {
    let items = value.as_array().or_else(|| value["value"].as_array()).unwrap();
    items.iter().map(|item| item.as_str().or_else(|| item[1].as_str()).unwrap()).collect()
}

/// Compares what is known of a derived document with what is printed; how many files had something to compare.
fn compare(document: &Object, beside: &Beside) -> usize {
    let set = ProofSet::of(document).unwrap();
    let proof = Proof::parse(set.proofs()[0]).unwrap();
    let covered = set.covered(0).unwrap();
    let Statements { proof_hash, mandatory, optional, .. } =
        &data_integrity::statements(&covered, &proof, &Budget::default()).unwrap();
    let mandatory_hash =
        data_integrity::statements(&covered, &proof, &Budget::default()).unwrap().mandatory_hash();
    let mut all: Vec<&str> = mandatory.iter().chain(optional).map(String::as_str).collect();
    all.sort_unstable();
    let mut compared = 0;
    let mut found = |name: &str| {
        let value = beside.json(name);
        compared += usize::from(value.is_some());
        value
    };
    if let Some(printed) = found("verifyNQuads.json") {
        assert_eq!(all, texts(&printed));
    }
    for name in ["addHashData.json", "verifyCreateVerifyData.json"] {
        if let Some(printed) = found(name) {
            assert_eq!(printed["proofHash"], codec::to_hex(proof_hash), "{name}");
            assert_eq!(printed["mandatoryHash"], codec::to_hex(&mandatory_hash), "{name}");
            if name.starts_with("verify") {
                assert_eq!(texts(&printed["nonMandatory"]), *optional);
            }
        }
    }
    // The mandatory statements are the issuer's; the others are among those that it signed one by one.
    if let Some(printed) = found("addBaseTransform.json") {
        assert_eq!(texts(&printed["mandatory"]), *mandatory);
        let signed = texts(&printed["nonMandatory"]);
        assert!(optional.iter().all(|line| signed.contains(&line.as_str())));
        assert!(optional.len() < signed.len());
    }
    for name in ["verifyDerivedProofValue.json", "derivedDisclosureData.json"] {
        if let Some(printed) = found(name) {
            let indexes = printed["mandatoryIndexes"].as_array().unwrap();
            let chosen: Vec<&str> = indexes.iter().map(|i| all[i.as_u64().unwrap() as usize]).collect();
            assert_eq!(chosen, *mandatory, "{name}");
            let labels = printed["labelMap"].as_array().or_else(|| printed["labelMap"]["value"].as_array());
            for label in texts(&Value::Array(labels.unwrap().clone())) {
                let name = format!("_:{label} ");
                assert!(all.iter().any(|line| line.contains(&name)), "{label}");
            }
        }
    }
    if let Some(printed) = beside.bytes("derivedUnsignedReveal.json") {
        assert_eq!(object(&printed), document.without(&["proof"]));
        compared += 1;
    }
    compared
}

#[test]
fn ecdsa_examples() {
    let Some(suite) = vectors::suite("w3c-vc-di-ecdsa") else { return };
    let mut counts = (0, 0, 0);
    for case in suite.cases().filter(|case| case.str("file").starts_with("ecdsa-sd-2023/")) {
        let document = object(&suite.read(case.str("file")));
        if case.str("expected") == "invalid" {
            assert_eq!(verified(&document), Err(Error::BaseProof), "{}", case.str("id"));
            counts.0 += 1;
        } else {
            let shown = verified(&document).unwrap().shown();
            assert_eq!(shown, Shown::Part { status_compelled: false }, "{}", case.str("id"));
            counts.1 += 1;
            counts.2 += compare(&document, &Beside::new(&suite, case.str("file")));
        }
    }
    assert_eq!(counts, (2, 2, 2 * 7));
}

#[test]
fn bbs_examples() {
    let Some(suite) = vectors::suite("w3c-vc-di-bbs") else { return };
    let mut counts = (0, 0, 0, 0);
    for case in suite.cases() {
        let document = object(&suite.read(case.str("file")));
        let beside = Beside::new(&suite, case.str("file"));
        let draft = DRAFTS.iter().find(|(folder, _)| *folder == beside.folder);
        let outcome = verified(&document);
        match (case.str("expected"), draft) {
            ("invalid", _) => {
                assert_eq!(outcome, Err(Error::BaseProof), "{}", case.str("id"));
                counts.0 += 1;
            }
            (_, Some((_, name))) => {
                assert_eq!(outcome, Err(Error::Unsupported((*name).into())), "{}", case.str("id"));
                counts.1 += 1;
            }
            (_, None) => {
                counts.3 += compare(&document, &beside);
                let shown = outcome.unwrap().shown();
                assert_eq!(shown, Shown::Part { status_compelled: false }, "{}", case.str("id"));
                counts.2 += 1;
            }
        }
    }
    assert_eq!(counts, (5, 3, 2, 4 + 6));
}
