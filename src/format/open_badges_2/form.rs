//! The editions of the standard before 3.0, and the form that each demands of assertion, badge class and profile.
//!
//! Documents are read by the plain names of their members, as every issuer writes them and every displayer reads them:
//! what could only be understood by JSON-LD processing counts as not there.

use super::error::Error;
use super::link::{host, reference};
use crate::codec::contains;
use crate::json::{Json, Object};

/// An edition of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edition {
    /// 0.5: one object, verified by nothing but the address where it was found.
    V0,
    /// 1.0: no contexts, no types.
    V1,
    /// 1.1: the same as linked data.
    V1_1,
    /// 2.0 and 2.1.
    V2,
}

impl Edition {
    /// The edition of an assertion.
    pub(super) fn of(assertion: &Object) -> Self {
        let whole_badge = assertion.get("badge").is_some_and(|badge| badge.as_object().is_some());
        match Edition::stated(assertion) {
            Some(edition) => edition,
            None if assertion.has("verification") || assertion.has("type") => Edition::V2,
            None if assertion.has("verify") || assertion.has("uid") || !whole_badge => Edition::V1,
            None => Edition::V0,
        }
    }

    /// The edition that a document's contexts name.
    pub(super) fn stated(document: &Object) -> Option<Self> {
        let contexts = document.each("@context");
        let names = |part: &str| contexts.iter().filter_map(Json::as_str).any(|url| contains(url, part));
        if names("openbadges/v1") || names("openbadgespec.org/v1") {
            Some(Edition::V1_1)
        } else if contexts.is_empty() {
            None
        } else {
            Some(Edition::V2)
        }
    }

    /// Its number.
    pub(super) const fn number(self) -> &'static str {
        match self {
            Edition::V0 => "0.5",
            Edition::V1 => "1.0",
            Edition::V1_1 => "1.1",
            Edition::V2 => "2.0",
        }
    }
}

/// The classes of the standard's own vocabulary.
const CLASSES: [&str; 14] = [
    "AlignmentObject",
    "Assertion",
    "BadgeClass",
    "Criteria",
    "CryptographicKey",
    "Endorsement",
    "Evidence",
    "Extension",
    "IdentityObject",
    "Image",
    "Issuer",
    "Profile",
    "RevocationList",
    "VerificationObject",
];

/// Whether a document is of one of `classes`.
pub(in crate::format) fn is_a(document: &Object, classes: &[&str]) -> bool {
    document.each("type").iter().filter_map(Json::as_str).any(|name| classes.contains(&class(name)))
}

/// The name of a class, however it is spelled.
pub(super) fn class(name: &str) -> &str {
    let bare = ["obi:", "https://w3id.org/openbadges#"].iter().find_map(|prefix| name.strip_prefix(prefix));
    bare.unwrap_or(name)
}

/// `type`: one of `classes`, beside which there may be URLs, compact URLs and other classes of the vocabulary.
fn of_class(
    document: &Object,
    edition: Edition,
    classes: &[&str],
    member: &'static str,
) -> Result<(), Error> {
    if !document.has("type") {
        return if edition == Edition::V2 { Err(Error::Required(member)) } else { Ok(()) };
    }
    let known = |value: &Json| {
        value.as_str().is_some_and(|name| name.contains(':') || CLASSES.contains(&class(name)))
    };
    if is_a(document, classes) && document.each("type").iter().all(known) {
        Ok(())
    } else {
        Err(Error::Malformed(member))
    }
}

/// What is verified by itself. "Endorsement" is the second that 2.0 defines, in the likeness of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Assertion,
    Endorsement,
}

impl Class {
    /// The edition of a document of this class.
    pub(super) fn edition(self, document: &Object) -> Edition {
        match self {
            Class::Assertion => Edition::of(document),
            Class::Endorsement => Edition::V2,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Class::Assertion => "Assertion",
            Class::Endorsement => "Endorsement",
        }
    }

    /// Members that every edition demands, and the names that they have in a message.
    const fn members(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Class::Assertion => &[("recipient", "recipient"), ("badge", "badge"), ("issuedOn", "issuedOn")],
            Class::Endorsement => &[("claim", "claim"), ("issuer", "issuer"), ("issuedOn", "issuedOn")],
        }
    }
}

/// What a file says, as far as it says anything: a hosted assertion's file only has to name its address.
pub(super) fn stated(assertion: &Object, class: Class, edition: Edition) -> Result<(), Error> {
    if assertion.has("type") {
        of_class(assertion, edition, &[class.name()], "type")?;
    }
    if let Some(id) = assertion.get("id") {
        id.as_str().filter(|id| id.contains(':')).ok_or(Error::Malformed("id"))?;
    }
    if let Some(recipient) = assertion.get("recipient") {
        self::recipient(recipient, edition)?;
    }
    if let Some(badge) = assertion.get("badge") {
        one(badge).ok_or(Error::Malformed("badge"))?;
    }
    if class == Class::Endorsement
        && let Some(claim) = assertion.get("claim")
    {
        reference(claim).ok_or(Error::Malformed("claim"))?;
    }
    if assertion.get("revoked").is_some_and(|revoked| revoked.as_bool().is_none()) {
        return Err(Error::Malformed("revoked"));
    }
    // An assertion's picture is a file that the badge is baked into (2.0, "Assertion", image).
    let embedded = assertion.get("image").and_then(reference);
    if edition == Edition::V2 && embedded.is_some_and(|image| image.starts_with("data:")) {
        return Err(Error::Malformed("image"));
    }
    Ok(())
}

