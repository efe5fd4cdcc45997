//! `recipient`, as the identity object that Open Badges 3.0 made of it.

use crate::json::{Json, Object};

/// The subject of a credential with this recipient.
pub(in crate::format) fn subject(assertion: &Object) -> Object {
    let identity = match assertion.get("recipient") {
        // 0.5 keeps the salt beside it.
        Some(Json::String(address)) => {
            let salt = assertion.get("salt").cloned();
            let plain = Object::from_unique(vec![("identity".into(), Json::String(address.clone()))]);
            identity(&Json::Object(salt.map_or(plain.clone(), |salt| plain.with("salt", salt))))
        }
        Some(recipient) => identity(recipient),
        None => None,
    };
    let members = identity.map(|identity| ("identifier".into(), Json::Object(identity)));
    Object::from_unique(members.into_iter().collect())
}

/// The identity object of a recipient: in one spelling, so that equal ones are equal.
pub(super) fn identity(recipient: &Json) -> Option<Object> {
    let recipient = super::form::one(recipient)?.as_object()?;
    let stated = recipient.str("identity")?;
    // The digits of a hash may be written in either case.
    let is_hash = ["sha256$", "md5$"].iter().any(|name| stated.starts_with(name));
    let identity = if is_hash { stated.to_ascii_lowercase() } else { stated.into() };
    let kind = recipient.each("type").first().and_then(Json::as_str).unwrap_or("email");
    let kind = kind.rsplit([':', '/', '#']).next().unwrap_or(kind);
    let mut members = vec![
        (
            "identityType".into(),
            Json::String(if kind == "email" { "emailAddress".into() } else { kind.into() }),
        ),
        ("hashed".into(), Json::Bool(recipient.get("hashed").and_then(Json::as_bool).unwrap_or(is_hash))),
        ("identityHash".into(), Json::String(identity)),
    ];
    if let Some(salt) = recipient.get("salt") {
        members.push(("salt".into(), salt.clone()));
    }
    Some(Object::from_unique(members))
}
