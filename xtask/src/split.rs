//! Makes several modules of one: rare code moves out of the first, and is loaded when it is first called.
//!
//! What can be reached only through the entry functions of a part moves into that part's module. The first keeps each
//! entry function as a few instructions that call a slot of the function table, which is empty until the part is
//! loaded. The parts share the first module's memory, table and globals, and import what they call of its functions
//! from slots of the table, so that the first has to name none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    GlobalKind, ImportKind, ImportedFunction, LocalFunction, Module, ModuleConfig, TableId,
};

use crate::references::{References, Segment};

/// A part: its file's name, and the functions by which it is entered, as paths in Rust. Common code must call
/// `part::need` before each.
pub struct Part {
    pub name: &'static str,
    pub entries: &'static [&'static str],
}

/// The parts.
pub const PARTS: &[Part] = &[
    Part {
        name: "wide",
        entries: &[
            "probant::format::endorsement::follow",
            "probant::format::endorsement::rows",
            "probant::format::open_badges_2::report",
            "probant::format::own_words::OwnWords::define",
            "probant::format::own_words::OwnWords::strip",
            "probant::format::presentation::Presenter::asserts",
            "probant::format::presentation::Presenter::holds",
            "probant::format::presentation::report",
            "probant::format::resources::compare",
            "probant::format::sd_jwt::report",
            "probant::format::sd_jwt::report_json",
            "probant::format::token_status::rows",
            "probant::key::document::Document::by_kid",
            "probant::key::document::Document::same",
            "probant::key::jwks::select",
            "probant::key::pem::read",
            "probant::key::published::metadata",
            "probant::key::published::resolve",
            "probant::proof::algorithm::ecdsa::verify",
            "probant::proof::algorithm::recovery::recover",
            "probant::proof::algorithm::recovery::uncompressed",
            "probant::proof::algorithm::rsa::verify",
            "probant::proof::data_integrity::selective::verify",
            "probant::rdf::canonical::Canonicalizer::issue_by_neighbours",
            "probant::rdf::table::all",
            "probant::recipient::compare",
        ],
    },
    Part {
        name: "records",
        entries: &[
            "probant::format::detail::follow",
            "probant::format::europass::report",
            "probant::format::europass::view::of",
            "probant::format::open_attestation::report",
            "probant::format::record::conclude",
            "probant::format::record::follow",
            "probant::format::record::within::Within::asserts",
            "probant::format::record::within::Within::person",
        ],
    },
    Part { name: "schemas", entries: &["probant::format::named_schema::row"] },
    Part { name: "bbs", entries: &["probant::proof::algorithm::bbs::proof_verify"] },
    Part {
        name: "chain",
        entries: &["probant::format::blockcerts::embedded::proof", "probant::format::blockcerts::report"],
    },
    Part {
        name: "files",
        entries: &[
            "probant::format::link::follow",
            "probant::format::packed::report",
            "probant::format::page::report",
            "probant::format::picture::report",
            "probant::format::several::within",
        ],
    },
];

/// Where the parts import memory, table and globals from: the first module's exports.
const EXPORTS: &str = "e";

/// Where the parts import functions from: the slots of the table, by number.
const SLOTS: &str = "s";

