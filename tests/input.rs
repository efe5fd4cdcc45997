//! What inputs are taken for: third-party files, and a table of texts made here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing
)]

mod vectors;

use probant::budget;
use probant::input::{Content, Error, Input, Packing, read};
use probant::report::{Container, Explain, Reason};

const JSON: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential"}"#;
// {"alg":"EdDSA"} . {} . three bytes
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

#[test]
fn baked_badges_give_the_payload_upstream_states() {
    let Some(suite) = vectors::suite("baking") else { return };
    let mut seen = 0;
    for case in suite.cases() {
        let id = case.str("id");
        let found = reason(&suite.read(case.str("file")));
        match case.str("expected") {
            "valid" => {
                let payload = String::from_utf8(suite.read(case.str("payload_file")));
                let found = found.unwrap_or_else(|e| panic!("{id}: {e:?}"));
                assert_eq!(text(&found), payload.unwrap().trim(), "{id}");
            }
            "no-credential" => assert_eq!(found, Err(Reason::ImageWithoutCredential), "{id}"),
            _ => assert!(found.is_err(), "{id}: {found:?}"),
        }
        seen += 1;
    }
    assert!(seen >= 10, "only {seen} cases");
}

#[test]
fn plain_pictures_hold_no_credential() {
    let Some(suite) = vectors::suite("pngsuite") else { return };
    for case in suite.cases() {
        let id = case.str("id");
        let found = reason(&suite.read(case.str("file")));
        let allowed: &[Reason] = match case.str("expected") {
            "no-credential" => &[Reason::ImageWithoutCredential],
            _ => &[Reason::ImageWithoutCredential, Reason::ImageDamaged, Reason::NotRecognized],
        };
        assert!(found.as_ref().is_err_and(|r| allowed.contains(r)), "{id}: {found:?}");
    }
    assert!(suite.cases().count() > 90);
}

#[test]
fn third_party_badges_are_told_by_their_content() {
    let Some(suite) = vectors::suite("1edtech-ob30") else { return };
    for case in suite.cases() {
        let file = case.str("file");
        let input = read(&suite.read(file)).unwrap_or_else(|e| panic!("{file}: {e:?}"));
        let (container, jwt) = match file.rsplit('.').next().unwrap() {
            "png" => (Container::Png, true),
            "svg" => (Container::Svg, true),
            "jwt" => (Container::Jwt, true),
            _ => (Container::Json, false),
        };
        assert_eq!(input.container, container, "{file}");
        assert_eq!(matches!(input.content, Content::Jwt(_)), jwt, "{file}");
        assert!(jwt || matches!(input.content, Content::Json(..)), "{file}");
        assert_eq!(input.notes, [], "{file}");
    }
}

/// Names in one object must differ (RFC 7493), which the suite leaves to the reader.
const REFUSED_ON_PURPOSE: [&str; 2] =
    ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

#[test]
fn json_is_read_strictly() {
    let Some(suite) = vectors::suite("jsontestsuite") else { return };
    for case in suite.cases() {
        let id = case.str("id");
        let bytes = suite.read(case.str("file"));
        let parsed = probant::json::parse(&bytes);
        match case.str("expected") {
            "valid" => assert_eq!(parsed.is_ok(), !REFUSED_ON_PURPOSE.contains(&id), "{id}: {parsed:?}"),
            "invalid" => assert!(parsed.is_err(), "{id}: {parsed:?}"),
            _ => {}
        }
        // Whatever is refused as JSON is not let in by another door, but for blanks around it.
        let input = read(&bytes);
        assert!(parsed.is_ok() || input.is_err(), "{id}: {input:?}");
    }
    assert!(suite.cases().count() > 180);
}

