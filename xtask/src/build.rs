//! `cargo xtask build`: the core as WASM with its JavaScript, then the npm package's files and the page.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

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
    sh::run(sh::cargo().args([
        "build",
        "--package=probant",
        "--lib",
        "--profile=wasm",
        "--target=wasm32-unknown-unknown",
    ]))?;
    let compiled = sh::target_dir()?.join("wasm32-unknown-unknown/wasm/probant.wasm");
    let out = sh::www().join("dist/core");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    bind(&compiled, &out)?;
    optimise(&out.join("core.wasm"))
}

/// Makes the JavaScript that loads and calls the module.
fn bind(compiled: &Path, out: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name("core")
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(std::env::var_os("PROBANT_NAMES").is_none())
        .remove_producers_section(true)
        .generate(out)?;
    // The generator's names are its own affair; ours are what the package exports.
    fs::rename(out.join("core_bg.wasm"), out.join("core.wasm"))?;
    fs::remove_file(out.join("core_bg.wasm.d.ts"))?;
    let glue = out.join("core.js");
    let text = fs::read_to_string(&glue)?;
    ensure!(text.contains("'core_bg.wasm'"), "core.js does not name core_bg.wasm where it was expected");
    fs::write(&glue, text.replace("'core_bg.wasm'", "'core.wasm'"))?;
    let minify =
        ["exec", "--", "esbuild", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"];
    sh::run(
        sh::npm()
            .args(minify)
            .arg("--allow-overwrite")
            .arg(&glue)
            .arg(format!("--outfile={}", glue.display())),
    )
}

/// Makes the module smaller to parse with Binaryen, where that is installed; as brotli it stays as it is.
fn optimise(wasm: &Path) -> Result<()> {
    let Some(wasm_opt) = tools::find(&["wasm-opt"]) else {
        eprintln!(
            "wasm-opt is not here (Debian: apt-get install binaryen); the module stays a little larger"
        );
        return Ok(());
    };
    let smaller = wasm.with_extension("opt.wasm");
    let done = sh::output(
        sh::program(&wasm_opt.to_string_lossy())
            .args([
                "-Oz",
                "--enable-bulk-memory",
                "--enable-nontrapping-float-to-int",
                "--enable-sign-ext",
                "--enable-mutable-globals",
                "--enable-reference-types",
                "--enable-multivalue",
                "--enable-simd",
                "-o",
            ])
            .args([&smaller, wasm]),
    );
    match done {
        Ok(_) => fs::rename(smaller, wasm)?,
        // Older versions do not know every instruction that the compiler uses.
        Err(error) => eprintln!("wasm-opt gave up; the module stays a little larger: {error:#}"),
    }
    Ok(())
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
