//! From the claims of an SD-JWT VC to what a card shows.

use crate::json::{Json, Object, write_number};
use crate::report::{Claim, Party, SubjectView, View};

/// Longest text of a claim, in characters.
const MAX_TEXT: usize = 2_000;
/// Longest name of a claim, in characters.
const MAX_NAME: usize = 200;
/// Most claims shown.
const MAX_CLAIMS: usize = 100;

/// Claims about the token itself (RFC 7519 and SD-JWT VC), which stand elsewhere in a report.
const OWN: [&str; 11] =
    ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "vct", "vct#integrity", "status"];

/// What `payload` says of its subject, as the recipient is compared with it.
pub(crate) fn subject(payload: &Object) -> Object {
    let mut subject = Object::default();
    for (claim, member) in [("sub", "id"), ("email", "email")] {
        if let Some(value) = payload.get(claim) {
            subject = subject.with(member, value.clone());
        }
    }
    match name(payload) {
        Some(name) => subject.with("name", Json::String(name)),
        None => subject,
    }
}

/// The subject's name: in one claim, or in two (OpenID Connect Core 1.0, section 5.1).
fn name(payload: &Object) -> Option<String> {
    let whole = payload.str("name").map(String::from);
    whole.or_else(|| Some([payload.str("given_name")?, payload.str("family_name")?].join(" ")))
}

/// The view of `payload`, whose dates are the members of `dates`.
pub(crate) fn view(payload: &Object, dates: &Object) -> View {
    let text = |name| payload.str(name).map(clamp);
    let date = |name| dates.str(name).map(String::from);
    let mut claims = Vec::new();
    for (name, value) in payload.iter().filter(|(name, _)| !OWN.contains(name)) {
        flatten(inside("", name), value, &mut claims);
    }
    View {
        id: text("jti"),
        types: text("vct").into_iter().collect(),
        title: text("vct"),
        issuer: Party { id: text("iss"), ..Party::default() },
        subject: SubjectView {
            id: text("sub"),
            name: name(payload).as_deref().map(clamp),
            ..SubjectView::default()
        },
        awarded: date("awardedDate").or_else(|| date("validFrom")),
        valid_from: date("validFrom"),
        valid_until: date("validUntil"),
        claims,
        ..View::default()
    }
}

/// What the members of `object` say, one claim for each value.
pub(crate) fn all(object: &Object) -> Vec<Claim> {
    let mut claims = Vec::new();
    object.iter().for_each(|(name, value)| flatten(inside("", name), value, &mut claims));
    claims
}

/// One claim for each value; plain members of an array together. Depth is bounded by the payload's.
fn flatten(name: String, value: &Json, out: &mut Vec<Claim>) {
    if out.len() >= MAX_CLAIMS {
        return;
    }
    match value {
        Json::Object(object) => {
            object.iter().for_each(|(inner, value)| flatten(inside(&name, inner), value, out));
        }
        // Members that are withheld leave an array empty.
        Json::Array(items) if items.is_empty() => {}
        Json::Array(items) if items.iter().any(|item| scalar(item).is_none()) => {
            for (number, item) in (1_u32..).zip(items) {
                flatten(inside(&name, &number.to_string()), item, out);
            }
        }
        Json::Array(items) => {
            let texts: Vec<String> = items.iter().take(MAX_CLAIMS).filter_map(scalar).collect();
            out.push(Claim { name, value: clamp(&texts.join(", ")), label: None });
        }
        plain => out.extend(scalar(plain).map(|text| Claim { name, value: clamp(&text), label: None })),
    }
}

/// The name of a claim inside another.
fn inside(outer: &str, name: &str) -> String {
    let dot = if outer.is_empty() { "" } else { "." };
    outer.chars().chain(dot.chars()).chain(name.chars()).take(MAX_NAME).collect()
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        // A picture among the claims is no text to read.
        Json::String(text) => match text.strip_prefix("data:").and_then(|rest| rest.split(',').next()) {
            Some(kind) => Some(["data:", kind].concat()),
            None => Some(text.clone()),
        },
        Json::Number(number) => {
            let mut text = String::new();
            write_number(*number, &mut text);
            Some(text)
        }
        Json::Bool(value) => Some(if *value { "true" } else { "false" }.into()),
        Json::Null => Some("null".into()),
        _ => None,
    }
}

fn clamp(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}
