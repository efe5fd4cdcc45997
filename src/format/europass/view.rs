//! From the European Learning Model (version 3) to what a card shows, by the paths that Open Badges have for the same.
//! `displayParameter` is how the issuer's own page would paint it: nothing of it is shown but title and description.

use super::text::{self, InLanguage, languages};
use crate::format::view::{clamp, text, texts};
use crate::json::{Json, Object, write_number};
use crate::report::{
    AchievementView, Alignment, Claim, EvidenceView, Identifier, Party, ResultView, SubjectView, View,
};

/// Most entries of a list.
const MAX_LIST: usize = 100;
/// How deep assessments and achievements are followed into their parts.
const MAX_DEPTH: u8 = 4;

/// Whether `credential` is built by the learning model.
pub(crate) fn is_elm(credential: &Object) -> bool {
    credential.includes("type", "EuropeanDigitalCredential")
        || objects(credential, "credentialSubject").any(|subject| subject.has("hasClaim"))
}

/// What is said of the learner, as the recipient is compared with it (Open Badges 3.0, `IdentityObject`).
pub(crate) fn subject(credential: &Object) -> Object {
    let Some(person) = first(credential, "credentialSubject") else { return Object::default() };
    let mut subject = Object::default();
    if let Some(id) = person.get("id") {
        subject = subject.with("id", id.clone());
    }
    let identity = |kind: &str, value: &str| {
        let plain = |text: &str| Json::String(text.into());
        Json::Object(
            Object::default()
                .with("identityType", plain(kind))
                .with("identityHash", plain(value))
                .with("hashed", Json::Bool(false)),
        )
    };
    let names = person_names(person);
    let names = names.iter().map(|name| identity("name", name));
    let addresses = addresses(person);
    let addresses = addresses.iter().map(|address| identity("emailAddress", address));
    subject.with("identifier", Json::Array(names.chain(addresses).collect()))
}

/// What the credential calls its issuer, in any language.
pub(crate) fn names(credential: &Object) -> Vec<String> {
    objects(credential, "issuer").flat_map(names_of).take(MAX_LIST).collect()
}

/// The members that hold what a body is called.
const NAMES: [&str; 3] = ["legalName", "altLabel", "prefLabel"];

fn names_of(body: &Object) -> impl Iterator<Item = String> + use<'_> {
    NAMES.into_iter().flat_map(|name| languages(body, name)).map(|(_, text)| text)
}

/// The numbers under which the issuer is registered.
pub(crate) fn numbers(credential: &Object) -> Vec<String> {
    let kinds = |issuer| NUMBERS.map(|(name, _)| objects(issuer, name));
    let all = objects(credential, "issuer").flat_map(kinds).flatten();
    all.take(MAX_LIST).filter_map(|number| text(number, "notation")).collect()
}

/// The members that hold numbers of a body, from the most to the least official.
const NUMBERS: [(&str, &str); 6] = [
    ("eIDASIdentifier", "issuer.eIDASIdentifier"),
    // The model's own name for it, which drafts of its context kept.
    ("eidasLegalIdentifier", "issuer.eIDASIdentifier"),
    ("registration", "issuer.registration"),
    ("vatIdentifier", "issuer.vatIdentifier"),
    ("taxIdentifier", "issuer.taxIdentifier"),
    ("identifier", "issuer.otherIdentifier"),
];

/// The view of `credential`.
#[inline(never)]
pub(crate) fn of(credential: &Object) -> View {
    let mut making = Making::default();
    making.read(credential);
    making.0
}

/// A text that may be in any of these members: the first that there is.
type From<'a> = [(Option<&'a Object>, &'a str)];

/// A view in the making.
#[derive(Default)]
struct Making(View);

