//! `cargo xtask bench`: ours against the reference in JavaScript, and the page from its start to the answer.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{build, sh, tools};

pub fn run(args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "`cargo xtask bench` takes no arguments");
    tools::require_node()?;
    let browser = tools::require_browser()?;
    build::all()?;
    install()?;
    let (dist, cases) = (sh::www().join("dist"), sh::root().join("tests/cases"));
    sh::run(node().arg("node.mjs").args([dist.join("core"), cases.clone()]))?;
    println!();
    sh::run(node().arg("page.mjs").args([dist.join("site"), cases]).env("PROBANT_CHROMIUM", browser.browser))
}

fn node() -> Command {
    let mut command = Command::new("node");
    command.current_dir(sh::root().join("xtask/bench"));
    command
}

/// Installs what `xtask/bench/package-lock.json` pins, unless that is there already.
fn install() -> Result<()> {
    let folder = sh::root().join("xtask/bench");
    let changed = |file: &str| fs::metadata(folder.join(file)).and_then(|m| m.modified());
    let lock = changed("package-lock.json").context("xtask/bench/package-lock.json")?;
    if changed("node_modules/.package-lock.json").is_ok_and(|installed| installed >= lock) {
        return Ok(());
    }
    sh::run(sh::npm().current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))
}
