//! Archives, documents and lists made to confuse or to wear out: every one has an answer, and none gains by it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use probant::report::Headline;
use probant::{Evidence, Policy, Report, Timestamp, verify};

fn report(input: &[u8]) -> Report {
    let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().at;
    verify(input, &Evidence::default(), &Policy::default(), now)
}

/// The files of the golden cases that verify, with their names, and lists that no file holds together.
fn good() -> Vec<(String, Vec<u8>)> {
    let cases = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let list = |name: &str| (name.into(), fs::read(cases.join(name).join("input.txt")).unwrap());
    let mut all = vec![list("several/ok_list_lines"), list("several/ok_tokens_words")];
    for case in fs::read_dir(cases.join("files")).unwrap().map(|case| case.unwrap().path()) {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let file = ["pdf", "zip", "tar"].map(|kind| case.join("input").with_extension(kind));
        if let (true, Some(file)) = (name.starts_with("ok_"), file.iter().find(|file| file.is_file())) {
            all.push((name, fs::read(file).unwrap()));
        }
    }
    assert!(all.len() >= 11, "{}", all.len());
    all
}

/// What the credentials in it state, with good signatures.
fn attested(report: &Report) -> BTreeSet<String> {
    let own =
        report.attested.as_ref().map(|view| format!("{:?}", (&view.title, &view.subject, &view.awarded)));
    report.items.iter().flat_map(attested).chain(own).collect()
}

#[test]
fn a_file_that_is_cut_anywhere_states_nothing_new() {
    for (name, file) in good() {
        let whole = attested(&report(&file));
        assert!(!whole.is_empty(), "{name}");
        for length in (0..file.len()).step_by(3) {
            let cut = report(&file[..length]);
            assert_ne!(cut.headline, Headline::Internal);
            assert!(attested(&cut).is_subset(&whole), "{name}: {length}");
        }
    }
}

#[test]
fn a_file_with_any_byte_changed_states_nothing_new() {
    for (name, file) in good() {
        let whole = attested(&report(&file));
        for at in 0..file.len() {
            let mut other = file.clone();
            other[at] = [b'0', b'9', b'>', b'/', 0, 0xff][at % 6];
            let changed = report(&other);
            assert_ne!(changed.headline, Headline::Internal);
            assert!(attested(&changed).is_subset(&whole), "{name}: {at}");
        }
    }
}

/// Every entry names the same bytes, which inflate to megabytes of blanks each.
#[test]
fn an_archive_that_inflates_without_end_has_an_answer() {
    let blanks = vec![b' '; 4 << 20];
    let data = miniz_oxide::deflate::compress_to_vec(&blanks, 9);
    let size = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    let sums = [[0; 4], size(data.len()), size(blanks.len())].concat();
    let numbers = [20_u16, 0, 8, 0, 0x5c6f].map(u16::to_le_bytes).concat();
    let described = [numbers, sums, vec![1, 0, 0, 0]].concat();
    let mut archive = [b"PK\x03\x04".as_slice(), &described, b"a", &data].concat();
    let start = archive.len();
    for _ in 0..5_000 {
        archive.extend([b"PK\x01\x02\x14\0".as_slice(), &described, &[0; 14], b"a"].concat());
    }
    let length = archive.len() - start;
    let count = 5_000_u16.to_le_bytes();
    archive.extend(
        [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size(length), &size(start), &[0, 0]].concat(),
    );
    assert!(attested(&report(&archive)).is_empty());
}

/// Objects without end, each of which says that it is as long as the file.
#[test]
fn a_document_of_endless_objects_has_an_answer() {
    let mut document = b"%PDF-2.0\n1 0 obj\n<</Type/Catalog/AF[2 0 R]>>\nendobj\n".to_vec();
    for number in 2..60_000 {
        document.extend(
            format!("{number} 0 obj\n<</EF<</F {} 0 R>>/Length 9999999>>stream\n", number + 1).bytes(),
        );
    }
    assert!(attested(&report(&document)).is_empty());
    let nested = [b"%PDF-2.0\n1 0 obj\n".as_slice(), &b"<</A[".repeat(200_000)].concat();
    assert!(attested(&report(&nested)).is_empty());
}
