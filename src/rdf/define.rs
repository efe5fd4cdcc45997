//! Creating term definitions (JSON-LD 1.1 API, section 4.2).

use std::rc::Rc;

use super::context::{Active, How, direction};
use super::definition::{Container, Definition, Iri, Scope};
use super::keyword::{Keyword, is_keyword_form};
use super::processor::Processor;
use super::{Error, FULL, full, iri};
use crate::json::{Json, Object};
use crate::order;

/// Terms that are defined by way of other terms: the chain's longest length.
const MAX_CHAIN: u32 = 64;

/// The entries of one context object while its terms are being defined.
pub(super) struct Local<'a> {
    entries: Vec<Entry<'a>>,
    base: Option<Iri>,
    protected: bool,
    how: How,
    remote: Vec<String>,
}

struct Entry<'a> {
    term: u32,
    name: &'a str,
    value: &'a Json,
    progress: Progress,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Open,
    Started,
    Done,
}

impl<'a> Local<'a> {
    pub(super) fn new(base: Option<Iri>, protected: bool, how: How, remote: Vec<String>) -> Self {
        Local { entries: Vec::new(), base, protected, how, remote }
    }

    pub(super) fn add(&mut self, term: u32, name: &'a str, value: &'a Json) {
        if !is_setting(name) {
            self.entries.push(Entry { term, name, value, progress: Progress::Open });
        }
    }

    /// Sorts the entries, so that they can be found.
    pub(super) fn index(&mut self) {
        order::sort_by_key(&mut self.entries, |entry| entry.term);
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn into_remote(self) -> Vec<String> {
        self.remote
    }

    fn find(&self, term: u32) -> Option<usize> {
        self.entries.binary_search_by_key(&term, |entry| entry.term).ok()
    }

    fn set(&mut self, at: usize, progress: Progress) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.progress = progress;
        }
    }
}

/// Whether an entry of a context sets something for the whole context and defines no term.
fn is_setting(name: &str) -> bool {
    matches!(
        Keyword::find(name),
        Some(
            Keyword::Base
                | Keyword::Direction
                | Keyword::Import
                | Keyword::Language
                | Keyword::Propagate
                | Keyword::Protected
                | Keyword::Version
                | Keyword::Vocab
        )
    )
}

impl<'a> Processor<'a> {
    /// Defines the entry `at` of `local`, after those that it builds on.
    pub(super) fn define(
        &mut self,
        active: &mut Active<'a>,
        local: &mut Local<'a>,
        at: usize,
        depth: u32,
    ) -> Result<(), Error> {
        let Some(&Entry { term, name, value, progress }) = local.entries.get(at) else { return Ok(()) };
        match progress {
            Progress::Done => return Ok(()),
            Progress::Started => return Err(Error::CyclicIriMapping),
            Progress::Open if depth > MAX_CHAIN => return Err(Error::TooComplex),
            Progress::Open if name.is_empty() => return Err(Error::InvalidTermDefinition),
            Progress::Open => local.set(at, Progress::Started),
        }
        if name == Keyword::Type.text() {
            if !FULL || self.settings.mode_10 || !may_define_type(value) {
                return Err(Error::KeywordRedefinition);
            }
        } else if Keyword::find(name).is_some() {
            return Err(Error::KeywordRedefinition);
        } else if is_keyword_form(name) {
            return Ok(());
        }
        let before = active.get(term);
        active.set(term, Default::default());
        let defined = self.definition_of(active, local, name, value, depth)?;
        let Some((definition, protected)) = defined else { return Ok(()) };
        let entry = self.add_definition(definition, false, protected)?;
        active.set(term, before);
        self.put(active, term, entry, local.how.over_protected)?;
        local.set(at, Progress::Done);
        Ok(())
    }

