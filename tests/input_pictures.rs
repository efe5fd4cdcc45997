//! Badges in pictures, hostile pictures, and inputs made to be slow: all made here.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use miniz_oxide::deflate::compress_to_vec_zlib;
use probant::budget;
use probant::input::{Content, Error, Note, read, read_fetched};
use probant::report::{Container, Explain, Reason, Status};

const JSON: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential"}"#;
const OTHER: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"Other"}"#;
const JWT: &str = "eyJhbGciOiJFZERTQSJ9.e30.AQID";

fn reason(bytes: &[u8]) -> Result<Content, Reason> {
    read(bytes).map(|i| i.content).map_err(|e| e.reason())
}

/// The credential's own text.
fn text(content: &Content) -> String {
    match content {
        Content::Json(_, text) => String::from_utf8(text.clone()).unwrap(),
        Content::Jwt(text) | Content::SdJwt(text) | Content::Url(text) => text.clone(),
        Content::Packed(..) => panic!("files in one file"),
    }
}

const OB3: &[u8] = b"openbadgecredential";
const OB2: &[u8] = b"openbadges";

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let typed = [kind, data].concat();
    let mut crc = !0u32;
    for byte in &typed {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ crc >> 1 } else { crc >> 1 };
        }
    }
    [&(data.len() as u32).to_be_bytes(), &typed[..], &(!crc).to_be_bytes()].concat()
}

fn itxt(keyword: &[u8], text: &str) -> Vec<u8> {
    chunk(b"iTXt", &[keyword, b"\0\0\0en\0\xC3\xA9\0", text.as_bytes()].concat())
}

fn ztxt(keyword: &[u8], text: &[u8]) -> Vec<u8> {
    chunk(b"zTXt", &[keyword, b"\0\0", &compress_to_vec_zlib(text, 6)].concat())
}

fn packed(keyword: &[u8], text: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[keyword, b"\0\x01\0\0\0", &compress_to_vec_zlib(text, 6)].concat())
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    [b"\x89PNG\r\n\x1a\n", &header[..], &chunks.concat(), &chunk(b"IDAT", b"x"), &chunk(b"IEND", b"")]
        .concat()
}

fn base64(bytes: &[u8]) -> String {
    let text = probant::codec::to_base64url(bytes).replace('-', "+").replace('_', "/");
    format!("{text}{}", ["", "==", "="][text.len() % 4 % 3 * usize::from(text.len() % 4 > 1)])
}

#[test]
fn status_lists_may_be_larger_but_no_pictures() {
    let large = format!("{{\"encodedList\":\"{}\"}}", "u".repeat(3 << 20));
    assert!(read_fetched(large.as_bytes()).is_ok());
    assert!(matches!(read_fetched(JWT.as_bytes()).unwrap().content, Content::Jwt(_)));
    assert!(read_fetched(&png(&[itxt(OB3, JSON)])).is_err());
    assert!(read_fetched(svg(&element("", JSON)).as_bytes()).is_err());
}

#[test]
fn wrappings_are_opened_two_deep() {
    let wrap = |inner: &str| format!("{{\"credential\":{}}}", serde_json::to_string(inner).unwrap());
    let container = |text: &str| match reason(text.as_bytes()).unwrap() {
        Content::Json(json, _) => json.get("credential").is_none(),
        _ => false,
    };
    assert!(container(&wrap(JSON)) && container(&wrap(&wrap(JSON))) && !container(&wrap(&wrap(&wrap(JSON)))));
    let picture = png(&[itxt(OB3, &wrap(JSON))]);
    assert_eq!(text(&reason(&picture).unwrap()), JSON);
    // A picture as a data URL is a picture; one inside a picture is nothing.
    let url = format!("data:image/png;base64,{}", base64(&png(&[itxt(OB3, JSON)])));
    let input = read(url.as_bytes()).unwrap();
    assert_eq!((input.container, text(&input.content)), (Container::Png, JSON.into()));
    for inner in [&url, &svg(&element("", JSON)), &format!("\"{url}\"")] {
        assert_eq!(reason(&png(&[itxt(OB3, inner)])), Err(Reason::NotRecognized), "{inner:.40}");
    }
}