#[test]
fn kinds_of_text() {
    let json = || Ok(JSON.into());
    let data = |head: &str, body: &str| format!("data:{head},{body}");
    let quoted = serde_json::to_string(JSON).unwrap();
    let table: Vec<(String, Container, Result<String, Reason>)> = vec![
        (JSON.into(), Container::Json, json()),
        (format!("\u{feff} \r\n{JSON}\n\n"), Container::Json, json()),
        (format!("[{JSON},{JSON}]"), Container::Json, Ok(format!("[{JSON},{JSON}]"))),
        (quoted.clone(), Container::Json, json()),
        (format!("{{\"credential\":{JSON}}}"), Container::Json, json()),
        (format!("{{\"credential\":{quoted},\"format\":\"ldp_vc\"}}"), Container::Json, json()),
        (format!("{{\"credentialWithProof\":{JSON}}}"), Container::Json, json()),
        (format!("{{\"jwt\":\"{JWT}\"}}"), Container::Jwt, Ok(JWT.into())),
        // Two candidates, another context, or no credential: the document speaks for itself.
        (
            format!("{{\"credential\":{JSON},\"jwt\":\"{JWT}\"}}"),
            Container::Json,
            Ok(format!("{{\"credential\":{JSON},\"jwt\":\"{JWT}\"}}")),
        ),
        (
            format!("{{\"@context\":[],\"jwt\":\"{JWT}\"}}"),
            Container::Json,
            Ok(format!("{{\"@context\":[],\"jwt\":\"{JWT}\"}}")),
        ),
        (r#"{"credential":"BSc"}"#.into(), Container::Json, Ok(r#"{"credential":"BSc"}"#.into())),
        (JWT.into(), Container::Jwt, Ok(JWT.into())),
        (format!("\n  {JWT}\r\n"), Container::Jwt, Ok(JWT.into())),
        (format!("\"{JWT}\""), Container::Jwt, Ok(JWT.into())),
        (format!("' {JWT} '"), Container::Jwt, Ok(JWT.into())),
        (format!("JWT: {JWT}"), Container::Jwt, Ok(JWT.into())),
        (format!("bearer {JWT}"), Container::Jwt, Ok(JWT.into())),
        // No signature: to be named as such later, not to be hidden here.
        ("eyJhbGciOiJub25lIn0.e30.".into(), Container::Jwt, Ok("eyJhbGciOiJub25lIn0.e30.".into())),
        (format!("{JWT}~"), Container::SdJwt, Ok(format!("{JWT}~"))),
        (format!("{JWT}~WyJhIl0~"), Container::SdJwt, Ok(format!("{JWT}~WyJhIl0~"))),
        (data("application/vc+jwt", JWT), Container::Jwt, Ok(JWT.into())),
        (data("application/vc+sd-jwt", &format!("{JWT}~")), Container::SdJwt, Ok(format!("{JWT}~"))),
        (
            data("application/vc+ld+json;charset=utf-8", &JSON.replace('{', "%7B").replace('"', "%22")),
            Container::Json,
            json(),
        ),
        (data("application/json;base64", "eyJhIjoxfQ=="), Container::Json, Ok(r#"{"a":1}"#.into())),
        (
            "https://example.org/b.png?x=~1".into(),
            Container::Url,
            Ok("https://example.org/b.png?x=~1".into()),
        ),
        ("HTTP://example.org".into(), Container::Url, Ok("HTTP://example.org".into())),
        ("\"https://example.org/\"".into(), Container::Url, Ok("https://example.org/".into())),
        (String::new(), Container::Unknown, Err(Reason::EmptyInput)),
        ("\u{feff} \t\r\n".into(), Container::Unknown, Err(Reason::EmptyInput)),
        ("\"\"".into(), Container::Unknown, Err(Reason::EmptyInput)),
        ("eyJhbGciOiJFZERTQSJ9".into(), Container::Jwt, Err(Reason::JwtMalformed)),
        ("eyJhbGciOiJFZERTQSJ9.e30".into(), Container::Jwt, Err(Reason::JwtMalformed)),
        ("eyJhbGciOiJFZERTQSJ9..AQID".into(), Container::Jwt, Err(Reason::JwtMalformed)),
        (format!("{JWT}.AQID.AQID"), Container::Jwt, Err(Reason::JwtMalformed)),
        // {"alg":"dir","enc":"A128GCM"}
        (
            "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AQID.AQID.AQID".into(),
            Container::Unknown,
            Err(Reason::Encrypted),
        ),
        (format!("{JWT}="), Container::Jwt, Err(Reason::JwtMalformed)),
        (JWT.replace("e30", "e3 0"), Container::Jwt, Err(Reason::JwtMalformed)),
        ("eyJhbGciOiJFZERTQSJ9.e30~WyJhIl0~".into(), Container::Jwt, Err(Reason::JwtMalformed)),
        ("www.example.org".into(), Container::Unknown, Err(Reason::NotRecognized)),
        ("https://example.org/ and more".into(), Container::Unknown, Err(Reason::NotRecognized)),
        ("ftp://example.org/".into(), Container::Unknown, Err(Reason::NotRecognized)),
        ("My badge, with a ~ in it".into(), Container::Unknown, Err(Reason::NotRecognized)),
        ("true".into(), Container::Unknown, Err(Reason::NotRecognized)),
        (data("application/json;base64", "?"), Container::Unknown, Err(Reason::NotRecognized)),
        (data("text/plain", "%7"), Container::Unknown, Err(Reason::NotRecognized)),
        ("<!DOCTYPE html><html lang=en><p>".into(), Container::Html, Err(Reason::HtmlPage)),
        ("<!-- x --><HTML lang=en>".into(), Container::Html, Err(Reason::HtmlPage)),
        (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>".into(),
            Container::Html,
            Err(Reason::HtmlPage),
        ),
        ("<note/>".into(), Container::Unknown, Err(Reason::NotRecognized)),
        ("<3".into(), Container::Unknown, Err(Reason::NotRecognized)),
        ("{".into(), Container::Json, Err(Reason::JsonTruncated)),
        ("{}x".into(), Container::Json, Err(Reason::JsonTrailing)),
        ("{'a':1}".into(), Container::Json, Err(Reason::JsonSyntax)),
        (r#"{"a":1,"a":1}"#.into(), Container::Json, Err(Reason::JsonDuplicateName)),
        (r#"["\ud800"]"#.into(), Container::Json, Err(Reason::JsonLoneSurrogate)),
        ("[1e999]".into(), Container::Json, Err(Reason::JsonNumberRange)),
        ("[".repeat(10_000), Container::Json, Err(Reason::JsonTooDeep)),
        (format!("[{}1]", "1,".repeat(200_001)), Container::Json, Err(Reason::JsonTooMany)),
    ];
    for (input, container, expected) in table.into_iter() {
        let found = read(input.as_bytes());
        let shown: String = input.chars().take(80).collect();
        assert_eq!(found.as_ref().map_or_else(Error::container, |i| i.container), container, "{shown}");
        assert_eq!(found.map(|i| text(&i.content)).map_err(|e| e.reason()), expected, "{shown}");
    }
}

#[test]
fn files_of_files_are_left_packed() {
    let table: [(&[u8], Option<Packing>); 8] = [
        ("%PDF-1.7\n%âãÏÓ".as_bytes(), Some(Packing::Pdf)),
        (b"\n%PDF-1.4\n", Some(Packing::Pdf)),
        (b"\x80junk %PDF-1.4", Some(Packing::Pdf)),
        (b"PK\x03\x04\x14\0", Some(Packing::Zip)),
        (b"PK\x05\x06\0\0", Some(Packing::Zip)),
        (b"PK\x07\x08PK\x03\x04", Some(Packing::Zip)),
        (b"A sentence about %PDF-1.4", None),
        (b"PKZIP", None),
    ];
    for (bytes, packing) in table {
        let found = match read(bytes) {
            Ok(Input { content: Content::Packed(packing, file), .. }) => {
                assert_eq!(file, bytes);
                Some(packing)
            }
            _ => None,
        };
        assert_eq!(found, packing, "{bytes:?}");
    }
}

#[test]
fn kinds_of_bytes() {
    let utf16: Vec<u8> = JSON.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table: &[(Vec<u8>, Reason)] = &[
        (utf16.clone(), Reason::NotUtf8),
        ([b"\xFF\xFE", &utf16[..]].concat(), Reason::NotUtf8),
        (JSON.encode_utf16().flat_map(u16::to_be_bytes).collect(), Reason::NotUtf8),
        (b"{\"name\":\"Caf\xE9\"}".to_vec(), Reason::NotUtf8),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>Caf\xE9</text></svg>".to_vec(), Reason::NotUtf8),
        (b"<html><p>Caf\xE9".to_vec(), Reason::HtmlPage),
        (b"\x00\x01\x02\x80\xFF".to_vec(), Reason::NotRecognized),
        (b"\xFF\xD8\xFF\xE0\x00\x10JFIF".to_vec(), Reason::ImageWithoutCredential),
        (b"GIF89a".to_vec(), Reason::ImageWithoutCredential),
        (b"\0\0\0\x1cftypavif\0\0\0\0".to_vec(), Reason::ImageWithoutCredential),
        (b"\0\0\0\x18ftypmp42\0\0\0\0".to_vec(), Reason::NotRecognized),
        (b"VP1-B3ECQDIYACEMHIGDODB6QAJPCAAEPGE5RUAAA".to_vec(), Reason::CborLdNotRead),
        (b"hc1:6BFOXN".to_vec(), Reason::HealthPass),
        (b"openid is a protocol".to_vec(), Reason::NotRecognized),
        (b"\x89PNG\n\x1a\n".to_vec(), Reason::ImageDamaged),
        (vec![b' '; budget::MAX_INPUT + 1], Reason::InputTooLarge),
        (vec![b'{'; 50 << 20], Reason::InputTooLarge),
        (format!("{{\"a\":\"{}\"}}", "x".repeat(budget::MAX_CREDENTIAL)).into(), Reason::InputTooLarge),
        (format!("{JWT}{}", "A".repeat(budget::MAX_CREDENTIAL)).into(), Reason::InputTooLarge),
    ];
    for (bytes, expected) in table {
        assert_eq!(
            reason(bytes),
            Err(*expected),
            "{:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(30)])
        );
    }
    let several = format!("[{}]", vec![format!("\"{}\"", "x".repeat(50_000)); 100].join(","));
    assert!(several.len() > budget::MAX_CREDENTIAL && read(several.as_bytes()).is_ok());
}

#[test]
fn faults_of_json_say_where() {
    let error = read("{\n \"é\": nul}".as_bytes()).unwrap_err();
    let args = error.args();
    assert_eq!((args.get("line"), args.get("column")), (Some("2"), Some("7")));
}
