//! From a badge and what it refers to, to what a card shows.

use super::form::one;
use super::link::{host, reference};
use crate::format::view::{text, texts};
use crate::json::{Json, Object};
use crate::report::{
    AchievementView, Alignment, Criteria, EvidenceView, Identifier, ImageView, Party, SubjectView, View,
};

/// Most entries of a list.
const MAX_LIST: usize = 100;

/// The view of `assertion`; what its badge class and issuer's profile say where they were not found is left to what
/// stands in it.
pub(in crate::format) fn of(assertion: &Object, badge: Option<&Object>, profile: Option<&Object>) -> View {
    let inside =
        |owner: &Object, name: &str| owner.get(name).and_then(one).and_then(Json::as_object).cloned();
    let badge = badge.cloned().or_else(|| inside(assertion, "badge"));
    // An endorsement has no badge class, and names its issuer itself.
    let issuer = badge.as_ref().unwrap_or(assertion).get("issuer");
    let embedded = issuer.and_then(one).and_then(Json::as_object);
    let issuer = match profile.or(embedded) {
        Some(profile) => party(profile),
        None => Party { id: issuer.and_then(reference).map(str::to_owned), ..Party::default() },
    };
    let awarded = ["issuedOn", "issued_on"].iter().find_map(|name| text(assertion, name));
    let achievement = badge.as_ref().map(achievement);
    View {
        id: text(assertion, "id").or_else(|| text(assertion, "uid")),
        types: texts(assertion, "type"),
        title: achievement.as_ref().and_then(|a| a.name.clone()),
        description: text(assertion, "narrative"),
        issuer,
        subject: subject(assertion),
        achievement,
        valid_from: awarded.clone(),
        awarded,
        valid_until: text(assertion, "expires"),
        evidence: assertion.each("evidence").iter().take(MAX_LIST).filter_map(evidence).collect(),
        image: image(assertion),
        ..View::default()
    }
}

fn subject(assertion: &Object) -> SubjectView {
    let subject = super::recipient::subject(assertion);
    let identifiers = subject.each("identifier").iter().filter_map(Json::as_object).map(|identity| {
        let hashed = identity.get("hashed").and_then(Json::as_bool).unwrap_or(true);
        Identifier {
            kind: text(identity, "identityType").unwrap_or_default(),
            value: if hashed { None } else { text(identity, "identityHash") },
            hashed,
        }
    });
    SubjectView { id: None, name: None, identifiers: identifiers.collect() }
}

fn achievement(badge: &Object) -> AchievementView {
    AchievementView {
        id: text(badge, "id"),
        name: text(badge, "name"),
        kind: None,
        description: text(badge, "description"),
        criteria: badge.get("criteria").and_then(one).map(|criteria| match criteria.as_object() {
            Some(criteria) => Criteria { url: text(criteria, "id"), narrative: text(criteria, "narrative") },
            None => Criteria { url: text(badge, "criteria"), narrative: None },
        }),
        alignments: badge
            .each("alignment")
            .iter()
            .take(MAX_LIST)
            .filter_map(Json::as_object)
            .map(alignment)
            .collect(),
        tags: texts(badge, "tags"),
        image: image(badge),
        creator: None,
        language: text(badge, "@language").or_else(|| text(badge, "inLanguage")),
    }
}

/// An alignment; 1.x has other names for its members.
fn alignment(alignment: &Object) -> Alignment {
    let either = |new: &str, old: &str| text(alignment, new).or_else(|| text(alignment, old));
    Alignment {
        name: either("targetName", "name"),
        url: either("targetUrl", "url"),
        kind: None,
        framework: text(alignment, "targetFramework"),
        code: text(alignment, "targetCode"),
    }
}

fn evidence(piece: &Json) -> Option<EvidenceView> {
    let Some(piece) = piece.as_object() else {
        let url = piece.as_str()?;
        return Some(EvidenceView { url: Some(url.into()), ..EvidenceView::default() });
    };
    Some(EvidenceView {
        url: text(piece, "id").filter(|id| host(id).is_some()),
        name: text(piece, "name"),
        description: text(piece, "description"),
        narrative: text(piece, "narrative"),
        genre: text(piece, "genre"),
        audience: text(piece, "audience"),
    })
}

fn party(profile: &Object) -> Party {
    Party {
        id: text(profile, "id"),
        name: text(profile, "name"),
        url: text(profile, "url"),
        description: text(profile, "description"),
        image: image(profile),
    }
}

fn image(owner: &Object) -> Option<ImageView> {
    let image = owner.get("image").and_then(one)?;
    let src = reference(image)?.into();
    Some(ImageView { src, caption: image.as_object().and_then(|image| text(image, "caption")) })
}
