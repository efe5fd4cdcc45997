//! Documents and graphs made to cost much or to break something. Every one ends soon, and none as if it were fine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "rdf/support.rs"]
mod support;

use std::fmt::Write;
use std::time::{Duration, Instant};

use probant::budget::Budget;
use probant::json::{self, Json};
use probant::rdf::{self, Dataset, Error, Hash, Options, Quad, Term};

/// Generous for a slow machine and an unoptimised build; what is not bounded takes minutes.
const SOON: Duration = Duration::from_secs(20);

fn soon<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = run();
    println!("{what}: {:?}", start.elapsed());
    assert!(start.elapsed() < SOON, "{what} took {:?}", start.elapsed());
    done
}

fn canonicalize(dataset: &Dataset) -> Result<String, Error> {
    rdf::canonicalize(dataset, Hash::Sha256, &Budget::default())
}

/// A graph of blank nodes with these edges.
fn graph(edges: impl Iterator<Item = (u32, u32)>) -> Dataset {
    let mut dataset = Dataset::default();
    let predicate = dataset.iri(&["urn:p"]).unwrap();
    for (from, to) in edges {
        while dataset.blanks() <= from.max(to) {
            dataset.blank();
        }
        let (subject, object) = (Term::Blank(from), Term::Blank(to));
        dataset.insert(Quad { subject, predicate, object, graph: None }).unwrap();
    }
    dataset
}

fn clique(size: u32) -> Dataset {
    graph((0..size).flat_map(|i| (0..size).filter(move |j| i != *j).map(move |j| (i, j))))
}

fn cycle(size: u32) -> Dataset {
    graph((0..size).map(|i| (i, (i + 1) % size)))
}

fn star(size: u32) -> Dataset {
    graph((1..size).map(|i| (0, i)))
}

#[test]
fn poison_graphs_are_given_up() {
    for size in [8, 10, 40, 140] {
        let clique = clique(size);
        assert_eq!(soon(&format!("clique of {size}"), || canonicalize(&clique)), Err(Error::TooComplex));
    }
    for size in [2_000, 20_000] {
        let cycle = cycle(size);
        assert_eq!(soon(&format!("cycle of {size}"), || canonicalize(&cycle)), Err(Error::TooComplex));
    }
    let large = star(20_000);
    assert_eq!(soon("star of 20,000", || canonicalize(&large)), Err(Error::TooComplex));
    // What is merely regular is not given up.
    for (what, graph) in [
        ("clique of 3", clique(3)),
        ("cycle of 5", cycle(5)),
        ("path of 10", graph((0..10).map(|i| (i, i + 1)))),
        ("star of 5", star(5)),
    ] {
        assert!(canonicalize(&graph).is_ok(), "{what}");
    }
}

#[test]
fn canonical_text_does_not_grow_without_bound() {
    let mut dataset = Dataset::default();
    let subject = dataset.iri(&[&"s".repeat(100_000)]).unwrap();
    let predicate = dataset.iri(&["urn:p"]).unwrap();
    for number in 0..10_000 {
        let object = dataset.literal(&number.to_string(), &[]).unwrap();
        dataset.insert(Quad { subject, predicate, object, graph: None }).unwrap();
    }
    assert_eq!(soon("a long subject, 10,000 times", || canonicalize(&dataset)), Err(Error::TooComplex));
}

fn read(text: &str) -> Result<Dataset, Error> {
    let document = json::parse(text.as_bytes()).unwrap();
    rdf::to_rdf(document.as_object().unwrap(), &Options::default())
}

/// `count` members of a JSON object.
fn members(count: usize, member: impl Fn(usize) -> String) -> String {
    (0..count).map(member).collect::<Vec<_>>().join(",")
}