#[test]
fn png_chunks() {
    use Note::{AlsoOlder, Irregular};
    let broken = |mut chunk: Vec<u8>, at: usize| {
        chunk[at] ^= 1;
        chunk
    };
    let long = |chunk: Vec<u8>| [&0x7FFF_FFFFu32.to_be_bytes(), &chunk[4..]].concat();
    let accented = "{\"name\":\"Été\"}";
    type Found<'a> = Result<(&'a str, &'a [Note]), Reason>;
    let table: Vec<(&str, Vec<Vec<u8>>, Found<'_>)> = vec![
        ("plain", vec![itxt(OB3, JSON)], Ok((JSON, &[]))),
        ("token", vec![itxt(OB3, JWT)], Ok((JWT, &[]))),
        ("UTF-8", vec![itxt(OB3, accented)], Ok((accented, &[]))),
        (
            "older, hosted",
            vec![chunk(b"tEXt", b"openbadges\0https://example.org/a")],
            Ok(("https://example.org/a", &[])),
        ),
        ("older, JSON", vec![itxt(OB2, OTHER)], Ok((OTHER, &[]))),
        (
            "newer in tEXt",
            vec![chunk(b"tEXt", &[OB3, b"\0", JSON.as_bytes()].concat())],
            Ok((JSON, &[Irregular])),
        ),
        ("compressed iTXt", vec![packed(OB3, JSON.as_bytes())], Ok((JSON, &[Irregular]))),
        ("zTXt", vec![ztxt(OB2, JSON.as_bytes())], Ok((JSON, &[Irregular]))),
        ("both standards", vec![itxt(OB2, OTHER), itxt(OB3, JSON)], Ok((JSON, &[AlsoOlder]))),
        ("same twice", vec![itxt(OB3, JSON), itxt(OB3, JSON)], Ok((JSON, &[Irregular]))),
        ("two texts", vec![itxt(OB3, JSON), itxt(OB3, OTHER)], Err(Reason::ImageSeveral)),
        (
            "same twice, once compressed",
            vec![itxt(OB3, JSON), packed(OB3, JSON.as_bytes())],
            Err(Reason::ImageSeveral),
        ),
        (
            "two older texts beside a newer",
            vec![itxt(OB3, JSON), itxt(OB2, JSON), itxt(OB2, OTHER)],
            Err(Reason::ImageSeveral),
        ),
        ("sum of our chunk", vec![broken(itxt(OB3, JSON), 60)], Err(Reason::ImageDamaged)),
        (
            "sum of another chunk",
            vec![broken(chunk(b"tEXt", b"Software\0x"), 9), itxt(OB3, JSON)],
            Ok((JSON, &[])),
        ),
        ("too long a chunk", vec![itxt(OB3, JSON), long(chunk(b"tEXt", b"a\0b"))], Err(Reason::ImageDamaged)),
        ("longer keyword", vec![itxt(b"openbadgecredentials", JSON)], Err(Reason::ImageWithoutCredential)),
        ("shorter keyword", vec![itxt(b"openbadge", JSON)], Err(Reason::ImageWithoutCredential)),
        ("other case", vec![itxt(b"OpenBadges", JSON)], Err(Reason::ImageWithoutCredential)),
        (
            "another chunk",
            vec![chunk(b"IDAT", &[OB3, b"\0\0\0\0\0", JSON.as_bytes()].concat())],
            Err(Reason::ImageWithoutCredential),
        ),
        ("no end of keyword", vec![chunk(b"iTXt", OB3)], Err(Reason::ImageWithoutCredential)),
        ("no text", vec![chunk(b"iTXt", b"openbadges\0\0\0")], Err(Reason::ImageDamaged)),
        ("unknown flag", vec![chunk(b"iTXt", b"openbadges\0\x02\0\0\0{}")], Err(Reason::ImageDamaged)),
        ("unknown method", vec![chunk(b"iTXt", b"openbadges\0\0\x01\0\0{}")], Err(Reason::ImageDamaged)),
        ("empty", vec![itxt(OB3, " ")], Err(Reason::ImageWithoutCredential)),
        (
            "damaged compression",
            vec![chunk(b"zTXt", b"openbadges\0\0\x78\x9c\xFF\xFF")],
            Err(Reason::ImageDamaged),
        ),
        ("bomb", vec![ztxt(OB2, &vec![b' '; 64 << 20])], Err(Reason::InputTooLarge)),
        ("JSON with a fault", vec![itxt(OB3, "{\"a\":1,\"a\":2}")], Err(Reason::JsonDuplicateName)),
        ("no credential", vec![itxt(OB3, "hello")], Err(Reason::NotRecognized)),
        ("Latin-1", vec![chunk(b"tEXt", b"openbadges\0{\"a\":\"\xE9\"}")], Err(Reason::NotUtf8)),
    ];
    for (name, chunks, expected) in table {
        let found = read(&png(&chunks));
        assert_eq!(found.as_ref().map_or_else(Error::container, |i| i.container), Container::Png, "{name}");
        let found = found.map(|i| (text(&i.content), i.notes)).map_err(|e| e.reason());
        assert_eq!(found, expected.map(|(t, n)| (t.to_owned(), n.to_vec())), "{name}");
    }
    // What follows the end is not part of the picture.
    let appended = [png(&[itxt(OB3, JSON)]), itxt(OB3, OTHER)].concat();
    assert_eq!(text(&reason(&appended).unwrap()), JSON);
    for note in [AlsoOlder, Irregular] {
        assert_eq!(note.status(), Status::Warned);
    }
}

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:ob='https://purl.imsglobal.org/ob/v3p0' xmlns:old=\"http://openbadges.org\">{inside}</svg>"
    )
}

