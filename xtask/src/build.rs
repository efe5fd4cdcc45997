//! `cargo xtask build`: the core as WASM with its JavaScript, then the npm package's files and the page.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, mem};

use anyhow::{Context, Result, ensure};
use walrus::{Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

use crate::references::References;
use crate::split::{self, Split};
use crate::{sh, size, tools};

/// Everything, then the size table.
pub fn run() -> Result<()> {
    all()?;
    size::print()
}

/// Everything.
pub fn all() -> Result<()> {
    npm_install()?;
    core()?;
    sh::run(sh::npm().args(["run", "build"]))
}

/// The core: `www/dist/core/{core.wasm, core.js, core.d.ts}`.
fn core() -> Result<()> {
    tools::add_wasm_target()?;
    // As a cdylib alone: with an rlib beside it, functions that others could call are kept, and the module is a twelfth
    // larger.
    sh::run(
        sh::cargo()
            .args(["rustc", "--package=probant", "--lib", "--crate-type=cdylib", "--profile=wasm"])
            .arg("--features=parts")
            .args(["--target=wasm32-unknown-unknown", "--config", &without_machine_paths()?])
            // Each static by itself, and who refers to it: for `split`.
            .args(["--", "-Clink-arg=--emit-relocs", "-Clink-arg=--no-merge-data-segments"]),
    )?;
    let out = sh::www().join("dist/core");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    bind(&compiled()?, &out)
}

/// The module as the compiler leaves it.
pub fn compiled() -> Result<PathBuf> {
    Ok(sh::target_dir()?.join("wasm32-unknown-unknown/wasm/probant.wasm"))
}

/// A setting for cargo: places in the messages of panics are named from the registry on, so that the same source
/// gives the same module on every machine.
fn without_machine_paths() -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home =
        home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).context("no home directory")?;
    let flag = format!("--remap-path-prefix={}=", home.join("registry/src").display());
    // A JSON string is a TOML string as well.
    Ok(format!("target.wasm32-unknown-unknown.rustflags=[{}]", serde_json::Value::from(flag)))
}

/// Makes the JavaScript that loads and calls the module.
fn bind(compiled: &Path, out: &Path) -> Result<()> {
    let mut made = Bindgen::new()
        .input_path(compiled)
        .out_name("core")
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(false)
        .demangle(false)
        .remove_producers_section(true)
        .generate_output()?;
    let names = shorten(made.wasm_mut());
    let references = References::of(&fs::read(compiled)?).context("reading the linked module")?;
    let Split { mut first, parts } = split::split(made.wasm_mut(), &references)?;
    *made.wasm_mut() = without_names(&mut first, "core")?;
    made.emit(out)?;
    for (name, mut module) in parts {
        without_names(&mut module, name)?.emit_wasm_file(out.join(name).with_extension("wasm"))?;
    }
    // The generator's file names are its own affair; ours are what the package exports.
    fs::rename(out.join("core_bg.wasm"), out.join("core.wasm"))?;
    fs::remove_file(out.join("core_bg.wasm.d.ts"))?;
    let glue = out.join("core.js");
    let text = renamed(&fs::read_to_string(&glue)?, &names);
    ensure!(text.contains("'core_bg.wasm'"), "core.js does not name core_bg.wasm where it was expected");
    fs::write(&glue, text.replace("'core_bg.wasm'", "'core.wasm'"))?;
    let types = out.join("core.d.ts");
    fs::write(&types, renamed(&fs::read_to_string(&types)?, &names))?;
    // With what is its own: the generator leaves that in files of their own.
    let minify = ["exec", "--", "esbuild", "--bundle", "--minify", "--format=esm", "--target=es2022"];
    sh::run(
        sh::npm()
            .args(minify)
            .args(["--log-level=warning", "--allow-overwrite"])
            .arg(&glue)
            .arg(format!("--outfile={}", glue.display())),
    )?;
    Ok(fs::remove_dir_all(out.join("snippets"))?)
}

/// The module in as few bytes as it can be. A copy with the names of its functions is left beside what the compiler
/// made, for `cargo xtask size`.
fn without_names(module: &mut Module, name: &str) -> Result<Module> {
    // The linker's notes for tools are out of date by now.
    for id in module.customs.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        module.customs.delete(id);
    }
    let bytes = module.emit_wasm();
    fs::write(named(name)?, &bytes)?;
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(&bytes)
}

/// A module of ours whose functions still have their names.
pub fn named(name: &str) -> Result<PathBuf> {
    Ok(compiled()?.with_file_name(format!("{name}.named.wasm")))
}

/// Gives the generator's own imports and exports short names: theirs end in hashes, which no compression shortens.
fn shorten(module: &mut Module) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut short = |name: &mut String| {
        if name.starts_with("__wb") || name.starts_with("__externref") || name.starts_with("wasm_bindgen__") {
            let count = names.len();
            *name = names.entry(mem::take(name)).or_insert_with(|| format!("${count}")).clone();
        }
    };
    module.imports.iter_mut().for_each(|import| short(&mut import.name));
    module.exports.iter_mut().for_each(|export| short(&mut export.name));
    names
}

/// The text with each identifier that has a new name under that.
fn renamed(text: &str, names: &HashMap<String, String>) -> String {
    let in_identifier = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::new();
    for word in text.split_inclusive(|c| !in_identifier(c)) {
        let end = word.find(|c| !in_identifier(c)).unwrap_or(word.len());
        let (word, rest) = word.split_at(end);
        out.push_str(names.get(word).map_or(word, String::as_str));
        out.push_str(rest);
    }
    out
}

/// Installs what `www/package-lock.json` pins, unless that is there already.
fn npm_install() -> Result<()> {
    let www = sh::www();
    let changed = |file: PathBuf| fs::metadata(file).and_then(|m| m.modified()).ok();
    let lock = changed(www.join("package-lock.json")).context("www/package-lock.json is missing")?;
    if changed(www.join("node_modules/.package-lock.json")).is_some_and(|installed| installed >= lock) {
        return Ok(());
    }
    tools::require_node()?;
    sh::run(sh::npm().args(["ci", "--no-audit", "--no-fund"]))
}
