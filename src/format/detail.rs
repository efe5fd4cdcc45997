//! What an achievement, its award and its issuer's profile say beyond what nearly every badge says (Open Badges 3.0,
//! Appendix B.1), and names in several languages.

use crate::json::{Json, Object};
use crate::report::{Claim, Translation};

use super::draft::Draft;
use super::graph::Graph;
use super::results;
use super::view::{each, party, text};

/// Members that the view has places for, or that are checked elsewhere.
const USUAL: [&str; 19] = [
    "id",
    "type",
    "name",
    "description",
    "image",
    "url",
    "identifier",
    "achievement",
    "hasCredential",
    "criteria",
    "alignment",
    "tag",
    "creator",
    "achievementType",
    "inLanguage",
    "endorsement",
    "endorsementJwt",
    "association",
    "verifiableCredential",
];

/// Plain members of the subject, the achievement and the issuer's profile.
const OF_SUBJECT: [&str; 7] =
    ["creditsEarned", "activityStartDate", "activityEndDate", "term", "role", "licenseNumber", "narrative"];
const OF_ACHIEVEMENT: [&str; 5] =
    ["creditsAvailable", "fieldOfStudy", "specialization", "humanCode", "version"];
const OF_ISSUER: [&str; 5] = ["givenName", "familyName", "official", "email", "phone"];
/// The parts of an address, in the order in which they are shown.
const OF_ADDRESS: [&str; 7] = [
    "streetAddress",
    "postOfficeBoxNumber",
    "postalCode",
    "addressLocality",
    "addressRegion",
    "addressCountry",
    "addressCountryCode",
];

/// Whether `credential` says more than [`super::view::of`] reads.
pub(crate) fn is_there(credential: &Object, graph: &Graph<'_>) -> bool {
    let several =
        |(name, value): (&str, &Json)| matches!(name, "name" | "description") && value.each().len() > 1;
    let more =
        |object: &Object| object.iter().any(|(name, value)| !USUAL.contains(&name) || several((name, value)));
    let issuer = graph.first(credential, "issuer");
    if credential.iter().any(several) || issuer.is_some_and(|issuer| issuer.iter().any(several)) {
        return true;
    }
    let Some(subject) = graph.first(credential, "credentialSubject") else { return false };
    let achievement = graph.first(subject, "achievement");
    achievement.is_some_and(more)
        || (subject.has("achievement") || subject.has("verifiableCredential"))
            && (more(subject) || issuer.is_some_and(more))
}

/// Reads all of it into the draft's view, and compares results with their descriptions.
#[inline(never)]
pub(crate) fn follow(credential: &Object, graph: &Graph<'_>, draft: &mut Draft) {
    let Some(view) = &mut draft.view else { return };
    let issuer = graph.first(credential, "issuer");
    let subject = graph.first(credential, "credentialSubject");
    // A record's subject is told by what the record holds.
    let subject = subject.filter(|_| view.achievement.is_some());
    let achievement = subject.and_then(|s| graph.first(s, "achievement"));
    let titled = achievement.filter(|_| view.achievement.as_ref().is_some_and(|a| a.name.is_some()));
    for (of, object, member) in [
        ("title", titled.or(Some(credential)), "name"),
        ("description", Some(credential), "description"),
        ("achievement.name", achievement, "name"),
        ("achievement.description", achievement, "description"),
        ("issuer.name", issuer, "name"),
        ("issuer.description", issuer, "description"),
    ] {
        let values = object.map(|object| object.each(member)).unwrap_or_default();
        translations(of, values, &mut view.translations);
    }
    let mut add = Details(&mut view.details);
    if let Some(subject) = subject {
        add.members("", subject, &OF_SUBJECT);
        add.party("source", subject.each("source").first(), graph);
    }
    if let Some(achievement) = achievement {
        add.members("achievement.", achievement, &OF_ACHIEVEMENT);
        add.identifiers("achievement.otherIdentifier", achievement, graph);
        for related in each(achievement, "related", graph, |related, _| {
            (text(related, "id"), text(related, "inLanguage"))
        }) {
            add.one("achievement.related", related.1, related.0);
        }
    }
    if let Some(issuer) = issuer {
        add.members("issuer.", issuer, &OF_ISSUER);
        add.identifiers("issuer.otherIdentifier", issuer, graph);
        add.party("issuer.parentOrg", issuer.each("parentOrg").first(), graph);
        if let Some(address) = graph.first(issuer, "address") {
            let parts: Vec<String> = OF_ADDRESS.iter().filter_map(|part| text(address, part)).collect();
            add.one("issuer.address", None, (!parts.is_empty()).then(|| parts.join(", ")));
        }
    }
    if let Some(subject) = subject {
        view.results = results::read(subject, graph);
    }
    if let Some(row) = results::row(&view.results) {
        draft.push(row);
    }
}

/// A list of details in the making.
struct Details<'a>(&'a mut Vec<Claim>);

impl Details<'_> {
    fn one(&mut self, name: &str, label: Option<String>, value: Option<String>) {
        if let Some(value) = value {
            self.0.push(Claim { name: name.into(), label, value });
        }
    }

    fn members(&mut self, path: &str, object: &Object, members: &[&str]) {
        for member in members {
            self.one(&[path, member].concat(), None, text(object, member));
        }
    }

    /// A profile, by its name or else its id.
    fn party(&mut self, name: &str, value: Option<&Json>, graph: &Graph<'_>) {
        let party = value.map(|value| party(value, graph)).unwrap_or_default();
        self.one(name, None, party.name.or(party.id));
    }

    /// Identifiers and their kinds (`IdentifierEntry`).
    fn identifiers(&mut self, name: &str, object: &Object, graph: &Graph<'_>) {
        for entry in
            each(object, "otherIdentifier", graph, |e, _| (text(e, "identifierType"), text(e, "identifier")))
        {
            self.one(name, entry.0, entry.1);
        }
    }
}

/// Notes the languages of the view's member `of` that is there in several.
fn translations(of: &str, values: &[Json], into: &mut Vec<Translation>) {
    for value in values.iter().filter(|_| values.len() > 1).filter_map(Json::as_object) {
        if let (Some(language), Some(text)) = (value.str("@language"), value.str("@value")) {
            into.push(Translation { of: of.into(), language: language.into(), value: text.into() });
        }
    }
}
