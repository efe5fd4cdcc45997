//! The allowed arrows between the modules, read from the paths that the source names.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may name: itself, and these. `lib.rs` re-exports and names every module.
const ARROWS: &[(&str, &[&str])] = &[
    ("report", &[]),
    ("time", &[]),
    ("part", &["report"]),
    ("codec", &[]),
    ("budget", &[]),
    ("policy", &["report"]),
    ("json", &["codec", "order"]),
    ("evidence", &["report", "budget", "codec"]),
    ("inflate", &[]),
    ("integrity", &["codec", "json"]),
    ("order", &[]),
    ("cbor", &["order"]),
    ("chain", &["evidence", "report", "key", "proof", "json", "codec", "time", "part"]),
    ("input", &["json", "codec", "inflate", "report", "budget", "part"]),
    ("rdf", MIDDLE),
    ("schema", &["budget", "json", "codec", "order", "rdf"]),
    ("proof", PROOF),
    ("key", CHECKS),
    ("status", &["inflate", "evidence", "report", "budget", "json", "codec", "time", "part"]),
    ("trust", CHECKS),
    ("recipient", CHECKS),
    ("format", FAMILIES),
    ("browser", HOSTS),
    ("bin", HOSTS),
];

const MIDDLE: &[&str] = &["report", "budget", "json", "codec", "order", "part"];
const CHECKS: &[&str] = &["rdf", "evidence", "report", "budget", "json", "codec", "time", "policy", "part"];
/// A signature is checked with a key, whosesoever it is.
const PROOF: &[&str] = &["key", "order", "rdf", "report", "budget", "json", "cbor", "codec", "time", "part"];
const FAMILIES: &[&str] = &[
    "input",
    "proof",
    "key",
    "chain",
    "status",
    "trust",
    "recipient",
    "schema",
    "integrity",
    "rdf",
    "evidence",
    "report",
    "budget",
    "json",
    "codec",
    "time",
    "policy",
    "order",
    "part",
];
/// A host calls `verify`; it fetches under the URL policy, and reads nothing else of the core.
const HOSTS: &[&str] = &[
    "verify",
    "Evidence",
    "Answer",
    "Policy",
    "Report",
    "Timestamp",
    "evidence",
    "policy",
    "report",
    "time",
    "budget",
    "json",
    "part",
];

/// Names that only one module may write: the rest of the crate must not know of them.
const OWNED: &[(&str, &[&str])] = &[
    // `proof` judges bytes and never sees a credential family.
    ("proof", &["Family", "OpenBadge", "Achievement", "openbadges", "Clr", "Endorsement", "Blockcerts"]),
    // `format` composes checks and never sees a curve.
    ("format", &["ed25519", "Ed25519", "p256", "P256", "secp256", "rsa", "curve25519"]),
];

/// The core does no I/O, reads no clock and draws no random number.
const HOST_ONLY: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "web_sys",
    "js_sys",
    "getrandom",
    "ureq",
];

#[test]
fn modules_name_only_what_they_may() {
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for (module, path, code) in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
            assert_eq!(module, "lib", "{}: add the module to ARROWS", path.display());
            continue;
        };
        met.insert(module.clone());
        // The command line is a crate of its own.
        let root = if module == "bin" { "probant::" } else { "crate::" };
        for name in paths(&code, root) {
            if name != module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: {module} -> {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not allowed:\n{}", wrong.join("\n"));
    for (module, _) in ARROWS {
        assert!(met.contains(*module), "no source of {module} was read");
    }
}

#[test]
fn modules_keep_to_their_subject() {
    let mut wrong = Vec::new();
    for (module, path, code) in sources() {
        for (_, names) in OWNED.iter().filter(|(owner, _)| *owner == module) {
            wrong.extend(
                names.iter().filter(|n| has_word(&code, n)).map(|n| format!("{}: {n}", path.display())),
            );
        }
        if !["browser", "bin"].contains(&module.as_str()) {
            let found = HOST_ONLY.iter().filter(|n| has_word(&code, n));
            wrong.extend(found.map(|n| format!("{}: {n}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "not here:\n{}", wrong.join("\n"));
}

/// The readers below see what they should.
#[test]
fn the_readers_read() {
    let code = strip(
        "use crate::{json::{Json, parse}, report::*};\n// crate::comment\nlet a = crate::time::x; \"crate::text\"; pub(crate) fn f() {}\nuse crate::codec;\n#[cfg(test)]\nmod tests { use crate::format; }",
    );
    assert_eq!(paths(&code, "crate::"), ["json", "report", "time", "codec"]);
    assert!(has_word("ed25519_dalek::Key", "ed25519") && !has_word("versa", "rsa"));
}

/// Module, path and code of every source file; tests and comments left out.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| path.file_stem().is_none_or(|stem| stem != "tests"))
        .map(|path| {
            let first = path.strip_prefix(&root).unwrap().components().next().unwrap();
            let module = first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
            let code = strip(&fs::read_to_string(&path).unwrap());
            (module, path, code)
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The code alone: no line comments, no string literals, nothing from the unit tests on.
fn strip(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod").next().unwrap_or_default();
    let mut code = String::new();
    for line in source.lines() {
        let line = line.split("//").next().unwrap_or_default();
        // Odd pieces lie between quotes.
        code.extend(line.split('"').step_by(2));
        code.push('\n');
    }
    code
}

/// The first segments after `root`, of single paths and of braced ones.
fn paths(code: &str, root: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(root) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        match code[at + root.len()..].strip_prefix('{') {
            None => names.push(word(&code[at + root.len()..])),
            Some(group) => names.extend(group_heads(group)),
        }
    }
    names
}

/// The first segment of each member of a braced path.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && (c.is_alphanumeric() || c == '_') => {
                heads.push(word(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether `name` starts a word in `code`.
fn has_word(code: &str, name: &str) -> bool {
    code.match_indices(name)
        .any(|(at, _)| !code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_'))
}
