//! What the contexts that a document names define, wherever in it they are named.

use super::definition::{Iri, Scope};
use super::iri::split;
use super::table::{Step, Table};
use super::{Contexts, Edition, named_in};
use crate::json::Object;
use crate::part::NotLoaded;

/// The terms and IRIs of the built-in contexts that a document names by their URLs, at any depth, in all editions: also
/// those that hold only inside a type or a property.
#[derive(Debug)]
pub struct Vocabulary {
    table: &'static Table,
    terms: Vec<bool>,
    /// The terms that are prefixes.
    prefixes: Vec<bool>,
    iris: Vec<bool>,
    programs: Vec<bool>,
}

impl Vocabulary {
    /// That of `document`.
    ///
    /// # Errors
    /// The part that has its contexts is not loaded.
    pub fn of(document: &Object) -> Result<Self, NotLoaded> {
        let Contexts(table) = Contexts::of(document)?;
        let mut vocabulary =
            Vocabulary { table, terms: vec![], prefixes: vec![], iris: vec![], programs: vec![] };
        named_in(document, &mut |url| vocabulary.context(url));
        Ok(vocabulary)
    }

    fn context(&mut self, url: &str) {
        for edition in [Edition::Current, Edition::Former] {
            if let Some(program) = self.table.context(url, edition) {
                self.program(program);
            }
        }
    }

    fn program(&mut self, number: u16) {
        let table = self.table;
        if mark(&mut self.programs, number.into()) {
            return;
        }
        for step in table.program(number) {
            match step {
                Step::Clear => {}
                Step::Context(url) => self.context(table.url(*url)),
                Step::Layer(layer) => {
                    let Some(layer) = table.layer(*layer) else { continue };
                    self.iri(layer.vocab);
                    for (term, entry) in &layer.entries {
                        mark(&mut self.terms, (*term).into());
                        let Some(definition) = entry.number().and_then(|number| table.definition(number))
                        else {
                            continue;
                        };
                        self.iri(definition.iri);
                        self.iri(definition.ty);
                        if definition.prefix {
                            mark(&mut self.prefixes, (*term).into());
                        }
                        if let Some(Scope::Compiled(program)) = definition.scope {
                            self.program(program);
                        }
                    }
                }
            }
        }
    }

    fn iri(&mut self, iri: Option<Iri>) {
        if let Some(at) = iri.and_then(|iri| iri.0.checked_sub(Iri::FIRST)) {
            mark(&mut self.iris, at as usize);
        }
    }

    /// Whether `url` is one of the contexts that are built in.
    pub fn knows(&self, url: &str) -> bool {
        self.table.context(url, Edition::Current).is_some()
    }

    /// Whether it has a term `name`.
    pub fn has_term(&self, name: &str) -> bool {
        self.table.find_term(name).is_some_and(|term| is_marked(&self.terms, term as usize))
    }

    /// Whether it makes `name` a prefix, so that `name:rest` may stand for another IRI.
    pub fn has_prefix(&self, name: &str) -> bool {
        self.table.find_term(name).is_some_and(|term| is_marked(&self.prefixes, term as usize))
    }

    /// Whether it gives `iri` a term, or uses it as a type; also where it may, by a prefix of another context.
    pub fn has_iri(&self, iri: &str) -> bool {
        let at = self.table.find_iri(iri).and_then(|iri| iri.0.checked_sub(Iri::FIRST));
        let is_prefix = |namespace: &str| namespace.ends_with(':') && !namespace.contains('/');
        at.is_some_and(|at| is_marked(&self.iris, at as usize))
            || self.any_iri(|namespace, word| is_prefix(namespace) && word == split(iri).1)
    }

    /// Whether an IRI that it uses may be `word` behind some namespace.
    pub fn has_word(&self, word: &str) -> bool {
        self.any_iri(|_, end| end == word)
    }

    /// Whether an IRI of any built-in context begins with `prefix`: under one, every word could be spelled.
    pub fn has_iri_under(&self, prefix: &str) -> bool {
        self.table.has_iri_under(prefix)
    }

    fn any_iri(&self, test: impl Fn(&str, &str) -> bool) -> bool {
        let marked = (0..).zip(&self.iris).filter(|(_, marked)| **marked);
        marked
            .filter_map(|(at, _)| self.table.parts(Iri(Iri::FIRST + at)))
            .any(|[namespace, word]| test(namespace, word))
    }
}

/// Marks number `at`; whether it was marked before.
fn mark(marks: &mut Vec<bool>, at: usize) -> bool {
    if marks.len() <= at {
        marks.resize(at + 1, false);
    }
    marks.get_mut(at).is_some_and(|marked| core::mem::replace(marked, true))
}

fn is_marked(marks: &[bool], at: usize) -> bool {
    marks.get(at).copied().unwrap_or_default()
}
