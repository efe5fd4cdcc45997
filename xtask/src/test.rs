//! `cargo xtask test`: every test there is. A stage that fails does not keep the next from running.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use crate::{build, sh, size, tools};

/// What a stage does; gives the numbers of tests that passed and failed.
type Run = fn() -> Result<Count>;

const STAGES: [(&str, Run); 8] = [
    ("format", || quiet(sh::cargo().args(["fmt", "--all", "--check"]))),
    ("lint", lint),
    ("core", || counted(sh::cargo().args(["test", "--no-fail-fast", "--features=cli,types"]))),
    ("xtask", || {
        counted(sh::cargo().args(["test", "--profile=xtask", "--package=xtask", "--features=core"]))
    }),
    ("browser", browser),
    ("build", || build::all().map(|()| Count::default())),
    ("page", page),
    ("size", || size::run(&["--check"]).map(|()| Count::default())),
];

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

pub fn run(chosen: &[&str]) -> Result<()> {
    for name in chosen {
        let known = STAGES.map(|(stage, _)| stage);
        ensure!(known.contains(name), "no stage {name}; there are: {}", known.join(" "));
    }
    let (mut total, mut failed_stages) = (Count::default(), Vec::new());
    for (name, run) in STAGES {
        if !chosen.is_empty() && !chosen.contains(&name) {
            continue;
        }
        let start = Instant::now();
        println!("\n== {name}");
        let (count, error) = match run() {
            Ok(count) if count.failed == 0 => (count, None),
            Ok(count) => (count, Some(format!("{} failed", count.failed))),
            // Whatever stopped the stage counts as one failure.
            Err(error) => (Count { passed: 0, failed: 1 }, Some(format!("{error:#}"))),
        };
        total.passed += count.passed;
        total.failed += count.failed;
        let seconds = start.elapsed().as_secs();
        match error {
            None => println!("== {name}: ok, {} passed, {seconds} s", count.passed),
            Some(error) => {
                println!("== {name}: FAILED, {seconds} s: {error}");
                failed_stages.push(name);
            }
        }
    }
    println!();
    warn_of_missing_corpus();
    if !failed_stages.is_empty() {
        println!("failed stages: {}", failed_stages.join(" "));
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if !failed_stages.is_empty() {
        std::process::exit(1);
    }
    Ok(())
}

fn lint() -> Result<Count> {
    tools::add_wasm_target()?;
    let deny = ["--", "--deny=warnings"];
    quiet(
        sh::cargo()
            .args(["clippy", "--workspace", "--exclude=runner", "--all-targets", "--all-features"])
            .args(deny),
    )?;
    quiet(sh::cargo().args(["clippy", "--target=wasm32-unknown-unknown", "--lib", "--tests"]).args(deny))
}

/// The tests that need a real browser, each compiled to WASM and run there by `xtask/runner`.
fn browser() -> Result<Count> {
    tools::add_wasm_target()?;
    let browser = tools::require_browser()?;
    sh::run(sh::cargo().args(["build", "--quiet", "--profile=xtask", "--package=runner"]))?;
    let runner = sh::target_dir()?.join(format!("xtask/runner{}", std::env::consts::EXE_SUFFIX));
    counted(
        sh::cargo()
            .args(["test", "--no-fail-fast", "--target=wasm32-unknown-unknown", "--lib", "--test=browser*"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", browser.driver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}

/// The element, the page and the package, in a browser and in Node.
fn page() -> Result<Count> {
    let chromium = tools::require_browser()?.browser;
    let firefox = tools::require_firefox()?;
    counted(sh::npm().arg("test").env("PROBANT_CHROMIUM", chromium).env("PROBANT_FIREFOX", firefox))
}

fn warn_of_missing_corpus() {
    let named = std::env::var_os("PROBANT_CORPUS");
    let corpus =
        named.as_deref().map_or_else(|| sh::root().join("../shared/corpus"), |c| Path::new(c).into());
    if !corpus.is_dir() {
        println!("SKIPPED: the conformance suites. There is no test data at {}.", corpus.display());
        println!("         Set PROBANT_CORPUS to the folder that holds it.");
    }
}

/// Runs what has no tests to count.
fn quiet(command: &mut Command) -> Result<Count> {
    sh::run(command).map(|()| Count::default())
}

/// Runs tests with their output on the terminal, and counts them.
fn counted(command: &mut Command) -> Result<Count> {
    sh::announce(command);
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run the tests")?;
    let mut count = Count::default();
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        if let Some(more) = summary(&line) {
            count.passed += more.passed;
            count.failed += more.failed;
        }
    }
    let status = child.wait()?;
    match count {
        Count { passed: 0, failed: 0 } if status.success() => bail!("not one test ran"),
        Count { failed: 0, .. } if !status.success() => bail!("stopped with {status}"),
        count => Ok(count),
    }
}

/// Reads the line with which a test runner sums up: cargo's, wasm-bindgen-test's, or Node's.
fn summary(line: &str) -> Option<Count> {
    if let Some(rest) = line.trim_start().strip_prefix("test result: ") {
        let number = |unit: &str| {
            let before = rest.split(unit).next()?;
            before.rsplit(' ').find(|word| !word.is_empty())?.parse().ok()
        };
        return Some(Count { passed: number(" passed")?, failed: number(" failed")? });
    }
    let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    match rest.split_once(' ')? {
        ("pass", n) => Some(Count { passed: n.parse().ok()?, failed: 0 }),
        ("fail" | "cancelled", n) => Some(Count { passed: 0, failed: n.parse().ok()? }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_runners_say() {
        let count = |passed, failed| Some(Count { passed, failed });
        for (line, expected) in [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.2s",
                count(12, 0),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out; finished in 1s",
                count(3, 2),
            ),
            ("    test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out", count(4, 0)),
            ("ℹ pass 21", count(21, 0)),
            ("# fail 1", count(0, 1)),
            ("ℹ tests 22", None),
            ("test pass 21 ... ok", None),
            ("", None),
        ] {
            assert_eq!(summary(line), expected, "{line}");
        }
    }

    #[test]
    fn a_command_without_tests_is_no_pass() {
        assert!(counted(Command::new("rustc").arg("--version")).is_err());
    }
}
