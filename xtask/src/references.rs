//! Which data the functions of a linked module refer to, from the relocations that the linker leaves behind.
//!
//! Addresses in code are plain numbers once a module is linked, and may point before or after what they mean. The
//! relocations (`--emit-relocs`) say what is meant.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    BinaryReader, DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationType, SymbolInfo,
};

/// The data of a module, each static by itself (`--no-merge-data-segments`), and who refers to it.
pub struct References {
    pub segments: Vec<Segment>,
    /// The symbols of all functions.
    symbols: BTreeMap<usize, String>,
    /// By a function's symbol: the segments that it refers to itself.
    functions: BTreeMap<String, BTreeSet<usize>>,
}

/// One static, or several that the compiler laid together.
pub struct Segment {
    pub name: String,
    pub address: u32,
    pub bytes: Vec<u8>,
    /// The segments that its bytes point to.
    to: BTreeSet<usize>,
}

/// A place in the module where an address stands, and the segment that it points to.
type Reference = (usize, usize);

impl References {
    /// Reads a module.
    pub fn of(module: &[u8]) -> Result<Self> {
        let mut references =
            References { segments: Vec::new(), symbols: BTreeMap::new(), functions: BTreeMap::new() };
        let mut imports = 0;
        let (mut bodies, mut contents): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        // Where each section's contents begin: relocations count from there.
        let mut sections = Vec::new();
        let mut names = BTreeMap::new();
        // For each symbol its segment and its place in that, where it is data.
        let mut symbols: Vec<Option<(usize, u32)>> = Vec::new();
        let mut relocations = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                sections.push(range.start);
            }
            match payload {
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        imports += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.range()),
                Payload::DataSection(reader) => {
                    for data in reader {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = data.kind else { continue };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            anyhow::bail!("data at no fixed address");
                        };
                        contents.push(data.range.end - data.data.len()..data.range.end);
                        let (bytes, to) = (data.data.to_vec(), BTreeSet::new());
                        references.segments.push(Segment {
                            name: String::new(),
                            address: value as u32,
                            bytes,
                            to,
                        });
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Name(reader) => {
                        for group in reader {
                            match group? {
                                Name::Function(functions) => {
                                    for name in functions {
                                        let name = name?;
                                        names.insert(name.index as usize, name.name.to_owned());
                                    }
                                }
                                Name::Data(segments) => {
                                    for name in segments {
                                        let name = name?;
                                        if let Some(segment) =
                                            references.segments.get_mut(name.index as usize)
                                        {
                                            segment.name = name.name.into();
                                        }
                                    }
                                }
                                _ => {}
                            }
                        }
                    }
                    KnownCustom::Linking(reader) => {
                        for group in reader.subsections() {
                            let Linking::SymbolTable(table) = group? else { continue };
                            for symbol in table {
                                symbols.push(match symbol? {
                                    SymbolInfo::Data { symbol: Some(data), .. } => {
                                        Some((data.index as usize, data.offset))
                                    }
                                    _ => None,
                                });
                            }
                        }
                    }
                    KnownCustom::Reloc(reader) => {
                        for entry in reader.entries() {
                            relocations.push((reader.section_index() as usize, entry?));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        ensure!(!relocations.is_empty(), "the linker left no relocations");
        let mut in_code: Vec<Reference> = Vec::new();
        for (section, entry) in relocations {
            if !is_address(entry.ty) {
                continue;
            }
            let start = *sections.get(section).context("a relocation in no section")?;
            let symbol = symbols.get(entry.index as usize).context("a relocation of no symbol")?;
            // Symbols of the linker's own, such as the end of the data, are in no segment.
            if let Some((segment, offset)) = symbol {
                let at = start + entry.offset as usize;
                let written = written(module.get(at..).unwrap_or_default(), entry.ty)?;
                // Statics that begin as zeros are written nowhere, and come after all others.
                let meant =
                    references.segments.get(*segment).map(|s| i64::from(s.address + offset) + entry.addend);
                ensure!(
                    meant.is_none_or(|meant| meant == written),
                    "a relocation that does not say what is written"
                );
                in_code.push((at, *segment));
            }
        }
        references.functions.extend(names.values().map(|name| (name.clone(), BTreeSet::new())));
        for (at, to) in in_code {
            if let Some(body) = bodies.iter().position(|range| range.contains(&at)) {
                let name = names.get(&(imports + body)).context("a function without a name")?;
                references.functions.entry(name.clone()).or_default().insert(to);
            } else if let Some(from) = contents.iter().position(|range| range.contains(&at)) {
                references.segments[from].to.insert(to);
            }
        }
        references.symbols = names;
        Ok(references)
    }

    /// The symbol of function `index` in the module as it was linked.
    pub fn symbol(&self, index: usize) -> Option<&str> {
        self.symbols.get(&index).map(String::as_str)
    }

    /// The addresses of all data.
    pub fn range(&self) -> Range<u32> {
        let end = |segment: &Segment| segment.address + segment.bytes.len() as u32;
        let start = self.segments.iter().map(|segment| segment.address).min();
        start.unwrap_or_default()..self.segments.iter().map(end).max().unwrap_or_default()
    }

    /// Whether there is data anywhere in `addresses`.
    pub fn has_any_in(&self, addresses: &Range<u32>) -> bool {
        let reaches =
            |s: &Segment| s.address < addresses.end && s.address + s.bytes.len() as u32 > addresses.start;
        !addresses.is_empty() && self.segments.iter().any(reaches)
    }

    /// Whether the linker had a function of this symbol.
    pub fn knows(&self, function: &str) -> bool {
        self.functions.contains_key(function)
    }

    /// The segments that the functions of these names refer to, and those that these point to.
    pub fn from<'a>(&self, functions: impl IntoIterator<Item = &'a str>) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let direct = functions.into_iter().filter_map(|name| self.functions.get(name)).flatten();
        let mut next: Vec<usize> = direct.copied().collect();
        while let Some(segment) = next.pop() {
            if reached.insert(segment) {
                next.extend(self.segments.get(segment).into_iter().flat_map(|segment| &segment.to));
            }
        }
        reached
    }
}

fn is_address(ty: RelocationType) -> bool {
    use RelocationType as R;
    !matches!(
        ty,
        R::FunctionIndexLeb
            | R::FunctionIndexI32
            | R::TableIndexSleb
            | R::TableIndexI32
            | R::TypeIndexLeb
            | R::GlobalIndexLeb
            | R::GlobalIndexI32
            | R::EventIndexLeb
            | R::TableNumberLeb
            | R::FunctionOffsetI32
            | R::SectionOffsetI32
    )
}

/// The address that stands at the front of `bytes`.
fn written(bytes: &[u8], ty: RelocationType) -> Result<i64> {
    let mut reader = BinaryReader::new(bytes, 0);
    Ok(match ty {
        RelocationType::MemoryAddrLeb => reader.read_var_u32()?.into(),
        RelocationType::MemoryAddrSleb => reader.read_var_i32()?.cast_unsigned().into(),
        RelocationType::MemoryAddrI32 => reader.read_u32()?.into(),
        other => anyhow::bail!("a relocation of an unknown kind: {other:?}"),
    })
}