fn element(verify: &str, body: &str) -> String {
    format!("<ob:credential verify='{verify}'><![CDATA[{body}]]></ob:credential>")
}

#[test]
fn svg_elements() {
    let escaped = JSON.replace('"', "&quot;").replace('{', "&#123;").replace('}', "&#x7d;");
    let split = JSON.replacen(',', "]]>,<![CDATA[", 1);
    let deep = |n: usize, inside: &str| format!("{}{inside}{}", "<g>".repeat(n), "</g>".repeat(n));
    let table: Vec<(&str, String, Result<&str, Reason>)> = vec![
        ("CDATA", svg(&element("", JSON)), Ok(JSON)),
        ("token", svg(&format!("<ob:credential verify='{JWT}'/>")), Ok(JWT)),
        (
            "token and blanks",
            svg(&format!("<ob:credential verify = \"&#x20;{JWT}\t\" >\n</ob:credential >")),
            Ok(JWT),
        ),
        ("escaped", svg(&format!("<ob:credential>{escaped}</ob:credential>")), Ok(JSON)),
        ("CDATA in pieces", svg(&element("", &split)), Ok(JSON)),
        ("deep inside", svg(&deep(200, &element("", JSON))), Ok(JSON)),
        (
            "with a prolog",
            format!("\u{feff}<?xml version='1.0'?>\n<!-- a > b -->{}\n<?x?>", svg(&element("", JSON))),
            Ok(JSON),
        ),
        (
            "with an external document type",
            format!(
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" 'http://x/[.dtd'>{}",
                svg(&element("", JSON))
            ),
            Ok(JSON),
        ),
        (
            "default namespace",
            svg(&format!("<credential xmlns='https://purl.imsglobal.org/ob/v3p0'>{JSON}</credential>")),
            Ok(JSON),
        ),
        (
            "rebound prefix",
            svg(&format!(
                "<g xmlns:ob='urn:x'>{}<h xmlns:ob='https&#58;//purl.imsglobal.org/ob/v3p0'>{}</h></g>",
                element("", OTHER),
                element("", JSON)
            )),
            Ok(JSON),
        ),
        (
            "prefixed root",
            format!(
                "<s:svg xmlns:s='http://www.w3.org/2000/svg'><o:assertion xmlns:o='http://openbadges.org'>{JSON}</o:assertion></s:svg>"
            ),
            Ok(JSON),
        ),
        (
            "hosted",
            svg("<old:assertion verify='https://example.org/a?b=1&amp;c=2'/>"),
            Ok("https://example.org/a?b=1&c=2"),
        ),
        (
            "hosted, with JSON",
            svg(&format!("<old:assertion verify='https://example.org/'>{JSON}</old:assertion>")),
            Ok(JSON),
        ),
        ("signed, with JSON", svg(&format!("<old:assertion verify='{JWT}'>{JSON}</old:assertion>")), Ok(JWT)),
        (
            "both standards",
            svg(&format!("<old:assertion>{OTHER}</old:assertion>{}", element("", JSON))),
            Ok(JSON),
        ),
        ("same twice", svg(&element("", JSON).repeat(2)), Ok(JSON)),
        ("two", svg(&[element("", JSON), element("", OTHER)].concat()), Err(Reason::ImageSeveral)),
        ("token and JSON", svg(&element(JWT, JSON)), Err(Reason::ImageSeveral)),
        ("none", svg("<g/>"), Err(Reason::ImageWithoutCredential)),
        ("empty", svg("<ob:credential verify=' '> </ob:credential>"), Err(Reason::ImageWithoutCredential)),
        (
            "swapped names",
            svg(&format!("<ob:assertion>{JSON}</ob:assertion><old:credential>{JSON}</old:credential>")),
            Err(Reason::ImageWithoutCredential),
        ),
        (
            "unbound prefix",
            format!("<svg><openbadges:credential>{JSON}</openbadges:credential></svg>"),
            Err(Reason::ImageWithoutCredential),
        ),
        (
            "out of scope",
            svg(&format!(
                "<g xmlns:q='https://purl.imsglobal.org/ob/v3p0'/><q:credential>{JSON}</q:credential>"
            )),
            Err(Reason::ImageWithoutCredential),
        ),
        (
            "near miss",
            svg(&format!("<credential xmlns='https://purl.imsglobal.org/ob/v3p0/'>{JSON}</credential>")),
            Err(Reason::ImageWithoutCredential),
        ),
        ("in a comment", svg(&format!("<!--{}-->", element("", JSON))), Err(Reason::ImageWithoutCredential)),
        (
            "in CDATA",
            svg(&format!("<t><![CDATA[<ob:credential>{JSON}</ob:credential>]]></t>")),
            Err(Reason::ImageWithoutCredential),
        ),
        (
            "attribute elsewhere",
            svg(&format!("<ob:credential ob:verify='{JWT}'/>")),
            Err(Reason::ImageWithoutCredential),
        ),
        (
            "entities of its own",
            format!("<!DOCTYPE svg [<!ENTITY a 'b'>]>{}", svg(&element("", JSON))),
            Err(Reason::SvgUnsafe),
        ),
        (
            "an external subset and its own",
            format!("<!DOCTYPE svg SYSTEM 'x' [ ]>{}", svg(&element("", JSON))),
            Err(Reason::SvgUnsafe),
        ),
        (
            "document type inside",
            svg(&format!("<!DOCTYPE svg>{}", element("", JSON))),
            Err(Reason::ImageDamaged),
        ),
        ("unknown entity", svg("<ob:credential>&nbsp;{}</ob:credential>"), Err(Reason::ImageDamaged)),
        ("forbidden character", svg("<ob:credential>&#0;{}</ob:credential>"), Err(Reason::ImageDamaged)),
        ("signed number", svg("<ob:credential>&#+9;{}</ob:credential>"), Err(Reason::ImageDamaged)),
        (
            "element inside",
            svg(&format!("<ob:credential>{JSON}<b/></ob:credential>")),
            Err(Reason::ImageDamaged),
        ),
        (
            "attribute twice",
            svg(&format!("<ob:credential verify='{JWT}' verify='{JWT}'/>")),
            Err(Reason::ImageDamaged),
        ),
        ("prefix bound twice", svg("<g xmlns:a='urn:x' xmlns:a='urn:y'/>"), Err(Reason::ImageDamaged)),
        ("no quotes", svg("<g a=b/>"), Err(Reason::ImageDamaged)),
        ("attributes run together", svg("<g a='b'c='d'/>"), Err(Reason::ImageDamaged)),
        ("markup in an attribute", svg("<g a='<'/>"), Err(Reason::ImageDamaged)),
        ("crossed", svg("<a><b></a></b>"), Err(Reason::ImageDamaged)),
        ("text after the root", svg("").replace("</svg>", "</svg>x"), Err(Reason::ImageDamaged)),
        ("two roots", svg("").repeat(2), Err(Reason::ImageDamaged)),
        ("too deep", svg(&deep(100_000, "")), Err(Reason::ImageDamaged)),
        (
            "too many bindings",
            svg(&(0..100).map(|i| format!("<g xmlns:a{i}='u'>")).collect::<String>()),
            Err(Reason::ImageDamaged),
        ),
        ("too large", svg(&element("", &" ".repeat(budget::MAX_CREDENTIAL + 1))), Err(Reason::InputTooLarge)),
        ("JSON with a fault", svg(&element("", "{]")), Err(Reason::JsonSyntax)),
    ];
    for (name, input, expected) in table {
        let found = read(input.as_bytes());
        assert_eq!(found.as_ref().map_or_else(Error::container, |i| i.container), Container::Svg, "{name}");
        let found = found.map(|i| text(&i.content)).map_err(|e| e.reason());
        assert_eq!(found, expected.map(str::to_owned), "{name}");
    }
}