/// The modules that were made of one, functions still named.
pub struct Split {
    pub first: Module,
    pub parts: Vec<(&'static str, Module)>,
}

/// Splits `module`. `references` are those of the module as it was linked.
pub fn split(module: &mut Module, references: &References) -> Result<Split> {
    name_by_symbols(module, references)?;
    // Each module is made from a copy, in which functions are told apart by their place.
    let whole = module.emit_wasm();
    let copy = || ModuleConfig::new().generate_producers_section(false).parse(&whole);
    let entries = Entries::find(&copy()?)?;

    let mut first = copy()?;
    for (function, slot) in &entries.slots {
        call_slot(&mut first, *function, *slot)?;
    }
    walrus::passes::gc::run(&mut first);
    let kept: BTreeSet<usize> =
        first.funcs.iter().map(|f| f.id().index()).filter(|f| !entries.slots.contains_key(f)).collect();

    let mut slots = Slots::of(&first, entries.end)?;
    let mut parts = Vec::new();
    for (part, Part { name, .. }) in PARTS.iter().enumerate() {
        let mut module = copy()?;
        cut_out(&mut module, part, &entries, &kept).with_context(|| format!("part {name}"))?;
        link(&mut module, &mut first, &mut slots).with_context(|| format!("part {name}"))?;
        parts.push((*name, module));
    }
    slots.fill(&mut first)?;
    share_out(&mut first, &mut parts, &entries, references)?;
    Ok(Split { first, parts })
}

/// Gives each module the data that its functions refer to. What several parts have in common stays in the first, unless
/// nothing ever writes to it.
fn share_out(
    first: &mut Module,
    parts: &mut [(&str, Module)],
    entries: &Entries,
    references: &References,
) -> Result<()> {
    let mut kept = references.from(symbols(first, None, entries));
    let reached: Vec<_> =
        (0..).zip(&*parts).map(|(at, (_, part))| references.from(symbols(part, Some(at), entries))).collect();
    for (at, segment) in references.segments.iter().enumerate() {
        let by = reached.iter().filter(|part| part.contains(&at)).count();
        if by > 1 && !segment.name.starts_with(".rodata") {
            kept.insert(at);
        }
    }
    for id in ids(first.data.iter().map(|d| d.id())) {
        first.data.delete(id);
    }
    first.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    put(first, &kept, references)?;
    for ((_, module), reached) in parts.iter_mut().zip(&reached) {
        put(module, &(reached - &kept), references)?;
    }
    Ok(())
}

/// The symbols of the functions whose bodies are in the first module, or in that of `part`.
fn symbols<'a>(module: &'a Module, part: Option<usize>, entries: &Entries) -> Vec<&'a str> {
    let here = |function: &&walrus::Function| {
        let owner = entries.parts.get(&function.id().index());
        matches!(function.kind, FunctionKind::Local(_)) && owner.is_none_or(|owner| part == Some(*owner))
    };
    module.funcs.iter().filter(here).filter_map(|function| function.name.as_deref()).collect()
}

/// Longest run of zeros between two statics that is written out, in bytes: a segment of its own weighs as much.
const GAP: usize = 8;

/// Adds segments to `module`, those that are close together as one. Between two of them there may be none that another
/// module fills.
fn put(module: &mut Module, segments: &BTreeSet<usize>, references: &References) -> Result<()> {
    let memory = module.memories.iter().next().context("no memory")?.id();
    // Memory is zero where nothing is written.
    let filled = |segment: &&Segment| segment.bytes.iter().any(|byte| *byte != 0);
    let mut segments: Vec<_> =
        segments.iter().filter_map(|at| references.segments.get(*at)).filter(filled).collect();
    segments.sort_by_key(|segment| segment.address);
    let mut runs: Vec<(u32, Vec<u8>)> = Vec::new();
    for segment in segments {
        let gap = runs.last().map(|(start, bytes)| start + bytes.len() as u32..segment.address);
        match (gap, runs.last_mut()) {
            (Some(gap), Some((_, bytes))) if gap.len() <= GAP && !references.has_any_in(&gap) => {
                bytes.resize(bytes.len() + gap.len(), 0);
                bytes.extend_from_slice(&segment.bytes);
            }
            _ => runs.push((segment.address, segment.bytes.clone())),
        }
    }
    for (start, bytes) in runs {
        let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
        let data = module.data.add(DataKind::Active { memory, offset }, bytes);
        module.memories.get_mut(memory).data_segments.insert(data);
    }
    Ok(())
}

/// Gives every function that the linker knew its symbol for a name: the binding generator renamed what it exports.
///
/// # Errors
/// A function that the generator made refers to data: nobody would know.
fn name_by_symbols(module: &mut Module, references: &References) -> Result<()> {
    let data = references.range();
    for function in module.funcs.iter_mut() {
        // The generator adds functions after those that there were.
        let Some(symbol) = references.symbol(function.id().index()) else {
            if let FunctionKind::Local(body) = &function.kind {
                let mut addresses = Addresses { data: &data, found: false };
                dfs_in_order(&mut addresses, body, body.entry_block());
                ensure!(!addresses.found, "{:?} refers to data", function.name);
            }
            continue;
        };
        let name = function.name.replace(symbol.into()).unwrap_or_default();
        ensure!(name == symbol || !references.knows(&name), "{name} stands where {symbol} stood");
    }
    Ok(())
}

/// Looks for numbers that could be addresses of data.
struct Addresses<'a> {
    data: &'a Range<u32>,
    found: bool,
}

impl<'a> Visitor<'a> for Addresses<'_> {
    fn visit_value(&mut self, value: &Value) {
        if let Value::I32(number) = value {
            self.found |= self.data.contains(&number.cast_unsigned());
        }
    }
}

/// The entry functions of all parts.
struct Entries {
    /// The place of each in the module, and its slot in the table.
    slots: BTreeMap<usize, u64>,
    /// The place of each, and its part.
    parts: BTreeMap<usize, usize>,
    /// The slot after the last.
    end: u64,
}

