//! The W3C suites: JSON-LD 1.1 to RDF and expansion (`json-ld-api`), and RDFC-1.0 (`rdf-canon`).
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

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use probant::budget::Budget;
use probant::json::Json;
use probant::rdf::{self, Dataset, Error, Hash, RdfDirection, Settings};
use support::{Outcomes, Parsed, parse_nquads, read, read_json};
use vectors::folder;

/// Tests that are not passed, each with the reason. One that passes all the same is an error too.
const NOT_PASSED: &[(&str, &str)] = &[];

/// Tests of this version describe what JSON-LD 1.1 changed; a processor of 1.1 skips them.
const LEGACY: &str = "json-ld-1.0";

const BASE: &str = "https://w3c.github.io/json-ld-api/tests/";

#[test]
fn json_ld_api() {
    let Some(suite) = folder("json-ld-api") else { return };
    let manifest = read_json(&suite.join("manifest.json"));
    let mut outcomes = Outcomes::default();
    for case in manifest.get("cases").unwrap().each() {
        let id = case.get("id").unwrap().as_str().unwrap();
        if case.get("option").and_then(|option| option.get("specVersion")).is_some_and(|v| v.is(LEGACY)) {
            continue;
        }
        outcomes.record(id, run(&suite, case));
    }
    outcomes.finish("json-ld-api", NOT_PASSED);
}

/// Runs one case; `Err` says what came out instead.
fn run(suite: &Path, case: &Json) -> Result<(), String> {
    let text = |name: &str| case.get(name).and_then(Json::as_str);
    let option = |name: &str| case.get("option").and_then(|option| option.get(name));
    let file = text("file").unwrap();
    let address = [BASE, file].concat();
    let expand_context =
        option("expandContext").map(|file| leak(read_json(&suite.join(file.as_str().unwrap()))));
    let documents = Documents { suite, loaded: RefCell::default() };
    let loader = |url: &str| documents.get(url);
    let settings = Settings {
        base: Some(option("base").and_then(Json::as_str).unwrap_or(&address)),
        expand_context,
        rdf_direction: option("rdfDirection").map(|direction| match direction.as_str() {
            Some("i18n-datatype") => RdfDirection::I18nDatatype,
            Some("compound-literal") => RdfDirection::CompoundLiteral,
            other => panic!("rdfDirection {other:?}"),
        }),
        mode_10: option("processingMode").is_some_and(|mode| mode.is("json-ld-1.0")),
        generalized: option("produceGeneralizedRdf").is_some_and(|yes| *yes == Json::Bool(true)),
        loader: Some(&loader),
        ..Settings::default()
    };
    let document = leak(read_json(&suite.join(file)));
    let dataset = rdf::to_rdf_with(document, &settings);
    match text("expected").unwrap() {
        "valid" => dataset.map(drop).map_err(|error| error.code().into()),
        "invalid" => match dataset {
            Ok(_) => Err("no error".into()),
            Err(Error::ContextUnknown(_)) if text("reason") == Some("loading document failed") => Ok(()),
            Err(error) if Some(error.code()) == text("reason") => Ok(()),
            Err(error) => Err(error.code().into()),
        },
        _ => {
            let dataset = dataset.map_err(|error| error.code().to_string())?;
            let expected = suite.join(text("expect_file").unwrap());
            let expected = if text("kind").unwrap().contains("ToRDF") {
                parse_nquads(&read(&expected)).dataset
            } else {
                // An expanded document is JSON-LD too: the two must mean the same.
                let settings = Settings { base: None, expand_context: None, loader: None, ..settings };
                rdf::to_rdf_with(leak(read_json(&expected)), &settings)
                    .map_err(|error| error.code().to_string())?
            };
            let (got, expected) = (canonical(&dataset, Hash::Sha256)?, canonical(&expected, Hash::Sha256)?);
            if got == expected { Ok(()) } else { Err(format!("got\n{got}expected\n{expected}")) }
        }
    }
}

/// The suite's contexts, read when they are asked for. They live as long as the test.
struct Documents<'a> {
    suite: &'a Path,
    loaded: RefCell<BTreeMap<String, &'static Json>>,
}

impl Documents<'_> {
    fn get(&self, url: &str) -> Option<&Json> {
        if let Some(document) = self.loaded.borrow().get(url) {
            return Some(document);
        }
        let path = self.suite.join(url.strip_prefix(BASE)?);
        let document = leak(probant::json::parse(&std::fs::read(path).ok()?).ok()?);
        self.loaded.borrow_mut().insert(url.into(), document);
        Some(document)
    }
}

fn leak(json: Json) -> &'static Json {
    Box::leak(Box::new(json))
}

fn canonical(dataset: &Dataset, hash: Hash) -> Result<String, String> {
    rdf::canonicalize(dataset, hash, &Budget::default()).map_err(|error| error.code().into())
}

#[test]
fn rdf_canon() {
    let Some(suite) = folder("rdf-canon") else { return };
    let manifest = read_json(&suite.join("manifest.json"));
    let mut outcomes = Outcomes::default();
    for case in manifest.get("cases").unwrap().each() {
        let text = |name: &str| case.get(name).and_then(Json::as_str);
        let id = text("id").unwrap();
        let sha384 = text("hash_algorithm").or(text("hashAlgorithm")).is_some_and(|hash| hash == "SHA384");
        let hash = if sha384 { Hash::Sha384 } else { Hash::Sha256 };
        let parsed = parse_nquads(&read(&suite.join(text("file").unwrap())));
        let outcome = match text("kind").unwrap() {
            "RDFC10EvalTest" => {
                let expected = read(&suite.join(text("expect_file").unwrap()));
                canonical(&parsed.dataset, hash).and_then(|got| {
                    if got == expected { Ok(()) } else { Err(format!("got\n{got}expected\n{expected}")) }
                })
            }
            "RDFC10MapTest" => {
                let expected = read_json(&suite.join(text("expect_file").unwrap()));
                check_labels(&parsed, hash, &expected)
            }
            _ => match canonical(&parsed.dataset, hash) {
                Ok(_) => Err("no error".into()),
                Err(code) => {
                    if code == Error::TooComplex.code() {
                        Ok(())
                    } else {
                        Err(code)
                    }
                }
            },
        };
        outcomes.record(id, outcome);
    }
    outcomes.finish("rdf-canon", &[]);
}

/// Compares the names given to blank nodes with those that a map test expects.
fn check_labels(parsed: &Parsed, hash: Hash, expected: &Json) -> Result<(), String> {
    let numbers = rdf::canonical_labels(&parsed.dataset, hash, &Budget::default());
    let numbers = numbers.map_err(|error| error.code().to_string())?;
    for (label, number) in parsed.labels.iter().zip(numbers) {
        let expected = expected.get(label).and_then(Json::as_str);
        let got = number.map(|number| format!("c14n{number}"));
        if got.as_deref() != expected {
            return Err(format!("{label} is {got:?}, not {expected:?}"));
        }
    }
    Ok(())
}
