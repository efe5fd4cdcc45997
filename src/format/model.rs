//! The data models VCDM 1.1 and 2.0: which members must be there, and in which form.

use crate::json::{Json, Object};
use crate::report::{Args, Explain, Reason};
use crate::time::Timestamp;

use super::family::{CREDENTIALS_V1, CREDENTIALS_V2};

/// The version of the data model, by the first context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DataModel {
    /// Verifiable Credentials Data Model 1.1.
    V1,
    /// Verifiable Credentials Data Model 2.0.
    V2,
}

impl DataModel {
    /// "1.1" or "2.0".
    pub(crate) const fn version(self) -> &'static str {
        match self {
            DataModel::V1 => "1.1",
            DataModel::V2 => "2.0",
        }
    }

    /// The version that `object` follows.
    ///
    /// # Errors
    /// Its first context is neither base context (VCDM 2.0, section 4.3; VCDM 1.1, section 4.1).
    pub(crate) fn of(object: &Object) -> Result<Self, Error> {
        match object.each("@context").first().and_then(Json::as_str) {
            Some(CREDENTIALS_V2) => Ok(DataModel::V2),
            Some(CREDENTIALS_V1) => Ok(DataModel::V1),
            _ => Err(Error::ContextMissing),
        }
    }
}

/// What the data model does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Error {
    /// The first context is not a base context.
    ContextMissing,
    /// This member must be there.
    Missing(&'static str),
    /// This member has a form that is not allowed.
    Malformed(&'static str),
    /// This member is no date-time.
    Date(&'static str),
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::ContextMissing => Reason::ContextMissing,
            Error::Missing(_) => Reason::MemberMissing,
            Error::Malformed(_) => Reason::MemberMalformed,
            Error::Date(_) => Reason::DateMalformed,
        }
    }

    fn args(&self) -> Args {
        let member = match self {
            Error::ContextMissing => "@context",
            Error::Missing(m) | Error::Malformed(m) | Error::Date(m) => m,
        };
        Args::from([("member".into(), member.into())])
    }
}

/// Members that hold objects with a `type` (VCDM 2.0, section 4.4), and whether an `id` is required too.
const TYPED: [(&str, bool); 7] = [
    ("credentialStatus", false),
    ("credentialSchema", true),
    ("refreshService", false),
    ("termsOfUse", false),
    ("evidence", false),
    ("proof", false),
    ("renderMethod", false),
];

/// Checks a credential's own members.
///
/// # Errors
/// The first fault.
pub(crate) fn credential(object: &Object) -> Result<DataModel, Error> {
    let model = DataModel::of(object)?;
    types(object, "VerifiableCredential")?;
    id(object.get("id"), "id")?;
    let issuer = object.get("issuer").ok_or(Error::Missing("issuer"))?;
    party(issuer, "issuer")?;
    subjects(object)?;
    let (from, until) = match model {
        DataModel::V1 => ("issuanceDate", "expirationDate"),
        DataModel::V2 => ("validFrom", "validUntil"),
    };
    if model == DataModel::V1 && !object.has(from) {
        return Err(Error::Missing(from));
    }
    for member in [from, until] {
        date(object.get(member), member)?;
    }
    for (member, needs_id) in TYPED {
        // The old status and schema entries of VCDM 1.1 must have an id as well (sections 4.9 and 5.4).
        let needs_id = needs_id || (model == DataModel::V1 && member == "credentialStatus");
        for entry in object.each(member) {
            typed(entry, member, needs_id)?;
        }
    }
    if model == DataModel::V2 {
        texts(object)?;
        if let Some(Json::Object(issuer)) = object.get("issuer") {
            texts(issuer)?;
        }
    }
    Ok(model)
}

