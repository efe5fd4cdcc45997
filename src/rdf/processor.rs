//! The state of one run: the document's own strings and definitions, the work left, what was lost on the way.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::rc::Rc;

use super::context::Active;
use super::definition::{Definition, Iri};
use super::keyword::{Keyword, is_keyword_form};
use super::strings::Strings;
use super::table::{Entry, Table};
use super::{Error, Settings, full, iri};

/// Entries of active contexts that may be written in one run. A credential copies about fifty contexts of some 1,500
/// entries, the largest record a few thousand; a hostile document could nest a thousand times as many.
const MAX_CONTEXT_WORK: usize = 1 << 26;
/// Notes of one kind: more than anyone reads.
const MAX_NOTES: usize = 100;
/// Definitions that a document may bring along.
const MAX_DEFINITIONS: usize = 1 << 14;

pub(super) struct Processor<'a> {
    pub(super) table: &'static Table,
    pub(super) settings: Settings<'a>,
    /// Terms that only contexts of the document define.
    terms: Strings<'a>,
    /// IRIs that the table does not have, and relative references.
    iris: Strings<'a>,
    /// What there is to know of each: some are asked often, and long.
    facts: Vec<Facts>,
    /// Definitions of the document's contexts, and completed ones of the table's.
    definitions: Vec<Inline<'a>>,
    has_inline: bool,
    context_work: usize,
    /// The document's own address.
    pub(super) base: Option<Iri>,
    pub(super) derived: VecDeque<Derived<'a>>,
    pub(super) path: Vec<&'a str>,
    pub(super) notes: Notes,
}

/// What there is to say of a member or value.
#[derive(Clone, Copy)]
pub(super) enum Note {
    Dropped,
    Coerced,
    InlineTerm,
    Keyword,
}

/// The notes of each kind, as in the public fields of a dataset.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) dropped: Vec<String>,
    pub(super) coerced: Vec<String>,
    pub(super) inline_terms: Vec<String>,
    pub(super) keywords: Vec<String>,
}

impl Notes {
    fn list(&mut self, what: Note) -> &mut Vec<String> {
        match what {
            Note::Dropped => &mut self.dropped,
            Note::Coerced => &mut self.coerced,
            Note::InlineTerm => &mut self.inline_terms,
            Note::Keyword => &mut self.keywords,
        }
    }
}

/// What the text of an IRI or reference tells.
#[derive(Clone, Copy)]
struct Facts {
    /// Where the last separator ends.
    split: usize,
    blank: bool,
    absolute: bool,
    well_formed: bool,
}

struct Inline<'a> {
    definition: Definition<'a>,
    /// Completed from the table, so not the document's own.
    completed: bool,
}

/// A context that was derived from another by a scoped context of the table.
pub(super) struct Derived<'a> {
    pub(super) from: Rc<Active<'a>>,
    pub(super) program: u16,
    pub(super) over_protected: bool,
    pub(super) propagate: bool,
    pub(super) to: Rc<Active<'a>>,
}

