//! The JSON Schema Test Suite, drafts 2020-12, 2019-09 and 7.

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
use probant::json::{self, Json};
use probant::schema::{Document, Draft, Outcome, validate};
use serde_json::Value;

/// What is not decided here, by a part of `<file> / <group> / <test>`, and why.
const UNDECIDED: &[(&str, &str)] = &[
    ("validate definition against metaschema", "refers to the meta-schema, which is not built in"),
    ("remote ref, containing refs itself", "refers to the meta-schema, which is not built in"),
    ("vocabulary.json / schema that uses custom metaschema", "a dialect of its own is not read"),
    ("vocabulary.json / ignore unrecognized optional vocabulary", "a dialect of its own is not read"),
    ("optional/format-assertion.json", "a dialect of its own is not read"),
    ("patterns always use unicode semantics with pattern", "no Unicode properties in patterns"),
    ("pattern with non-ASCII digits", "no Unicode properties in patterns"),
    ("patternProperties with non-ASCII digits", "no Unicode properties in patterns"),
    ("pattern with Unicode property escape requires unicode mode", "no Unicode properties in patterns"),
    ("patternProperties with Unicode property escape", "no Unicode properties in patterns"),
];

/// What is taken as fitting although the suite has it fail, and why. All are optional: an implementation may assert
/// formats and contents, where it is asked to.
const LENIENT: &[(&str, &str)] = &[
    ("optional/format/", "format is an annotation"),
    ("optional/content.json", "contentEncoding and contentMediaType are annotations"),
];

#[test]
fn the_suite() {
    let Some(suite) = vectors::suite("json-schema-test-suite") else { return };
    let parse = |value: &Value| json::parse(value.to_string().as_bytes()).unwrap();
    let remotes: Vec<(String, Json)> = suite
        .support_files()
        .map(|file| {
            let path = file.strip_prefix("remotes/").unwrap();
            (format!("http://localhost:1234/{path}"), json::parse(&suite.read(file)).unwrap())
        })
        .collect();
    let (mut passed, mut undecided, mut lenient) = (0, BTreeMap::new(), BTreeMap::new());
    let mut wrong = Vec::new();
    for case in suite.cases() {
        let file = case.str("file");
        let draft = match file.split('/').next() {
            Some("draft7") => Draft::Draft7,
            Some("draft2019-09") => Draft::Draft2019,
            _ => Draft::Draft2020,
        };
        let groups: Value = serde_json::from_slice(&suite.read(file)).unwrap();
        for group in groups.as_array().unwrap() {
            let schema = parse(&group["schema"]);
            let documents: Vec<Document<'_>> = [Document { url: "", schema: &schema }]
                .into_iter()
                .chain(remotes.iter().map(|(url, schema)| Document { url, schema }))
                .collect();
            for test in group["tests"].as_array().unwrap() {
                let text = |value: &Value| value["description"].as_str().unwrap().to_owned();
                let name = format!("{file} / {} / {}", text(group), text(test));
                let outcome = validate(&parse(&test["data"]), &documents, draft, &Budget::default());
                let fits = test["valid"].as_bool().unwrap();
                let excuse = |list: &[(&'static str, &'static str)]| {
                    list.iter().find(|(part, _)| name.contains(part)).map(|(part, why)| (*part, *why))
                };
                match (&outcome, excuse(UNDECIDED), excuse(LENIENT)) {
                    (Outcome::Undecided(_), Some(excuse), _) => *undecided.entry(excuse).or_insert(0) += 1,
                    (Outcome::Fits, None, _) if fits => passed += 1,
                    (Outcome::Fails(_), None, _) if !fits => passed += 1,
                    (Outcome::Fits, None, Some(excuse)) => *lenient.entry(excuse).or_insert(0) += 1,
                    _ => wrong.push(format!("{name}: {outcome:?}, not {fits}")),
                }
            }
        }
    }
    eprintln!("JSON Schema: {passed} passed; not decided: {undecided:#?}; more lenient: {lenient:#?}");
    assert_eq!((undecided.len(), lenient.len()), (UNDECIDED.len(), LENIENT.len()), "an excuse is not needed");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