impl Entries {
    /// Finds every entry function.
    ///
    /// # Errors
    /// One is not there, for nothing calls it or the compiler merged it into its callers; or there are two of a name.
    fn find(module: &Module) -> Result<Self> {
        let first = module.tables.get(table(module)?).initial;
        let mut entries = Entries { slots: BTreeMap::new(), parts: BTreeMap::new(), end: first };
        for (part, Part { name, entries: paths }) in PARTS.iter().enumerate() {
            for path in *paths {
                let named = |f: &&walrus::Function| f.name.as_deref().map(path_of).as_deref() == Some(path);
                let mut found = module.funcs.iter().filter(named);
                let function = found.next().with_context(|| {
                    format!("{name}: there is no function {path}; is it called, and marked #[inline(never)]?")
                })?;
                ensure!(found.next().is_none(), "{name}: there is more than one function {path}");
                ensure!(matches!(function.kind, FunctionKind::Local(_)), "{name}: {path} is imported");
                let at = function.id().index();
                ensure!(entries.slots.insert(at, entries.end).is_none(), "{path} is listed twice");
                entries.parts.insert(at, part);
                entries.end += 1;
            }
        }
        Ok(entries)
    }
}

/// The path of a function, out of its symbol, without hashes.
pub fn path_of(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}

/// Makes the body of a function a call of `slot` with the same arguments.
fn call_slot(module: &mut Module, function: usize, slot: u64) -> Result<()> {
    let table = table(module)?;
    let function = function_at(module, function)?;
    let ty = module.funcs.get(function).ty();
    let (params, results) = {
        let ty = module.types.get(ty);
        (ty.params().to_vec(), ty.results().to_vec())
    };
    let arguments: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(i32::try_from(slot)?).call_indirect(ty, table);
    let body: LocalFunction = builder.local_func(arguments);
    module.funcs.get_mut(function).kind = FunctionKind::Local(body);
    Ok(())
}

/// Leaves of `module` what belongs to `part` alone.
fn cut_out(module: &mut Module, part: usize, entries: &Entries, kept: &BTreeSet<usize>) -> Result<()> {
    for id in ids(module.exports.iter().map(|e| e.id())) {
        module.exports.delete(id);
    }
    module.start = None;
    for id in ids(module.data.iter().map(|d| d.id())) {
        module.data.delete(id);
    }
    for id in ids(module.elements.iter().map(|e| e.id())) {
        module.elements.delete(id);
    }
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    let table = table(module)?;
    for id in ids(module.tables.iter().map(|t| t.id())) {
        module.tables.get_mut(id).elem_segments.clear();
    }
    // Its entry functions go into their slots when the part is instantiated.
    let own: Vec<(usize, u64)> = entries
        .slots
        .iter()
        .filter(|(f, _)| entries.parts.get(f) == Some(&part))
        .map(|(f, s)| (*f, *s))
        .collect();
    let mut in_order = own.clone();
    in_order.sort_by_key(|(_, slot)| *slot);
    let offset = in_order.first().context("no entry functions")?.1;
    let functions = in_order.iter().map(|(f, _)| function_at(module, *f)).collect::<Result<_>>()?;
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(i32::try_from(offset)?)) };
    module.elements.add(kind, ElementItems::Functions(functions));
    // What the first module has is imported from there; entry functions of other parts are called as it calls them.
    for function in ids(module.funcs.iter().map(|f| f.id().index())) {
        match entries.parts.get(&function) {
            Some(owner) if *owner != part => {
                let slot = entries.slots.get(&function).context("an entry function without a slot")?;
                call_slot(module, function, *slot)?;
            }
            None if kept.contains(&function) => import(module, function)?,
            _ => {}
        }
    }
    import_shared(module, table)?;
    walrus::passes::gc::run(module);
    Ok(())
}

