//! Writes the table of built-in contexts: for `cargo xtask contexts` and the test that holds it to its sources.
//!
//! Every context object is processed on its own, on nothing, so that its definitions hold wherever it is used. What it
//! takes from contexts before it is left open in the table: a prefix that it does not define itself. Nothing else may
//! depend on them; a context for which that does not hold is refused here, never compiled wrongly. So is one with
//! keywords that a verification does not know (`super::FULL`).

use std::collections::{BTreeMap, BTreeSet};

use super::context::How;
use super::definition::{Container, Iri, Scope};
use super::iri::{split, split_compact};
use super::keyword::Keyword;
use super::processor::Processor;
use super::table::{Entry, OPEN, PREFIX, REVERSE, Table};
use super::{Error, Settings};
use crate::json::{Json, Object};

/// A context to compile.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its URL.
    pub url: &'a str,
    /// The value of `@context` in its latest edition.
    pub current: &'a Json,
    /// The value of `@context` in the edition before.
    pub former: Option<&'a Json>,
    /// It is a context of JSON-LD 1.0 that 1.1 refuses.
    pub mode_10: bool,
}

/// Which context cannot be compiled, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// The URL of the context.
    pub url: String,
    /// What is in the way.
    pub fault: Fault,
}

/// Why a context cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is not a valid context.
    Invalid(Error),
    /// It uses something that the table has no room for, or that depends on contexts before it.
    Unsupported(String),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::Invalid(error)
    }
}

/// The compiled table of `sources`, for `src/rdf/contexts.bin`.
///
/// # Errors
/// The first context that cannot be compiled.
pub fn compile(sources: &[Source<'_>]) -> Result<Vec<u8>, CompileError> {
    static NOTHING: std::sync::OnceLock<Table> = std::sync::OnceLock::new();
    let mut compiler = Compiler {
        processor: Processor::new(NOTHING.get_or_init(Table::default), Settings::default()),
        layers: Vec::new(),
        programs: Vec::new(),
        urls: BTreeMap::new(),
    };
    for source in sources {
        compiler.processor.settings.mode_10 = source.mode_10;
        let mut program = |context| {
            compiler.program(context).map_err(|fault| CompileError { url: source.url.into(), fault })
        };
        let current = program(source.current)?;
        let former = source.former.map(program).transpose()?;
        compiler.urls.insert(source.url.into(), [Some(current), former]);
    }
    Ok(compiler.write())
}

struct Compiler<'a> {
    processor: Processor<'a>,
    layers: Vec<Layer>,
    programs: Vec<Vec<Step>>,
    /// Programs by URL; none for a context that is only referred to.
    urls: BTreeMap<String, [Option<usize>; 2]>,
}

/// One context object.
#[derive(PartialEq, Eq)]
struct Layer {
    vocab: Option<String>,
    entries: Vec<(String, Definition, bool)>,
}

#[derive(PartialEq, Eq)]
enum Step {
    Clear,
    Layer(usize),
    Context(String),
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Definition {
    iri: Option<String>,
    ty: Option<String>,
    container: u8,
    flags: u8,
    program: Option<usize>,
}

/// The number of `item` in `items`, where it is added if it is new.
fn number_of<T: PartialEq>(items: &mut Vec<T>, item: T) -> usize {
    items.iter().position(|known| *known == item).unwrap_or_else(|| {
        items.push(item);
        items.len() - 1
    })
}

/// Whether `text` begins with a prefix that an earlier context may define.
fn is_open(text: &str) -> bool {
    split_compact(text).is_some_and(|(prefix, rest)| prefix != "_" && !rest.starts_with("//"))
}

impl<'a> Compiler<'a> {
    fn program(&mut self, context: &'a Json) -> Result<usize, Fault> {
        let mut steps = Vec::new();
        for context in context.each() {
            steps.push(match context {
                Json::Null => Step::Clear,
                Json::String(url) => {
                    self.urls.entry(url.clone()).or_default();
                    Step::Context(url.clone())
                }
                Json::Object(object) => {
                    let layer = self.layer(context, object)?;
                    Step::Layer(number_of(&mut self.layers, layer))
                }
                _ => return Err(Error::InvalidLocalContext.into()),
            });
        }
        Ok(number_of(&mut self.programs, steps))
    }

