//! Byte equality with canonical documents that others published: what a signature is really over.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr
)]

#[path = "rdf/support.rs"]
mod support;
mod vectors;

use std::path::{Path, PathBuf};

use probant::budget::Budget;
use probant::json::{Json, Object};
use probant::rdf::{self, Hash, Options};
use support::{Outcomes, read, read_json};
use vectors::folder;

/// A signed document beside its canonical forms.
struct Vector {
    signed: PathBuf,
    document: Option<PathBuf>,
    proof: Option<PathBuf>,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The vectors of a suite, by the names that each of them uses.
fn vectors(suite: &Path) -> Vec<Vector> {
    let all = files(suite);
    let mut vectors = Vec::new();
    for signed in &all {
        let file = name(signed);
        let mut folder = signed.parent().unwrap().to_path_buf();
        let (document, proof) = if file == "07-signed-credential.json" {
            let standard = if folder.ends_with("impl-clr") { "clrv2p0" } else { "obv3p0" };
            folder = suite.join("impl-vectors").join(standard);
            ("document-canon.txt", "proof-canon.txt")
        } else if file == "addSignedSDBase.json" {
            ("addBaseDocCanon.json", "addProofConfigCanon.txt")
        } else if file.starts_with("signed") && !file.contains("JCS") {
            ("canonDoc", "proofCanon")
        } else {
            continue;
        };
        let find = |begin: &str| {
            let found =
                all.iter().find(|path| path.parent() == Some(&folder) && name(path).starts_with(begin));
            found.cloned()
        };
        let (document, proof) = (find(document), find(proof));
        if document.is_some() || proof.is_some() {
            vectors.push(Vector { signed: signed.clone(), document, proof });
        }
    }
    vectors
}

/// The canonical form; fails where anything is left out.
fn canonical(object: &Object, hash: Hash) -> Result<String, String> {
    let dataset = rdf::to_rdf(object, &Options::default()).map_err(|error| format!("{error:?}"))?;
    if !dataset.dropped.is_empty() || !dataset.coerced.is_empty() || !dataset.keywords.is_empty() {
        return Err(format!("{:?} {:?} {:?}", dataset.dropped, dataset.coerced, dataset.keywords));
    }
    rdf::canonicalize(&dataset, hash, &Budget::default()).map_err(|error| format!("{error:?}"))
}

/// N-Quads as text, or as a JSON array of lines.
fn expected(path: &Path) -> String {
    let text = read(path);
    match probant::json::parse(text.as_bytes()) {
        Ok(lines) => lines.each().iter().map(|line| line.as_str().unwrap()).collect(),
        // A published file may lack the last newline; a canonical document never does.
        Err(_) => text.trim_end().to_string() + "\n",
    }
}

fn check(object: &Object, hash: Hash, path: &Path) -> Result<(), String> {
    let (got, expected) = (canonical(object, hash)?, expected(path));
    if got == expected { Ok(()) } else { Err(format!("got\n{got}expected\n{expected}")) }
}

#[test]
fn canonical_documents_are_those_published() {
    for suite in ["w3c-vc-di-eddsa", "w3c-vc-di-ecdsa", "w3c-vc-di-bbs", "1edtech-spec-examples"] {
        let Some(suite_folder) = folder(suite) else { return };
        let mut outcomes = Outcomes::default();
        for vector in vectors(&suite_folder) {
            let signed = read_json(&vector.signed);
            let signed = signed.as_object().unwrap();
            let hash =
                if vector.signed.to_str().unwrap().contains("P384") { Hash::Sha384 } else { Hash::Sha256 };
            let id = vector.signed.strip_prefix(&suite_folder).unwrap().display().to_string();
            if let Some(path) = &vector.document {
                outcomes.record(&format!("{id} document"), check(&signed.without(&["proof"]), hash, path));
            }
            if let Some(path) = &vector.proof {
                let proof = signed.get("proof").unwrap().each().first().and_then(Json::as_object).unwrap();
                let options =
                    proof.without(&["proofValue"]).with("@context", signed.get("@context").unwrap().clone());
                outcomes.record(&format!("{id} proof"), check(&options, hash, path));
            }
        }
        outcomes.finish(suite, &[]);
    }
}