impl Making {
    fn read(&mut self, credential: &Object) {
        let person = first(credential, "credentialSubject");
        let claims: Vec<&Object> =
            person.map(|p| objects(p, "hasClaim").take(MAX_LIST).collect()).unwrap_or_default();
        let is_achievement = |claim: &&&Object| claim.includes("type", "LearningAchievement");
        let main = claims.iter().find(is_achievement).or(claims.first()).copied();
        let shown = first(credential, "displayParameter");
        let mut titles = [(main, "title"), (shown, "title")];
        if claims.len() > 1 {
            titles.reverse();
        }
        let date = |name: &&str| text(credential, name);
        let awarded = main.and_then(|main| text(first(main, "awardedBy")?, "awardingDate"));
        self.0 = View {
            id: text(credential, "id"),
            types: texts(credential, "type"),
            subject: person.map(learner).unwrap_or_default(),
            awarded: awarded.or_else(|| ["issuanceDate", "issued", "validFrom"].iter().find_map(date)),
            valid_from: ["validFrom", "issuanceDate"].iter().find_map(date),
            valid_until: ["validUntil", "expirationDate"].iter().find_map(date),
            ..View::default()
        };
        // What matters most comes first: there is an end to how many translations are kept.
        self.0.title = self.text("title", &titles);
        self.0.description = self.text("description", &[(shown, "description")]);
        if let Some(issuer) = first(credential, "issuer") {
            self.0.issuer = Party {
                id: text(issuer, "id"),
                name: self.text("issuer.name", &NAMES.map(|name| (Some(issuer), name))),
                url: objects(issuer, "homepage").find_map(|page| text(page, "contentURL")),
                description: None,
                image: None,
            };
        }
        if let Some(main) = main {
            self.achievement(main);
        }
        for evidence in objects(credential, "evidence").take(MAX_LIST) {
            self.evidence(
                &[(first(evidence, "dcType"), "prefLabel")],
                text(evidence, "evidenceStatement"),
                None,
            );
        }
        if let Some(main) = main {
            self.claim(main, "", MAX_DEPTH);
            self.award(credential, main);
        }
        for other in claims.iter().filter(|claim| main.is_some_and(|main| !core::ptr::eq(**claim, main))) {
            self.claim(other, "hasClaim", MAX_DEPTH);
        }
        if let Some(issuer) = first(credential, "issuer") {
            self.issuer(issuer);
        }
    }

    /// The text of the view's member `of`; what it is in other languages is noted.
    fn text(&mut self, of: &str, from: &From<'_>) -> Option<String> {
        self.called(of, &any(from))
    }