    fn layer(&mut self, context: &'a Json, object: &'a Object) -> Result<Layer, Fault> {
        for (name, _) in object.iter() {
            let allowed = [Keyword::Version, Keyword::Protected, Keyword::Vocab, Keyword::Type];
            if Keyword::find(name).is_some_and(|keyword| !allowed.contains(&keyword)) {
                return Err(Fault::Unsupported(name.into()));
            }
        }
        // Scoped contexts are compiled below, each on its own.
        let how = How { validate: false, ..How::LOCAL };
        let mut active = self.processor.initial();
        self.processor.process(&mut active, context, None, &mut Vec::new(), how)?;
        let vocab = active.vocab.map(|vocab| self.processor.text(vocab));
        if object.has("@vocab") != vocab.is_some() {
            return Err(Fault::Unsupported("@vocab: null".into()));
        }
        let mut entries = Vec::new();
        // By name: the table must not depend on the order in which a document has its terms.
        let mut terms: Vec<(String, Entry)> =
            active.entries().map(|(term, entry)| (self.processor.term(term).into(), entry)).collect();
        terms.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (name, entry) in terms {
            let Some(definition) = self.processor.definition(entry) else { continue };
            if definition.language.is_some()
                || definition.direction.is_some()
                || definition.index.is_some()
                || definition.nest.is_some()
                || definition.container.has(Container::MAP.with(Container::LANGUAGE))
                || definition
                    .iri
                    .and_then(Iri::keyword)
                    .is_some_and(|k| k != Keyword::Id && k != Keyword::Type)
                || (name.contains(':') && !self.processor.settings.mode_10)
                || name.contains('\n')
            {
                return Err(Fault::Unsupported(name));
            }
            let text = |iri: Iri| self.processor.text(iri);
            let (iri, ty) = (definition.iri.map(text), definition.ty.map(text));
            let program = match definition.scope {
                Some(Scope::Inline { context, .. }) => Some(self.program(context)?),
                _ => None,
            };
            let open = [&iri, &ty].into_iter().flatten().any(|text| is_open(text));
            let flags = [(definition.prefix, PREFIX), (definition.reverse, REVERSE), (open, OPEN)];
            let flags = flags.iter().filter(|(set, _)| *set).fold(0, |flags, (_, flag)| flags | flag);
            let definition = Definition { iri, ty, container: definition.container.0, flags, program };
            entries.push((name, definition, entry.is_protected()));
        }
        Ok(Layer { vocab, entries })
    }

