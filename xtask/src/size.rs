//! `cargo xtask size`: what a first visit to the page weighs, with everything that checking an Open Badge needs, and
//! what the parts of the core weigh that are loaded when a credential takes them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ElementItems, FunctionId, FunctionKind, Module};

use crate::split::{self, PARTS};
use crate::{build, sh, tools};

/// Most bytes of a first visit, as a server sends them (brotli 11).
const BUDGET: u64 = 150_000;

/// Most bytes with every signature that a badge carries in the wild.
const BUDGET_OF_SIGNATURES: u64 = 220_000;

/// The part with these signatures. The others count for themselves.
const SIGNATURES: &str = "wide";

/// What a reader opens.
const PAGE: &str = "index.html";

/// Parts of the standard library and of dependencies that weigh kilobytes, as they are spelt in symbols, and what does
/// instead. One call somewhere is enough to link them.
const HEAVY: [(&str, &str); 8] = [
    ("StrSearcher", "searching a text for a text: `codec::split_once`, `codec::contains`"),
    ("5slice4sort", "sorting: `order::sort_by`"),
    ("7dec2flt", "reading floats: `json::parse`"),
    ("7flt2dec", "printing floats: `json::write_number`"),
    ("conversions8to_lower", "the case of all of Unicode: `to_ascii_lowercase`"),
    ("9hashbrown", "hash maps: sorted lists"),
    ("10serde_json", "JSON: `json`, `browser::write`"),
    ("11miniz_oxide7inflate", "inflating: `inflate`"),
];

pub fn run(args: &[&str]) -> Result<()> {
    match args {
        [] => print(),
        ["--functions"] => functions("core"),
        ["--functions", module] => functions(module),
        ["--callers", name] => callers(name, "core"),
        ["--callers", name, module] => callers(name, module),
        ["--check"] => {
            let totals = table()?;
            no_heavy_parts()?;
            for (total, budget) in totals {
                ensure!(total <= budget, "{total} bytes, {} above the budget", total - budget);
            }
            Ok(())
        }
        _ => bail!("usage: cargo xtask size [--check | --functions [MODULE] | --callers NAME [MODULE]]"),
    }
}

/// Prints the table.
pub fn print() -> Result<()> {
    table().map(drop)
}

/// Prints what each function of a module weighs, before compression, and the data at the end.
fn functions(module: &str) -> Result<()> {
    let module = Module::from_file(build::named(module)?)?;
    let mut sizes: Vec<(usize, String)> = Vec::new();
    for function in module.funcs.iter() {
        if let FunctionKind::Local(body) = &function.kind {
            let size = body.original_range.as_ref().map_or(0, ExactSizeIterator::len);
            sizes.push((size, split::path_of(function.name.as_deref().unwrap_or("(no name)"))));
        }
    }
    sizes.sort_by(|a, b| b.cmp(a));
    for (size, name) in &sizes {
        println!("{size:>7} {name}");
    }
    let data: usize = module.data.iter().map(|data| data.value.len()).sum();
    println!(
        "{:>7} in {} functions\n{data:>7} of data",
        sizes.iter().map(|s| s.0).sum::<usize>(),
        sizes.len()
    );
    Ok(())
}

/// Prints what calls each function whose name contains `wanted`: why it is in that module.
fn callers(wanted: &str, module: &str) -> Result<()> {
    let module = Module::from_file(build::named(module)?)?;
    let path = |function: FunctionId| {
        split::path_of(module.funcs.get(function).name.as_deref().unwrap_or("(no name)"))
    };
    let found: Vec<FunctionId> =
        module.funcs.iter().map(|f| f.id()).filter(|id| path(*id).contains(wanted)).collect();
    ensure!(!found.is_empty(), "no function in whose name is {wanted}");
    for function in found {
        println!("{}", path(function));
        for caller in module.funcs.iter() {
            let FunctionKind::Local(body) = &caller.kind else { continue };
            let mut calls = Calls { of: function, found: false };
            dfs_in_order(&mut calls, body, body.entry_block());
            if calls.found {
                println!("    {}", path(caller.id()));
            }
        }
        let in_table =
            |items: &ElementItems| matches!(items, ElementItems::Functions(f) if f.contains(&function));
        if module.elements.iter().any(|element| in_table(&element.items)) {
            println!("    (the table of functions)");
        }
    }
    Ok(())
}

struct Calls {
    of: FunctionId,
    found: bool,
}

impl<'a> Visitor<'a> for Calls {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.found |= *function == self.of;
    }
}

/// Looks for [`HEAVY`] in the module as the compiler left it, where symbols still have their names.
fn no_heavy_parts() -> Result<()> {
    let module = fs::read(build::compiled()?)?;
    let linked = |name: &str| module.windows(name.len()).any(|window| window == name.as_bytes());
    ensure!(linked("7probant"), "the module's symbols have lost their names");
    let found: Vec<_> =
        HEAVY.iter().filter(|(name, _)| linked(name)).map(|(_, use_instead)| *use_instead).collect();
    ensure!(found.is_empty(), "linked although there is something lighter for it:\n{}", found.join("\n"));
    Ok(())
}

