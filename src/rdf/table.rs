//! The built-in contexts, compiled ahead of time by `cargo xtask contexts`.
//!
//! The table holds no context document. It holds what processing one leaves behind: terms with their definitions,
//! in layers. Strings are shared between contexts, and so are definitions and layers that are equal; the versions of
//! one context differ in a few definitions. `compile` writes the bytes, [`Table::read`] reads them, once in a process.

use std::sync::OnceLock;

use super::Edition;
use super::definition::{Container, Definition, Iri, Scope};
use super::iri::split;
use super::strings::Strings;
use crate::order;

/// What `cargo xtask contexts` wrote.
static ALL: &[u8] = include_bytes!("contexts.bin");
static OFTEN: &[u8] = include_bytes!("often.bin");

/// All built-in contexts.
#[inline(never)]
pub(super) fn all() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(ALL).unwrap_or_default())
}

/// The contexts that nearly every badge uses, and no others.
pub(super) fn often() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(OFTEN).unwrap_or_default())
}

/// Contexts ready for use.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The terms of all contexts, then the ends of IRIs that are no terms.
    words: Strings<'static>,
    terms: u32,
    /// The beginnings of IRIs.
    namespaces: Strings<'static>,
    /// The IRIs: namespace in the upper, word in the lower half, ascending.
    iris: Vec<u32>,
    definitions: Vec<Compact>,
    layers: Vec<Layer>,
    programs: Vec<Vec<Step>>,
    urls: Strings<'static>,
    /// For each URL the programs of both editions; none where only its name is known.
    editions: Vec<[Option<u16>; 2]>,
}

/// A definition in eight bytes.
#[derive(Clone, Copy, Debug)]
struct Compact {
    iri: u16,
    ty: u16,
    /// The scoped context, plus one.
    program: u16,
    container: u8,
    flags: u8,
}

/// No IRI.
const NONE: u16 = u16::MAX;
pub(super) const PREFIX: u8 = 1;
pub(super) const REVERSE: u8 = 2;
/// The IRI or type begins with a prefix that only an earlier context can define.
pub(super) const OPEN: u8 = 4;

/// The definitions of one context object.
#[derive(Debug)]
pub(super) struct Layer {
    /// `@vocab`, where the object sets it.
    pub(super) vocab: Option<Iri>,
    /// Terms and definitions, ascending by term.
    pub(super) entries: Vec<(u16, Entry)>,
}

/// A definition's number, with a mark on protected ones. Zero is no definition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry(u16);

const PROTECTED: u16 = 1 << 15;

impl Entry {
    /// Definition `number`, below 32,767.
    pub(super) fn new(number: u16, protected: bool) -> Self {
        Entry((number + 1) | if protected { PROTECTED } else { 0 })
    }

    /// The definition's number.
    pub(super) fn number(self) -> Option<u16> {
        (self.0 & !PROTECTED).checked_sub(1)
    }

    pub(super) fn is_protected(self) -> bool {
        self.0 & PROTECTED != 0
    }
}

/// What one item of a context does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// `null`: forget everything.
    Clear,
    /// An object: its definitions, by the number of the layer.
    Layer(u16),
    /// Another context, by the number of its URL.
    Context(u16),
}

impl Table {
    /// Reads a compiled table; `None` where the bytes are none.
    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        let terms = bytes.number()?;
        let words = Strings::of(bytes.text()?.split('\n'));
        let namespaces = Strings::of(bytes.text()?.split('\n'));
        let urls = Strings::of(bytes.text()?.split('\n'));

        // Definitions stand in columns, which compress better than rows, those of one term together.
        let mut types = bytes.section()?;
        let mut counts = bytes.section()?;
        let mut beginnings = bytes.section()?;
        let mut ends = bytes.section()?;
        let mut type_column = bytes.section()?;
        let mut containers = bytes.section()?;
        let mut flags = bytes.section()?;
        let mut programs = bytes.section()?;