impl<'a> Processor<'a> {
    pub(super) fn new(table: &'static Table, settings: Settings<'a>) -> Self {
        Processor {
            table,
            settings,
            terms: Strings::default(),
            iris: Strings::default(),
            facts: Vec::new(),
            definitions: Vec::new(),
            has_inline: false,
            context_work: MAX_CONTEXT_WORK,
            base: None,
            derived: VecDeque::new(),
            path: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Takes the document's address from the settings.
    pub(super) fn set_base(&mut self) -> Result<(), Error> {
        if let Some(base) = self.settings.base {
            self.base = Some(self.intern(Cow::Borrowed(base))?);
        }
        Ok(())
    }

    /// Pays for `work` entries of contexts.
    pub(super) fn charge(&mut self, work: usize) -> Result<(), Error> {
        self.context_work = self.context_work.checked_sub(work).ok_or(Error::TooComplex)?;
        Ok(())
    }

    /// Where we are in the document, and `value` if that is what is meant. Long names are cut.
    fn place(&self, value: Option<&str>) -> String {
        const LONGEST: usize = 80;
        let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
        let mut place = self.path.iter().map(|name| cut(name)).collect::<Vec<_>>().join(".");
        if let Some(value) = value {
            if !place.is_empty() {
                place.push_str(": ");
            }
            place.push_str(&cut(value));
        }
        place
    }

    /// Notes the member at hand, or `value` in it.
    pub(super) fn note(&mut self, what: Note, value: Option<&str>) {
        if self.notes.list(what).len() < MAX_NOTES {
            let place = self.place(value);
            self.notes.list(what).push(place);
        }
    }

    /// Notes that the member at hand, or `value` in it, will not be in the quads.
    pub(super) fn drop_here(&mut self, value: Option<&str>) {
        self.note(Note::Dropped, value);
    }

    // Terms.

    /// The number of the term `name`, if any context seen so far defines it.
    pub(super) fn find_term(&self, name: &str) -> Option<u32> {
        self.table.find_term(name).or_else(|| Some(self.table.terms() + self.terms.find(name)?))
    }

    /// The name of a term.
    pub(super) fn term(&self, number: u32) -> &str {
        match number.checked_sub(self.table.terms()) {
            None => self.table.term(number),
            Some(own) => self.terms.get(own),
        }
    }

    pub(super) fn intern_term(&mut self, name: &'a str) -> Result<u32, Error> {
        match self.table.find_term(name) {
            Some(number) => Ok(number),
            None => Ok(self.table.terms() + self.terms.intern(Cow::Borrowed(name))?),
        }
    }

    /// Stores a definition; `completed` where it is one of the table's.
    pub(super) fn add_definition(
        &mut self,
        definition: Definition<'a>,
        completed: bool,
        protected: bool,
    ) -> Result<Entry, Error> {
        let number = usize::from(self.table.definitions()) + self.definitions.len();
        if self.definitions.len() >= MAX_DEFINITIONS {
            return Err(Error::TooComplex);
        }
        self.has_inline |= !completed;
        self.definitions.push(Inline { definition, completed });
        Ok(Entry::new(number as u16, protected))
    }

    pub(super) fn definition(&self, entry: Entry) -> Option<Definition<'a>> {
        let number = entry.number()?;
        match number.checked_sub(self.table.definitions()) {
            None => self.table.definition(number),
            Some(own) => self.definitions.get(usize::from(own)).map(|inline| inline.definition),
        }
    }

    /// Whether the document brought any definition.
    pub(super) fn has_inline(&self) -> bool {
        self.has_inline
    }

    /// Whether the document itself brought the definition.
    pub(super) fn is_inline(&self, entry: Entry) -> bool {
        let own = entry.number().and_then(|number| number.checked_sub(self.table.definitions()));
        own.and_then(|own| self.definitions.get(usize::from(own))).is_some_and(|inline| !inline.completed)
    }

    /// What `name` means in `active`.
    pub(super) fn lookup(&self, active: &Active<'a>, name: &str) -> Option<Definition<'a>> {
        self.definition(active.get(self.find_term(name)?))
    }

    // IRIs.

    /// The number of an IRI or reference.
    pub(super) fn intern(&mut self, text: Cow<'a, str>) -> Result<Iri, Error> {
        if let Some(iri) = self.table.find_iri(&text) {
            return Ok(iri);
        }
        let number = self.iris.intern(text)?;
        if number as usize == self.facts.len() {
            let text = self.iris.get(number);
            self.facts.push(Facts {
                split: iri::split(text).0.len(),
                blank: iri::is_blank(text),
                absolute: iri::is_absolute(text),
                well_formed: iri::is_well_formed(text),
            });
        }
        Ok(Iri(self.table.end_of_iris() + number))
    }

    /// The text of `iri`, split behind its last separator: equal IRIs have equal parts.
    pub(super) fn parts(&self, iri: Iri) -> [&str; 2] {
        if let Some(keyword) = iri.keyword() {
            return [keyword.text(), ""];
        }
        self.table.parts(iri).unwrap_or_else(|| {
            let text = self.iris.get(iri.0.saturating_sub(self.table.end_of_iris()));
            let split = self.own_facts(iri).map_or(0, |facts| facts.split);
            let (namespace, word) = text.split_at_checked(split).unwrap_or((text, ""));
            [namespace, word]
        })
    }

    pub(super) fn text(&self, iri: Iri) -> String {
        self.parts(iri).concat()
    }

    /// How many numbers of IRIs there are.
    pub(super) fn iri_count(&self) -> u32 {
        self.table.end_of_iris() + self.iris.len()
    }

    /// The facts of an IRI that the table does not have.
    fn own_facts(&self, iri: Iri) -> Option<&Facts> {
        self.facts.get(iri.0.checked_sub(self.table.end_of_iris())? as usize)
    }

    pub(super) fn is_blank(&self, iri: Iri) -> bool {
        self.own_facts(iri).is_some_and(|facts| facts.blank)
    }

    /// Whether it has a scheme. IRIs of the table have; keywords have not.
    pub(super) fn is_absolute(&self, iri: Iri) -> bool {
        iri.0 >= Iri::FIRST && self.own_facts(iri).is_none_or(|facts| facts.absolute)
    }

    /// Whether it may stand in a quad.
    pub(super) fn is_well_formed(&self, iri: Iri) -> bool {
        iri.0 >= Iri::FIRST && self.own_facts(iri).is_none_or(|facts| facts.blank || facts.well_formed)
    }

    /// The IRI that `prefix` and `suffix` make together.
    pub(super) fn concat(&mut self, prefix: Iri, suffix: &str) -> Result<Iri, Error> {
        if let Some(iri) = self.table.concat(prefix, suffix) {
            return Ok(iri);
        }
        let [begin, end] = self.parts(prefix);
        let text = [begin, end, suffix].concat();
        self.intern(Cow::Owned(text))
    }

    /// Expands `text` (JSON-LD 1.1 API, section 5.2.2) as a term where `vocab`, as a reference where `relative`.
    /// `None` means nothing; what could not be expanded comes back as it is.
    pub(super) fn expand_iri(
        &mut self,
        active: &Active<'a>,
        text: &'a str,
        relative: bool,
        vocab: bool,
    ) -> Result<Option<Iri>, Error> {
        if let Some(keyword) = Keyword::find(text) {
            return Ok(Some(Iri::of(keyword)));
        }
        if is_keyword_form(text) {
            return Ok(None);
        }
        if let Some(definition) = self.lookup(active, text)
            && (vocab || definition.iri.is_some_and(|iri| iri.keyword().is_some()))
        {
            return Ok(definition.iri);
        }
        if let Some((prefix, suffix)) = iri::split_compact(text) {
            return self.expand_compact(active, text, prefix, suffix, relative, vocab).map(Some);
        }
        self.expand_relative(active, text, relative, vocab).map(Some)
    }

    fn expand_compact(
        &mut self,
        active: &Active<'a>,
        text: &'a str,
        prefix: &str,
        suffix: &str,
        relative: bool,
        vocab: bool,
    ) -> Result<Iri, Error> {
        if prefix != "_" && !suffix.starts_with("//") {
            let definition = self.lookup(active, prefix).filter(|definition| definition.prefix);
            if let Some(prefix) = definition.and_then(|definition| definition.iri) {
                return self.concat(prefix, suffix);
            }
            if !iri::is_absolute(text) {
                return self.expand_relative(active, text, relative, vocab);
            }
        }
        self.intern(Cow::Borrowed(text))
    }

    fn expand_relative(
        &mut self,
        active: &Active<'a>,
        text: &'a str,
        relative: bool,
        vocab: bool,
    ) -> Result<Iri, Error> {
        match (active.vocab, full(active.base)) {
            (Some(vocabulary), _) if vocab => self.concat(vocabulary, text),
            (_, Some(base)) if relative => {
                let resolved = iri::resolve(&self.text(base), text);
                self.intern(Cow::Owned(resolved))
            }
            _ => self.intern(Cow::Borrowed(text)),
        }
    }
}
