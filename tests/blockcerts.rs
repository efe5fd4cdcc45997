//! Blockcerts of others: what comes out of each, with the documents that stand beside it.
//!
//! Their transactions are kept as explorers told them, which proves nothing here: so none verifies, and what can be seen
//! is whether certificate and receipt belong together, and what else the issuer says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

mod vectors;

use probant::budget::Budget;
use probant::report::{Check, CheckId, Failure, Need, Report, Verdict};
use probant::{Answer, Evidence, Policy, Timestamp, verify};
use probant::{json, rdf};
use vectors::suite;

/// The report on `input`, where `documents` can be had and nothing else.
fn report(input: &[u8], documents: &[(&str, Vec<u8>)]) -> Report {
    let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().at;
    let mut evidence = Evidence::default();
    loop {
        let report = verify(input, &evidence, &Policy::default(), now);
        if report.needs.is_empty() {
            return report;
        }
        for Need { url, .. } in &report.needs {
            let found = documents.iter().find(|(at, _)| at == url).map(|(_, document)| document.clone());
            evidence.add(Answer { url: url.clone(), body: found.ok_or(Failure::NotFound), final_url: None });
        }
    }
}

fn row(report: &Report, id: CheckId) -> String {
    let row = report.checks.iter().find(|check| check.id == id);
    row.map_or_else(
        || "-".into(),
        |Check { status, reason, .. }| {
            let reason = reason.map(|reason| [" ", reason.code()].concat()).unwrap_or_default();
            [status.code(), &reason].concat()
        },
    )
}

/// A list of withdrawals, and the file that it is in.
const WALLET_LIST: (&str, &str) = (
    "https://www.blockcerts.org/samples/2.0-alpha/revocationList.json",
    "v2.0-alpha/revocation_list-2.0.json",
);

const COVERED: &str = "passed";
const OWN_TERMS: &str = "warned member-defined-inline";
/// 1.2 has no word for the language that its own issuers state.
const LANGUAGE: &str = "warned member-not-covered";
const GOOD: &str = "passed";
const OTHER: &str = "failed signature-invalid";

