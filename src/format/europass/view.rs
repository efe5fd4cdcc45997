//! From the European Learning Model (version 3) to what a card shows. `displayParameter` is how the issuer's own page
//! would paint it: nothing of it is shown but a title, where there is no other.

use crate::format::view::{clamp, text, texts};
use crate::json::{Json, Object, write_number};
use crate::report::{AchievementView, Alignment, Claim, Identifier, Party, ResultView, SubjectView, View};

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
    let Some(person) = objects(credential, "credentialSubject").next() else { return Object::default() };
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
    let issuers = objects(credential, "issuer");
    let named =
        issuers.flat_map(|issuer| ["legalName", "altLabel", "prefLabel"].map(|name| issuer.each(name)));
    named.flatten().take(MAX_LIST).flat_map(languages).map(|(_, text)| text).collect()
}

/// The numbers under which the issuer is registered.
pub(crate) fn numbers(credential: &Object) -> Vec<String> {
    let issuers = objects(credential, "issuer");
    let kinds = |issuer| NUMBERS.map(|(name, _)| objects(issuer, name));
    issuers.flat_map(kinds).flatten().take(MAX_LIST).filter_map(|number| text(number, "notation")).collect()
}

/// The members that hold numbers of a body, from the most to the least official.
const NUMBERS: [(&str, &str); 5] = [
    ("eidasLegalIdentifier", "issuer.eidasLegalIdentifier"),
    ("registration", "issuer.registration"),
    ("vatIdentifier", "issuer.vatIdentifier"),
    ("taxIdentifier", "issuer.taxIdentifier"),
    ("identifier", "issuer.identifier"),
];

/// The view of `credential`.
#[inline(never)]
pub(crate) fn of(credential: &Object) -> View {
    let person = objects(credential, "credentialSubject").next();
    let claims: Vec<&Object> =
        person.map(|p| objects(p, "hasClaim").take(MAX_LIST).collect()).unwrap_or_default();
    let is_achievement = |claim: &&&Object| claim.includes("type", "LearningAchievement");
    let main = claims.iter().find(is_achievement).or(claims.first()).copied();
    let shown = objects(credential, "displayParameter").next();
    let own = |name| shown.and_then(|shown| in_any_language(shown, name));
    let title = match claims.as_slice() {
        [only] => in_any_language(only, "title").or_else(|| own("title")),
        _ => own("title").or_else(|| main.and_then(|main| in_any_language(main, "title"))),
    };
    let date = |name: &&str| text(credential, name);
    let awarded = main.and_then(|main| text(objects(main, "awardedBy").next()?, "awardingDate"));
    View {
        id: text(credential, "id"),
        types: texts(credential, "type"),
        title,
        description: own("description"),
        issuer: objects(credential, "issuer").next().map(party).unwrap_or_default(),
        subject: person.map(learner).unwrap_or_default(),
        achievement: main.map(achievement),
        awarded: awarded.or_else(|| ["issuanceDate", "issued", "validFrom"].iter().find_map(date)),
        valid_from: ["validFrom", "issuanceDate"].iter().find_map(date),
        valid_until: ["validUntil", "expirationDate"].iter().find_map(date),
        results: claims.iter().flat_map(|claim| results(claim, MAX_DEPTH)).take(MAX_LIST).collect(),
        claims: details(credential, &claims, main),
        ..View::default()
    }
}

fn party(body: &Object) -> Party {
    Party {
        id: text(body, "id"),
        name: ["legalName", "altLabel", "prefLabel"].iter().find_map(|name| in_any_language(body, name)),
        url: objects(body, "homepage").find_map(|page| text(page, "contentURL")),
        description: None,
        image: None,
    }
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
    let whole = person.each("fullName").iter().flat_map(languages).map(|(_, name)| name);
    let two = || {
        let (given, family) = (in_any_language(person, "givenName")?, in_any_language(person, "familyName")?);
        Some([given, family].join(" "))
    };
    whole.chain(two()).take(MAX_LIST).collect()
}

fn addresses(person: &Object) -> Vec<String> {
    let boxes = objects(person, "contactPoint").flat_map(|contact| objects(contact, "emailAddress"));
    let address = |mailbox: &Object| mailbox.str("id")?.strip_prefix("mailto:").map(clamp);
    boxes.filter_map(address).take(MAX_LIST).collect()
}

fn achievement(claim: &Object) -> AchievementView {
    let specified = objects(claim, "specifiedBy").next();
    let of_either = |name: &str| {
        in_any_language(claim, name).or_else(|| specified.and_then(|spec| in_any_language(spec, name)))
    };
    let label = |name: &str| specified.and_then(|spec| concept(objects(spec, name).next()?).name);
    AchievementView {
        id: text(claim, "id"),
        name: of_either("title"),
        kind: label("dcType"),
        description: of_either("description"),
        criteria: None,
        alignments: specified.map(alignments).unwrap_or_default(),
        tags: Vec::new(),
        image: None,
        creator: None,
        language: label("language"),
    }
}