    /// The definition that `value` gives, and whether it is protected; `None` where it is to be left out.
    /// Steps 7 to 26.
    fn definition_of(
        &mut self,
        active: &mut Active<'a>,
        local: &mut Local<'a>,
        name: &'a str,
        value: &'a Json,
        depth: u32,
    ) -> Result<Option<(Definition<'a>, bool)>, Error> {
        let old = FULL && self.settings.mode_10;
        let object = match value {
            Json::Null | Json::String(_) => None,
            Json::Object(object) => Some(object),
            _ => return Err(Error::InvalidTermDefinition),
        };
        let get = |entry: &str| object.and_then(|object| object.get(entry));
        let mut definition = Definition::default();
        let protected = match full(get("@protected")) {
            None => local.protected,
            Some(_) if old => return Err(Error::InvalidTermDefinition),
            Some(value) => value.as_bool().ok_or(Error::InvalidProtectedValue)?,
        };
        if let Some(ty) = get("@type") {
            let ty = ty.as_str().ok_or(Error::InvalidTypeMapping)?;
            let ty = self.expand_defined(active, local, ty, depth)?.ok_or(Error::InvalidTypeMapping)?;
            let known = match ty.keyword() {
                Some(Keyword::Json | Keyword::None) => !old,
                Some(Keyword::Id | Keyword::Vocab) => true,
                Some(_) => false,
                None => self.is_absolute(ty),
            };
            if !known {
                return Err(Error::InvalidTypeMapping);
            }
            definition.ty = Some(ty);
        }
        let id = if object.is_some() { get("@id") } else { Some(value) };
        if let Some(reverse) = full(get("@reverse")) {
            if id.is_some() || get("@nest").is_some() {
                return Err(Error::InvalidReverseProperty);
            }
            let reverse = reverse.as_str().ok_or(Error::InvalidIriMapping)?;
            if is_keyword_form(reverse) {
                return Ok(None);
            }
            let iri = self.expand_defined(active, local, reverse, depth)?;
            let iri = iri.filter(|iri| self.is_absolute(*iri) || self.is_blank(*iri));
            definition.iri = Some(iri.ok_or(Error::InvalidIriMapping)?);
            definition.reverse = true;
            definition.container = match get("@container") {
                None | Some(Json::Null) => Container::default(),
                Some(value) => value
                    .as_str()
                    .and_then(Container::find)
                    .filter(|container| [Container::SET, Container::INDEX].contains(container))
                    .ok_or(Error::InvalidReverseProperty)?,
            };
        } else {
            let simple = object.is_none();
            match self.iri_mapping(active, local, name, id, simple, depth)? {
                Mapping::LeftOut => return Ok(None),
                Mapping::Iri(iri, prefix) => (definition.iri, definition.prefix) = (iri, prefix),
            }
            if let Some(value) = full(get("@container")) {
                definition.container = container(value, old)?;
                if definition.container.has(Container::TYPE) {
                    let ty = definition.ty.get_or_insert(Iri::of(Keyword::Id));
                    if !ty.is(Keyword::Id) && !ty.is(Keyword::Vocab) {
                        return Err(Error::InvalidTypeMapping);
                    }
                }
            }
        }
        if let Some(index) = full(get("@index")) {
            let index = index.as_str().ok_or(Error::InvalidTermDefinition)?;
            let iri = self.expand_defined(active, local, index, depth)?;
            if old
                || !definition.container.has(Container::INDEX)
                || !iri.is_some_and(|iri| self.is_absolute(iri))
            {
                return Err(Error::InvalidTermDefinition);
            }
            definition.index = Some(index);
        }
        if let Some(context) = full(get("@context")) {
            if old {
                return Err(Error::InvalidTermDefinition);
            }
            if local.how.validate {
                let how = How { validate: false, ..How::PROPERTY };
                let mut trial = self.start(&Rc::new(active.clone()), how)?;
                self.process(&mut trial, context, local.base, &mut local.remote.clone(), how).map_err(
                    |error| match error {
                        Error::ContextUnknown(_) | Error::TooComplex => error,
                        _ => Error::InvalidScopedContext,
                    },
                )?;
            }
            definition.scope = Some(Scope::Inline { context, base: local.base });
        }
        if get("@type").is_none() {
            definition.language = match full(get("@language")) {
                None => None,
                Some(Json::Null) => Some(None),
                Some(Json::String(language)) => Some(Some(language)),
                Some(_) => return Err(Error::InvalidLanguageMapping),
            };
            if let Some(value) = full(get("@direction")) {
                definition.direction = Some(direction(value)?);
            }
        }
        if let Some(nest) = full(get("@nest")) {
            if old {
                return Err(Error::InvalidTermDefinition);
            }
            let nest = nest.as_str().ok_or(Error::InvalidNestValue)?;
            if Keyword::find(nest).is_some_and(|keyword| keyword != Keyword::Nest) {
                return Err(Error::InvalidNestValue);
            }
            definition.nest = Some(nest);
        }
        if let Some(prefix) = full(get("@prefix")) {
            if old || name.contains([':', '/']) {
                return Err(Error::InvalidTermDefinition);
            }
            definition.prefix = prefix.as_bool().ok_or(Error::InvalidPrefixValue)?;
            if definition.prefix && definition.iri.is_some_and(|iri| iri.keyword().is_some()) {
                return Err(Error::InvalidTermDefinition);
            }
        }
        let known = |(entry, _): (&str, _)| Keyword::find(entry).is_some_and(is_definition_entry);
        if FULL && !object.into_iter().flat_map(Object::iter).all(known) {
            return Err(Error::InvalidTermDefinition);
        }
        Ok(Some((definition, protected)))
    }

