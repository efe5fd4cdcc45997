//! Context processing (JSON-LD 1.1 API, section 4.1): from a local context and the active one to the next.

use std::rc::Rc;

use super::define::Local;
use super::definition::{Direction, Iri, Scope};
use super::keyword::Keyword;
use super::processor::{Derived, Processor};
use super::table::{Entry, Layer, Step};
use super::{Error, FULL, full, iri};
use crate::json::{Json, Object};

/// Contexts that refer to contexts: the chain's longest length.
const MAX_REMOTE: usize = 32;
/// Contexts derived by scoped contexts that are kept in case they are needed again.
const MAX_DERIVED: usize = 64;

/// The meaning of every term at one place of a document. Terms are numbers, so a context is an array that is cheap to
/// copy and to look up.
#[derive(Clone, Debug, Default)]
pub(super) struct Active<'a> {
    entries: Vec<Entry>,
    pub(super) vocab: Option<Iri>,
    pub(super) base: Option<Iri>,
    pub(super) language: Option<&'a str>,
    pub(super) direction: Option<Direction>,
    /// What holds again below the node that this context was made for.
    pub(super) previous: Option<Rc<Active<'a>>>,
}

impl Active<'_> {
    pub(super) fn get(&self, term: u32) -> Entry {
        self.entries.get(term as usize).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, term: u32, entry: Entry) {
        let at = term as usize;
        if at >= self.entries.len() {
            self.entries.resize(at + 1, Entry::default());
        }
        if let Some(slot) = self.entries.get_mut(at) {
            *slot = entry;
        }
    }

    fn has_protected(&self) -> bool {
        self.entries.iter().any(|entry| entry.is_protected())
    }

    /// The terms that are defined.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, Entry)> {
        (0..).zip(self.entries.iter().copied()).filter(|(_, entry)| entry.number().is_some())
    }
}

/// How a context is to be applied.
#[derive(Clone, Copy)]
pub(super) struct How {
    /// Protected terms may be defined anew: property-scoped contexts.
    pub(super) over_protected: bool,
    /// It holds further down too: all but type-scoped contexts.
    pub(super) propagate: bool,
    /// Scoped contexts inside it are tried out.
    pub(super) validate: bool,
}

impl How {
    /// A context in the document, or one that a context refers to.
    pub(super) const LOCAL: How = How { over_protected: false, propagate: true, validate: true };
    /// The context of a property.
    pub(super) const PROPERTY: How = How { over_protected: true, propagate: true, validate: true };
    /// The context of a type.
    pub(super) const TYPE: How = How { over_protected: false, propagate: false, validate: true };
}

