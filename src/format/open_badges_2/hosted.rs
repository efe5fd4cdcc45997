//! What a file says, beside what the server says that keeps the assertion. The server is the authority; a file that
//! says something else was changed, or is out of date.

use super::date;
use super::link::{reference, same};
use crate::json::{Json, Object};

/// The first member of `file` that says something else than the hosted `assertion`, whose badge class is `badge` and
/// whose issuer's profile is `profile`.
pub(super) fn contradiction(
    file: &Object,
    assertion: &Object,
    badge: Option<&Object>,
    profile: Option<&Object>,
) -> Option<&'static str> {
    if differ(file, assertion, "recipient", |a, b| {
        super::recipient::identity(a) == super::recipient::identity(b)
    }) {
        return Some("recipient");
    }
    for name in ["issuedOn", "expires"] {
        if differ(file, assertion, name, date::same) {
            return Some(name);
        }
    }
    if differ(file, assertion, "evidence", |a, b| evidence(a).eq(evidence(b))) {
        return Some("evidence");
    }
    if differ(file, assertion, "narrative", |a, b| a == b) {
        return Some("narrative");
    }
    if differ(file, assertion, "claim", |a, b| refer_to_one(a, b) && claims(a, b)) {
        return Some("claim");
    }
    for name in ["issuer", "badge"] {
        if differ(file, assertion, name, refer_to_one) {
            return Some(name);
        }
    }
    let (stated, badge) = (super::form::one(file.get("badge")?)?.as_object()?, badge?);
    for (name, path) in
        [("name", "badge.name"), ("description", "badge.description"), ("criteria", "badge.criteria")]
    {
        if differ(stated, badge, name, |a, b| a == b || (reference(a).is_some() && refer_to_one(a, b))) {
            return Some(path);
        }
    }
    if differ(stated, badge, "issuer", refer_to_one) {
        return Some("badge.issuer");
    }
    let (stated, profile) = (super::form::one(stated.get("issuer")?)?.as_object()?, profile?);
    let named = [("name", "issuer.name"), ("url", "issuer.url"), ("email", "issuer.email")];
    named.into_iter().find(|(name, _)| differ(stated, profile, name, |a, b| a == b)).map(|(_, path)| path)
}

/// A member that the file states and the hosted assertion does not.
pub(super) fn surplus(file: &Object, assertion: &Object) -> Option<&'static str> {
    ["expires", "evidence", "narrative"].into_iter().find(|name| file.has(name) && !assertion.has(name))
}

/// Whether both have the member `name`, and not as one.
fn differ(a: &Object, b: &Object, name: &str, one: impl FnOnce(&Json, &Json) -> bool) -> bool {
    matches!((a.get(name), b.get(name)), (Some(a), Some(b)) if !one(a, b))
}

/// Whether two values refer to one document. An object without an id refers to none.
fn refer_to_one(a: &Json, b: &Json) -> bool {
    match (reference(a), reference(b)) {
        (Some(a), Some(b)) => same(a, b),
        _ => true,
    }
}

/// Whether all that the claim `a` says of what it is about, the claim `b` says too.
fn claims(a: &Json, b: &Json) -> bool {
    let said = |(name, value): (&str, &Json)| name == "id" || b.get(name) == Some(value);
    a.as_object().is_none_or(|a| a.iter().all(said))
}

/// Each piece of evidence: where it is, and what is told of it.
fn evidence(value: &Json) -> impl Iterator<Item = (Option<&str>, Option<&str>)> {
    value.each().iter().map(|piece| {
        let told = piece.get("narrative").and_then(Json::as_str);
        (reference(piece), told)
    })
}
