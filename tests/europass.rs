//! What the views of credentials of the European Learning Model show: read from golden cases, of which
//! `tests/golden.rs` compares the rows.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use probant::report::View;
use probant::{Evidence, Policy, Timestamp, verify};

/// The view of a case; whose the seal is stays open in all of them.
fn view(case: &str) -> View {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/europass").join(case).join("input.json");
    let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().at;
    let report = verify(&fs::read(path).unwrap(), &Evidence::default(), &Policy::default(), now);
    report.claimed.unwrap()
}

/// The languages of one text, as `language text`.
fn told(view: &View, of: &str) -> Vec<String> {
    let found = view.translations.iter().filter(|text| text.of == of);
    found.map(|text| format!("{} {}", text.language, text.value)).collect()
}

#[test]
fn each_form_of_a_text_in_two_languages_is_read() {
    let view = view("unknown_languages");
    assert_eq!(view.title.as_deref(), Some("Data Analysis"), "English stands, whatever comes first");
    let title = ["de Datenanalyse", "FR Analyse de données", "en-GB Data Analysis"];
    assert_eq!(told(&view, "title"), title);
    assert_eq!(told(&view, "achievement.name"), title);
    assert_eq!(told(&view, "issuer.name"), ["en Example College", "fr Collège Exemple"]);
    assert_eq!(
        told(&view, "description"),
        ["en A course on data.", "nl Een cursus over data.", "fr-CA Un cours sur les données."]
    );
    // What is there in one language is that.
    assert_eq!(view.achievement.as_ref().unwrap().description.as_deref(), Some("Statistique appliquée"));
    assert!(told(&view, "achievement.description").is_empty());
    assert_eq!(told(&view, "results.0.value"), ["en 82 of 100", "fr 82 sur 100"]);
    let alignments = &view.achievement.as_ref().unwrap().alignments;
    for (at, alignment) in alignments.iter().enumerate() {
        let texts = told(&view, &format!("achievement.alignments.{at}.name"));
        assert_eq!(texts[0], format!("en {}", alignment.name.as_deref().unwrap()));
        assert_eq!(texts.len(), 2);
    }
}

#[test]
fn what_is_no_language_is_no_translation() {
    let view = view("unknown_languages_odd");
    assert_eq!(view.title.as_deref(), Some("Data Analysis"));
    let title = told(&view, "title");
    assert!(title.len() < 100, "{}", title.len());
    assert!(title.contains(&"fro Analyse des donnees".into()));
    for text in &view.translations {
        let is_tag =
            |tag: &str| tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        assert!(is_tag(&text.language) && !text.language.ends_with('-'), "{text:?}");
    }
    assert_eq!(view.issuer.name.as_deref(), Some("Example College"));
}

#[test]
fn what_was_not_sealed_is_not_told() {
    let text = serde_json::to_string(&view("unknown_translation_beside")).unwrap();
    assert!(text.contains("Analyse de données") && !text.contains("Médecine") && !text.contains("célèbre"));
}

#[test]
fn claims_are_told_as_those_of_badges_are() {
    let view = view("unknown_claims");
    let details: Vec<_> =
        view.details.iter().map(|d| (d.name.as_str(), d.value.as_str(), d.label.as_deref())).collect();
    assert_eq!(
        details,
        [
            ("creditsEarned", "12", Some("ECTS")),
            ("source", "Board of examiners", None),
            ("idVerification", "Supervised on site", None),
            ("influencedBy", "Seminar", None),
            ("workload", "PT40H", None),
            ("activityStartDate", "2026-01-12T00:00:00Z", None),
            ("activityEndDate", "2026-03-06T00:00:00Z", None),
            ("entitlesTo", "Study for a master's degree", None),
            ("additionalNote", "Taught in cooperation.", None),
            ("hasPart", "Statistics", Some("6 ECTS")),
            ("hasPart", "Surveys", Some("6")),
            ("awardedBy", "Example Academy", None),
            ("achievement.creditsAvailable", "12", Some("ECTS")),
            ("achievement.volumeOfLearning", "PT60H", None),
            ("achievement.maximumDuration", "P1Y6M", None),
            ("achievement.fieldOfStudy", "0542", None),
            ("achievement.learningSetting", "formal learning", None),
            ("achievement.mode", "Blended", None),
            ("achievement.entryRequirement", "A secondary diploma", None),
            ("influencedBy", "Internship", None),
            ("issuer.eIDASIdentifier", "FR-123456789", None),
            ("issuer.vatIdentifier", "FR00123456789", None),
            ("issuer.otherIdentifier", "F EXEMPLE01", Some("Erasmus code")),
            ("issuer.address", "1 Example Street, Lyon", None),
        ]
    );
    assert!(view.claims.is_empty());
    for (at, detail) in view.details.iter().enumerate() {
        let texts = told(&view, &format!("details.{at}.value"));
        assert!(texts.is_empty() || texts[0] == format!("en {}", detail.value), "{detail:?} {texts:?}");
    }
    assert_eq!(told(&view, "details.11.value"), ["en Example Academy", "fr Académie Exemple"]);
    let results: Vec<_> =
        view.results.iter().map(|r| [&r.name, &r.value, &r.status].map(Option::as_deref)).collect();
    assert_eq!(
        results,
        [
            [Some("Final exam"), Some("82 of 100"), Some("Passed with honours")],
            [Some("Statistics"), Some("15 of 20"), None],
        ]
    );
    assert_eq!(told(&view, "results.1.name"), ["en Statistics", "fr Statistique"]);
    let achievement = view.achievement.as_ref().unwrap();
    assert_eq!(
        (achievement.kind.as_deref(), achievement.language.as_deref()),
        (Some("Short course"), Some("fra"))
    );
    let aligned: Vec<_> =
        achievement.alignments.iter().map(|a| (a.framework.as_deref(), a.name.as_deref().unwrap())).collect();
    assert_eq!(
        aligned,
        [
            (Some("EQF"), "Level 6"),
            (Some("ISCED-F"), "Statistics"),
            (None, "Cleans and explains data"),
            (Some("ESCO"), "perform data analysis"),
        ]
    );
    let evidence: Vec<_> =
        view.evidence.iter().map(|e| [&e.name, &e.narrative, &e.url].map(Option::as_deref)).collect();
    assert_eq!(
        evidence,
        [
            [Some("Mandate"), Some("The seal certifies where each claim comes from."), None],
            [Some("Course guide"), None, Some("https://college.example/guide")],
        ]
    );
}