    fn write(self) -> Vec<u8> {
        // The definitions of each term, every one once. Terms come in the order of the layers, so that those of one
        // layer have numbers close to each other, which compresses best.
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut terms: Vec<(&str, Vec<&Definition>)> = Vec::new();
        for (name, definition, _) in self.layers.iter().flat_map(|layer| &layer.entries) {
            let number = *numbers.entry(name).or_insert(terms.len());
            match terms.get_mut(number) {
                None => terms.push((name, vec![definition])),
                Some((_, all)) if all.contains(&definition) => {}
                Some((_, all)) => all.push(definition),
            }
        }
        let rows: Vec<(&str, &Definition)> =
            terms.iter().flat_map(|(term, all)| all.iter().map(|definition| (*term, *definition))).collect();
        let vocabs = self.layers.iter().filter_map(|layer| layer.vocab.as_deref());
        let types = rows.iter().filter_map(|(_, row)| row.ty.as_deref());
        let types: BTreeSet<&str> = types.chain(vocabs).collect();
        let types: Vec<&str> = types.into_iter().collect();
        let iris = rows.iter().filter_map(|(_, row)| row.iri.as_deref());
        let parts: BTreeSet<(&str, &str)> =
            iris.chain(types.iter().copied()).filter(|iri| Keyword::find(iri).is_none()).map(split).collect();
        let others: BTreeSet<&str> =
            parts.iter().map(|(_, word)| *word).filter(|word| !numbers.contains_key(word)).collect();
        let words: Vec<&str> = terms.iter().map(|(term, _)| *term).chain(others).collect();
        let namespaces: BTreeSet<&str> = parts.iter().map(|(namespace, _)| *namespace).collect();
        let namespaces: Vec<&str> = namespaces.into_iter().collect();
        let urls: Vec<&str> = self.urls.keys().map(String::as_str).collect();

        let position =
            |items: &[&str], item: &str| items.iter().position(|known| *known == item).map_or(0, |at| at + 1);
        // An IRI in two numbers; the second is zero where its word is `term`.
        let code = |iri: Option<&str>, term: Option<&str>| match iri {
            None => [0, 0],
            Some(iri) => match Keyword::find(iri) {
                Some(keyword) => [keyword as usize + 1, 0],
                None => {
                    let (namespace, word) = split(iri);
                    let word = if Some(word) == term { 0 } else { position(&words, word) };
                    [position(&namespaces, namespace) + Iri::FIRST as usize, word]
                }
            },
        };

        let mut out = Bytes::default();
        out.number(terms.len());
        for strings in [&words, &namespaces, &urls] {
            out.section(Bytes(strings.join("\n").into_bytes()));
        }
        let mut column = Bytes::default();
        types.iter().for_each(|ty| column.numbers(&code(Some(ty), None)));
        out.section(column);
        out.column(terms.iter().map(|(_, all)| all.len()));
        let codes: Vec<[usize; 2]> =
            rows.iter().map(|(term, row)| code(row.iri.as_deref(), Some(term))).collect();
        out.column(codes.iter().map(|[beginning, _]| *beginning));
        out.column(codes.iter().map(|[_, end]| *end));
        out.column(rows.iter().map(|(_, row)| row.ty.as_deref().map_or(0, |ty| position(&types, ty))));
        out.column(rows.iter().map(|(_, row)| usize::from(row.container)));
        out.column(rows.iter().map(|(_, row)| usize::from(row.flags)));
        out.column(rows.iter().map(|(_, row)| row.program.map_or(0, |program| program + 1)));

        let (mut heads, mut steps, mut choices) = (Bytes::default(), Bytes::default(), Bytes::default());
        for layer in &self.layers {
            let vocab = layer.vocab.as_deref().map_or(0, |vocab| position(&types, vocab));
            heads.numbers(&[vocab, layer.entries.len()]);
            let mut entries: Vec<(usize, usize)> = Vec::new();
            for (name, definition, protected) in &layer.entries {
                let term = numbers.get(name.as_str()).copied().unwrap_or_default();
                let all = terms.get(term).map(|(_, all)| all.as_slice()).unwrap_or_default();
                let choice = all.iter().position(|known| *known == definition).unwrap_or_default();
                entries.push((term, choice << 1 | usize::from(*protected)));
            }
            entries.sort_unstable();
            let mut before = 0;
            for (term, choice) in entries {
                steps.number(term - before);
                before = term;
                choices.number(choice);
            }
        }
        [heads, steps, choices].into_iter().for_each(|section| out.section(section));

        let mut programs = Bytes::default();
        for program in &self.programs {
            programs.number(program.len());
            for step in program {
                programs.number(match step {
                    Step::Clear => 0,
                    Step::Layer(layer) => (layer << 1) + 1,
                    Step::Context(url) => ((position(&urls, url) - 1) << 1) + 2,
                });
            }
        }
        out.section(programs);
        for editions in self.urls.values() {
            out.numbers(&editions.map(|program| program.map_or(0, |program| program + 1)));
        }
        out.0
    }
}

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn numbers(&mut self, numbers: &[usize]) {
        numbers.iter().for_each(|number| self.number(*number));
    }

    fn section(&mut self, section: Bytes) {
        self.number(section.0.len());
        self.0.extend(section.0);
    }

