//! What the views of records and of results show: read from golden cases, of which `tests/golden.rs` compares the rows.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use probant::report::{Report, ResultFit, View};
use probant::{Evidence, Policy, Timestamp, verify};

fn report(case: &str) -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case);
    let file =
        ["input.json", "input.jwt"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
    let input = fs::read(file.expect("an input")).unwrap();
    verify(
        &input,
        &Evidence::default(),
        &Policy::default(),
        Timestamp::parse("2026-11-22T12:00:00Z").unwrap().at,
    )
}

fn attested(report: &Report) -> &View {
    report.attested.as_ref().expect("a proven view")
}

/// Of each item: what it is called, and what its achievement is called.
fn names(report: &Report) -> Vec<(Option<&str>, Option<&str>)> {
    report
        .items
        .iter()
        .map(|item| match &item.attested {
            Some(view) => (view.title.as_deref(), view.achievement.as_ref().and_then(|a| a.name.as_deref())),
            None => (None, None),
        })
        .collect()
}

#[test]
fn a_record_has_a_name_of_its_own_and_earns_nothing() {
    let report = report("record/ok_associations");
    let view = attested(&report);
    assert_eq!((view.title.as_deref(), view.achievement.is_none()), (Some("Record of achievements"), true));
    let record = view.record.as_ref().unwrap();
    assert!(record.partial);
    assert_eq!(
        record.achievements.iter().map(|a| a.name.as_deref()).collect::<Vec<_>>(),
        [Some("Diploma in data")]
    );
    let links: Vec<_> = record.associations.iter().map(|a| (a.kind.as_str(), a.resolved)).collect();
    assert_eq!(links, [("isChildOf", true), ("isParentOf", true), ("precedes", true)]);
    assert_eq!(
        names(&report),
        [(Some("Statistics"), Some("Statistics")), (Some("First aid"), Some("First aid"))]
    );
}

#[test]
fn what_is_not_signed_in_a_record_is_shown_as_far_as_its_signature_reaches() {
    assert_eq!(names(&report("record/ok_publishers_word")), [(Some("Statistics"), Some("Statistics"))]);
    assert_eq!(names(&report("record/ok_word_beside_described")), [(Some("Statistics"), Some("Statistics"))]);
    assert_eq!(names(&report("record/ok_achievement_moved")), [(Some("Statistics"), None); 2]);
    // To a signature of the graph, two awards to one person are one heap.
    let both = [(Some("Statistics"), None), (Some("Programming"), None)];
    assert_eq!(names(&report("record/ok_words_of_one_person")), both);
    assert_eq!(names(&report("record/ok_words_swapped")), both);
    let told = [(Some("Statistics"), Some("Statistics")), (Some("Programming"), Some("Programming"))];
    assert_eq!(names(&report("record/ok_words_in_token")), told);
}

#[test]
fn hearsay_is_claimed_and_names_no_issuer() {
    for case in ["record/unknown_hearsay_in_token", "record/unknown_hearsay_of_known"] {
        let report = report(case);
        let item = &report.items[0];
        assert!(item.attested.is_none() && item.issuer.is_none(), "{case}");
        assert_eq!(item.claimed.as_ref().unwrap().title.as_deref(), Some("Medicine"), "{case}");
    }
}

#[test]
fn results_are_compared_with_what_was_required() {
    let fits = |case: &str| {
        let report = report(&format!("results/{case}"));
        attested(&report).results.iter().map(|result| result.fit).collect::<Vec<_>>()
    };
    assert_eq!(fits("ok_met"), [Some(ResultFit::Met); 3]);
    assert_eq!(fits("ok_below_number"), [Some(ResultFit::Below), Some(ResultFit::Met)]);
    for (case, fit) in [
        ("ok_below_letter", ResultFit::Below),
        ("ok_below_level", ResultFit::Below),
        ("ok_failed", ResultFit::Below),
        ("ok_outside", ResultFit::Outside),
        ("ok_not_allowed", ResultFit::Outside),
        ("ok_undescribed", ResultFit::Undescribed),
        ("ok_open", ResultFit::Open),
    ] {
        assert_eq!(fits(case), [Some(fit)], "{case}");
    }
}

#[test]
fn what_a_reader_or_a_program_needs_is_there() {
    let report = report("results/ok_met");
    let view = attested(&report);
    let detail = |name: &str| {
        let found = view.details.iter().filter(|detail| detail.name == name);
        found.map(|detail| (detail.label.as_deref(), detail.value.as_str())).collect::<Vec<_>>()
    };
    for (name, value) in [
        ("creditsEarned", "6"),
        ("activityStartDate", "2026-01-12T00:00:00Z"),
        ("activityEndDate", "2026-03-06T00:00:00Z"),
        ("term", "Winter"),
        ("role", "Student"),
        ("source", "École Exemple"),
        ("achievement.creditsAvailable", "6"),
        ("achievement.fieldOfStudy", "Statistics"),
        ("achievement.specialization", "Survey data"),
        ("achievement.humanCode", "STA-201"),
        ("achievement.version", "2"),
        ("issuer.official", "Ada Example"),
        ("issuer.email", "registrar@college.example"),
        ("issuer.parentOrg", "Université Exemple"),
        ("issuer.address", "1, rue Exemple, H1H 1H1, Montréal, Canada"),
    ] {
        assert_eq!(detail(name), [(None, value)], "{name}");
    }
    assert_eq!(detail("issuer.otherIdentifier"), [(Some("sourcedId"), "12345")]);
    assert_eq!(
        detail("achievement.related"),
        [(Some("en-CA"), "https://college.example/achievements/data-analysis-en")]
    );
    let [exam, grade, project] = view.results.as_slice() else { panic!("{:?}", view.results) };
    assert_eq!(
        (exam.least.as_deref(), exam.greatest.as_deref(), exam.required.as_deref()),
        (Some("0"), Some("100"), Some("60"))
    );
    assert_eq!((grade.allowed.join(" "), grade.kind.as_deref()), ("F D C B A".into(), Some("LetterGrade")));
    assert_eq!((project.level.as_deref(), project.required.as_deref()), (Some("Good"), Some("Fair")));
}

#[test]
fn names_are_there_in_all_languages() {
    let report = report("results/ok_languages");
    let found: Vec<_> = attested(&report)
        .translations
        .iter()
        .map(|t| (t.of.as_str(), t.language.as_str(), t.value.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("title", "en", "Data Analysis"),
            ("title", "fr", "Analyse de données"),
            ("achievement.name", "en", "Data Analysis"),
            ("achievement.name", "fr", "Analyse de données"),
            ("issuer.name", "en", "Example College"),
            ("issuer.name", "fr", "Collège Exemple"),
        ]
    );
}