/// Makes a function an import. Where from is known once it is known which are needed.
fn import(module: &mut Module, function: usize) -> Result<()> {
    let id = function_at(module, function)?;
    let function = module.funcs.get_mut(id);
    let ty = function.ty();
    if let FunctionKind::Local(_) = function.kind {
        let import = module.imports.add(SLOTS, "", id);
        module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    Ok(())
}

/// Makes memory, table and globals imports.
fn import_shared(module: &mut Module, table: TableId) -> Result<()> {
    for id in ids(module.memories.iter().map(|m| m.id())) {
        let import = module.imports.add(EXPORTS, "", id);
        module.memories.get_mut(id).import = Some(import);
    }
    let import = module.imports.add(EXPORTS, "", table);
    module.tables.get_mut(table).import = Some(import);
    for id in ids(module.globals.iter().map(|g| g.id())) {
        if matches!(module.globals.get(id).kind, GlobalKind::Local(_)) {
            let import = module.imports.add(EXPORTS, "", id);
            module.globals.get_mut(id).kind = GlobalKind::Import(import);
        }
    }
    Ok(())
}

/// Names what `module` imports, and sees to it that `first` has it under that name.
fn link(module: &mut Module, first: &mut Module, slots: &mut Slots) -> Result<()> {
    let imports: Vec<_> = module.imports.iter().map(|import| (import.id(), import.kind.clone())).collect();
    for (id, kind) in imports {
        let (from, name) = match kind {
            ImportKind::Function(function) => (SLOTS, slots.of_function(function.index()).to_string()),
            ImportKind::Memory(_) => {
                let memory = first.memories.iter().next().context("no memory")?.id();
                let export = first.exports.get_exported_memory(memory).context("no exported memory")?;
                (EXPORTS, export.name.clone())
            }
            ImportKind::Table(_) => {
                let table = table(first)?;
                let known = first.exports.get_exported_table(table).map(|export| export.name.clone());
                (EXPORTS, known.unwrap_or_else(|| export(first, table)))
            }
            ImportKind::Global(global) => {
                let global = global_at(first, global.index())?;
                let known = first.exports.get_exported_global(global).map(|export| export.name.clone());
                (EXPORTS, known.unwrap_or_else(|| export(first, global)))
            }
            ImportKind::Tag(_) => bail!("tags are not shared"),
        };
        let import = module.imports.get_mut(id);
        import.module = from.into();
        import.name = name;
    }
    // The limits of an import must not ask for more than there is.
    let table = table(module)?;
    module.tables.get_mut(table).initial = 0;
    module.tables.get_mut(table).maximum = None;
    for memory in module.memories.iter_mut() {
        memory.initial = 0;
    }
    Ok(())
}

/// Exports `item` of `first` under the next short name; gives the name.
fn export(first: &mut Module, item: impl Into<walrus::ExportItem>) -> String {
    let taken: BTreeSet<String> = first.exports.iter().map(|export| export.name.clone()).collect();
    let name = ('a'..='z').map(String::from).find(|name| !taken.contains(name)).unwrap_or_else(|| "_".into());
    first.exports.add(&name, item);
    name
}

/// The table's slots by which functions of the first module are had.
struct Slots {
    /// The slots that functions have.
    known: BTreeMap<usize, u64>,
    /// The first slot that is added.
    start: u64,
    /// What is added.
    added: Vec<usize>,
}

impl Slots {
    /// The slots that are filled already; new ones come from `start` on.
    fn of(first: &Module, start: u64) -> Result<Self> {
        let mut known = BTreeMap::new();
        for element in first.elements.iter() {
            let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) =
                (&element.kind, &element.items)
            else {
                continue;
            };
            let ConstExpr::Value(Value::I32(offset)) = offset else { bail!("elements at no fixed slot") };
            let offset = u64::try_from(*offset)?;
            known.extend((offset..).zip(functions).map(|(slot, function)| (function.index(), slot)));
        }
        Ok(Slots { known, start, added: Vec::new() })
    }

    fn of_function(&mut self, function: usize) -> u64 {
        let next = self.start + self.added.len() as u64;
        *self.known.entry(function).or_insert_with(|| {
            self.added.push(function);
            next
        })
    }

    /// Adds the slots to `first`.
    fn fill(self, first: &mut Module) -> Result<()> {
        let table = table(first)?;
        let size = self.start + self.added.len() as u64;
        first.tables.get_mut(table).initial = size;
        first.tables.get_mut(table).maximum = Some(size);
        let functions = self.added.iter().map(|f| function_at(first, *f)).collect::<Result<_>>()?;
        let offset = ConstExpr::Value(Value::I32(i32::try_from(self.start)?));
        let element =
            first.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
        first.tables.get_mut(table).elem_segments.insert(element);
        Ok(())
    }
}

/// The table of functions.
fn table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("no table of functions")
}

fn function_at(module: &Module, index: usize) -> Result<FunctionId> {
    let function = module.funcs.iter().find(|f| f.id().index() == index);
    Ok(function.context("no such function")?.id())
}

fn global_at(module: &Module, index: usize) -> Result<GlobalId> {
    let global = module.globals.iter().find(|g| g.id().index() == index);
    Ok(global.context("no such global")?.id())
}

/// Lets go of the module that the items are in.
fn ids<T>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect()
}