/// Cut anywhere, or with any byte changed, an input gives an answer, and a cut one never its credential.
#[test]
fn damage_anywhere() {
    let inputs = [
        JSON.as_bytes().to_vec(),
        JWT.as_bytes().to_vec(),
        png(&[packed(OB2, OTHER.as_bytes()), itxt(OB3, JSON)]),
        format!("<?xml version='1.0'?>{}", svg(&element("", JSON))).into_bytes(),
        format!("data:image/png;base64,{}", base64(&png(&[itxt(OB3, JSON)]))).into_bytes(),
    ];
    for input in &inputs {
        let whole = reason(input).unwrap();
        for end in 0..input.len() {
            let found = reason(&input[..end]);
            // Padding says nothing.
            assert!(found.as_ref() != Ok(&whole) || input[end..].iter().all(|b| *b == b'='), "cut at {end}");
        }
        for at in 0..input.len() {
            for bit in 0..8 {
                let mut changed = input.clone();
                changed[at] ^= 1 << bit;
                let _ = reason(&changed);
            }
        }
    }
}

/// Inputs made to be slow for code that is not linear; the largest allowed of each.
#[test]
fn large_inputs_are_linear() {
    let fill = |unit: &str| unit.repeat((budget::MAX_INPUT - 400) / unit.len());
    let header = svg("").replace("</svg>", "");
    let mut inputs: Vec<Vec<u8>> =
        ["<g>", "<ob:credential/>", "<ob:credential>", "<!--", "<![CDATA[", "<", "&", "a='"]
            .iter()
            .map(|unit| format!("{header}{}", fill(unit)).into_bytes())
            .collect();
    inputs.extend(
        ["<g ", "<!DOCTYPE ", "eyJ.", "~", "%", "\"", "[", "{\"a\":", " ", "data:,%41"]
            .map(|u| fill(u).into_bytes()),
    );
    inputs.push(format!("<svg {}/>", fill("a='' ")).into_bytes());
    let copies = packed(OB3, &vec![b' '; budget::MAX_CREDENTIAL]);
    inputs.push(png(&vec![copies; 2_000]));
    inputs.push(png(&vec![chunk(b"tEXt", b""); 600_000]));
    let started = std::time::Instant::now();
    for input in &inputs {
        assert!(input.len() <= budget::MAX_INPUT);
        let _ = reason(input);
    }
    // Far from the truth on any machine, and far below what one quadratic input would take.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