/// Prints the table; gives what has a budget, as bytes of brotli, and the budget.
fn table() -> Result<[(u64, u64); 2]> {
    tools::require_node()?;
    let site = sh::www().join("dist/site");
    println!("{:<40} {:>9} {:>9} {:>9}", "first visit", "raw", "gzip", "brotli");
    let mut total = rows(&site, &first_visit(&site)?)?;
    row("Open Badges 3.0 with Ed25519, in English", total);
    let first = (total[2], BUDGET);
    println!("budget: {} of {BUDGET} bytes ({} %)\n", first.0, first.0 * 100 / BUDGET);

    let file = |part: &str| site.join("core").join(part).with_extension("wasm");
    let (parts, apart): (Vec<_>, Vec<_>) = PARTS.iter().partition(|part| part.name == SIGNATURES);
    let parts: Vec<_> = parts.iter().map(|part| file(part.name)).collect();
    for (total, size) in total.iter_mut().zip(rows(&site, &parts)?) {
        *total += size;
    }
    row("and every other signature", total);
    let all = (total[2], BUDGET_OF_SIGNATURES);
    println!(
        "budget: {} of {BUDGET_OF_SIGNATURES} bytes ({} %)\n",
        all.0,
        all.0 * 100 / BUDGET_OF_SIGNATURES
    );
    println!("loaded when a credential takes it");
    rows(&site, &apart.iter().map(|part| file(part.name)).collect::<Vec<_>>())?;
    println!("\nloaded for a QR code in a picture or before the camera, the last two by turns");
    rows(&site, &codes(&site)?)?;
    Ok([first, all])
}

/// What the page loads to read QR codes: the views, then the library, in the page or as a worker.
fn codes(site: &Path) -> Result<Vec<PathBuf>> {
    let chunk = |stem: &str, named_in: &Path| -> Result<PathBuf> {
        let text = fs::read_to_string(named_in)?;
        let mut all = Vec::new();
        collect(site, true, &mut all)?;
        let found = all.into_iter().find(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&format!("{stem}-")) && text.contains(&*name)
        });
        found.with_context(|| format!("{} names no {stem}", named_in.display()))
    };
    let views = chunk("qr", &site.join("app.js"))?;
    let library = chunk("search", &views)?;
    Ok(vec![views, library, site.join("qr-worker.js")])
}

/// Prints the size of each file: raw, gzip, brotli; gives the sums.
fn rows(site: &Path, files: &[PathBuf]) -> Result<[u64; 3]> {
    let mut node = sh::program("node");
    node.args(["--input-type=module", "--eval", include_str!("size.mjs"), "--"]);
    let sizes: Vec<[u64; 3]> = serde_json::from_str(&sh::output(node.args(files))?)?;
    let mut totals = [0; 3];
    for (file, sizes) in files.iter().zip(&sizes) {
        let name = file.strip_prefix(site).unwrap_or(file).display().to_string();
        row(&name, *sizes);
        for (total, size) in totals.iter_mut().zip(sizes) {
            *total += size;
        }
    }
    Ok(totals)
}

fn row(name: &str, [raw, gzip, brotli]: [u64; 3]) {
    println!("{name:<40} {raw:>9} {gzip:>9} {brotli:>9}");
}

/// The page, every file that it names, every file that those name, and so on. What is loaded on demand counts as well,
/// but for the other languages, what few answers say, the examples, the states for tests, the other pages, what stands in the folds of an
/// answer, which is fetched after it, the reader of QR codes, and the parts of the core that an Open Badge with Ed25519 does not take.
fn first_visit(site: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    collect(site, false, &mut all)?;
    let page = site.join(PAGE);
    // Under Trusted Types no worker can start, and the page says that it needs none.
    if fs::read_to_string(&page).is_ok_and(|text| text.contains("worker=\"off\"")) {
        all.retain(|file| !file.ends_with("worker.js"));
    }
    ensure!(page.is_file(), "there is no {}: run cargo xtask build", page.display());
    let (mut reached, mut next) = (BTreeSet::new(), vec![page]);
    while let Some(file) = next.pop() {
        if !reached.insert(file.clone()) || has_extension(&file, &["wasm"]) {
            continue;
        }
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let named =
            |other: &&PathBuf| other.file_name().is_some_and(|n| text.contains(&*n.to_string_lossy()));
        next.extend(all.iter().filter(named).cloned());
    }
    Ok(reached.into_iter().collect())
}

/// Beginnings of the names of files that few visits load.
const SELDOM: [&str; 6] = ["fr", "rare", "mock", "folds", "qr", "search"];

/// Adds the files below `dir` that count, and those that few visits load where they are wanted.
fn collect(dir: &Path, seldom_too: bool, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "examples" {
            collect(&path, seldom_too, files)?;
        }
        let seldom = name
            .split(['-', '.'])
            .next()
            .is_some_and(|stem| SELDOM.contains(&stem) || PARTS.iter().any(|part| part.name == stem));
        if has_extension(&path, &["js", "css", "wasm", "json"]) && (seldom_too || !seldom) {
            files.push(path);
        }
    }
    Ok(())
}

fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    file.extension().is_some_and(|extension| extensions.iter().any(|e| extension == *e))
}
