//! `cargo xtask size`: what a first visit to the page weighs, with everything that checking an Open Badge needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{sh, tools};

/// Most bytes of a first visit, as a server sends them (brotli 11).
const BUDGET: u64 = 150_000;

/// What a reader opens.
const PAGE: &str = "index.html";

pub fn run(args: &[&str]) -> Result<()> {
    match args {
        [] => print(),
        ["--check"] => {
            let total = table()?;
            ensure!(
                total <= BUDGET,
                "a first visit weighs {total} bytes, {} above the budget",
                total - BUDGET
            );
            Ok(())
        }
        _ => bail!("usage: cargo xtask size [--check]"),
    }
}

/// Prints the table.
pub fn print() -> Result<()> {
    table().map(drop)
}

/// Prints the table; gives the total in bytes as brotli.
fn table() -> Result<u64> {
    tools::require_node()?;
    let site = sh::www().join("dist/site");
    let files = first_visit(&site)?;
    let mut node = sh::program("node");
    node.args(["--input-type=module", "--eval", include_str!("size.mjs"), "--"]);
    let sizes: Vec<[u64; 3]> = serde_json::from_str(&sh::output(node.args(&files))?)?;
    let mut totals = [0; 3];
    println!("{:<40} {:>9} {:>9} {:>9}", "first visit", "raw", "gzip", "brotli");
    for (file, sizes) in files.iter().zip(&sizes) {
        let name = file.strip_prefix(&site).unwrap_or(file).display().to_string();
        println!("{name:<40} {:>9} {:>9} {:>9}", sizes[0], sizes[1], sizes[2]);
        for (total, size) in totals.iter_mut().zip(sizes) {
            *total += size;
        }
    }
    let [raw, gzip, brotli] = totals;
    println!("{:<40} {raw:>9} {gzip:>9} {brotli:>9}", "Open Badges 3.0 with Ed25519, in English");
    println!("budget: {brotli} of {BUDGET} bytes ({} %)", brotli * 100 / BUDGET);
    Ok(brotli)
}

/// The page, every file that it names, every file that those name, and so on. What is loaded on demand counts as well,
/// but for the other languages, the examples, the states for tests and the other pages.
fn first_visit(site: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    collect(site, &mut all)?;
    let page = site.join(PAGE);
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

/// Adds the files below `dir` that count.
fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "examples" {
            collect(&path, files)?;
        }
        let seldom = name.split(['-', '.']).next().is_some_and(|stem| ["fr", "mock"].contains(&stem));
        if has_extension(&path, &["js", "css", "wasm", "json"]) && !seldom {
            files.push(path);
        }
    }
    Ok(())
}

fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    file.extension().is_some_and(|extension| extensions.iter().any(|e| extension == *e))
}