/// A file, and how its coverage and its signature come out.
type Expected = (&'static str, &'static str, &'static str);

/// Every certificate, by its suite.
const CERTIFICATES: &[(&str, &[Expected])] = &[
    (
        "blockcerts-cert-verifier-py",
        &[
            ("1.2/609c2989-275f-4f4c-ab02-b245cfb09017.json", LANGUAGE, GOOD),
            ("1.2/b5dee02e-50cd-4e48-ad33-de7d2eafa359.json", LANGUAGE, GOOD),
            // Made to test the end alone: the date was written in by hand, and the suite looks at nothing else.
            ("1.2/expired.json", LANGUAGE, OTHER),
            ("1.2/not_yet_expired.json", LANGUAGE, OTHER),
            ("1.2/sample_signed_cert-1.2.json", LANGUAGE, GOOD),
            // Its record was made from another's address, which a proven transaction would tell.
            ("2.0-alpha/invalid_authenticity.json", COVERED, GOOD),
            ("2.0-alpha/invalid_revoked.json", COVERED, GOOD),
            ("2.0-alpha/invalid_tampered.json", COVERED, OTHER),
            (
                "2.0-alpha/invalid_unmapped_fields.json",
                "failed member-not-covered",
                "skipped member-not-covered",
            ),
            ("2.0-alpha/valid.json", COVERED, GOOD),
            ("2.0-alpha/valid_v2_certificate_with_v1_issuer.json", COVERED, GOOD),
            ("2.0/eth_ropsten.json", COVERED, GOOD),
            ("2.0/mocknet.json", COVERED, GOOD),
            ("2.0/regtest.json", COVERED, GOOD),
            ("2.0/testnet.json", COVERED, GOOD),
            ("2.0/valid.json", COVERED, GOOD),
        ],
    ),
    (
        "blockcerts-merkleproof2019",
        &[
            ("examples/1.2/sample_invalid_cert-1.2.json", LANGUAGE, OTHER),
            (
                "examples/2.0-alpha/tampered_unmapped_fields.json",
                "failed member-not-covered",
                "absent proof-missing",
            ),
            (
                "examples/2.0-alpha/tampered_unmapped_fields_vocab.json",
                "failed context-forbidden",
                "absent proof-missing",
            ),
            (
                "examples/2.1/tampered_unmapped_fields.json",
                "failed member-not-covered",
                "absent proof-missing",
            ),
            (
                "examples/2.1/tampered_unmapped_fields_vocab.json",
                "failed context-forbidden",
                "absent proof-missing",
            ),
            // Examples of the form, with receipts of other documents.
            ("examples/3.0/bbba8553-8ec1-445f-82c9-a57251dd731c.json", "-", OTHER),
            ("examples/3.1/example.3.1.multisigned.json", "-", OTHER),
        ],
    ),
    (
        "blockcerts-wallet",
        &[
            ("v1.2/sample_signed_cert-1.2.0.json", LANGUAGE, GOOD),
            ("v1.2/sample_signed_cert-valid-1.2.0.json", LANGUAGE, GOOD),
            ("v1.2/sample_unsigned_cert-invalid_no_email-1.2.0.json", COVERED, "absent proof-missing"),
            ("v2.0-alpha/certificate-8e02c2c4499e4e108b07ff5504438f4d.json", LANGUAGE, GOOD),
            ("v2.0-alpha/mainnet-bolot.json", OWN_TERMS, GOOD),
            // As above.
            ("v2.0-alpha/sample_cert-authenticity-2.0a.json", COVERED, GOOD),
            ("v2.0-alpha/sample_cert-revoked-2.0a.json", COVERED, GOOD),
            ("v2.0-alpha/sample_cert-tampered-2.0a.json", COVERED, OTHER),
            (
                "v2.0-alpha/sample_cert-unmapped-2.0.json",
                "failed member-not-covered",
                "skipped member-not-covered",
            ),
            ("v2.0-alpha/sample_cert-v1-issuer-2.0a.json", COVERED, GOOD),
            ("v2.0-alpha/sample_cert-valid-2.0a.json", COVERED, GOOD),
            ("v2.0/mainnet-2017-08-29.json", OWN_TERMS, GOOD),
            ("v2.0/mainnet.json", OWN_TERMS, GOOD),
        ],
    ),
];

/// Certificates that name neither their hash nor where it is recorded.
const EDITION_1_1: &[&str] = &[
    "1.1/sample_signed_cert-1.1.json",
    "v1.1/sample_signed_cert-1.1.0.json",
    "v1.1/sample_signed_cert-valid-1.1.0.json",
];

#[test]
fn certificate_and_receipt_belong_together() {
    let mut wrong = Vec::new();
    for (name, expected) in CERTIFICATES {
        let Some(suite) = suite(name) else { return };
        for case in suite.cases() {
            let file = case.str("file");
            // What explorers answer is read in `src/chain/`, bare proof values below.
            if matches!(case.str("kind"), "explorer-answer" | "merkleproof2019-proofvalue") {
                continue;
            }
            let report = report(&suite.read(file), &[]);
            if matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized)) {
                wrong.push(format!("{name}/{file}: verified without any proven transaction"));
            }
            if EDITION_1_1.contains(&file) {
                assert_eq!(row(&report, CheckId::Type), "unknown family-unsupported", "{file}");
                continue;
            }
            let Some((_, coverage, signature)) = expected.iter().find(|(of, ..)| *of == file) else {
                wrong.push(format!("{name}/{file}: nothing is expected"));
                continue;
            };
            let found = (row(&report, CheckId::Coverage), row(&report, CheckId::Signature));
            if found != (coverage.to_string(), signature.to_string()) {
                wrong.push(format!("{name}/{file}: {found:?}, not {coverage}, {signature}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A list of the issuer's is read also where its profile cannot be had.
#[test]
fn the_issuers_list_withdraws() {
    let Some(suite) = suite("blockcerts-wallet") else { return };
    let lists = [(WALLET_LIST.0, suite.read(WALLET_LIST.1))];
    let outcome = |file: &str| row(&report(&suite.read(file), &lists), CheckId::Revocation);
    assert_eq!(outcome("v2.0-alpha/sample_cert-revoked-2.0a.json"), "failed revoked");
    assert_eq!(outcome("v2.0-alpha/sample_cert-valid-2.0a.json"), "passed");
}

/// The statements that are hashed are those that others publish, byte for byte.
#[test]
fn statements_are_those_published() {
    let Some(suite) = suite("blockcerts-merkleproof2019") else { return };
    let mut count = 0;
    for case in suite.cases().filter(|case| case.str("kind") == "blockcerts-normalize") {
        let document = json::parse(&suite.read(case.str("file"))).unwrap();
        let dataset = rdf::to_rdf(document.as_object().unwrap(), &rdf::Options::default()).unwrap();
        let text = rdf::canonicalize(&dataset, rdf::Hash::Sha256, &Budget::default()).unwrap();
        let published = String::from_utf8(suite.read(case.str("expect_file"))).unwrap();
        assert_eq!(text.trim_end(), published.trim_end(), "{}", case.str("id"));
        count += 1;
    }
    assert_eq!(count, 2);
}
