//! `cargo xtask fixtures`: makes the golden cases of `tests/cases`, the page's examples and the READMEs' table of what is
//! verified from the recipes here, byte for byte the same each time. The keys are published: nothing that they sign means anything.

mod badge;
mod bake;
mod bbs;
mod case;
mod cases;
mod cbor;
mod certificate;
mod chain;
mod derive;
mod encode;
mod examples;
mod keys;
mod kinds;
mod lists;
mod merkle;
mod method;
mod pack;
mod sd_jwt;
mod sign;
mod table;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};

use crate::sh;

pub fn run(args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "`cargo xtask fixtures` takes no arguments");
    let files = files()?;
    for root in ROOTS.map(|root| sh::root().join(root)) {
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
    }
    for (path, bytes) in &files {
        let path = sh::root().join(path);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(&path, bytes)?;
    }
    println!("wrote {} files", files.len());
    Ok(())
}

/// The folders that hold nothing else.
const ROOTS: [&str; 3] = ["tests/bbs/made", "tests/cases", "www/site/examples"];

/// Every file, by its path in the repository.
fn files() -> Result<BTreeMap<String, Vec<u8>>> {
    let cases = cases::all();
    let read = |name: &str| fs::read_to_string(sh::root().join(name)).with_context(|| name.to_string());
    let mut files = table::readmes(&cases, read)?;
    for case in &cases {
        for (path, bytes) in case.files() {
            let path = format!("tests/cases/{path}");
            assert!(files.insert(path.clone(), bytes).is_none(), "{path} is there twice");
        }
    }
    files.extend(
        examples::files().into_iter().map(|(name, bytes)| (format!("www/site/examples/{name}"), bytes)),
    );
    files.insert("tests/bbs/made/proofs.json".into(), bbs::proofs());
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// What is there is what the recipes make: nothing missing, changed or left over.
    #[test]
    fn the_files_are_those_of_the_recipes() {
        let mut made = files().unwrap();
        made.iter().filter(|(path, _)| path.ends_with(".md")).for_each(|(path, bytes)| {
            assert!(fs::read(sh::root().join(path)).unwrap() == *bytes, "{path}: run `cargo xtask fixtures`");
        });
        made.retain(|path, _| !path.ends_with(".md"));
        let mut there = Vec::new();
        ROOTS.iter().for_each(|root| walk(&sh::root().join(root), &mut there));
        for path in there {
            let name = path.strip_prefix(sh::root()).unwrap().to_str().unwrap().replace('\\', "/");
            let made = made.remove(&name).unwrap_or_else(|| panic!("no recipe makes {name}"));
            assert!(fs::read(&path).unwrap() == made, "{name} differs: run `cargo xtask fixtures`");
        }
        assert!(made.is_empty(), "missing: {:?}", made.keys());
    }

    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, files) } else { files.push(path) }
        }
    }
}
