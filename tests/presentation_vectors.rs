//! Third-party presentations and endorsements: who presents, and what is said of a badge beside the badge.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use std::collections::BTreeMap;

use probant::report::{CheckId, Endorsed, Failure, Reason, Report, Status, Verdict};
use probant::{Answer, Evidence, Policy, Timestamp, budget, verify};

fn report(input: &[u8], policy: &Policy) -> Report {
    let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().at;
    let mut evidence = Evidence::default();
    for _ in 0..=budget::MAX_NEEDS {
        let report = verify(input, &evidence, policy, now);
        if report.needs.is_empty() {
            return report;
        }
        for need in report.needs {
            evidence.add(Answer { url: need.url, body: Err(Failure::NotFound), final_url: None });
        }
    }
    panic!("it never ends");
}

fn asking(challenge: &str, domain: Option<&str>) -> Policy {
    Policy { challenge: Some(challenge.into()), domain: domain.map(Into::into), ..Policy::default() }
}

fn row(report: &Report, id: CheckId) -> Option<(Status, Option<Reason>)> {
    report.checks.iter().find(|c| c.id == id).map(|c| (c.status, c.reason))
}

/// Presentations of six implementations, by `did:example`, which nobody can look up: everything but the key holds.
#[test]
fn dif_presentations_are_read() {
    let Some(suite) = vectors::suite("dif-jws-2020") else { return };
    let (mut counts, mut wrong) = (BTreeMap::<String, u32>::new(), Vec::new());
    for case in suite.cases().filter(|case| case.str("kind").contains("vp")) {
        let report = report(&suite.read(case.str("file")), &Policy::default());
        let failed: Vec<_> = report.checks.iter().filter(|c| c.status == Status::Failed).collect();
        if case.str("expected") != "valid" {
            assert!(!failed.is_empty(), "{}", case.str("id"));
            continue;
        }
        let key = (Status::Unknown, Some(Reason::KeyMethodUnsupported));
        if !failed.is_empty() || row(&report, CheckId::Key) != Some(key) {
            wrong.push(format!("{}: {:?}", case.str("id"), failed));
        }
        // Nobody is who they say as long as the key is not known.
        assert_eq!(row(&report, CheckId::Holder), Some((Status::Absent, Some(Reason::HolderNotProven))));
        let kind = format!("{}, {} inside", case.str("kind"), report.items.len());
        *counts.entry(kind).or_default() += 1;
    }
    for (what, count) in &counts {
        eprintln!("{count:4} {what}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(counts.values().sum::<u32>() >= 50);
}

/// A presentation by did:key for one challenge and one domain.
#[test]
fn credo_presentation_answers_its_own_challenge_alone() {
    let Some(suite) = vectors::suite("credo-ts") else { return };
    let case = suite.cases().find(|case| case.str("kind") == "vp-jwt").expect("a presentation");
    let input = suite.read(case.str("file"));
    let (challenge, domain) = (case.str("challenge"), case.str("domain"));
    let passed = Some((Status::Passed, None));
    let good = report(&input, &asking(challenge, Some(domain)));
    assert_eq!((row(&good, CheckId::Purpose), row(&good, CheckId::Holder)), (passed, passed));
    let [inside] = good.items.as_slice() else { panic!("one inside") };
    assert_eq!(inside.verdict, Some(Verdict::Unrecognized));
    assert_eq!(row(inside, CheckId::Holder), passed);
    // The same again, to whoever did not ask, or asked something else.
    let replayed = report(&input, &Policy::default());
    let unchallenged = Some((Status::Absent, Some(Reason::HolderUnchallenged)));
    assert_eq!(row(&replayed, CheckId::Holder), unchallenged);
    assert_eq!(row(&replayed.items[0], CheckId::Holder), unchallenged);
    for (challenge, domain, reason) in [
        ("another", domain, Reason::ChallengeMismatch),
        (challenge, "another.example", Reason::DomainMismatch),
    ] {
        let report = report(&input, &asking(challenge, Some(domain)));
        assert_eq!(report.verdict, Some(Verdict::Rejected));
        assert_eq!(row(&report, CheckId::Purpose), Some((Status::Failed, Some(reason))));
        assert_eq!(row(&report, CheckId::Holder).unwrap().0, Status::Absent);
    }
}

/// What wallets export is signed by nobody: it proves no holder, whatever was asked.
#[test]
fn wallet_exports_prove_no_holder() {
    let Some(suite) = vectors::suite("wild-badges") else { return };
    let mut count = 0;
    for case in suite.cases().filter(|case| case.str("kind") == "vp-json") {
        for policy in [Policy::default(), asking("123", None)] {
            let report = report(&suite.read(case.str("file")), &policy);
            let holder = row(&report, CheckId::Holder);
            assert_eq!(holder, Some((Status::Absent, Some(Reason::HolderNotProven))), "{}", case.str("id"));
            count += 1;
        }
    }
    assert_eq!(count, 6);
}

/// The sample badge with every member: its endorsements are signed by a method that never was, have ended, and are
/// about the issuer wherever they are attached.
#[test]
fn endorsements_of_the_sample_badge() {
    let Some(suite) = vectors::suite("1edtech-ob30") else { return };
    let report = report(&suite.read("complete.json"), &Policy::default());
    assert_ne!(report.verdict, Some(Verdict::Rejected), "{:?}", report.checks);
    let count = |of| report.endorsements.iter().filter(|e| e.of == of).count();
    let counts = [Endorsed::Credential, Endorsed::Achievement, Endorsed::Issuer].map(count);
    assert!(counts.iter().all(|n| *n >= 1), "{counts:?}");
    for endorsement in &report.endorsements {
        let found = &endorsement.report;
        assert!(!matches!(found.verdict, Some(Verdict::Verified | Verdict::Unrecognized)));
        assert!(
            found.claimed.as_ref().is_some_and(|view| view.comment.is_some()) && found.attested.is_none()
        );
        assert_eq!(row(found, CheckId::Expiry), Some((Status::Failed, Some(Reason::Expired))));
        let fits = found.claimed.as_ref().and_then(|view| view.subject.id.clone());
        eprintln!("{}: about {fits:?}, {:?}", endorsement.of.code(), row(found, CheckId::Match));
    }
    assert_eq!(row(&report, CheckId::Endorsement).unwrap().1, Some(Reason::EndorsementDoubtful));
}