impl<'a> Processor<'a> {
    /// The context that everything starts from.
    pub(super) fn initial(&self) -> Active<'a> {
        Active { base: self.base, ..Active::default() }
    }

    /// `active` with `local` applied. `base` is what relative context URLs resolve against.
    pub(super) fn derive(
        &mut self,
        active: &Rc<Active<'a>>,
        local: &'a Json,
        base: Option<Iri>,
        how: How,
    ) -> Result<Rc<Active<'a>>, Error> {
        let propagate = match full(local.get("@propagate")) {
            Some(value) => value.as_bool().ok_or(Error::InvalidPropagateValue)?,
            None => how.propagate,
        };
        let how = How { propagate, ..how };
        let mut next = self.start(active, how)?;
        self.process(&mut next, local, base, &mut Vec::new(), how)?;
        Ok(Rc::new(next))
    }

    /// `active` with the context of a term applied.
    pub(super) fn derive_scoped(
        &mut self,
        active: &Rc<Active<'a>>,
        scope: Scope<'a>,
        how: How,
    ) -> Result<Rc<Active<'a>>, Error> {
        let program = match scope {
            Scope::Inline { .. } if !FULL => return Err(Error::TooComplex),
            Scope::Inline { context, base } => return self.derive(active, context, base, how),
            Scope::Compiled(program) => program,
        };
        let known = self.derived.iter().rev().find(|derived| {
            derived.program == program
                && derived.over_protected == how.over_protected
                && derived.propagate == how.propagate
                && Rc::ptr_eq(&derived.from, active)
        });
        if let Some(known) = known {
            return Ok(Rc::clone(&known.to));
        }
        let mut next = self.start(active, how)?;
        self.run(&mut next, program, &mut Vec::new(), how)?;
        let next = Rc::new(next);
        if self.derived.len() >= MAX_DERIVED {
            self.derived.pop_front();
        }
        let How { over_protected, propagate, .. } = how;
        let (from, to) = (Rc::clone(active), Rc::clone(&next));
        self.derived.push_back(Derived { from, program, over_protected, propagate, to });
        Ok(next)
    }

    pub(super) fn start(&mut self, active: &Rc<Active<'a>>, how: How) -> Result<Active<'a>, Error> {
        self.charge(active.entries.len())?;
        let mut next = Active::clone(active);
        if !how.propagate && next.previous.is_none() {
            next.previous = Some(Rc::clone(active));
        }
        Ok(next)
    }

    /// Section 4.1.2, steps 4 and 5, on `result` itself.
    pub(super) fn process(
        &mut self,
        result: &mut Active<'a>,
        local: &'a Json,
        base: Option<Iri>,
        remote: &mut Vec<String>,
        how: How,
    ) -> Result<(), Error> {
        for context in local.each() {
            match context {
                Json::Null => self.clear(result, how)?,
                Json::String(url) => self.refer(result, url, base, remote, how.validate)?,
                Json::Object(context) => self.apply(result, context, base, remote, how)?,
                _ => return Err(Error::InvalidLocalContext),
            }
        }
        Ok(())
    }

    /// `null`: step 5.1.
    fn clear(&mut self, result: &mut Active<'a>, how: How) -> Result<(), Error> {
        if !how.over_protected && result.has_protected() {
            return Err(Error::InvalidContextNullification);
        }
        let before = core::mem::replace(result, self.initial());
        if !how.propagate {
            result.previous = Some(Rc::new(before));
        }
        Ok(())
    }

    /// The context at a URL: step 5.2.
    fn refer(
        &mut self,
        result: &mut Active<'a>,
        url: &'a str,
        base: Option<Iri>,
        remote: &mut Vec<String>,
        validate: bool,
    ) -> Result<(), Error> {
        let url = self.resolve(base, url)?;
        if !validate && remote.contains(&url) {
            return Ok(());
        }
        if remote.len() >= MAX_REMOTE {
            return Err(Error::ContextOverflow);
        }
        remote.push(url.clone());
        let how = How { validate, ..How::LOCAL };
        if let Some(program) = self.table.context(&url, self.settings.edition) {
            return self.run(result, program, &mut remote.clone(), how);
        }
        let context = self.load(&url)?;
        let base = Some(self.intern(url.into())?);
        self.process(result, context, base, &mut remote.clone(), how)
    }

    fn resolve(&self, base: Option<Iri>, url: &str) -> Result<String, Error> {
        let url = match full(base) {
            Some(base) => iri::resolve(&self.text(base), url),
            None => url.into(),
        };
        if iri::is_absolute(&url) { Ok(url) } else { Err(Error::LoadingDocumentFailed) }
    }

    /// The `@context` of a document that is not built in.
    fn load(&self, url: &str) -> Result<&'a Json, Error> {
        let document = full(self.settings.loader).and_then(|load| load(url));
        let document = document.ok_or_else(|| Error::ContextUnknown(url.into()))?;
        document.get("@context").ok_or(Error::InvalidRemoteContext)
    }

    /// Runs a context of the table.
    fn run(
        &mut self,
        result: &mut Active<'a>,
        program: u16,
        remote: &mut Vec<String>,
        how: How,
    ) -> Result<(), Error> {
        let table = self.table;
        for step in table.program(program) {
            match *step {
                Step::Clear => self.clear(result, how)?,
                Step::Layer(layer) => {
                    if let Some(layer) = table.layer(layer) {
                        self.lay(result, layer, how.over_protected)?;
                    }
                }
                Step::Context(url) => {
                    let program = table.edition(u32::from(url), self.settings.edition);
                    let program = program.ok_or_else(|| Error::ContextUnknown(table.url(url).into()))?;
                    if remote.len() >= MAX_REMOTE {
                        return Err(Error::ContextOverflow);
                    }
                    remote.push(String::new());
                    self.run(result, program, remote, How { validate: how.validate, ..How::LOCAL })?;
                }
            }
        }
        Ok(())
    }

    /// Puts compiled definitions in place.
    fn lay(&mut self, result: &mut Active<'a>, layer: &Layer, over_protected: bool) -> Result<(), Error> {
        self.charge(layer.entries.len())?;
        if layer.vocab.is_some() {
            result.vocab = layer.vocab;
        }
        for (term, entry) in &layer.entries {
            let entry = self.complete(result, *entry)?;
            self.put(result, u32::from(*term), entry, over_protected)?;
        }
        Ok(())
    }

    /// Gives `term` its definition, unless a protected one stands in the way (section 4.2.2, steps 27 and 28).
    pub(super) fn put(
        &self,
        result: &mut Active<'a>,
        term: u32,
        entry: Entry,
        over_protected: bool,
    ) -> Result<(), Error> {
        let before = result.get(term);
        if before.is_protected() && !over_protected {
            let same = before.number() == entry.number()
                || match (self.definition(before), self.definition(entry)) {
                    (Some(before), Some(now)) => before.same(&now),
                    _ => false,
                };
            return if same { Ok(()) } else { Err(Error::ProtectedTermRedefinition) };
        }
        result.set(term, entry);
        Ok(())
    }

    /// Completes a definition of the table whose IRI or type begins with a prefix of an earlier context.
    fn complete(&mut self, active: &Active<'a>, entry: Entry) -> Result<Entry, Error> {
        let Some(number) = entry.number().filter(|number| self.table.is_open(*number)) else {
            return Ok(entry);
        };
        let table = self.table;
        let Some(mut definition) = table.definition(number) else { return Ok(entry) };
        let before = (definition.iri, definition.ty);
        for iri in [&mut definition.iri, &mut definition.ty] {
            let Some([namespace, word]) = iri.and_then(|iri| table.parts(iri)) else { continue };
            let Some((prefix, middle)) = iri::split_compact(namespace) else { continue };
            if middle.starts_with("//") {
                continue;
            }
            let prefix = self.lookup(active, prefix).filter(|definition| definition.prefix);
            if let Some(prefix) = prefix.and_then(|definition| definition.iri) {
                *iri = Some(self.concat(prefix, &[middle, word].concat())?);
            }
        }
        if before == (definition.iri, definition.ty) {
            return Ok(entry);
        }
        self.add_definition(definition, true, entry.is_protected())
    }

    /// A context object: steps 5.4 to 5.13.
    fn apply(
        &mut self,
        result: &mut Active<'a>,
        context: &'a Object,
        base: Option<Iri>,
        remote: &mut Vec<String>,
        how: How,
    ) -> Result<(), Error> {
        if !FULL && !is_plain(context) {
            return Err(Error::TooComplex);
        }
        let old = FULL && self.settings.mode_10;
        if let Some(version) = full(context.get("@version")) {
            if version.as_f64() != Some(1.1) {
                return Err(Error::InvalidVersionValue);
            }
            if old {
                return Err(Error::ProcessingModeConflict);
            }
        }
        if old && ["@import", "@direction", "@propagate"].iter().any(|entry| context.has(entry)) {
            return Err(Error::InvalidContextEntry);
        }
        let imported = match full(context.get("@import")) {
            Some(url) => {
                let url = self.resolve(base, url.as_str().ok_or(Error::InvalidImportValue)?)?;
                let imported = self.load(&url)?.as_object().ok_or(Error::InvalidRemoteContext)?;
                if imported.has("@import") {
                    return Err(Error::InvalidContextEntry);
                }
                Some(imported)
            }
            None => None,
        };
        let get = |name: &str| context.get(name).or_else(|| imported.and_then(|imported| imported.get(name)));
        if let Some(value) = full(get("@base")).filter(|_| remote.is_empty()) {
            result.base = self.base(result, value)?;
        }
        if let Some(value) = get("@vocab") {
            result.vocab = match value {
                Json::Null => None,
                Json::String(vocab) => {
                    if old && !iri::is_absolute(vocab) && !iri::is_blank(vocab) {
                        return Err(Error::InvalidVocabMapping);
                    }
                    Some(self.expand_iri(result, vocab, true, true)?.ok_or(Error::InvalidVocabMapping)?)
                }
                _ => return Err(Error::InvalidVocabMapping),
            };
        }
        if let Some(value) = full(get("@language")) {
            result.language = match value {
                Json::Null => None,
                Json::String(language) => Some(language),
                _ => return Err(Error::InvalidDefaultLanguage),
            };
        }
        if let Some(value) = full(get("@direction")) {
            result.direction = direction(value)?;
        }
        if full(get("@propagate")).is_some_and(|value| value.as_bool().is_none()) {
            return Err(Error::InvalidPropagateValue);
        }
        let protected = match full(get("@protected")) {
            None => false,
            Some(value) => value.as_bool().ok_or(Error::InvalidProtectedValue)?,
        };
        let own = context.iter();
        let inherited = imported.into_iter().flat_map(Object::iter).filter(|(name, _)| !context.has(name));
        let mut local = Local::new(base, protected, how, core::mem::take(remote));
        for (name, value) in own.chain(inherited) {
            local.add(self.intern_term(name)?, name, value);
        }
        self.charge(local.len())?;
        local.index();
        for at in 0..local.len() {
            self.define(result, &mut local, at, 0)?;
        }
        *remote = local.into_remote();
        Ok(())
    }

    fn base(&mut self, result: &Active<'a>, value: &'a Json) -> Result<Option<Iri>, Error> {
        let text = match value {
            Json::Null => return Ok(None),
            Json::String(text) => text,
            _ => return Err(Error::InvalidBaseIri),
        };
        if iri::is_absolute(text) {
            return Ok(Some(self.intern(text.as_str().into())?));
        }
        let base = result.base.ok_or(Error::InvalidBaseIri)?;
        let resolved = iri::resolve(&self.text(base), text);
        Ok(Some(self.intern(resolved.into())?))
    }
}

/// Whether a context only maps terms to IRIs, with a type at most, or sets a vocabulary.
fn is_plain(context: &Object) -> bool {
    context.iter().all(|(name, value)| match value {
        Json::String(_) => name == Keyword::Vocab.text() || !name.starts_with('@'),
        Json::Object(definition) => {
            !name.starts_with('@') && definition.iter().all(|(entry, _)| matches!(entry, "@id" | "@type"))
        }
        _ => false,
    })
}

/// The value of `@direction`.
pub(super) fn direction(value: &Json) -> Result<Option<Direction>, Error> {
    match value {
        Json::Null => Ok(None),
        Json::String(text) => Direction::find(text).map(Some).ok_or(Error::InvalidBaseDirection),
        _ => Err(Error::InvalidBaseDirection),
    }
}
