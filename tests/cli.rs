//! The command line, as built.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs `probant` with `args` in a plain environment, feeding it `stdin`.
fn probant_with(args: &[&str], env: &[(&str, &str)], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_probant"))
        .args(args)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A refused command line is not read at all.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn probant(args: &[&str]) -> Output {
    probant_with(args, &[], b"")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The reports of `--json`, one a line.
fn lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file of this test run, with `contents`.
fn file(name: &str, contents: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, contents).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn wrong_command_lines_are_explained() {
    for (args, says) in [
        (&[][..], "say what to do"),
        (&["check", "x"], "no command \"check\""),
        (&["verify"], "name at least one"),
        (&["verify", "--jsn", "x"], "no option --jsn"),
        (&["verify", "--json=yes", "x"], "--json takes no value"),
        (&["verify", "x", "--now"], "--now needs a value"),
        (&["verify", "--now", "yesterday", "x"], "\"yesterday\" is not a time"),
        (&["verify", "--now", "2026-01-01T00:00:00", "x"], "not a time with its zone"),
        (&["verify", "--lang", "de", "x"], "no language \"de\""),
        (&["verify", "--lang=en", "--lang=fr", "x"], "--lang was given twice"),
        (&["verify", "--trust", "=Nobody", "x"], "--trust needs the issuer's id"),
        (&["verify", "--resources", "/nowhere/map.json", "x"], "cannot read /nowhere/map.json"),
    ] {
        let output = probant(args);
        assert_eq!(code(&output), 64, "{args:?}");
        assert!(stderr(&output).contains(says), "{args:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{args:?}");
    }
}

#[test]
fn a_map_of_resources_is_checked_at_once() {
    for (name, map, says) in [
        ("list.json", "[]", "not a JSON object"),
        ("failure.json", r#"{"https://example.org/": {"failure": "lost"}}"#, "not a JSON object"),
        ("gone.json", r#"{"https://example.org/": "gone.txt"}"#, "gone.txt"),
    ] {
        let map = file(name, map.as_bytes());
        let output = probant(&["verify", "--resources", &map, "-"]);
        assert_eq!(code(&output), 64, "{name}");
        assert!(stderr(&output).contains(says), "{name}: {}", stderr(&output));
    }
}

#[test]
fn help_and_version() {
    for args in [&["--help"][..], &["help"], &["verify", "--help"]] {
        let output = probant(args);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("usage: probant verify"));
    }
    assert_eq!(stdout(&probant(&["--version"])), concat!("probant ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn what_is_no_credential_is_neither_good_nor_bad() {
    let text = file("note.txt", b"nothing here");
    let output = probant(&["verify", "--offline", "--json", "--now", "2026-11-22T00:00:00Z", &text]);
    assert_eq!(code(&output), 2);
    let [report] = &lines(&output)[..] else { panic!("{}", stdout(&output)) };
    assert_eq!(report["input"], text.as_str());
    assert_eq!(report["verdict"], Value::Null);
    assert_eq!(report["at"], "2026-11-22T00:00:00Z");
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let text = file("other.txt", b"nothing here");
    let output = probant(&["verify", "--offline", "--json", "/nowhere/badge.json", &text]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("cannot read /nowhere/badge.json"));
    assert_eq!(lines(&output).len(), 1);
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_probant"))
        .arg("--help")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert!(output.status.code().is_some());
}
