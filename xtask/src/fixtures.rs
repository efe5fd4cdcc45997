//! `cargo xtask fixtures`: makes the golden cases of `tests/cases` from the recipes here, byte for byte the same each
//! time. The keys are published: nothing that they sign means anything.

mod badge;
mod bake;
mod case;
mod cases;
mod keys;
mod lists;
mod sign;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::sh;

pub fn run(args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "`cargo xtask fixtures` takes no arguments");
    let files = files();
    for root in [cases_dir()] {
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

fn cases_dir() -> PathBuf {
    sh::root().join("tests/cases")
}

/// Every file, by its path in the repository.
fn files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for case in cases::all() {
        for (path, bytes) in case.files() {
            let path = format!("tests/cases/{path}");
            assert!(files.insert(path.clone(), bytes).is_none(), "{path} is there twice");
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is there is what the recipes make: nothing missing, changed or left over.
    #[test]
    fn the_cases_are_those_of_the_recipes() {
        let mut made = files();
        let mut there = Vec::new();
        walk(&cases_dir(), &mut there);
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