    fn called(&mut self, of: &str, texts: &[InLanguage<'_>]) -> Option<String> {
        text::translations(of, texts, &mut self.0.translations);
        text::standing(texts)
    }

    fn achievement(&mut self, claim: &Object) {
        let specified = first(claim, "specifiedBy");
        let label = |name: &str| (specified.and_then(|spec| first(spec, name)), "prefLabel");
        let either = |name| [(Some(claim), name), (specified, name)];
        let made = AchievementView {
            id: text(claim, "id"),
            name: self.text("achievement.name", &either("title")),
            kind: self.text("achievement.kind", &[label("dcType")]),
            description: self.text("achievement.description", &either("description")),
            language: specified.and_then(|spec| language(first(spec, "language")?)),
            ..AchievementView::default()
        };
        self.0.achievement = Some(made);
        let Some(specified) = specified else { return };
        for (name, framework) in [("eqfLevel", "EQF"), ("nqfLevel", "NQF"), ("thematicArea", "ISCED-F")] {
            for entry in objects(specified, name).take(MAX_LIST) {
                self.aligned(entry, "prefLabel", None, Some(framework));
            }
        }
        // What is learned, and the skills behind that.
        for outcome in objects(specified, "learningOutcome").take(MAX_LIST) {
            self.aligned(outcome, "title", Some("LearningOutcome"), None);
            for (name, framework) in [("relatedESCOSkill", Some("ESCO")), ("relatedSkill", None)] {
                for entry in objects(outcome, name).take(MAX_LIST) {
                    self.aligned(entry, "prefLabel", Some("Skill"), framework);
                }
            }
        }
    }

    /// One more thing that the achievement is aligned to: an entry of a vocabulary, or what is learned.
    fn aligned(&mut self, entry: &Object, name: &str, kind: Option<&str>, framework: Option<&str>) {
        let Some(found) = self.0.achievement.as_ref().map(|a| a.alignments.len()) else { return };
        let of = path("achievement.alignments", found, "name");
        let is_entry = name == "prefLabel";
        let alignment = Alignment {
            name: self.text(&of, &[(Some(entry), name), (Some(entry).filter(|_| is_entry), "notation")]),
            url: text(entry, "id").filter(|id| is_entry && id.starts_with("http")),
            kind: kind.map(Into::into),
            framework: framework.map(Into::into),
            code: None,
        };
        if let Some(achievement) = &mut self.0.achievement
            && found < MAX_LIST
            && (alignment.name.is_some() || alignment.url.is_some())
        {
            achievement.alignments.push(alignment);
        }
    }

    /// What proves a claim and what follows from it. `name` is the detail that says what it is called; of the one that
    /// the credential is about, the view says so.
    fn claim(&mut self, claim: &Object, name: &str, depth: u8) {
        if claim.includes("type", "LearningAssessment") {
            return self.assessment(claim, None, depth);
        } else if claim.includes("type", "LearningActivity") {
            return self.activity(claim);
        } else if claim.includes("type", "LearningEntitlement") {
            return self.named("entitlesTo", &titles(claim));
        }
        let credits = || objects(claim, "creditReceived").take(MAX_LIST);
        if name.is_empty() {
            credits().for_each(|credit| self.credit("creditsEarned", credit));
        } else {
            let at = self.0.details.len();
            let title = self.text(&path("details", at, "value"), &titles(claim));
            let credit = credits().next().map(counted).unwrap_or_default();
            let label = self.called(&path("details", at, "label"), &credit);
            self.plain(name, label, title);
        }
        for assessment in objects(claim, "provenBy").take(MAX_LIST) {
            self.assessment(assessment, Some(claim), depth);
        }
        objects(claim, "influencedBy").take(MAX_LIST).for_each(|activity| self.activity(activity));
        for right in objects(claim, "entitlesTo").take(MAX_LIST) {
            self.named("entitlesTo", &titles(right));
        }
        for document in objects(claim, "supplementaryDocument").take(MAX_LIST) {
            self.evidence(&[(Some(document), "title")], None, text(document, "contentURL"));
        }
        self.notes("additionalNote", claim);
        if let Some(depth) = depth.checked_sub(1) {
            for part in objects(claim, "hasPart").take(MAX_LIST) {
                self.claim(part, "hasPart", depth);
            }
        }
    }

    /// A grade, and those of an assessment's parts.
    fn assessment(&mut self, assessment: &Object, claim: Option<&Object>, depth: u8) {
        let at = self.0.results.len();
        let grade = first(assessment, "grade");
        let value = self.text(
            &path("results", at, "value"),
            &[(grade, "noteLiteral"), (Some(assessment).filter(|_| grade.is_none()), "grade")],
        );
        if at < MAX_LIST && value.is_some() {
            let [own, specified] = titles(assessment);
            let result = ResultView {
                name: self.text(&path("results", at, "name"), &[own, specified, (claim, "title")]),
                value,
                status: self
                    .text(&path("results", at, "status"), &[(first(assessment, "gradeStatus"), "prefLabel")]),
                ..ResultView::default()
            };
            self.0.results.push(result);
        }
        for body in objects(assessment, "assessedBy").take(MAX_LIST) {
            self.named("source", &NAMES.map(|name| (Some(body), name)));
        }
        self.entries("idVerification", assessment, "idVerification");
        if let Some(depth) = depth.checked_sub(1) {
            objects(assessment, "hasPart")
                .take(MAX_LIST)
                .for_each(|part| self.assessment(part, Some(assessment), depth));
        }
    }

    fn activity(&mut self, activity: &Object) {
        self.named("influencedBy", &titles(activity));
        self.plain("workload", None, scalar(activity, "workload"));
        for time in objects(activity, "temporal").take(MAX_LIST) {
            self.plain("activityStartDate", None, text(time, "startDate"));
            self.plain("activityEndDate", None, text(time, "endDate"));
        }
    }

    /// How the main claim was awarded, and what it is specified by.
    fn award(&mut self, credential: &Object, main: &Object) {
        let issuers = names(credential);
        let bodies = objects(main, "awardedBy").flat_map(|process| objects(process, "awardingBody"));
        // The issuer is told already.
        for body in bodies.take(MAX_LIST).filter(|body| !names_of(body).any(|name| issuers.contains(&name))) {
            self.named("awardedBy", &NAMES.map(|name| (Some(body), name)));
        }
        self.identifiers("achievement.otherIdentifier", main, "identifier");
        let Some(specified) = first(main, "specifiedBy") else { return };
        for credit in objects(specified, "creditPoint").take(MAX_LIST) {
            self.credit("achievement.creditsAvailable", credit);
        }
        for (name, of) in [
            ("volumeOfLearning", "achievement.volumeOfLearning"),
            ("maximumDuration", "achievement.maximumDuration"),
        ] {
            self.plain(of, None, scalar(specified, name));
        }
        for (name, of) in [
            ("educationSubject", "achievement.fieldOfStudy"),
            ("educationLevel", "achievement.educationLevel"),
            ("learningSetting", "achievement.learningSetting"),
            ("mode", "achievement.mode"),
            ("targetGroup", "achievement.targetGroup"),
        ] {
            self.entries(of, specified, name);
        }
        for (name, of) in [
            ("learningOutcomeSummary", "achievement.learningOutcomeSummary"),
            ("entryRequirement", "achievement.entryRequirement"),
        ] {
            let note = first(specified, name);
            self.named(of, &[(note, "noteLiteral")]);
        }
    }

    fn issuer(&mut self, issuer: &Object) {
        for (name, of) in NUMBERS {
            self.identifiers(of, issuer, name);
        }
        let places = objects(issuer, "location").flat_map(|place| objects(place, "address"));
        for address in places.take(MAX_LIST) {
            let full = first(address, "fullAddress");
            let country = first(address, "countryCode");
            self.named("issuer.address", &[(full, "noteLiteral"), (country, "prefLabel")]);
        }
    }

    /// A detail that is what it is in any language.
    fn plain(&mut self, name: &str, label: Option<String>, value: Option<String>) {
        if let Some(value) = value.filter(|_| self.0.details.len() < MAX_LIST) {
            self.0.details.push(Claim { name: name.into(), label, value });
        }
    }

    /// A detail that is a text.
    fn named(&mut self, name: &str, from: &From<'_>) {
        let value = self.text(&path("details", self.0.details.len(), "value"), from);
        self.plain(name, None, value);
    }

    /// Details that are entries of a vocabulary.
    fn entries(&mut self, name: &str, owner: &Object, member: &str) {
        for entry in objects(owner, member).take(MAX_LIST) {
            self.named(name, &[(Some(entry), "prefLabel"), (Some(entry), "notation")]);
        }
    }

    fn notes(&mut self, name: &str, owner: &Object) {
        for note in objects(owner, name).take(MAX_LIST) {
            self.named(name, &[(Some(note), "noteLiteral")]);
        }
    }

    /// Numbers, and whose they are.
    fn identifiers(&mut self, name: &str, owner: &Object, member: &str) {
        for number in objects(owner, member).take(MAX_LIST) {
            self.plain(name, text(number, "schemeName"), text(number, "notation"));
        }
    }

    /// Points, and the framework in which they count.
    fn credit(&mut self, name: &str, credit: &Object) {
        let at = path("details", self.0.details.len(), "label");
        let framework = self.called(&at, &framework(credit));
        self.plain(name, framework, scalar(credit, "point"));
    }

    fn evidence(&mut self, name: &From<'_>, narrative: Option<String>, url: Option<String>) {
        let at = self.0.evidence.len();
        let name = self.text(&path("evidence", at, "name"), name);
        if at < MAX_LIST && (name.is_some() || narrative.is_some() || url.is_some()) {
            self.0.evidence.push(EvidenceView { url, name, narrative, ..EvidenceView::default() });
        }
    }
}

/// The texts of the first of these members that has any.
fn any<'a>(from: &From<'a>) -> Vec<InLanguage<'a>> {
    let all = from.iter().filter_map(|(owner, name)| Some(languages((*owner)?, name)));
    all.into_iter().find(|texts| !texts.is_empty()).unwrap_or_default()
}