/// A whole assertion.
pub(super) fn assertion(assertion: &Object, class: Class, edition: Edition) -> Result<(), Error> {
    of_class(assertion, edition, &[class.name()], "type")?;
    if edition == Edition::V2 {
        required(assertion, &[("id", "id"), ("verification", "verification")])?;
    }
    required(assertion, class.members())?;
    stated(assertion, class, edition)
}

/// `recipient`: an identity object; a plain or hashed address in 0.5.
fn recipient(recipient: &Json, edition: Edition) -> Result<(), Error> {
    if edition == Edition::V0 && recipient.as_str().is_some() {
        return Ok(());
    }
    let identity = one(recipient).and_then(Json::as_object).ok_or(Error::Malformed("recipient"))?;
    match identity.get("identity") {
        None => return Err(Error::Required("recipient.identity")),
        Some(Json::String(_)) => {}
        Some(_) => return Err(Error::Malformed("recipient.identity")),
    }
    if identity.get("hashed").is_some_and(|hashed| hashed.as_bool().is_none()) {
        return Err(Error::Malformed("recipient.hashed"));
    }
    if identity.get("salt").is_some_and(|salt| salt.as_str().is_none()) {
        return Err(Error::Malformed("recipient.salt"));
    }
    Ok(())
}

/// A badge class.
pub(super) fn badge(badge: &Object, edition: Edition) -> Result<(), Error> {
    of_class(badge, edition, &["BadgeClass"], "badge.type")?;
    required(badge, &[("name", "badge.name"), ("issuer", "badge.issuer")])
}

/// An issuer's profile.
pub(super) fn profile(profile: &Object, edition: Edition) -> Result<(), Error> {
    of_class(profile, edition, &["Issuer", "Profile"], "issuer.type")
}

/// A member of badge class or profile that the standard demands and whose absence misleads nobody.
pub(super) fn left_out(badge: Option<&Object>, profile: &Object) -> Option<&'static str> {
    let of_badge =
        [("description", "badge.description"), ("image", "badge.image"), ("criteria", "badge.criteria")];
    let of_profile = [("name", "issuer.name"), ("url", "issuer.url"), ("email", "issuer.email")];
    let missing = |object: &Object, members: &[(&str, &'static str)]| {
        members.iter().find(|(name, _)| !object.has(name)).map(|(_, path)| *path)
    };
    badge.and_then(|badge| missing(badge, &of_badge)).or_else(|| missing(profile, &of_profile))
}

/// Whether a document has extensions, which are neither checked nor shown.
pub(super) fn is_extended(document: &Object) -> bool {
    document.iter().any(|(name, _)| name.starts_with("extensions:") || name.starts_with("extension:"))
}

fn required(document: &Object, members: &[(&str, &'static str)]) -> Result<(), Error> {
    let missing = members.iter().find(|(name, _)| matches!(document.get(name), None | Some(Json::Null)));
    missing.map_or(Ok(()), |(_, path)| Err(Error::Required(path)))
}

/// The one string or object of a member that may be an array.
pub(super) fn one(value: &Json) -> Option<&Json> {
    match value {
        Json::String(_) | Json::Object(_) => Some(value),
        Json::Array(values) => match values.as_slice() {
            [only @ (Json::String(_) | Json::Object(_))] => Some(only),
            _ => None,
        },
        _ => None,
    }
}

/// How an assertion says that it is verified.
#[derive(Clone, Copy, Debug)]
pub(super) enum Method<'a> {
    /// By asking at this address.
    Hosted(&'a str),
    /// By its signature, under the key that is named here.
    Signed(Option<&'a Json>),
    /// In a way of this name.
    Other(&'a str),
    /// It does not say.
    Unnamed,
}

/// How `assertion` says that it is verified (2.0, "VerificationObject"; 1.0 calls it `verify`).
pub(super) fn method(assertion: &Object) -> Method<'_> {
    let stated = ["verification", "verify"].iter().find_map(|name| assertion.get(name)).and_then(one);
    let details = stated.and_then(Json::as_object);
    let own = assertion.str("id").filter(|id| host(id).is_some());
    let hosted = || {
        let elsewhere = details.and_then(|d| d.str("url")).filter(|url| host(url).is_some());
        own.or(elsewhere).map_or(Method::Unnamed, Method::Hosted)
    };
    let types: Vec<&str> = details
        .map(|d| d.each("type").iter().filter_map(Json::as_str).map(class).collect())
        .unwrap_or_default();
    if types.iter().any(|name| matches!(*name, "signed" | "SignedBadge")) {
        return Method::Signed(details.and_then(|d| d.get("creator").or_else(|| d.get("url"))));
    }
    match types.first() {
        None => hosted(),
        Some(_) if types.iter().any(|name| matches!(*name, "hosted" | "HostedBadge")) => hosted(),
        Some(other) => Method::Other(other),
    }
}
