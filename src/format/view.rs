//! From a credential to what a card shows. Reads through [`Graph`], so that it shows what was signed.

use crate::json::{Json, Object, write_number};
use crate::report::{
    AchievementView, Alignment, Criteria, EvidenceView, Identifier, ImageView, Party, SubjectView, View,
};

use super::graph::{Graph, plain};

/// Longest text that is carried over, in characters: a card shows no novels.
const MAX_TEXT: usize = 20_000;
/// Most entries of a list.
const MAX_LIST: usize = 100;

/// The view of `credential`.
pub(crate) fn of(credential: &Object, graph: &Graph<'_>) -> View {
    let top = graph.whole(credential);
    let subject = graph.first(top, "credentialSubject");
    // What a record describes was not therefore earned: that, the credentials in it say.
    let achievement = subject.filter(|_| !top.includes("type", "ClrCredential")).and_then(|s| {
        ["achievement", "hasCredential", "claim"]
            .iter()
            .find_map(|name| graph.first(s, name))
            .map(|a| achievement(a, graph))
    });
    let title = achievement.as_ref().and_then(|a| a.name.clone()).or_else(|| text(top, "name"));
    View {
        id: text(top, "id"),
        types: texts(top, "type"),
        title,
        description: text(top, "description"),
        issuer: top.each("issuer").first().map(|issuer| party(issuer, graph)).unwrap_or_default(),
        subject: subject.map(|s| subject_view(s, graph)).unwrap_or_default(),
        achievement,
        awarded: ["awardedDate", "validFrom", "issuanceDate"].iter().find_map(|name| text(top, name)),
        valid_from: ["validFrom", "issuanceDate"].iter().find_map(|name| text(top, name)),
        valid_until: ["validUntil", "expirationDate"].iter().find_map(|name| text(top, name)),
        evidence: each(top, "evidence", graph, evidence),
        image: image(top, graph),
        comment: subject.and_then(|s| text(s, "endorsementComment")),
        refresh: graph.first(top, "refreshService").and_then(|service| text(service, "id")),
        ..View::default()
    }
}

fn subject_view(subject: &Object, graph: &Graph<'_>) -> SubjectView {
    let identifiers = each(subject, "identifier", graph, |identity, _| {
        let hashed = one(identity, "hashed").and_then(Json::as_bool).unwrap_or(true);
        Identifier {
            kind: text(identity, "identityType").unwrap_or_default(),
            value: if hashed { None } else { text(identity, "identityHash") },
            hashed,
        }
    });
    let stated = identifiers.iter().find(|i| i.kind == "name").and_then(|i| i.value.clone());
    SubjectView { id: text(subject, "id"), name: text(subject, "name").or(stated), identifiers }
}

pub(crate) fn achievement(achievement: &Object, graph: &Graph<'_>) -> AchievementView {
    AchievementView {
        id: text(achievement, "id"),
        name: text(achievement, "name"),
        kind: text(achievement, "achievementType"),
        description: text(achievement, "description"),
        criteria: graph
            .first(achievement, "criteria")
            .map(|c| Criteria { url: text(c, "id"), narrative: text(c, "narrative") }),
        alignments: alignments(achievement, graph),
        tags: texts(achievement, "tag"),
        image: image(achievement, graph),
        creator: achievement.each("creator").first().map(|creator| party(creator, graph)),
        language: text(achievement, "inLanguage"),
    }
}

pub(crate) fn alignments(owner: &Object, graph: &Graph<'_>) -> Vec<Alignment> {
    each(owner, "alignment", graph, |a, _| Alignment {
        name: text(a, "targetName"),
        url: text(a, "targetUrl"),
        kind: text(a, "targetType"),
        framework: text(a, "targetFramework"),
        code: text(a, "targetCode"),
    })
}

fn evidence(evidence: &Object, _: &Graph<'_>) -> EvidenceView {
    EvidenceView {
        url: text(evidence, "id"),
        name: text(evidence, "name"),
        description: text(evidence, "description"),
        narrative: text(evidence, "narrative"),
        genre: text(evidence, "genre"),
        audience: text(evidence, "audience"),
    }
}

/// An issuer, creator or other profile: an object, or only its id.
pub(crate) fn party(value: &Json, graph: &Graph<'_>) -> Party {
    match graph.node(value) {
        Some(profile) => Party {
            id: text(profile, "id"),
            name: text(profile, "name"),
            url: text(profile, "url"),
            description: text(profile, "description"),
            image: image(profile, graph),
        },
        None => Party { id: value.as_str().map(clamp), ..Party::default() },
    }
}

fn image(owner: &Object, graph: &Graph<'_>) -> Option<ImageView> {
    let value = owner.each("image").first()?;
    let shown = match (graph.node(value), value) {
        (Some(object), _) => ImageView { src: object.str("id")?.into(), caption: text(object, "caption") },
        (None, Json::String(src)) => ImageView { src: src.clone(), caption: None },
        _ => return None,
    };
    Some(shown)
}

pub(crate) fn each<T>(
    owner: &Object,
    name: &str,
    graph: &Graph<'_>,
    read: impl Fn(&Object, &Graph<'_>) -> T,
) -> Vec<T> {
    owner.each(name).iter().take(MAX_LIST).filter_map(|v| graph.node(v)).map(|o| read(o, graph)).collect()
}

/// The one text of a member: a string, a number, or a language value object's text. Of several in different
/// languages the first; of several different plain ones none, for there is no telling which is meant.
pub(crate) fn text(owner: &Object, name: &str) -> Option<String> {
    match owner.each(name).first()? {
        Json::Object(text) if text.has("@language") => scalar(owner.each(name).first()?),
        _ => scalar(one(owner, name)?),
    }
}

/// The one value of a member. One that is repeated is one: the signature does not see how often.
pub(crate) fn one<'a>(owner: &'a Object, name: &str) -> Option<&'a Json> {
    let values = owner.each(name);
    values.first().filter(|first| values.iter().all(|value| plain(value) == plain(first)))
}

pub(crate) fn texts(owner: &Object, name: &str) -> Vec<String> {
    owner.each(name).iter().take(MAX_LIST).filter_map(scalar).collect()
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(s) => Some(clamp(s)),
        Json::Number(n) => {
            let mut out = String::new();
            write_number(*n, &mut out);
            Some(out)
        }
        Json::Object(o) => o.str("@value").map(clamp),
        _ => None,
    }
}

pub(crate) fn clamp(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}