        let mut type_list = Vec::new();
        while !types.is_empty() {
            let (beginning, end) = (types.number()?, types.number()?);
            type_list.push(Code::read(beginning, end.saturating_sub(1)));
        }
        let mut firsts = Vec::with_capacity(terms as usize);
        let mut rows = Vec::new();
        for term in 0..terms {
            firsts.push(rows.len() as u16);
            for _ in 0..counts.number()? {
                let beginning = beginnings.number()?;
                let end = ends.number()?.checked_sub(1).unwrap_or(term);
                let ty = type_column.number()?.checked_sub(1);
                let ty = ty.map_or(Some(Code::None), |at| type_list.get(at as usize).copied())?;
                rows.push((Code::read(beginning, end), ty));
            }
        }
        let codes = rows.iter().flat_map(|(iri, ty)| [iri, ty]).chain(&type_list);
        let mut iris: Vec<u32> = codes.filter_map(|code| code.pair()).collect();
        order::sort_by_key(&mut iris, |iri| *iri);
        iris.dedup();
        let number = |code: Code| match code {
            Code::None => NONE,
            Code::Keyword(number) => number,
            Code::Pair(pair) => iris.binary_search(&pair).map_or(NONE, |at| (at as u32 + Iri::FIRST) as u16),
        };
        let mut definitions = Vec::with_capacity(rows.len());
        for (iri, ty) in rows {
            definitions.push(Compact {
                iri: number(iri),
                ty: number(ty),
                program: programs.number()? as u16,
                container: containers.number()? as u8,
                flags: flags.number()? as u8,
            });
        }

        let mut heads = bytes.section()?;
        let mut steps_between_terms = bytes.section()?;
        let mut choices = bytes.section()?;
        let mut layers = Vec::new();
        while !heads.is_empty() {
            let vocab = heads.number()?.checked_sub(1).and_then(|at| type_list.get(at as usize));
            let vocab = vocab.map(|code| Iri(u32::from(number(*code))));
            let count = heads.number()?;
            let mut entries = Vec::with_capacity(count as usize);
            let mut term = 0;
            for _ in 0..count {
                term += steps_between_terms.number()?;
                let choice = choices.number()?;
                let first = firsts.get(term as usize)?;
                entries.push((term as u16, Entry::new(first + (choice >> 1) as u16, choice & 1 != 0)));
            }
            layers.push(Layer { vocab, entries });
        }

