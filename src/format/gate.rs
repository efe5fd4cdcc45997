//! The gate before every Data Integrity proof.
//!
//! Such a proof signs RDF, while the reader is shown JSON. One RDF graph has many JSON spellings, and some of them
//! hide a member from a JSON reader while the signature still holds: full IRIs as names, aliases from an added
//! context, nested `@graph`s, `null`s that expansion drops. The gate lets through only the one plain spelling that
//! issuers use, so that the JSON which passed says what was signed and nothing else.
//! (VC Data Integrity 1.0, section 4.6 "Context Validation", and its security considerations.)

use crate::json::{Json, Object};
use crate::part::{self, NotLoaded, Part};
use crate::rdf::Vocabulary;
use crate::report::{Args, Explain, Reason, Status};

use super::model::is_absolute;
use super::own_words::OwnWords;

/// Why the gate stays shut.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Error {
    /// A context that is not built in.
    ContextUnknown(String),
    /// A context that could change what known terms mean.
    ContextForbidden(String),
    /// A member name that could hide meaning.
    MemberForbidden(String),
    /// A value whose form could hide meaning.
    ValueForbidden(String),
    /// The part that has the contexts which the document takes is not loaded.
    NotLoaded(NotLoaded),
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::ContextUnknown(_) => Reason::ContextUnknown,
            Error::ContextForbidden(_) => Reason::ContextForbidden,
            Error::MemberForbidden(_) => Reason::MemberForbidden,
            Error::ValueForbidden(_) => Reason::ValueForbidden,
            Error::NotLoaded(part) => part.reason(),
        }
    }

    fn status(&self) -> Status {
        // What a context that we do not have means, nobody here can tell.
        match self {
            Error::ContextUnknown(_) | Error::NotLoaded(_) => Status::Unknown,
            _ => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        let (name, value) = match self {
            Error::NotLoaded(part) => return part.args(),
            Error::ContextUnknown(url) => ("url", url),
            Error::ContextForbidden(what) | Error::MemberForbidden(what) | Error::ValueForbidden(what) => {
                ("member", what)
            }
        };
        Args::from([(name.into(), value.clone())])
    }
}

/// What the documents of one family may have besides, for their issuers write it so.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Leave {
    /// A member whose name has a colon, and is a term all the same.
    pub(crate) member: Option<&'static str>,
    /// A name that the document may define, though it is a term of contexts that the family does not use.
    pub(crate) term: Option<&'static str>,
    /// A member whose object may bring contexts of its own.
    pub(crate) scoped: Option<&'static str>,
}

/// Checks `document`, which carries its `@context`; its own `proof` is checked elsewhere. Gives the words that it defines
/// itself.
///
/// # Errors
/// The first thing that could hide or add meaning.
pub(crate) fn check(document: &Object) -> Result<OwnWords, Error> {
    check_with(document, Leave::default())
}

/// The same for a family that takes its `leave`.
///
/// # Errors
/// As [`check`].
pub(crate) fn check_with(document: &Object, leave: Leave) -> Result<OwnWords, Error> {
    let known = Vocabulary::of(document).map_err(Error::NotLoaded)?;
    let mut own = OwnWords::default();
    contexts(document.each("@context"), &known, leave, &mut own)?;
    // A presentation's submission is signed as the JSON that it is, whatever stands in it (DIF Presentation Exchange).
    let is_submission = document.includes("type", "PresentationSubmission") && own.is_empty();
    let opaque = is_submission.then_some("presentation_submission");
    let mut walk = Walk { known: &known, opaque, leave, own };
    walk.members(document, Place::Top)?;
    // What a proof says of itself is read, and words of the document's own could be exchanged in it.
    let own = walk.own;
    let has_own = |proof: &Object| !own.is_empty() && own.stripped_from(proof.clone()) != *proof;
    match document.each("proof").iter().filter_map(Json::as_object).any(has_own) {
        true => Err(Error::MemberForbidden("proof".into())),
        false => Ok(own),
    }
}

/// The contexts of the document, or of a credential inside: known URLs, and objects that only add.
fn contexts(entries: &[Json], known: &Vocabulary, leave: Leave, own: &mut OwnWords) -> Result<(), Error> {
    for entry in entries {
        match entry {
            Json::String(url) if known.knows(url) => {}
            Json::String(url) => return Err(Error::ContextUnknown(url.clone())),
            Json::Object(terms) => {
                part::need(Part::Wide).map_err(Error::NotLoaded)?;
                own.define(terms, known, leave)?;
            }
            _ => return Err(Error::ContextForbidden("@context".into())),
        }
    }
    Ok(())
}

