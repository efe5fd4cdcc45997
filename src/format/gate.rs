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
use crate::status::is_bound;

use super::model::is_absolute;

/// What the gate found in a document that it lets through.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    /// Whether the document brings definitions of its own.
    pub(crate) defines_terms: bool,
    /// The names that it defines, each with the IRI that it gives it.
    own: Vec<(String, String)>,
}

impl Passed {
    /// `document` without what it says in words of its own. The signature covers the IRI of such a word and not its name,
    /// which whoever holds the document can choose: so it must not be read as a word that we know from elsewhere. A type
    /// gives way to its IRI. Documents inside that have proofs are left to be read by themselves.
    pub(crate) fn in_known_words(&self, document: Object) -> Object {
        if self.own.is_empty() { document } else { self.reduced(&document) }
    }

    /// Takes in an inline context.
    #[inline(never)]
    fn define(&mut self, terms: &Object, known: &Vocabulary, leave: Leave) -> Result<(), Error> {
        for (name, definition) in terms.iter() {
            let iri =
                added(name, definition, known, leave).ok_or_else(|| Error::ContextForbidden(name.into()))?;
            self.own.push((name.into(), iri.into()));
        }
        self.defines_terms = true;
        Ok(())
    }

    #[inline(never)]
    fn reduced(&self, object: &Object) -> Object {
        let members = object.iter().filter(|(name, _)| self.own(name).is_none());
        let members = members.map(|(name, value)| {
            let value = match value {
                _ if name == "@context" => value.clone(),
                Json::Array(items) => Json::Array(items.iter().map(|item| self.item(name, item)).collect()),
                item => self.item(name, item),
            };
            (name.into(), value)
        });
        Object::from_unique(members.collect())
    }

    fn item(&self, name: &str, value: &Json) -> Json {
        match value {
            Json::Object(inner) if !(is_embedded(inner) && inner.has("proof")) => {
                Json::Object(self.reduced(inner))
            }
            Json::String(ty) if name == "type" => Json::String(self.own(ty).unwrap_or(ty).into()),
            other => other.clone(),
        }
    }

    /// The IRI of `name`, where the document itself defines it.
    fn own(&self, name: &str) -> Option<&str> {
        self.own.iter().find(|(own, _)| own == name).map(|(_, iri)| iri.as_str())
    }
}

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

/// Checks `document`, which carries its `@context`; its own `proof` is checked elsewhere.
///
/// # Errors
/// The first thing that could hide or add meaning.
pub(crate) fn check(document: &Object) -> Result<Passed, Error> {
    check_with(document, Leave::default())
}

/// The same for a family that takes its `leave`.
///
/// # Errors
/// As [`check`].
pub(crate) fn check_with(document: &Object, leave: Leave) -> Result<Passed, Error> {
    let known = Vocabulary::of(document).map_err(Error::NotLoaded)?;
    let mut passed = Passed::default();
    contexts(document.each("@context"), &known, leave, &mut passed)?;
    // A presentation's submission is signed as the JSON that it is, whatever stands in it (DIF Presentation Exchange).
    let is_submission = document.includes("type", "PresentationSubmission") && !passed.defines_terms;
    let opaque = is_submission.then_some("presentation_submission");
    let mut walk = Walk { known: &known, opaque, leave, passed };
    walk.members(document, Place::Top)?;
    let passed = walk.passed;
    // What a proof says of itself is read, and words of the document's own could be exchanged in it.
    for proof in document.each("proof").iter().filter_map(Json::as_object) {
        if passed.in_known_words(proof.clone()) != *proof {
            return Err(Error::MemberForbidden("proof".into()));
        }
    }
    Ok(passed)
}

/// The contexts of the document, or of a credential inside: known URLs, and objects that only add.
fn contexts(entries: &[Json], known: &Vocabulary, leave: Leave, passed: &mut Passed) -> Result<(), Error> {
    for entry in entries {
        match entry {
            Json::String(url) if known.knows(url) => {}
            Json::String(url) => return Err(Error::ContextUnknown(url.clone())),
            Json::Object(terms) => {
                part::need(Part::Wide).map_err(Error::NotLoaded)?;
                passed.define(terms, known, leave)?;
            }
            _ => return Err(Error::ContextForbidden("@context".into())),
        }
    }
    Ok(())
}