        let mut steps = bytes.section()?;
        let mut programs = Vec::new();
        while !steps.is_empty() {
            let count = steps.number()?;
            let program: Option<Vec<Step>> = (0..count).map(|_| Step::read(steps.number()?)).collect();
            programs.push(program?);
        }
        let mut editions = Vec::new();
        for _ in 0..urls.len() {
            editions.push([bytes.number()?, bytes.number()?].map(|n| n.checked_sub(1).map(|n| n as u16)));
        }
        Some(Table { words, terms, namespaces, iris, definitions, layers, programs, urls, editions })
    }

    /// The number of terms.
    pub(super) fn terms(&self) -> u32 {
        self.terms
    }

    /// The number of definitions.
    pub(super) fn definitions(&self) -> u16 {
        self.definitions.len() as u16
    }

    /// The name of term `number`.
    pub(super) fn term(&self, number: u32) -> &str {
        self.words.get(number)
    }

    pub(super) fn find_term(&self, name: &str) -> Option<u32> {
        self.words.find(name).filter(|number| *number < self.terms)
    }

    /// The IRI of the table whose text is `text`.
    pub(super) fn find_iri(&self, text: &str) -> Option<Iri> {
        let (namespace, word) = split(text);
        self.pair(self.namespaces.find(namespace)?, word)
    }

    /// Whether an IRI of the table begins with `prefix`.
    pub(super) fn has_iri_under(&self, prefix: &str) -> bool {
        self.iris.iter().any(|pair| {
            let namespace = self.namespaces.get(pair >> 16);
            match prefix.strip_prefix(namespace) {
                Some(rest) => self.words.get(pair & 0xFFFF).starts_with(rest),
                None => namespace.starts_with(prefix),
            }
        })
    }

    /// The IRI of the table that `prefix`, if it is a bare namespace, and `word` make together.
    pub(super) fn concat(&self, prefix: Iri, word: &str) -> Option<Iri> {
        let pair = self.iris.get(prefix.0.checked_sub(Iri::FIRST)? as usize)?;
        let bare = self.words.get(pair & 0xFFFF).is_empty() && split(word).0.is_empty();
        if bare { self.pair(pair >> 16, word) } else { None }
    }

    fn pair(&self, namespace: u32, word: &str) -> Option<Iri> {
        let pair = namespace << 16 | self.words.find(word)?;
        Some(Iri(self.iris.binary_search(&pair).ok()? as u32 + Iri::FIRST))
    }

    /// The number of the first IRI that is not the table's.
    pub(super) fn end_of_iris(&self) -> u32 {
        Iri::FIRST + self.iris.len() as u32
    }

    /// The two parts of an IRI of the table.
    pub(super) fn parts(&self, iri: Iri) -> Option<[&str; 2]> {
        let pair = self.iris.get(iri.0.checked_sub(Iri::FIRST)? as usize)?;
        Some([self.namespaces.get(pair >> 16), self.words.get(pair & 0xFFFF)])
    }

    /// Definition `number`.
    pub(super) fn definition(&self, number: u16) -> Option<Definition<'static>> {
        let compact = self.definitions.get(usize::from(number))?;
        let iri = |number: u16| (number != NONE).then_some(Iri(u32::from(number)));
        Some(Definition {
            iri: iri(compact.iri),
            ty: iri(compact.ty),
            container: Container(compact.container),
            prefix: compact.flags & PREFIX != 0,
            reverse: compact.flags & REVERSE != 0,
            scope: compact.program.checked_sub(1).map(Scope::Compiled),
            ..Definition::default()
        })
    }

    /// Whether definition `number` has to be completed by the context that it is used in.
    pub(super) fn is_open(&self, number: u16) -> bool {
        self.definitions.get(usize::from(number)).is_some_and(|compact| compact.flags & OPEN != 0)
    }

    /// The program of the context at `url`.
    pub(super) fn context(&self, url: &str, edition: Edition) -> Option<u16> {
        self.edition(self.urls.find(url)?, edition)
    }

    /// The program of URL `number`.
    pub(super) fn edition(&self, number: u32, edition: Edition) -> Option<u16> {
        let [current, former] = self.editions.get(number as usize)?;
        if edition == Edition::Former { former.or(*current) } else { *current }
    }

    /// Whether the context at `url` has a former edition.
    pub(super) fn has_former(&self, url: &str) -> bool {
        let editions = self.urls.find(url).and_then(|number| self.editions.get(number as usize));
        editions.is_some_and(|[_, former]| former.is_some())
    }

    /// URL `number`.
    pub(super) fn url(&self, number: u16) -> &str {
        self.urls.get(u32::from(number))
    }

    /// What program `number` does.
    pub(super) fn program(&self, number: u16) -> &[Step] {
        self.programs.get(usize::from(number)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn layer(&self, number: u16) -> Option<&Layer> {
        self.layers.get(usize::from(number))
    }
}

/// An IRI as the table writes it: nothing, a keyword, or namespace and word.
#[derive(Clone, Copy)]
enum Code {
    None,
    Keyword(u16),
    Pair(u32),
}

impl Code {
    fn read(beginning: u32, end: u32) -> Self {
        match beginning.checked_sub(1) {
            None => Code::None,
            Some(keyword) if keyword < Iri::FIRST => Code::Keyword(keyword as u16),
            Some(namespace) => Code::Pair((namespace - Iri::FIRST) << 16 | end),
        }
    }

    fn pair(self) -> Option<u32> {
        if let Code::Pair(pair) = self { Some(pair) } else { None }
    }
}

impl Step {
    fn read(code: u32) -> Option<Self> {
        Some(match code.checked_sub(1) {
            None => Step::Clear,
            Some(code) if code & 1 == 0 => Step::Layer(u16::try_from(code >> 1).ok()?),
            Some(code) => Step::Context(u16::try_from(code >> 1).ok()?),
        })
    }
}

/// What is left to read.
struct Bytes(&'static [u8]);

impl Bytes {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number: seven bits in a byte, the lowest first, the eighth bit where more follow.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7F) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A length and as many bytes.
    fn section(&mut self) -> Option<Bytes> {
        let length = self.number()?;
        let (section, rest) = self.0.split_at_checked(length as usize)?;
        self.0 = rest;
        Some(Bytes(section))
    }

    fn text(&mut self) -> Option<&'static str> {
        core::str::from_utf8(self.section()?.0).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_can_be_read() {
        let table = Table::read(ALL).unwrap();
        let name = table.find_term("description").unwrap();
        let program = table.context("https://www.w3.org/ns/credentials/v2", Edition::Current).unwrap();
        let [Step::Layer(layer)] = table.program(program) else { panic!("one object") };
        let layer = table.layer(*layer).unwrap();
        let (_, entry) = layer.entries.iter().find(|(term, _)| u32::from(*term) == name).unwrap();
        let definition = table.definition(entry.number().unwrap()).unwrap();
        let text = |iri: Option<Iri>| iri.and_then(|iri| table.parts(iri)).unwrap().concat();
        assert!(entry.is_protected());
        assert_eq!(text(definition.iri), "https://schema.org/description");
    }

    /// A context means the same in either table.
    #[test]
    fn what_is_used_often_is_what_it_is_among_all() {
        let (all, often) = (Table::read(ALL).unwrap(), Table::read(OFTEN).unwrap());
        assert_eq!(often.editions.iter().filter(|edition| edition[0].is_some()).count(), 18);
        for url in 0..often.urls.len() as u16 {
            for edition in [Edition::Current, Edition::Former] {
                let of = |table: &Table| {
                    let mut lines = Vec::new();
                    let program = table.context(often.url(url), edition);
                    program.map(|program| {
                        describe(table, program, &mut Vec::new(), &mut lines);
                        lines
                    })
                };
                let Some(meaning) = of(&often) else { continue };
                assert_eq!(Some(meaning), of(&all), "{}", often.url(url));
            }
        }
    }

    /// What a program does, in words that do not depend on the table.
    fn describe(table: &Table, program: u16, path: &mut Vec<u16>, lines: &mut Vec<String>) {
        if path.contains(&program) {
            return lines.push(format!("again {}", path.len()));
        }
        path.push(program);
        let text =
            |iri: Option<Iri>| iri.map(|iri| table.parts(iri).map_or(iri.0.to_string(), |p| p.concat()));
        for step in table.program(program) {
            match step {
                Step::Clear => lines.push("clear".into()),
                Step::Context(url) => lines.push(table.url(*url).into()),
                Step::Layer(layer) => {
                    let layer = table.layer(*layer).unwrap();
                    lines.push(format!("layer {:?}", text(layer.vocab)));
                    let mut entries: Vec<_> =
                        layer.entries.iter().map(|(t, e)| (table.term(u32::from(*t)), e)).collect();
                    entries.sort_by_key(|(term, _)| *term);
                    for (term, entry) in entries {
                        lines.push(format!("{term} {}", entry.is_protected()));
                        let Some(definition) = entry.number().and_then(|number| table.definition(number))
                        else {
                            continue;
                        };
                        let Definition { iri, ty, container, prefix, reverse, scope, .. } = definition;
                        lines.push(format!(
                            "{:?} {:?} {container:?} {prefix} {reverse}",
                            text(iri),
                            text(ty)
                        ));
                        if let Some(Scope::Compiled(program)) = scope {
                            describe(table, program, path, lines);
                        }
                    }
                }
            }
        }
        path.pop();
    }
}