/// Names that readers of JSON and of RDF take for different members. Types are among them: several contexts give a
/// type and a property one IRI, so that `Criteria` would say the same as `criteria` to the signature alone.
pub(super) fn is_forbidden_name(name: &str, known: &Vocabulary) -> bool {
    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase()) && known.has_term(name);
    name.is_empty() || name.starts_with('@') || name.contains(':') || name == "__proto__" || is_type
}

/// Where an object stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    /// Where the family's [`Leave`] lets it bring contexts.
    Scoped,
    Inside,
}

/// The way through a document.
struct Walk<'a> {
    known: &'a Vocabulary,
    /// The one member of the document that is not looked into.
    opaque: Option<&'static str>,
    leave: Leave,
    own: OwnWords,
}

impl Walk<'_> {
    /// The members of one object and all below it. Faults carry the path to them.
    fn members(&mut self, object: &Object, place: Place) -> Result<(), Error> {
        let top = place == Place::Top;
        for (name, value) in object.iter() {
            match name {
                "@context" if top => continue,
                "@context" if is_embedded(object) => {
                    contexts(value.each(), self.known, Leave::default(), &mut self.own)?;
                    continue;
                }
                "@context" if place == Place::Scoped => {
                    contexts(value.each(), self.known, self.leave, &mut self.own)?;
                    continue;
                }
                "proof" if top => continue,
                _ if top && Some(name) == self.opaque => continue,
                "id" => identifier(value, self.known)?,
                "type" => types(value, self.known)?,
                _ if self.leave.member == Some(name) => {}
                _ if is_forbidden_name(name, self.known) => return Err(Error::MemberForbidden(name.into())),
                _ => {}
            }
            let text = matches!(name, "name" | "description");
            match value {
                Json::Object(inner) if top && self.leave.scoped == Some(name) => {
                    self.members(inner, Place::Scoped)
                }
                value => self.value(value, text),
            }
            .map_err(|fault| fault.under(name))?;
        }
        Ok(())
    }

    fn value(&mut self, value: &Json, text: bool) -> Result<(), Error> {
        match value {
            Json::Null => Err(Error::ValueForbidden(String::new())),
            Json::Array(items) if items.is_empty() => Err(Error::ValueForbidden(String::new())),
            Json::Array(items) => items.iter().try_for_each(|item| match item {
                Json::Array(_) => Err(Error::ValueForbidden(String::new())),
                item => self.value(item, text),
            }),
            Json::Object(object) if text && object.has("@value") => language_value(object),
            Json::Object(object) => self.members(object, Place::Inside),
            _ => Ok(()),
        }
    }
}

/// A language value object, which VCDM 2.0 allows for names and descriptions (section 11.1). Whether a signature covers
/// its base direction is up to the method: as RDF nothing is left of it.
fn language_value(object: &Object) -> Result<(), Error> {
    let plain = object.iter().all(|(name, value)| match name {
        "@value" | "@language" => value.as_str().is_some(),
        "@direction" => matches!(value.as_str(), Some("ltr" | "rtl")),
        _ => false,
    });
    if plain { Ok(()) } else { Err(Error::ValueForbidden(String::new())) }
}

/// An identifier stands for itself: absolute, no blank node, no compact form of another.
fn identifier(value: &Json, known: &Vocabulary) -> Result<(), Error> {
    let plain = value.as_str().is_some_and(|id| {
        let scheme = id.split(':').next().unwrap_or_default();
        is_absolute(id) && scheme != "_" && !known.has_prefix(scheme)
    });
    if plain { Ok(()) } else { Err(Error::ValueForbidden("id".into())) }
}

/// Types are terms, or IRIs that no term names.
fn types(value: &Json, known: &Vocabulary) -> Result<(), Error> {
    let plain = |t: &Json| {
        t.as_str().is_some_and(|t| match t.split_once(':') {
            Some((scheme, _)) => {
                is_absolute(t) && !known.has_iri(t) && scheme != "_" && !known.has_prefix(scheme)
            }
            None => !t.starts_with('@') && !t.contains(['#', '/']),
        })
    };
    if value.each().iter().all(plain) { Ok(()) } else { Err(Error::ValueForbidden("type".into())) }
}

/// Whether an object may carry contexts of its own: a credential inside another document, enveloped or not, or its
/// proof.
pub(super) fn is_embedded(object: &Object) -> bool {
    let is = |name| object.includes("type", name);
    is("VerifiableCredential") || is("EnvelopedVerifiableCredential") || object.has("cryptosuite")
}

impl Error {
    fn under(self, parent: &str) -> Self {
        let join = |path: String| if path.is_empty() { parent.into() } else { [parent, &path].join(".") };
        match self {
            Error::MemberForbidden(path) => Error::MemberForbidden(join(path)),
            Error::ValueForbidden(path) => Error::ValueForbidden(join(path)),
            other => other,
        }
    }
}
