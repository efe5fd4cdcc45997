//! What stands in a record's document.

use crate::json::{Json, Object};
use crate::order;

/// The things in a record that others in it can be about.
#[derive(Default)]
pub(crate) struct Contents<'a> {
    /// Ids of achievements, credentials and profiles, in order.
    ids: Vec<&'a str>,
    /// Ids of the subjects of credentials that have no signature of their own, one for each credential.
    unsigned: Vec<&'a str>,
}

impl<'a> Contents<'a> {
    /// Reads the record's `subject`.
    pub(crate) fn of(subject: &'a Object) -> Self {
        let mut contents = Contents::default();
        contents.walk(subject, false);
        order::sort_by_key(&mut contents.ids, |id| *id);
        contents
    }

    /// `signed`: whether another signature than the record's covers what is walked through.
    fn walk(&mut self, object: &'a Object, signed: bool) {
        let is = |name| object.includes("type", name);
        let is_credential = is("VerifiableCredential");
        let signed = signed || (is_credential && object.has("proof"));
        if let Some(id) = object.str("id").filter(|_| is_credential || is("Achievement") || is("Profile")) {
            self.ids.push(id);
        }
        if is_credential && !signed {
            let subjects = object.each("credentialSubject").iter();
            self.unsigned.extend(subjects.filter_map(|subject| subject.get("id")?.as_str()));
        }
        for (name, value) in object.iter() {
            // What an embedded endorsement is about is not therefore in the record.
            if !matches!(name, "proof" | "@context" | "endorsement") {
                value.each().iter().filter_map(Json::as_object).for_each(|inner| self.walk(inner, signed));
            }
        }
    }

    /// Whether there is an achievement, a credential or a profile that is called `id`.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Whether several credentials without a signature of their own are about what is called `id`.
    pub(crate) fn shares(&self, id: &str) -> bool {
        self.unsigned.iter().filter(|subject| **subject == id).count() > 1
    }
}
