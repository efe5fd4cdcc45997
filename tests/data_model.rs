//! The data models 1.1 and 2.0, on the W3C test suites' unsigned documents: only their form is judged here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use probant::report::{Check, Group, Reason, Report, Status};
use probant::{Evidence, Policy, Timestamp, verify};

/// Cases that come out otherwise, and why that is right.
const IGNORED: &[(&str, &str)] = &[
    (
        "presentation-holder-ok.json",
        "the suite has the credential inside signed first; unsigned it is somebody else's word",
    ),
    ("presentation-holder-object-ok.json", "the suite has the credential inside signed first"),
    (
        "example-015-zkp-bad-no-credential-schema.jsonld",
        "only CLSignature2019 demands a schema, and that proof is not checked here",
    ),
];

#[test]
fn w3c_vcdm_2_0() {
    run("w3c-vcdm2", 74);
}

#[test]
fn w3c_vcdm_1_1() {
    run("w3c-vcdm11", 20);
}

#[test]
fn w3c_schema_examples() {
    run("w3c-vcdm-schema-examples", 12);
}

fn run(suite: &str, at_least: usize) {
    let Some(suite) = vectors::suite(suite) else { return };
    let now = Timestamp::parse("2026-11-22T00:00:00Z").unwrap().at;
    let mut wrong = Vec::new();
    let mut ran = 0;
    for case in suite.cases() {
        let expected = case.str("expected");
        if !matches!(expected, "valid" | "invalid") || !case.str("kind").contains("unsigned") {
            continue;
        }
        ran += 1;
        let input = with_issuer(&suite.read(case.str("file")), case.str("file"));
        let report = verify(&input, &Evidence::default(), &Policy::default(), now);
        let well_formed = !has_fault(&report);
        let ignored = IGNORED.iter().any(|(file, _)| *file == case.str("file"));
        if (well_formed == (expected == "valid")) == ignored {
            let faults = report.checks.iter().filter(|c| c.group == Group::Format && c.reason.is_some());
            let rows: Vec<_> = faults.map(|c| (c.id.code(), c.status, c.reason, &c.message.args)).collect();
            wrong.push(format!("{} should be {expected}: {:?}", case.str("file"), rows));
        }
    }
    assert!(ran >= at_least, "only {ran} cases ran");
    assert!(wrong.is_empty(), "{} of {ran} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The suites' documents are what an issuer is asked to sign: it puts its own id in. So does this, but where the case
/// is about a missing issuer. Its proof is often a bare type, which stands for whatever method the issuer has.
fn with_issuer(input: &[u8], file: &str) -> Vec<u8> {
    let text = String::from_utf8(input.to_vec()).unwrap();
    let dated =
        text.replace("PAST DATE", "2020-01-01T00:00:00Z").replace("FUTURE DATE", "2040-01-01T00:00:00Z");
    let dated = dated.replace("\"RsaSignature2018\"", "\"SomeSignature\"");
    let mut document: serde_json::Value = serde_json::from_str(&dated).unwrap();
    let is_credential = document["credentialSubject"] != serde_json::Value::Null;
    if is_credential && !file.contains("issuer-fail") && !file.contains("missing-issuer") {
        let issuer = &mut document["issuer"];
        if issuer.as_object().is_some_and(|o| !o.contains_key("id")) {
            issuer["id"] = "did:example:issuer".into();
        } else if issuer.is_null() && !file.contains("issuer-null") {
            *issuer = "did:example:issuer".into();
        }
    }
    serde_json::to_vec(&document).unwrap()
}

/// Whether a row about the form failed, the proof's own form included, here or in a credential inside.
fn has_fault(report: &Report) -> bool {
    let of_form = |c: &Check| c.group == Group::Format || c.reason == Some(Reason::ProofMalformed);
    report.checks.iter().any(|c| c.status == Status::Failed && of_form(c))
        || report.items.iter().any(has_fault)
}