    /// The IRI of a term and whether the term may be a prefix. Steps 14 to 18.
    fn iri_mapping(
        &mut self,
        active: &mut Active<'a>,
        local: &mut Local<'a>,
        name: &'a str,
        id: Option<&'a Json>,
        simple: bool,
        depth: u32,
    ) -> Result<Mapping, Error> {
        match id {
            Some(Json::Null) => return Ok(Mapping::Iri(None, false)),
            Some(Json::String(id)) if id != name => {
                if Keyword::find(id).is_none() && is_keyword_form(id) {
                    return Ok(Mapping::LeftOut);
                }
                let iri = self.expand_defined(active, local, id, depth)?.ok_or(Error::InvalidIriMapping)?;
                if iri.is(Keyword::Context) {
                    return Err(Error::InvalidKeywordAlias);
                }
                let keyword = iri.keyword().is_some();
                if !keyword && !self.is_absolute(iri) && !self.is_blank(iri) {
                    return Err(Error::InvalidIriMapping);
                }
                // A term that looks like an IRI must mean what it looks like.
                let looks_like_iri = name.contains('/') || is_inside(name, ':');
                if looks_like_iri && !(FULL && self.settings.mode_10) {
                    if let Some(at) = self.find_term(name).and_then(|term| local.find(term)) {
                        local.set(at, Progress::Done);
                    }
                    if self.expand_defined(active, local, name, depth)? != Some(iri) {
                        return Err(Error::InvalidIriMapping);
                    }
                }
                let [begin, end] = self.parts(iri);
                let last = end.chars().next_back().or_else(|| begin.chars().next_back());
                let delimiter = matches!(last, Some(':' | '/' | '?' | '#' | '[' | ']' | '@'));
                let prefix =
                    simple && !keyword && !name.contains([':', '/']) && (delimiter || self.is_blank(iri));
                return Ok(Mapping::Iri(Some(iri), prefix));
            }
            Some(Json::String(_)) | None if !FULL => return Err(Error::TooComplex),
            Some(Json::String(_)) | None => {}
            Some(_) => return Err(Error::InvalidIriMapping),
        }
        let iri = if let Some((prefix, suffix)) = iri::split_compact(name) {
            let term = self.find_term(prefix).filter(|_| !suffix.starts_with("//"));
            if let Some(at) = term.and_then(|term| local.find(term)) {
                self.define(active, local, at, depth + 1)?;
            }
            let prefix = term.and_then(|term| self.definition(active.get(term)));
            match prefix.and_then(|definition| definition.iri) {
                Some(prefix) => Some(self.concat(prefix, suffix)?),
                None => Some(self.intern(name.into())?),
            }
        } else if name.contains('/') {
            let iri = self.expand_iri(active, name, false, true)?;
            Some(iri.filter(|iri| self.is_absolute(*iri)).ok_or(Error::InvalidIriMapping)?)
        } else if name == Keyword::Type.text() {
            Some(Iri::of(Keyword::Type))
        } else {
            let vocab = active.vocab.ok_or(Error::InvalidIriMapping)?;
            Some(self.concat(vocab, name)?)
        };
        Ok(Mapping::Iri(iri, false))
    }

    /// Expands `text` after defining the terms of `local` that it refers to.
    fn expand_defined(
        &mut self,
        active: &mut Active<'a>,
        local: &mut Local<'a>,
        text: &'a str,
        depth: u32,
    ) -> Result<Option<Iri>, Error> {
        if Keyword::find(text).is_none() && !is_keyword_form(text) {
            let prefix = iri::split_compact(text)
                .filter(|(_, suffix)| !suffix.starts_with("//"))
                .map(|(prefix, _)| prefix);
            for name in [Some(text), prefix].into_iter().flatten() {
                if let Some(at) = self.find_term(name).and_then(|term| local.find(term)) {
                    self.define(active, local, at, depth + 1)?;
                }
            }
        }
        self.expand_iri(active, text, false, true)
    }
}

enum Mapping {
    /// The definition is to be ignored.
    LeftOut,
    /// The IRI, if the term means anything, and whether the term may be a prefix.
    Iri(Option<Iri>, bool),
}

/// Whether `c` stands in `text` other than first or last.
fn is_inside(text: &str, c: char) -> bool {
    let mut chars = text.chars();
    chars.next();
    chars.next_back();
    chars.as_str().contains(c)
}

/// `@type` may be made a set, and protected, and nothing else (step 4).
fn may_define_type(value: &Json) -> bool {
    value.as_object().is_some_and(|object| {
        !object.is_empty()
            && object
                .iter()
                .all(|(name, value)| (name == "@container" && value.is("@set")) || name == "@protected")
    })
}

/// The value of `@container` (step 19).
fn container(value: &Json, old: bool) -> Result<Container, Error> {
    if old && value.as_str().is_none() {
        return Err(Error::InvalidContainerMapping);
    }
    let mut container = Container::default();
    for keyword in value.each() {
        let one = keyword.as_str().and_then(Container::find).ok_or(Error::InvalidContainerMapping)?;
        container = container.with(one);
    }
    let new = Container::GRAPH.with(Container::ID).with(Container::TYPE);
    if container.is_allowed() && !(old && container.has(new)) {
        Ok(container)
    } else {
        Err(Error::InvalidContainerMapping)
    }
}

/// Whether a term definition may have this entry.
fn is_definition_entry(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Id
            | Keyword::Reverse
            | Keyword::Container
            | Keyword::Context
            | Keyword::Direction
            | Keyword::Index
            | Keyword::Language
            | Keyword::Nest
            | Keyword::Prefix
            | Keyword::Protected
            | Keyword::Type
    )
}
