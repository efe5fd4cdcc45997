//! Web pages and words made to confuse or to wear out: every one has an answer, and none gains by it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;

use probant::report::{Container, Headline, Reason, Verdict};
use probant::{Evidence, Policy, Report, Timestamp, verify};

fn report(input: &[u8]) -> Report {
    let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap().at;
    verify(input, &Evidence::default(), &Policy::default(), now)
}

fn case(name: &str, file: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/cases/link/{name}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn badge() -> String {
    let page = String::from_utf8(case("ok_page_file", "input.html")).unwrap();
    let (_, rest) = page.rsplit_once("<script type=\"application/ld+json\">").unwrap();
    rest.split_once("</script>").unwrap().0.to_owned()
}

#[test]
fn a_page_that_is_cut_anywhere_has_an_answer() {
    let page = case("ok_page_file", "input.html");
    let end = String::from_utf8(page.clone()).unwrap().rfind("</script>").unwrap();
    for length in (0..page.len()).step_by(7) {
        let report = report(&page[..length]);
        // Nothing is taken out of a script that does not end.
        assert!(report.verdict.is_none() || length > end, "{length}: {:?}", report.verdict);
    }
    assert_eq!(report(&page).verdict, Some(Verdict::Unrecognized));
}

#[test]
fn a_page_with_any_byte_changed_has_an_answer() {
    let page = case("ok_page_file", "input.html");
    for at in (0..page.len()).step_by(11) {
        for byte in [b'<', b'>', b'"', b'&', 0, 0xff] {
            let mut other = page.clone();
            other[at] = byte;
            let report = report(&other);
            assert_ne!(report.headline, Headline::Internal);
            assert_ne!(report.verdict, Some(Verdict::Verified));
        }
    }
}

/// Tags are written in many ways; scripts of data are found in all.
#[test]
fn tags_are_read_as_browsers_read_them() {
    let badge = badge();
    for open in [
        "<script type=application/ld+json>",
        "<script/type='application/ld+json'/>",
        "<SCRIPT\n\tasync\n\tTYPE = \"Application/LD+JSON ; profile=x\"\n>",
        "<script = x type=application&#x2F;ld&#43;json>",
        "<p title='a > b'><script data-a='<!--' type=application/vc>",
        "<!--> --><script type=application/vc>",
        "<!-- --!><script type=application/vc+ld+json>",
        "<? php > ?><script type=application/ld+json>",
        "</p a='><script type=application/ld+json>",
        "<style><!--</style><script type=application/ld+json>",
        "< script><script type=application/ld+json>",
    ] {
        let report = report(format!("<!doctype html>{open}{badge}</sCript\t>").as_bytes());
        assert_eq!(report.verdict, Some(Verdict::Unrecognized), "{open}: {:?}", report.checks);
        assert_eq!(report.format.container, Container::Html, "{open}");
        assert_eq!(report.checks[0].reason, Some(Reason::FoundInPage), "{open}");
    }
    for open in [
        "<script type=application/ld+jsonx>",
        "<script typ=application/ld+json>",
        "<script type='' type=application/ld+json>",
        "<script data-type=application/ld+json>",
        "<xscript type=application/ld+json>",
        "<!--><!-- <script type=application/ld+json>",
        "<!---<script type=application/ld+json>",
        "<style><script type=application/ld+json>",
        "<noframes><script type=application/ld+json>",
        "<title></titles><script type=application/ld+json>",
        "<p title=\"<script type=application/ld+json>",
    ] {
        let report = report(format!("<!doctype html>{open}{badge}</script>").as_bytes());
        assert_eq!(report.verdict, None, "{open}: {:?}", report.checks);
    }
}

/// Mail programs break lines at any width, and quote them; what follows is no part of the token.
#[test]
fn a_token_is_put_together_wherever_it_was_broken() {
    let token = String::from_utf8(case("../input/ok_jwt", "input.jwt")).unwrap();
    let token = token.trim();
    assert_eq!(token.split('.').count(), 3);
    for width in 30..=180 {
        let lines: Vec<&str> =
            token.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
        for (before, between, after) in [
            ("Hello\n\n", "\n", "\nAna\n"),
            ("> ", "\n> ", "\n> Best-regards\n"),
            ("Badge: \"", "=\r\n", "\".\n\nAna"),
        ] {
            let text = [before, &lines.join(between), after].concat();
            assert_eq!(report(text.as_bytes()).verdict, Some(Verdict::Unrecognized), "{width} {before:?}");
        }
    }
    let report = report(format!("It is {token}.").as_bytes());
    assert_eq!(report.verdict, Some(Verdict::Unrecognized));
}

/// Work is in proportion to the input: each of these would take hours otherwise.
#[test]
fn megabytes_of_anything_are_answered() {
    let bomb = {
        // A picture whose text is four megabytes of one letter, which no JSON begins with.
        let zeros = miniz(&vec![b'x'; 4 << 20]);
        let mut data = b"openbadgecredential\0\x01\0\0\0".to_vec();
        data.extend(zeros);
        format!("<img src='data:image/png;base64,{}'>", base64(&png(&data)))
    };
    for piece in [
        "<",
        "<!--",
        "<!-- -",
        "<a ",
        "<a b='",
        "<a b=\"'",
        "</",
        "<script>",
        "<script><!--<script>",
        "</script",
        "<script type=application/json>{}</script>",
        "<script type=application/json>[",
        "&",
        "<a href=&>",
        "<link rel=alternate type=application/vc href=//a.example/b>",
        "<img src='data:,'>",
        "<base href=x>",
        "<style></styl",
        "a-",
        "--",
        "<p a=b c d=",
        "<title>",
        "<textarea></textare",
        "<meta property=og:image content=x>",
        bomb.as_str(),
    ] {
        let page = ["<!doctype html>", &piece.repeat((2 << 20) / piece.len())].concat();
        let report = report(page.as_bytes());
        assert!(report.verdict.is_none() || report.verdict == Some(Verdict::Incomplete), "{piece}");
        assert!(report.needs.len() <= 3, "{piece}");
    }
    for piece in [
        "eyJ",
        "eyJ.\n",
        "eyJ ",
        "https://a.example/ ",
        "> ",
        "{ ",
        "a{",
        "}",
        "a/",
        "=\n",
        "\"",
        "(",
        "eyJhbGciOiJub25lIn0.e30.\n",
        "https://www.google.com/url?q=",
        "openid4vp://?",
        "a.b/",
        "~\n",
        "%",
    ] {
        let report = report(["words ", &piece.repeat((1 << 20) / piece.len())].concat().as_bytes());
        assert!(!matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized)), "{piece}");
    }
}

/// A zlib stream, deflated.
fn miniz(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9)
}

/// A picture with one iTXt chunk.
fn png(text: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    for (kind, data) in [(b"IHDR", header.as_slice()), (b"iTXt", text), (b"IEND", &[])] {
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [kind.as_slice(), data].concat();
        out.extend(&body);
        out.extend(crc32(&body).to_be_bytes());
    }
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}

fn base64(bytes: &[u8]) -> String {
    probant::codec::to_base64url(bytes)
}