/// The IRI of an inline definition that adds a term and changes none: a new name for an IRI, neither of which any
/// context defines that the document names.
fn added<'a>(name: &str, definition: &'a Json, known: &Vocabulary, leave: Leave) -> Option<&'a str> {
    if name == "@vocab" {
        // Under a vocabulary of its own, `#` or `/` inside a member name could still spell a known IRI.
        return definition.as_str().filter(|vocab| is_web_iri(vocab) && !known.has_iri_under(vocab));
    }
    let taken = is_like_known_term(name, known) && leave.term != Some(name);
    // What the document says in words of its own is not read, and must not be an end, nor one that a vocabulary spells.
    if is_forbidden_name(name, known) || taken || is_bound(name) {
        return None;
    }
    let new = |iri: &&str| {
        let is_new = if is_web_iri(iri) { !known.has_iri(iri) } else { is_new_in_namespace(iri, known) };
        is_new && !iri.rsplit(['#', '/', ':']).next().is_some_and(is_bound)
    };
    match definition {
        Json::Object(o) => {
            let plain = o.iter().all(|(key, value)| match key {
                "@id" => true,
                "@type" => value.as_str().is_some_and(|t| matches!(t, "@id" | "@json") || is_absolute(t)),
                _ => false,
            });
            o.str("@id").filter(|_| plain).filter(new)
        }
        // An IRI that ends in a delimiter makes its term a prefix, with which an identifier could be spelled anew.
        iri => iri.as_str().filter(new).filter(|iri| !iri.ends_with([':', '/', '?', '#', '[', ']', '@'])),
    }
}

/// Whether `iri` is short for one that no built-in context uses, whichever namespace its prefix stands for.
fn is_new_in_namespace(iri: &str, known: &Vocabulary) -> bool {
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    iri.split_once(':')
        .is_some_and(|(prefix, word)| known.has_prefix(prefix) && plain(word) && !known.has_word(word))
}

/// `Criteria` beside `criteria` would pass for it with a hurried reader.
fn is_like_known_term(name: &str, known: &Vocabulary) -> bool {
    let mut letters = name.chars();
    let flipped = letters.next().map(|c| {
        let c = if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
        [c.to_string().as_str(), letters.as_str()].concat()
    });
    known.has_term(name) || flipped.is_some_and(|other| known.has_term(&other))
}

fn is_web_iri(iri: &str) -> bool {
    iri.starts_with("https://") || iri.starts_with("http://") || iri.starts_with("urn:")
}

/// Names that readers of JSON and of RDF take for different members. Types are among them: several contexts give a
/// type and a property one IRI, so that `Criteria` would say the same as `criteria` to the signature alone.
fn is_forbidden_name(name: &str, known: &Vocabulary) -> bool {
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
    passed: Passed,
}

impl Walk<'_> {
    /// The members of one object and all below it. Faults carry the path to them.
    fn members(&mut self, object: &Object, place: Place) -> Result<(), Error> {
        let top = place == Place::Top;
        for (name, value) in object.iter() {
            match name {
                "@context" if top => continue,
                "@context" if is_embedded(object) => {
                    contexts(value.each(), self.known, Leave::default(), &mut self.passed)?;
                    continue;
                }
                "@context" if place == Place::Scoped => {
                    contexts(value.each(), self.known, self.leave, &mut self.passed)?;
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
fn is_embedded(object: &Object) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    /// What a document says in its own words is left out wherever it stands, but for documents that have proofs of
    /// their own, and what else it says stays.
    #[test]
    fn own_words_are_not_read() {
        let object = |text: &str| json::parse(text.as_bytes()).unwrap().as_object().unwrap().clone();
        let contexts = r#""@context": ["https://www.w3.org/2018/credentials/v1", {
            "achievement": "https://college.example/terms#award",
            "Achievement": {"@id": "https://college.example/terms#Award"}
        }]"#;
        let inside = r#""evidence": {"type": "VerifiableCredential", "achievement": "a", "proof": {"achievement": "a"}}"#;
        let document = object(&format!(
            r#"{{{contexts}, {inside}, "type": ["VerifiableCredential", "Achievement"], "achievement": "a",
                "credentialSubject": [{{"type": "Achievement", "achievement": ["a"], "id": "urn:x:1"}}, {{"achievement": {{}}}}]}}"#
        ));
        let award = "https://college.example/terms#Award";
        let read = object(&format!(
            r#"{{{contexts}, {inside}, "type": ["VerifiableCredential", "{award}"],
                "credentialSubject": [{{"type": "{award}", "id": "urn:x:1"}}, {{}}]}}"#
        ));
        let passed = check(&document).unwrap();
        assert!(passed.defines_terms);
        assert_eq!(passed.in_known_words(document.clone()), read);
        // Where a document inside names the context that has them, they are known words.
        let known = document.with("termsOfUse", Json::Object(object(
            r#"{"type": "VerifiableCredential", "@context": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}"#,
        )));
        assert_eq!(check(&known).unwrap_err(), Error::ContextForbidden("achievement".into()));
    }
}
