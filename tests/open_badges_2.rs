//! Open Badges 2.0 and before: the third-party suites, end to end with the answers that their authors give.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

mod vectors;

use probant::report::{Endorsed, Failure, Headline, Reason, Report, Status, Verdict};
use probant::{Answer, Evidence, Policy, Timestamp, budget, verify};
use serde_json::{Value, json};
use vectors::{Suite, suite};

const NOW: &str = "2026-11-22T12:00:00Z";

/// Cases that are good documents, but award nothing to anybody: a reader is told so.
const NO_AWARDS: [&str; 7] = [
    "issuer-compact-iri-validation.json",
    "rdf-validation-invalid-empty-type.json",
    "rdf-validation-invalid-one-invalid-class.json",
    "rdf-validation-valid-alignment-object.json",
    "rdf-validation-valid-badge-class.json",
    "rdf-validation-valid-badge-class-empty-criteria-type.json",
    "rdf-validation-valid-issuer-extension.json",
];

/// Cases that come out otherwise than their authors say, each with why.
const IGNORED: [(&str, &str); 1] = [(
    "assertion-with-extension-node-invalid.json",
    "extensions are neither checked nor shown; the report has a note where there are any",
)];

fn run(input: &[u8], policy: &Policy, host: impl Fn(&str) -> Option<Vec<u8>>) -> Report {
    let mut evidence = Evidence::default();
    for _ in 0..=budget::MAX_NEEDS {
        let report = verify(input, &evidence, policy, Timestamp::parse(NOW).unwrap().at);
        if report.needs.is_empty() {
            return report;
        }
        for need in report.needs {
            let body = host(&need.url).ok_or(Failure::NotFound);
            evidence.add(Answer { url: need.url, body, final_url: None });
        }
    }
    panic!("it never ends");
}

fn is_good(report: &Report) -> bool {
    matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized))
}

fn rows(report: &Report) -> String {
    let row = |c: &probant::report::Check| {
        format!("{} {} {}", c.id.code(), c.status.code(), c.reason.map_or("", Reason::code))
    };
    report.checks.iter().map(row).collect::<Vec<_>>().join(" | ")
}

/// What the suite's hosts answer: its assets, and each assertion at its own address.
fn asset(suite: &Suite, file: &[u8], url: &str) -> Option<Vec<u8>> {
    let path =
        url.strip_prefix("https://example.org/").or_else(|| url.strip_prefix("https://www.example.org/"))?;
    let parsed: Value = serde_json::from_slice(file).unwrap_or_default();
    let own = parsed["id"].as_str().map(|id| id.replace("http:", "https:"));
    if own.as_deref() == Some(url) {
        return Some(file.to_vec());
    }
    let names: Vec<&str> = suite.support_files().filter_map(|name| name.strip_prefix("assets/")).collect();
    let name = names.iter().find(|name| **name == path || name.strip_suffix(".json") == Some(path))?;
    Some(suite.read(&format!("assets/{name}")))
}