/// Checks a presentation's own members.
///
/// # Errors
/// The first fault.
pub(crate) fn presentation(object: &Object) -> Result<DataModel, Error> {
    let model = DataModel::of(object)?;
    types(object, "VerifiablePresentation")?;
    id(object.get("id"), "id")?;
    if let Some(holder) = object.get("holder") {
        party(holder, "holder")?;
    }
    for entry in object.each("proof") {
        typed(entry, "proof", false)?;
    }
    let holder = object.get("holder").and_then(party_id);
    for credential in object.each("verifiableCredential") {
        match credential {
            // What nobody signed is the holder's own word (VCDM 2.0, section 4.13), and of nobody else.
            Json::Object(c) if model == DataModel::V2 && c.has("credentialSubject") && !c.has("proof") => {
                let issuer = c.get("issuer").and_then(party_id);
                if holder.is_none() || issuer != holder {
                    return Err(Error::Malformed("verifiableCredential"));
                }
            }
            Json::Object(_) => {}
            // Compact JWTs stand as strings in presentations of VCDM 1.1 (section 6.3.1).
            Json::String(_) if model == DataModel::V1 => {}
            _ => return Err(Error::Malformed("verifiableCredential")),
        }
    }
    Ok(model)
}

fn types(object: &Object, required: &str) -> Result<(), Error> {
    let all = object.each("type");
    if all.is_empty() {
        return Err(Error::Missing("type"));
    }
    if all.iter().any(|t| t.as_str().is_none_or(str::is_empty)) {
        return Err(Error::Malformed("type"));
    }
    if object.includes("type", required) { Ok(()) } else { Err(Error::Malformed("type")) }
}

/// An optional identifier: one absolute URL.
fn id(value: Option<&Json>, member: &'static str) -> Result<(), Error> {
    match value {
        None => Ok(()),
        Some(Json::String(s)) if is_absolute(s) => Ok(()),
        Some(_) => Err(Error::Malformed(member)),
    }
}

/// An issuer or holder: a URL, or an object with one.
fn party(value: &Json, member: &'static str) -> Result<(), Error> {
    let url = match value {
        Json::Object(o) => o.get("id").ok_or(Error::Malformed(member))?,
        other => other,
    };
    if url.as_str().is_some_and(is_absolute) { Ok(()) } else { Err(Error::Malformed(member)) }
}

/// The id of a party given by its id, or by an object that has one.
pub(crate) fn party_id(value: &Json) -> Option<&str> {
    value.as_str().or_else(|| value.get("id")?.as_str())
}

fn subjects(object: &Object) -> Result<(), Error> {
    let subjects = object.each("credentialSubject");
    if subjects.is_empty() {
        return Err(Error::Missing("credentialSubject"));
    }
    for subject in subjects {
        match subject {
            Json::Object(o) if !o.is_empty() => id(o.get("id"), "credentialSubject")?,
            _ => return Err(Error::Malformed("credentialSubject")),
        }
    }
    Ok(())
}

fn typed(entry: &Json, member: &'static str, needs_id: bool) -> Result<(), Error> {
    let Json::Object(entry) = entry else { return Err(Error::Malformed(member)) };
    let types = entry.each("type");
    if types.is_empty() || types.iter().any(|t| t.as_str().is_none_or(|t| t.is_empty() || t.contains(' '))) {
        return Err(Error::Malformed(member));
    }
    if needs_id && !entry.has("id") {
        return Err(Error::Malformed(member));
    }
    // Evidence, terms and proofs may be named by anything; what is looked up must have an address.
    id(entry.get("id"), member)
}

fn date(value: Option<&Json>, member: &'static str) -> Result<(), Error> {
    match value {
        None => Ok(()),
        Some(Json::String(s)) if Timestamp::parse(s).is_some() => Ok(()),
        Some(_) => Err(Error::Date(member)),
    }
}

/// `name` and `description`: a string, or language value objects (VCDM 2.0, section 4.6 and 11.1).
fn texts(object: &Object) -> Result<(), Error> {
    for member in ["name", "description"] {
        for value in object.each(member) {
            let fine = match value {
                Json::String(_) => true,
                Json::Object(o) => {
                    o.str("@value").is_some()
                        && o.iter().all(|(n, v)| {
                            matches!(n, "@value" | "@language" | "@direction") && v.as_str().is_some()
                        })
                }
                _ => false,
            };
            if !fine {
                return Err(Error::Malformed(member));
            }
        }
    }
    Ok(())
}

/// Whether `text` is an absolute URL by its beginning (RFC 3986, section 3.1), without blanks.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}
