//! The test suite of Verifiable Credentials JSON Schema: the one step that judges a credential by the schema it names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use probant::budget::Budget;
use probant::json::{self, Json};
use probant::schema::named::{Kind, evaluate, schema};
use probant::schema::{Fault, Outcome};

#[test]
fn the_suite() {
    let Some(suite) = vectors::suite("vc-json-schema") else { return };
    let (mut passed, mut other_types, mut wrong) = (0, 0, Vec::new());
    for case in suite.cases() {
        let credential = json::parse(&suite.read(case.str("file"))).unwrap();
        let found = json::parse(&suite.read(case.str("schema_file"))).unwrap();
        let entry = credential.get("credentialSchema").and_then(Json::as_object).unwrap();
        let id = entry.str("id").unwrap();
        let Some(kind) = Kind::of(entry) else {
            // A type that the specification does not know is another's: nothing is said about such a schema.
            assert_eq!(case.str("expected"), "invalid", "{}", case.str("id"));
            other_types += 1;
            continue;
        };
        let outcome = match schema(kind, &found, id, None) {
            Ok(schema) => evaluate(kind, &credential, id, schema, &[], &Budget::default()),
            Err(fault) => Outcome::Undecided(fault),
        };
        let came_out = match outcome {
            Outcome::Fits => "valid",
            // Of a document that is no schema the specification says that the evaluation fails.
            Outcome::Fails(_) | Outcome::Undecided(Fault::Malformed) => "invalid",
            Outcome::Undecided(_) => "indeterminate",
        };
        if came_out == case.str("expected") {
            passed += 1;
        } else {
            wrong.push(format!("{}: {outcome:?}, not {}", case.str("id"), case.str("expected")));
        }
    }
    eprintln!("VC JSON Schema: {passed} as expected, {other_types} of a type of no specification");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
