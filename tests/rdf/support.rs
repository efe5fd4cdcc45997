//! What the RDF tests share: outcomes held against a list, and an N-Quads parser.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::path::Path;

use probant::json::{self, Json};
use probant::rdf::{Dataset, Quad, Term};

pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn read_json(path: &Path) -> Json {
    json::parse(read(path).as_bytes()).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()))
}

/// The outcomes of a suite, held against the list of what is not passed.
#[derive(Default)]
pub(crate) struct Outcomes {
    passed: Vec<String>,
    failed: BTreeMap<String, String>,
}

impl Outcomes {
    pub(crate) fn record(&mut self, id: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed.push(id.into()),
            Err(what) => drop(self.failed.insert(id.into(), what)),
        }
    }

    /// Fails on a failure that is not listed, and on a listed one that passes.
    pub(crate) fn finish(self, suite: &str, not_passed: &[(&str, &str)]) {
        let Outcomes { passed, mut failed } = self;
        println!("{suite}: {} of {} pass", passed.len(), passed.len() + failed.len());
        assert!(passed.len() + failed.len() > 0, "{suite} is empty");
        for (id, reason) in not_passed {
            assert!(!passed.iter().any(|passed| passed == id), "{id} passes, though: {reason}");
            failed.remove(*id);
        }
        let report: String = failed.iter().map(|(id, what)| format!("{id}: {what}\n")).collect();
        assert!(failed.is_empty(), "{suite}:\n{report}");
    }
}

/// N-Quads as a dataset, and the labels of its blank nodes in the order of their numbers.
pub(crate) struct Parsed {
    pub dataset: Dataset,
    pub labels: Vec<String>,
}

pub(crate) fn parse_nquads(text: &str) -> Parsed {
    let mut parsed = Parsed { dataset: Dataset::default(), labels: Vec::new() };
    let mut iris: BTreeMap<String, Term> = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut rest = line;
        let mut terms = Vec::new();
        while !rest.starts_with('.') {
            let (term, after) = parse_term(rest, &mut parsed, &mut iris);
            terms.push(term);
            rest = after.trim_start();
        }
        let &[subject, predicate, object, ref graph @ ..] = terms.as_slice() else { panic!("{line}") };
        let quad = Quad { subject, predicate, object, graph: graph.first().copied() };
        parsed.dataset.insert(quad).unwrap();
    }
    parsed
}

fn parse_term<'t>(text: &'t str, parsed: &mut Parsed, iris: &mut BTreeMap<String, Term>) -> (Term, &'t str) {
    if let Some(rest) = text.strip_prefix('<') {
        let (iri, rest) = rest.split_once('>').unwrap();
        let iri = unescape(iri);
        let term = *iris.entry(iri).or_insert_with_key(|iri| parsed.dataset.iri(&[iri]).unwrap());
        (term, rest)
    } else if let Some(rest) = text.strip_prefix("_:") {
        let end = rest.find([' ', '\t']).unwrap();
        let (label, rest) = rest.split_at(end);
        let known = parsed.labels.iter().position(|known| known == label);
        let number = known.unwrap_or_else(|| {
            parsed.labels.push(label.into());
            assert_eq!(parsed.dataset.blank(), Term::Blank(parsed.labels.len() as u32 - 1));
            parsed.labels.len() - 1
        });
        (Term::Blank(number as u32), rest)
    } else {
        let rest = text.strip_prefix('"').unwrap();
        let mut escaped = false;
        let end = rest.find(|c| {
            let end = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            end
        });
        let (lexical, rest) = rest.split_at(end.unwrap());
        let (lexical, rest) = (unescape(lexical), &rest[1..]);
        if let Some(rest) = rest.strip_prefix('@') {
            let end = rest.find([' ', '\t', '.']).unwrap();
            // Written as it stands: only our own reader of JSON-LD lowers the case.
            (parsed.dataset.language_string(&lexical, &rest[..end]).unwrap(), &rest[end..])
        } else if let Some(rest) = rest.strip_prefix("^^<") {
            let (datatype, rest) = rest.split_once('>').unwrap();
            let parts = [datatype];
            let plain = datatype == "http://www.w3.org/2001/XMLSchema#string";
            (parsed.dataset.literal(&lexical, if plain { &[] } else { &parts }).unwrap(), rest)
        } else {
            (parsed.dataset.literal(&lexical, &[]).unwrap(), rest)
        }
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let hex = |chars: &mut std::str::Chars<'_>, digits: usize| {
            let digits: String = chars.take(digits).collect();
            char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap()
        };
        out.push(match chars.next().unwrap() {
            't' => '\t',
            'b' => '\u{8}',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'u' => hex(&mut chars, 4),
            'U' => hex(&mut chars, 8),
            other => other,
        });
    }
    out
}
