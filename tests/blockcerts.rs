//! Blockcerts of others: what comes out of each, with the documents that stand beside it.
//!
//! Their transactions are kept as explorers told them, which proves nothing here: so none verifies, and what can be seen
//! is whether certificate and receipt belong together, and what else the issuer says.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod vectors;

use probant::report::{Check, CheckId, Failure, Need, Report, Status, Verdict};
use probant::{Answer, Evidence, Policy, Timestamp, verify};
use serde_json::Value;
use vectors::{Suite, suite};

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

/// What matters of a report, in one line.
fn summary(report: &Report) -> String {
    let ids = [
        CheckId::Type,
        CheckId::Coverage,
        CheckId::Signature,
        CheckId::Anchor,
        CheckId::Expiry,
        CheckId::Revocation,
    ];
    let rows = ids.map(|id| row(report, id));
    let verdict = report.verdict.map_or("none", Verdict::code);
    format!("{verdict} {} | {}", report.headline.code(), rows.join(" | "))
}

#[test]
fn v3() {
    for e in std::fs::read_dir("/tmp/v3").unwrap() {
        let p = e.unwrap().path();
        if p.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let report = report(&std::fs::read(&p).unwrap(), &[]);
        println!("{} {}", p.display(), summary(&report));
        for c in &report.checks {
            println!("     {} {:?} {:?} {:?}", c.id.code(), c.status, c.reason, c.message.args);
        }
    }
}

#[test]
fn dump() {
    for name in ["blockcerts-cert-verifier-py", "blockcerts-merkleproof2019", "blockcerts-wallet"] {
        let Some(suite) = suite(name) else { return };
        let mut files: Vec<(String, String)> = suite
            .cases()
            .map(|case| (case.str("file").to_string(), case.str("expected").to_string()))
            .collect();
        files.extend(suite.support_files().map(|f| (f.to_string(), "-".to_string())));
        for (file, expected) in files {
            if !file.ends_with(".json") {
                continue;
            }
            let report = report(&suite.read(&file), &[]);
            if report.format.family.is_none() {
                continue;
            }
            println!("{name} {file} [{expected}] {}", summary(&report));
            for c in &report.checks {
                if matches!(c.status, Status::Failed | Status::Warned) {
                    println!("     {} {:?}", c.id.code(), c.message.args);
                }
            }
        }
    }
}