/// What the qualification is aligned to: its level, its field, what is learned, and the skills behind that.
fn alignments(specification: &Object) -> Vec<Alignment> {
    let framed = |name: &str, framework: &str| {
        let framework = framework.to_owned();
        objects(specification, name)
            .map(move |entry| Alignment { framework: Some(framework.clone()), ..concept(entry) })
            .collect::<Vec<_>>()
    };
    let levels = [("eqfLevel", "EQF"), ("nqfLevel", "NQF"), ("thematicArea", "ISCED-F")];
    let mut all: Vec<Alignment> =
        levels.iter().flat_map(|(name, framework)| framed(name, framework)).collect();
    for outcome in objects(specification, "learningOutcome").take(MAX_LIST) {
        all.push(Alignment {
            name: in_any_language(outcome, "title"),
            url: None,
            kind: Some("LearningOutcome".into()),
            framework: None,
            code: None,
        });
        let skill = |entry, framework: Option<&str>| Alignment {
            kind: Some("Skill".into()),
            framework: framework.map(Into::into),
            ..concept(entry)
        };
        all.extend(
            objects(outcome, "relatedESCOSkill").take(MAX_LIST).map(|entry| skill(entry, Some("ESCO"))),
        );
        all.extend(objects(outcome, "relatedSkill").take(MAX_LIST).map(|entry| skill(entry, None)));
    }
    all.retain(|entry| entry.name.is_some() || entry.url.is_some());
    all.truncate(MAX_LIST);
    all
}

/// An entry of a vocabulary.
fn concept(entry: &Object) -> Alignment {
    Alignment {
        name: in_any_language(entry, "prefLabel"),
        url: text(entry, "id").filter(|id| id.starts_with("http")),
        kind: None,
        framework: None,
        code: None,
    }
}

/// Grades, and the credit that was received for them.
fn results(claim: &Object, depth: u8) -> Vec<ResultView> {
    let mut all = Vec::new();
    for assessment in objects(claim, "provenBy").take(MAX_LIST) {
        graded(assessment, depth, &mut all);
    }
    for credit in objects(claim, "creditReceived").take(MAX_LIST) {
        all.push(ResultView {
            name: credit_framework(credit),
            value: scalar(credit, "point"),
            ..ResultView::default()
        });
    }
    if let Some(depth) = depth.checked_sub(1) {
        objects(claim, "hasPart").take(MAX_LIST).for_each(|part| all.extend(results(part, depth)));
    }
    all.truncate(MAX_LIST);
    all
}

fn graded(assessment: &Object, depth: u8, all: &mut Vec<ResultView>) {
    let grade = objects(assessment, "grade").find_map(|grade| in_any_language(grade, "noteLiteral"));
    let grade = grade.or_else(|| in_any_language(assessment, "grade"));
    if all.len() < MAX_LIST && grade.is_some() {
        all.push(ResultView {
            name: in_any_language(assessment, "title"),
            value: grade,
            ..ResultView::default()
        });
    }
    if let Some(depth) = depth.checked_sub(1) {
        objects(assessment, "hasPart").take(MAX_LIST).for_each(|part| graded(part, depth, all));
    }
}

fn credit_framework(credit: &Object) -> Option<String> {
    objects(credit, "framework").find_map(|framework| concept(framework).name)
}

/// What has no place elsewhere in a view, by the model's own path.
fn details(credential: &Object, claims: &[&Object], main: Option<&Object>) -> Vec<Claim> {
    let mut all = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|_| all.len() < MAX_LIST) {
            all.push(Claim { name: name.into(), label: None, value });
        }
    };
    for issuer in objects(credential, "issuer").take(1) {
        for (name, path) in NUMBERS {
            objects(issuer, name).take(MAX_LIST).for_each(|number| add(path, text(number, "notation")));
        }
    }
    let Some(main) = main else { return all };
    for specification in objects(main, "specifiedBy").take(1) {
        for credit in objects(specification, "creditPoint").take(MAX_LIST) {
            let point = scalar(credit, "point");
            let framework = credit_framework(credit).unwrap_or_default();
            add("creditPoint", point.map(|point| [point, framework].join(" ").trim_end().into()));
        }
        for name in ["volumeOfLearning", "maximumDuration"] {
            add(name, scalar(specification, name));
        }
        for name in ["learningSetting", "mode", "targetGroup"] {
            objects(specification, name).take(MAX_LIST).for_each(|entry| add(name, concept(entry).name));
        }
        let requirement = objects(specification, "entryRequirement").next();
        add("entryRequirement", requirement.and_then(|note| in_any_language(note, "noteLiteral")));
    }
    for body in objects(main, "awardedBy").flat_map(|process| objects(process, "awardingBody")).take(MAX_LIST)
    {
        add("awardedBy", party(body).name);
    }
    for part in objects(main, "hasPart").take(MAX_LIST) {
        add("hasPart", in_any_language(part, "title"));
    }
    for other in claims.iter().filter(|claim| !core::ptr::eq(**claim, main)) {
        add("hasClaim", in_any_language(other, "title"));
    }
    all
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

/// The text of a member: English where it has several languages, else the first that it has.
fn in_any_language(owner: &Object, name: &str) -> Option<String> {
    let all: Vec<_> = owner.each(name).iter().take(MAX_LIST).flat_map(languages).collect();
    let english = all.iter().find(|(language, _)| *language == Some("en"));
    english.or(all.first()).map(|(_, text)| text.clone())
}

/// The texts of a value by their languages: one plain text, or a language map, whose members are texts or lists of them
/// (JSON-LD 1.1, section 4.2.4).
fn languages(value: &Json) -> Vec<(Option<&str>, String)> {
    match value {
        Json::String(text) => vec![(None, clamp(text))],
        Json::Object(map) => map
            .iter()
            .take(MAX_LIST)
            .filter_map(|(language, value)| Some((Some(language), clamp(value.each().first()?.as_str()?))))
            .collect(),
        _ => Vec::new(),
    }
}

fn objects<'a>(owner: &'a Object, name: &str) -> impl Iterator<Item = &'a Object> + use<'a> {
    owner.each(name).iter().filter_map(Json::as_object)
}