/// What a claim is called: by itself, or by what specifies it.
fn titles(claim: &Object) -> [(Option<&Object>, &'static str); 2] {
    [(Some(claim), "title"), (first(claim, "specifiedBy"), "title")]
}

fn framework(credit: &Object) -> Vec<InLanguage<'_>> {
    let framework = first(credit, "framework");
    any(&[(framework, "prefLabel"), (framework, "notation")])
}

/// Points with their framework.
fn counted(credit: &Object) -> Vec<InLanguage<'_>> {
    let Some(point) = scalar(credit, "point") else { return Vec::new() };
    let mut all = framework(credit);
    for (_, text) in &mut all {
        *text = [&point, " ", text].concat();
    }
    if all.is_empty() { vec![(None, point)] } else { all }
}

/// The tag of a language, out of the id of its entry in the vocabulary of languages.
fn language(entry: &Object) -> Option<String> {
    let code = entry.str("id")?.rsplit('/').next()?;
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_lowercase())
}

fn learner(person: &Object) -> SubjectView {
    let plain =
        |kind: &str, value: String| Identifier { kind: kind.into(), value: Some(value), hashed: false };
    let numbers = ["nationalID", "identifier"].iter().flat_map(|name| {
        objects(person, name).filter_map(move |number| Some(plain(name, text(number, "notation")?)))
    });
    let addresses = addresses(person).into_iter().map(|address| plain("emailAddress", address));
    SubjectView {
        id: text(person, "id"),
        name: person_names(person).into_iter().next(),
        identifiers: addresses.chain(numbers).take(MAX_LIST).collect(),
    }
}

