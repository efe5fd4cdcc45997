//! From a document to what a card shows. Templates are the issuer's own way to paint it: none is ever loaded.

use super::Edition;
use super::issuer::Issuer;
use crate::format::claims;
use crate::format::graph::Graph;
use crate::format::view::{self, text};
use crate::json::{Json, Object};
use crate::report::{AchievementView, Party, ResultView, SubjectView, View};

/// Members of version 2 that stand elsewhere in a view, or that no reader wants.
const PLACED: [&str; 9] = [
    "id",
    "name",
    "description",
    "issuers",
    "recipient",
    "transcript",
    "issuedOn",
    "$template",
    "attachments",
];
/// Most entries of a list.
const MAX_LIST: usize = 100;

/// The view of a document whose contents, without salts, are `data`.
pub(super) fn of(data: &Object, edition: Edition, issuers: &[Issuer]) -> View {
    let mut shown = match edition {
        Edition::V2 => version_2(data),
        Edition::V3 | Edition::V4 => {
            let mut shown = view::of(data, &Graph::of(data));
            shown.title = shown.title.or_else(|| text(data, "name"));
            for subject in data.each("credentialSubject").iter().filter_map(Json::as_object).take(1) {
                shown.claims = claims::all(&subject.without(&["id", "type", "name"]));
            }
            shown
        }
    };
    if shown.issuer.name.is_none() {
        let names: Vec<&str> = issuers.iter().filter_map(|issuer| issuer.name.as_deref()).collect();
        shown.issuer.name = Some(names.join(", ")).filter(|names| !names.is_empty()).map(|n| view::clamp(&n));
    }
    shown
}

fn version_2(data: &Object) -> View {
    let recipient = data.get("recipient").and_then(Json::as_object);
    let marks = data.each("transcript").iter().filter_map(Json::as_object).take(MAX_LIST);
    let title = text(data, "name");
    View {
        id: text(data, "id"),
        achievement: Some(AchievementView {
            name: title.clone(),
            description: text(data, "description"),
            ..AchievementView::default()
        }),
        title,
        issuer: Party::default(),
        subject: SubjectView {
            id: recipient.and_then(|recipient| text(recipient, "did")),
            name: recipient.and_then(|recipient| text(recipient, "name")),
            identifiers: Vec::new(),
        },
        awarded: text(data, "issuedOn"),
        valid_until: text(data, "expirationDate"),
        results: marks
            .map(|mark| ResultView {
                name: text(mark, "name"),
                value: text(mark, "grade").or_else(|| text(mark, "score")),
                ..ResultView::default()
            })
            .collect(),
        claims: claims::all(&data.without(&PLACED)),
        ..View::default()
    }
}

/// What is said of the recipient, as one is compared with it.
pub(super) fn subject(data: &Object, edition: Edition) -> Object {
    let member = if edition == Edition::V2 { "recipient" } else { "credentialSubject" };
    let subject = data.each(member).first().and_then(Json::as_object).cloned().unwrap_or_default();
    match (subject.has("id"), subject.get("did")) {
        (false, Some(did)) => subject.with("id", did.clone()),
        _ => subject,
    }
}