#[test]
fn hostile_documents_are_given_up() {
    let long = "x".repeat(500_000);
    let v2 = "https://www.w3.org/ns/credentials/v2";
    let cases = [
        (
            "a long prefix, used often",
            format!(
                r#"{{"@context": {{"p": "urn:{long}:"}}, {}}}"#,
                members(10_000, |n| format!(r#""p:{n}": 1"#))
            ),
        ),
        (
            "a long vocabulary, used often",
            format!(
                r#"{{"@context": {{"@vocab": "urn:{long}:"}}, {}}}"#,
                members(10_000, |n| format!(r#""t{n}": 1"#))
            ),
        ),
        (
            "a long datatype, used often",
            format!(
                r#"{{"@context": {{"t": {{"@id": "urn:t", "@type": "urn:{long}"}}}}, "t": [{}]}}"#,
                members(10_000, |n| n.to_string())
            ),
        ),
        (
            "terms defined by terms defined by terms",
            format!(
                r#"{{"@context": {{{}, "t9999": "urn:t:"}}}}"#,
                members(9_999, |n| format!(r#""t{n}": "t{}:""#, n + 1))
            ),
        ),
        (
            "many terms",
            format!(r#"{{"@context": {{{}}}}}"#, members(50_000, |n| format!(r#""t{n}": "urn:t{n}""#))),
        ),
        (
            "a context for every node",
            format!(
                r#"{{"@context": ["{v2}", {{"a": "urn:a", {}}}], "a": [{}]}}"#,
                members(5_000, |n| format!(r#""t{n}": "urn:t{n}""#)),
                members(20_000, |n| format!(r#"{{"@context": {{"b": "urn:b"}}, "b": {n}}}"#))
            ),
        ),
        (
            "many quads",
            format!(r#"{{"@context": {{"a": "urn:a"}}, "a": [{}]}}"#, members(30_000, |n| n.to_string())),
        ),
        (
            "terms whose scoped contexts grow",
            format!(
                r#"{{"@context": {{{}}}}}"#,
                members(4_000, |n| format!(
                    r#""t{n}": {{"@id": "urn:t{n}", "@context": {{"u{n}": "urn:u"}}}}"#
                ))
            ),
        ),
    ];
    for (what, text) in cases {
        assert_eq!(soon(what, || read(&text)).map(|dataset| dataset.len()), Err(Error::TooComplex), "{what}");
    }
    // Long, but no more than it looks.
    let tiny =
        format!(r#"{{"@context": {{"a": "urn:a"}}, "a": [{}]}}"#, members(10_000, |_| "5e-324".into()));
    assert!(soon("tiny numbers", || read(&tiny)).is_ok());
}

/// Turns a document into another one, whatever comes out of it.
fn mutate(value: &mut Json, random: &mut impl FnMut(usize) -> usize) {
    const STRINGS: [&str; 16] = [
        "@id",
        "@type",
        "@value",
        "@list",
        "@set",
        "@graph",
        "@reverse",
        "@nest",
        "@included",
        "@json",
        "@none",
        "",
        ":",
        "_:b",
        "a:b",
        "https://www.w3.org/ns/credentials/v2",
    ];
    if random(12) == 0 {
        *value = match random(7) {
            0 => Json::Null,
            1 => Json::Bool(true),
            2 => Json::Number(f64::from_bits(random(usize::MAX) as u64 >> 2)),
            3 => Json::Array(vec![value.clone(), value.clone()]),
            4 => Json::Object(Default::default()),
            _ => Json::String(STRINGS[random(STRINGS.len())].into()),
        };
        return;
    }
    match value {
        Json::Array(items) => items.iter_mut().for_each(|item| mutate(item, random)),
        Json::Object(object) => {
            let mut copy = json::Object::default();
            for (name, member) in object.iter() {
                let mut member = member.clone();
                mutate(&mut member, random);
                let name = if random(10) == 0 { STRINGS[random(STRINGS.len())] } else { name };
                copy = copy.with(name, member);
            }
            *object = copy;
        }
        _ => {}
    }
}

#[test]
fn no_document_makes_it_panic() {
    let seeds = [
        r#"{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:a", "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": "urn:b", "name": "x"},
            "credentialSubject": {"type": "AchievementSubject", "achievement": {"id": "urn:c", "type": "Achievement",
            "criteria": {"narrative": "n"}, "resultDescription": [{"id": "urn:d", "type": "ResultDescription"}]}}}"#,
        r#"{"@context": {"@version": 1.1, "@vocab": "urn:v:", "a": {"@id": "urn:a", "@container": ["@graph", "@index"], "@index": "b"},
            "l": {"@id": "urn:l", "@container": "@list"}, "g": {"@id": "urn:g", "@container": "@language"},
            "t": {"@id": "urn:t", "@container": "@type", "@context": {"a": null}}, "r": {"@reverse": "urn:r"},
            "j": {"@id": "urn:j", "@type": "@json"}, "n": "@nest", "i": {"@id": "urn:i", "@container": "@id"}},
            "a": {"x": {"@id": "_:c"}}, "l": [1, [2.5, "x"]], "g": {"en": ["e"], "@none": "f"}, "t": {"T": {"a": 1}},
            "r": {"@id": "urn:s"}, "j": {"k": [null]}, "n": {"u": true}, "i": {"urn:x": {"@type": "@json"}},
            "@included": [{"@id": "urn:y", "z": {"@value": "v", "@language": "en", "@direction": "rtl"}}]}"#,
    ];
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut read, mut refused) = (0, 0);
    for round in 0..4_000 {
        let mut document = json::parse(seeds[round % 2].as_bytes()).unwrap();
        for _ in 0..=round % 3 {
            mutate(&mut document, &mut random);
        }
        let Some(object) = document.as_object() else { continue };
        match rdf::to_rdf(object, &Options::default()) {
            Ok(dataset) => {
                read += 1;
                let _ = canonicalize(&dataset);
            }
            Err(error) => {
                refused += 1;
                let mut name = String::new();
                write!(name, "{error:?}").unwrap();
                assert!(!name.is_empty());
            }
        }
    }
    println!("{read} read, {refused} refused");
    assert!(read > 500 && refused > 500);
}