/// The names of a person, the usual one first: the whole, or given and family name.
fn person_names(person: &Object) -> Vec<String> {
    let whole = languages(person, "fullName").into_iter().map(|(_, name)| name);
    let two = || {
        let part = |name| text::standing(&languages(person, name));
        Some([part("givenName")?, part("familyName")?].join(" "))
    };
    whole.chain(two()).take(MAX_LIST).collect()
}

fn addresses(person: &Object) -> Vec<String> {
    let boxes = objects(person, "contactPoint").flat_map(|contact| objects(contact, "emailAddress"));
    let address = |mailbox: &Object| mailbox.str("id")?.strip_prefix("mailto:").map(clamp);
    boxes.filter_map(address).take(MAX_LIST).collect()
}

/// A text or a number.
fn scalar(owner: &Object, name: &str) -> Option<String> {
    match owner.each(name).first()? {
        Json::String(text) => Some(clamp(text)),
        Json::Number(number) => {
            let mut text = String::new();
            write_number(*number, &mut text);
            Some(text)
        }
        _ => None,
    }
}

/// A place in the view: a member of one in a list.
fn path(list: &str, at: usize, member: &str) -> String {
    [list, ".", &at.to_string(), ".", member].concat()
}

fn objects<'a>(owner: &'a Object, name: &str) -> impl Iterator<Item = &'a Object> + use<'a> {
    owner.each(name).iter().filter_map(Json::as_object)
}

fn first<'a>(owner: &'a Object, name: &str) -> Option<&'a Object> {
    objects(owner, name).next()
}