#[test]
fn the_public_validators_cases() {
    let Some(suite) = suite("1edtech-ob20") else { return };
    let mut wrong = Vec::new();
    for case in suite.cases() {
        let (id, expected) = (case.str("id"), case.str("expected"));
        let input = suite.read(case.str("file"));
        let text = match probant::input::read(&input).unwrap().content {
            probant::input::Content::Json(_, text) => text,
            _ => input.clone(),
        };
        let report = run(&input, &Policy::default(), |url| asset(&suite, &text, url));
        let reads_as_said = if NO_AWARDS.contains(&id) {
            report.headline == Headline::NotACredential
        } else {
            match expected {
                "valid" => is_good(&report),
                // A good badge with something to know about it, beside that it is not signed.
                "warning" => {
                    let note = |c: &probant::report::Check| {
                        c.status == Status::Warned && c.reason != Some(Reason::Hosted)
                    };
                    is_good(&report) && report.checks.iter().any(note)
                }
                _ => matches!(report.verdict, Some(Verdict::Rejected | Verdict::Ended)),
            }
        };
        let ignored = IGNORED.iter().any(|(name, _)| *name == id);
        if reads_as_said == ignored {
            wrong.push(format!("{id}: {expected}, {:?}; {}", report.verdict, rows(&report)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All four are about the badge class; two of them stand on the award.
#[test]
fn the_public_validators_endorsements() {
    let Some(suite) = suite("1edtech-ob20") else { return };
    let input = suite.read("assertion-with-endorsements.json");
    let report = run(&input, &Policy::default(), |url| asset(&suite, &input, url));
    let found: Vec<_> = report.endorsements.iter().map(|e| (e.of, e.report.headline)).collect();
    let (stray, good) = (Headline::OtherSubject, Headline::Genuine);
    let (award, class) = (Endorsed::Credential, Endorsed::Achievement);
    assert_eq!(found, [(award, stray), (award, stray), (class, good), (class, good)], "{}", rows(&report));
    let said = report.endorsements.last().unwrap().report.attested.as_ref().unwrap();
    assert_eq!(said.comment.as_deref(), Some("Pretty good"));
}

#[test]
fn the_former_validators_cases() {
    let Some(suite) = suite("ob2-validator-core") else { return };
    for case in suite.cases() {
        let mut policy = Policy::default();
        if let Some(email) = case.0["recipient"]["email"].as_str() {
            policy = serde_json::from_value(json!({"recipient": {"email": email}})).unwrap();
        }
        let input = suite.read(case.str("file"));
        let report = run(&input, &policy, |url| {
            let file = case.0["http"].get(url)?.as_str().unwrap();
            Some(suite.read(file))
        });
        let id = case.str("id");
        let as_said = match id {
            // Versions 0.5 and 1.0, for which the suite has no answers: what is not there is not known.
            "1_0_basic_assertion" => report.headline == Headline::NotConfirmed,
            "0_5_assertion" => report.headline == Headline::Unsupported,
            _ => match case.str("expected") {
                "valid" => is_good(&report),
                "no-credential" => report.headline == Headline::NotACredential,
                _ => matches!(report.verdict, Some(Verdict::Rejected | Verdict::Ended)),
            },
        };
        assert!(as_said, "{id}: {:?} {:?}; {}", report.verdict, report.headline, rows(&report));
    }
}

/// Badges of 1.0 and 1.1, whose documents the suite has beside its cases.
#[test]
fn the_former_validators_older_badges() {
    let Some(suite) = suite("ob2-validator-core") else { return };
    let hosts = [
        ("https://a.com/instance", "1_0_basic_assertion.json"),
        ("https://a.com/badgeclass", "1_0_basic_badgeclass.json"),
        ("https://a.com/issuer", "1_0_basic_issuer.json"),
        ("https://a.com/instance3", "1_0_basic_assertion_with_extra_properties.json"),
        ("https://example.org/beths-robotics-badge.json", "1_1_basic_assertion.json"),
        ("https://example.org/robotics-badge.json", "1_1_basic_badgeclass.json"),
        ("https://example.org/organization.json", "1_1_basic_issuer.json"),
    ];
    for name in ["1_0_basic_assertion", "1_0_basic_assertion_with_extra_properties", "1_1_basic_assertion"] {
        let report = run(&suite.read(&format!("{name}.json")), &Policy::default(), |url| {
            hosts.iter().find(|(at, _)| *at == url).map(|(_, file)| suite.read(file))
        });
        assert!(is_good(&report), "{name}: {}", rows(&report));
    }
}

/// What the bakers of older badges bake reaches the checks of older badges.
#[test]
fn baked_badges() {
    let Some(suite) = suite("baking") else { return };
    for case in suite.cases() {
        let payload = case.str("payload_file");
        if case.str("expected") != "valid" || payload.is_empty() || case.str("reason").contains("3.0") {
            continue;
        }
        let report = run(&suite.read(case.str("file")), &Policy::default(), |_| None);
        let family = serde_json::to_value(report.format.family).unwrap();
        assert_eq!(family, "open-badges-2", "{}: {}", case.str("id"), rows(&report));
        assert_eq!(report.headline, Headline::NotConfirmed, "{}: {}", case.str("id"), rows(&report));
    }
}
