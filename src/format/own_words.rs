//! The words that a document defines itself, in an inline context.
//!
//! A signature covers the IRI of such a word and not its name, which whoever holds the document can choose. So none may
//! stand for what the document's other contexts define (a refusal of the gate), and none is read as a word that we know
//! from elsewhere (it is stripped).

use crate::json::{Json, Object};
use crate::rdf::Vocabulary;
use crate::status::is_bound;

use super::gate::{Error, Leave, is_embedded, is_forbidden_name};
use super::model::is_absolute;

/// Names that a document defines, each with the IRI that it gives it.
#[derive(Debug, Default)]
pub(crate) struct OwnWords(Vec<(String, String)>);

impl OwnWords {
    /// Whether it defines none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in an inline context.
    ///
    /// # Errors
    /// It does not merely add words.
    #[inline(never)]
    pub(crate) fn define(&mut self, terms: &Object, known: &Vocabulary, leave: Leave) -> Result<(), Error> {
        for (name, definition) in terms.iter() {
            let iri =
                added(name, definition, known, leave).ok_or_else(|| Error::ContextForbidden(name.into()))?;
            self.0.push((name.into(), iri.into()));
        }
        Ok(())
    }

    /// `document` without what it says in these words. A type gives way to its IRI. Documents inside that have proofs are
    /// left to be read by themselves.
    pub(crate) fn stripped_from(&self, document: Object) -> Object {
        if self.is_empty() { document } else { self.strip(&document) }
    }

    #[inline(never)]
    fn strip(&self, object: &Object) -> Object {
        let members = object.iter().filter(|(name, _)| self.iri(name).is_none());
        let members = members.map(|(name, value)| {
            let value = match value {
                _ if name == "@context" => value.clone(),
                Json::Array(items) => Json::Array(items.iter().map(|item| self.value(name, item)).collect()),
                item => self.value(name, item),
            };
            (name.into(), value)
        });
        Object::from_unique(members.collect())
    }

    fn value(&self, name: &str, value: &Json) -> Json {
        match value {
            Json::Object(inner) if !(is_embedded(inner) && inner.has("proof")) => {
                Json::Object(self.strip(inner))
            }
            Json::String(ty) if name == "type" => Json::String(self.iri(ty).unwrap_or(ty).into()),
            other => other.clone(),
        }
    }

    fn iri(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, iri)| iri.as_str())
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::gate::check;
    use crate::json;

    /// What a document says in its own words is left out wherever it stands, but for documents that have proofs of
    /// their own, and what else it says stays.
    #[test]
    fn they_are_left_out_of_what_is_read() {
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
        let own = check(&document).unwrap();
        assert!(!own.is_empty());
        assert_eq!(own.stripped_from(document.clone()), read);
        // Where a document inside names the context that has them, they are known words.
        let known = document.with("termsOfUse", Json::Object(object(
            r#"{"type": "VerifiableCredential", "@context": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}"#,
        )));
        assert_eq!(check(&known).unwrap_err(), Error::ContextForbidden("achievement".into()));
    }
}
