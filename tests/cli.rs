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

/// The path of a file of a golden case.
fn case(path: &str) -> String {
    format!("{}/tests/cases/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// Verifies under fixed conditions: the cases' time, no network.
fn verify(args: &[&str]) -> Output {
    probant(&[&["verify", "--offline", "--now", "2026-11-22T12:00:00Z"], args].concat())
}

#[test]
fn exit_codes_follow_the_verdicts() {
    let good = case("proof/ok_eddsa_rdfc/input.json");
    let ended = case("dates/ended_not_yet/input.json");
    let rejected = case("proof/fail_edited_name/input.json");
    let open = case("status/unknown_not_found/input.json");
    let none = case("input/none_png/input.png");
    for (inputs, expected) in [
        (&[&good][..], 0),
        (&[&good, &good], 0),
        (&[&ended], 1),
        (&[&rejected], 1),
        (&[&open], 2),
        (&[&none], 2),
        (&[&good, &none], 2),
        (&[&open, &rejected, &good], 1),
    ] {
        let inputs: Vec<&str> = inputs.iter().map(|s| s.as_str()).collect();
        let output = verify(&[&["--json"], &inputs[..]].concat());
        assert_eq!(code(&output), expected, "{inputs:?}: {}", stdout(&output));
        let names: Vec<Value> = lines(&output).iter().map(|l| l["input"].clone()).collect();
        assert_eq!(names, inputs);
    }
}

#[test]
fn resources_stand_for_the_network() {
    let run = |case_name: &str| {
        let (input, map) =
            (case(&format!("{case_name}/input.json")), case(&format!("{case_name}/evidence/map.json")));
        let output = verify(&["--json", "--resources", &map, &input]);
        (code(&output), lines(&output).remove(0))
    };
    for (name, expected, headline) in [
        ("status/ok_clear", 0, "genuine"),
        ("status/ended_revoked", 1, "withdrawn"),
        ("status/unknown_timeout", 2, "status-unknown"),
        ("status/unknown_list_moved_inside", 2, "status-unknown"),
        ("key/ok_did_web", 0, "genuine-status-none"),
        ("key/unknown_offline", 2, "offline"),
    ] {
        let (code, report) = run(name);
        assert_eq!((code, report["headline"].as_str().unwrap()), (expected, headline), "{name}");
        assert_eq!(report["needs"], Value::Array(vec![]));
    }
    // What the map does not know counts as offline.
    let output = verify(&[
        "--json",
        "--resources",
        &file("empty.json", b"{}"),
        &case("status/ended_revoked/input.json"),
    ]);
    assert_eq!(lines(&output)[0]["headline"], "offline");
    // A link is looked up in the map as well.
    let map = case("input/ok_link/evidence/map.json");
    let output = verify(&["--json", "--resources", &map, "https://college.example/badges/1.json"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
}

#[test]
fn nothing_is_looked_up_offline() {
    let output =
        verify(&["--json", &case("key/ok_did_web/input.json"), "https://college.example/badges/1.json"]);
    let reports = lines(&output);
    assert_eq!(code(&output), 2);
    assert!(reports.iter().all(|r| r["headline"] == "offline"), "{}", stdout(&output));
}

#[test]
fn the_person_and_the_issuer_can_be_named() {
    let badge = case("recipient/ok_email/input.json");
    let report = |args: &[&str]| lines(&verify(&[&["--json"], args, &[badge.as_str()]].concat())).remove(0);
    let row = |report: &Value, id: &str| {
        let rows = report["checks"].as_array().unwrap();
        rows.iter().find(|r| r["id"] == id).unwrap()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(row(&report(&[]), "recipient.match"), "absent");
    assert_eq!(row(&report(&["--recipient", "ana@learner.example"]), "recipient.match"), "passed");
    assert_eq!(row(&report(&["--recipient=ben@learner.example"]), "recipient.match"), "failed");
    assert_eq!(row(&report(&["--recipient", "Ana Souza"]), "recipient.match"), "unknown");
    let issuer = report(&[])["issuer"]["id"].as_str().unwrap().to_owned();
    let trusted = report(&["--trust", "did:web:other.example", "--trust", &format!("{issuer}=The College")]);
    assert_eq!(
        (&trusted["verdict"], &trusted["issuer"]["name"]),
        (&"verified".into(), &"The College".into())
    );
    assert_eq!(report(&["--trust", "did:web:other.example"])["verdict"], "unrecognized");
    let shown = case("presentation/ok_embedded/input.json");
    let asked = |challenge: &str| {
        code(&verify(&["--json", "--challenge", challenge, "--domain", "employer.example", &shown]))
    };
    assert_eq!((asked("d9f8e7"), asked("000000")), (0, 1));
}

#[test]
fn standard_input_is_read() {
    let badge = std::fs::read(case("proof/ok_eddsa_rdfc/input.json")).unwrap();
    let output =
        probant_with(&["verify", "--offline", "--json", "--now=2026-11-22T12:00:00Z", "-"], &[], &badge);
    assert_eq!((code(&output), lines(&output)[0]["input"].as_str()), (0, Some("-")));
}

#[test]
fn answers_come_in_both_languages() {
    let badge = case("proof/ok_eddsa_rdfc/input.json");
    let english = verify(&["--lang", "en", &badge]);
    let french = verify(&["--lang=fr", &badge]);
    assert!(stdout(&english).contains("Genuine and unchanged"), "{}", stdout(&english));
    assert!(stdout(&french).contains("Authentique et non modifié"), "{}", stdout(&french));
    for output in [&english, &french] {
        let text = stdout(output);
        assert!(text.contains("Data Analysis"), "{text}");
        for leftover in ["reason.", "check.", "headline.", "{", "}"] {
            assert!(!text.contains(leftover), "{leftover} in {text}");
        }
    }
    let by_environment = |lang: &str| {
        let args = ["verify", "--offline", "--now=2026-11-22T12:00:00Z", &badge];
        stdout(&probant_with(&args, &[("LANG", lang)], b"")).to_owned()
    };
    assert_eq!(by_environment("fr_CA.UTF-8"), stdout(&french));
    assert_eq!(by_environment("de_DE.UTF-8"), stdout(&english));
}

/// Every case has words: no key, no placeholder and no empty sentence is left over.
#[test]
fn every_case_has_words() {
    let mut inputs = Vec::new();
    for family in std::fs::read_dir(case("")).unwrap() {
        for case in std::fs::read_dir(family.unwrap().path()).unwrap() {
            let files = std::fs::read_dir(case.unwrap().path()).unwrap().map(|f| f.unwrap().path());
            inputs.extend(files.filter(|f| f.file_stem().is_some_and(|s| s == "input")));
        }
    }
    let inputs: Vec<&str> = inputs.iter().map(|p| p.to_str().unwrap()).collect();
    for lang in ["en", "fr"] {
        let output = verify(&[&["--lang", lang], &inputs[..]].concat());
        for line in stdout(&output).lines().filter(|l| !l.contains("/input.")) {
            let is_key = |word: &str| {
                let families = ["reason.", "check.", "headline.", "word.", "ui.", "about."];
                families
                    .iter()
                    .any(|f| word.strip_prefix(f).is_some_and(|rest| rest.starts_with(char::is_alphabetic)))
            };
            let key = line.split_whitespace().any(is_key);
            let bare = line.trim_start().starts_with('[') && line.trim_end().ends_with(']');
            assert!(!key && !bare && !line.contains('{'), "{lang}: {line}");
        }
    }
}

/// What a credential says cannot steer the terminal.
#[test]
fn a_platforms_page_is_named() {
    let output = verify(&["--lang", "fr", &case("link/none_hosted_coursera/input.txt")]);
    let text = stdout(&output);
    assert!(text.contains("Seule la page de Coursera peut l’afficher"), "{text}");
    assert!(text.contains("\n  https://coursera.org/verify/ABCD1234EFGH\n"), "{text}");
}

#[test]
fn escapes_do_not_reach_the_terminal() {
    let badge = std::fs::read_to_string(case("proof/ok_eddsa_rdfc/input.json")).unwrap();
    // A member that the signature does not cover is named, and so is the file.
    let hostile = badge.replacen('{', "{\"gr\\u001b[31m\\u202ea\\u0007de\": \"A\",", 1);
    let named = file("\u{1b}[31mred.json", hostile.as_bytes());
    for lang in ["en", "fr"] {
        let output = verify(&["--lang", lang, &named]);
        let text = stdout(&output);
        assert!(text.contains("gr") && text.contains("[31m"), "{text:?}");
        assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
    }
}