    fn column(&mut self, numbers: impl Iterator<Item = usize>) {
        let mut column = Bytes::default();
        numbers.for_each(|number| column.number(number));
        self.section(column);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::rc::Rc;

    use super::super::context::Active;
    use super::super::{Edition, table};
    use super::*;
    use crate::json;

    /// The context documents of the corpus, by URL.
    fn documents() -> Option<BTreeMap<String, Json>> {
        let named = std::env::var_os("PROBANT_CORPUS");
        let folder = named.clone().map_or_else(|| "../shared/corpus".into(), std::path::PathBuf::from);
        let folder = folder.join("contexts");
        if named.is_none() && !folder.is_dir() {
            eprintln!("SKIPPED: no corpus, so compiled contexts are not compared with their documents");
            return None;
        }
        // A published context has a name twice; the last counts, as in JavaScript.
        let read = |path: &Path| -> serde_json::Value {
            serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
        };
        let index = read(&folder.join("index.json"));
        let document = |file: &str| json::parse(read(&folder.join(file)).to_string().as_bytes()).unwrap();
        let entries = index.as_object().unwrap().iter();
        let mut documents: BTreeMap<String, Json> =
            entries.map(|(url, entry)| (url.clone(), document(entry["file"].as_str().unwrap()))).collect();
        // The latest edition of one context is among the corpus' alternatives.
        documents.insert(
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json".into(),
            document("1edtech/alt/ob-v3p0-context-3.0.3.validator-2026-06.json"),
        );
        Some(documents)
    }

    /// What `active` adds to `before`, as text, with what scoped contexts add to it, `depth` levels down.
    fn describe<'a>(
        processor: &mut Processor<'a>,
        active: &Rc<Active<'a>>,
        before: &BTreeMap<String, String>,
        depth: u32,
    ) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let mut scopes = Vec::new();
        for (term, entry) in active.entries().collect::<Vec<_>>() {
            let definition = processor.definition(entry).unwrap();
            let text = |iri: Option<Iri>| iri.map(|iri| processor.text(iri));
            let (iri, ty) = (text(definition.iri), text(definition.ty));
            let kind = (definition.container, definition.prefix, definition.reverse, entry.is_protected());
            let name = processor.term(term).to_string();
            let scoped = definition.scope.is_some();
            all.insert(name.clone(), format!("{iri:?} {ty:?} {kind:?} {scoped}"));
            scopes.extend(definition.scope.map(|scope| (name, scope)));
        }
        let vocab = active.vocab.map(|vocab| processor.text(vocab));
        all.insert("@vocab".into(), format!("{vocab:?}"));
        let mut described = all.clone();
        for (name, scope) in scopes {
            // What stood there before has been followed already.
            if depth == 0 || before.get(&name) == all.get(&name) {
                continue;
            }
            let added = match processor.derive_scoped(active, scope, How::PROPERTY) {
                Ok(scoped) => describe(processor, &scoped, &all, depth - 1),
                Err(error) => BTreeMap::from([("error".into(), format!("{error:?}"))]),
            };
            for (inner, is) in added.into_iter().filter(|(inner, is)| all.get(inner) != Some(is)) {
                described.insert([&name, ".", &inner].concat(), is);
            }
        }
        described
    }

    /// What the contexts at `urls`, one after the other, mean; or the error that they are.
    fn meaning(
        table: &'static Table,
        documents: &BTreeMap<String, Json>,
        urls: &[&str],
    ) -> Result<BTreeMap<String, String>, Error> {
        let list = Json::Array(urls.iter().map(|url| Json::String((*url).into())).collect());
        let loader = |url: &str| documents.get(url);
        let mut processor = Processor::new(table, Settings { loader: Some(&loader), ..Settings::default() });
        let start = Rc::new(processor.initial());
        let active = processor.derive(&start, &list, None, How::LOCAL)?;
        Ok(describe(&mut processor, &active, &BTreeMap::new(), 3))
    }

    /// The compiled contexts mean what their documents mean, alone and after others.
    #[test]
    fn compiled_contexts_mean_what_their_documents_mean() {
        let Some(documents) = documents() else { return };
        static NOTHING: std::sync::OnceLock<Table> = std::sync::OnceLock::new();
        let nothing = NOTHING.get_or_init(Table::default);
        let (v1, v2) = ("https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2");
        let security = "https://w3id.org/security/v2";
        let (mut same, mut refused) = (0, 0);
        for url in documents.keys() {
            assert!(table::all().context(url, Edition::Current).is_some(), "{url}");
            // JSON-LD 1.1 refuses this one; it is compiled as what it is, JSON-LD 1.0.
            if url == "https://w3id.org/blockcerts/v1" {
                continue;
            }
            let chains: [&[&str]; 6] =
                [&[url], &[v1, url], &[v2, url], &[url, v2], &[security, url], &[v2, security, url]];
            for chain in chains {
                let compiled = meaning(table::all(), &documents, chain);
                let read = meaning(nothing, &documents, chain);
                if let (Ok(compiled), Ok(read)) = (&compiled, &read) {
                    for (name, is) in compiled {
                        assert_eq!(Some(is), read.get(name), "{chain:?}: {name}");
                    }
                }
                assert_eq!(compiled, read, "{chain:?}");
                if compiled.is_ok() { same += 1 } else { refused += 1 }
            }
        }
        println!("{same} chains mean the same, {refused} are refused alike");
        assert!(same > refused);
    }
}
