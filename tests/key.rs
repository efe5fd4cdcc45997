//! Keys: what the names of verification methods and the documents of their owners come to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use probant::evidence::{Answer, Evidence, Lookups};
use probant::json::{self, Json};
use probant::key::{self, Error, KeyKind, PublicKey, Relationship, Resolved, TokenKey};
use probant::report::{Basis, Explain, Reason, Status};
use probant::{Timestamp, codec};

const NOW: Timestamp = Timestamp::from_unix(1_795_305_600);
const ED_A: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const ED_B: &str = "z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7";
/// An Ed25519 key as in a JWK.
const ED_X: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const X: &str = "z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F";

fn object(text: &str) -> json::Object {
    match json::parse(text.as_bytes()) {
        Ok(Json::Object(object)) => object,
        other => panic!("{other:?}: {text}"),
    }
}

/// Resolves with these documents at hand, each where it is answered from in the end.
fn resolve_with(
    method: &str,
    owner: &str,
    relationship: Relationship,
    documents: &[(&str, &str, &str)],
) -> (Result<Resolved, Error>, Vec<String>) {
    let mut evidence = Evidence::default();
    for (url, text, final_url) in documents {
        let body = Ok(text.as_bytes().to_vec());
        evidence.add(Answer { url: (*url).into(), body, final_url: Some((*final_url).into()) });
    }
    let lookups = Lookups::new(&evidence, false);
    let result = if method.is_empty() {
        key::resolve_token(
            &TokenKey { alg: "EdDSA", kid: None, jwk: None },
            owner,
            relationship,
            &lookups,
            NOW,
        )
    } else {
        key::resolve(method, owner, relationship, &lookups, NOW)
    };
    (result, lookups.into_parts().0.into_iter().map(|need| need.url).collect())
}

fn resolve(method: &str, owner: &str) -> Result<Resolved, Error> {
    resolve_with(method, owner, Relationship::AssertionMethod, &[]).0
}

/// An https id may let a DID's key speak for it: in its own document alone.
#[test]
fn keys_that_an_https_owner_lends_its_voice_to() {
    let owner = "https://example.edu/issuer";
    let method = format!("did:key:{ED_A}#{ED_A}");
    let with = |document: &str| {
        let document = document.replace("METHOD", &method);
        resolve_with(&method, owner, Relationship::AssertionMethod, &[(owner, &document, owner)]).0
    };
    let resolved = with(r#"{"id":"https://example.edu/issuer","assertionMethod":["METHOD"]}"#).unwrap();
    assert_eq!((resolved.basis, resolved.domain.as_deref()), (Basis::Domain, Some("example.edu")));
    assert_eq!(Ok(resolved.key), PublicKey::from_multikey(ED_A));
    for (document, reason) in [
        (r#"{"id":"https://example.edu/issuer","authentication":["METHOD"]}"#, Reason::KeyNotIssuer),
        (r#"{"id":"https://example.edu/issuer","alsoKnownAs":["METHOD"]}"#, Reason::KeyNotIssuer),
        (r#"{"id":"https://evil.example/issuer","assertionMethod":["METHOD"]}"#, Reason::KeyDocumentMismatch),
        (r#"{"id":"https://example.edu/issuer"}"#, Reason::KeyNotIssuer),
    ] {
        assert_eq!(with(document).unwrap_err().reason(), reason, "{document}");
    }
}

// did:key, did:jwk, multikeys and JWKs

/// Every verification method of every DID document in the suite whose DID is its key.
#[test]
fn did_vectors() {
    let Some(suite) = vectors::suite("did-vectors") else { return };
    // The identifier holds two keys at once, G1 and G2. The kind was withdrawn, and nothing signs with it.
    let ignored = |did: &str| did.starts_with("did:key:z5Tc");
    let (mut dids, mut keys, mut skipped) = (0, 0, 0);
    for case in suite.cases() {
        if !matches!(case.str("kind"), "did-key" | "did-jwk" | "did-documents") {
            continue;
        }
        let Ok(json) = json::parse(&suite.read(case.str("file"))) else { panic!("{}", case.str("file")) };
        let mut documents = Vec::new();
        did_documents(&json, &mut documents);
        assert!(!documents.is_empty(), "{}", case.str("id"));
        for document in documents {
            let did = document.str("id").unwrap();
            if ignored(did) {
                skipped += 1;
                continue;
            }
            if !did.starts_with("did:key:") && !did.starts_with("did:jwk:") {
                assert_eq!(resolve(did, did).unwrap_err().reason(), Reason::KeyMethodUnsupported, "{did}");
                continue;
            }
            dids += 1;
            let listed = document.has("assertionMethod");
            let id = if did.starts_with("did:jwk:") {
                [did, "#0"].concat()
            } else {
                [did, "#", did.trim_start_matches("did:key:")].concat()
            };
            let resolved = resolve(&id, did);
            assert_eq!(resolved.is_ok(), listed, "{did}: {resolved:?}");
            let Ok(resolved) = resolved else {
                assert_eq!(resolved.unwrap_err(), Error::NotAuthorized, "{did}");
                continue;
            };
            assert_eq!((resolved.method.as_str(), resolved.basis), (id.as_str(), Basis::Itself));
            let methods = document.each("verificationMethod").iter().chain(document.each("publicKey"));
            for method in methods.filter_map(Json::as_object) {
                if method.str("id") == Some(&id) {
                    keys += 1;
                    assert_eq!(stated_key(method, resolved.key.kind()), resolved.key, "{did}");
                }
            }
        }
    }
    eprintln!("{dids} DIDs, {keys} keys equal, {skipped} ignored");
    assert!(keys >= 25, "only {keys} keys compared");
}

fn did_documents<'a>(json: &'a Json, out: &mut Vec<&'a json::Object>) {
    match json {
        Json::Object(object) => {
            let keys = object.has("verificationMethod") || object.has("publicKey");
            if keys && object.str("id").is_some_and(|id| id.starts_with("did:")) {
                out.push(object);
            }
            object.iter().for_each(|(_, value)| did_documents(value, out));
        }
        Json::Array(items) => items.iter().for_each(|item| did_documents(item, out)),
        _ => {}
    }
}

/// The key that a test document states, read by the plainest means.
fn stated_key(method: &json::Object, kind: KeyKind) -> PublicKey {
    if let Some(jwk) = method.get("publicKeyJwk").and_then(Json::as_object) {
        PublicKey::from_jwk(jwk).unwrap()
    } else if let Some(text) = method.str("publicKeyMultibase") {
        PublicKey::from_multikey(text).unwrap()
    } else {
        PublicKey::new(kind, codec::base58(method.str("publicKeyBase58").unwrap()).unwrap()).unwrap()
    }
}

/// The two bases that credentials use; every other one is refused.
#[test]
fn multibase_vectors() {
    let Some(suite) = vectors::suite("did-vectors") else { return };
    let mut decoded = 0;
    for case in suite.cases().filter(|case| case.str("kind") == "multibase") {
        let text = String::from_utf8(suite.read(case.str("file"))).unwrap();
        let mut rows = text.lines().map(|line| {
            let (name, value) = line.split_once(", ").unwrap();
            (name, value.trim_matches('"').replace("\\x00", "\0"))
        });
        let plain = rows.next().unwrap().1;
        for (name, value) in rows {
            match name {
                "base58btc" | "base64url" => {
                    decoded += 1;
                    assert_eq!(codec::multibase(&value).unwrap(), plain.as_bytes(), "{name}");
                    let again = match name {
                        "base58btc" => ["z", &codec::to_base58(plain.as_bytes())].concat(),
                        _ => ["u", &codec::to_base64url(plain.as_bytes())].concat(),
                    };
                    assert_eq!(again, value);
                }
                _ => assert!(codec::multibase(&value).is_err(), "{name}"),
            }
        }
    }
    assert!(decoded >= 4);
}

#[test]
fn dids_that_are_keys() {
    let own = ["did:key:", ED_A].concat();
    let other = ["did:key:", ED_B].concat();
    let at = |did: &str, fragment: &str| [did, "#", fragment].concat();
    for method in [at(&own, ED_A), at("", ED_A), own.clone()] {
        let resolved = resolve(&method, &own).unwrap();
        assert_eq!(resolved.method, at(&own, ED_A), "the id is absolute");
        assert_eq!(resolved.key.kind(), KeyKind::Ed25519);
    }
    let x = ["did:key:", X].concat();
    for (method, owner, reason) in [
        (at(&own, ED_B), &own, Reason::KeyNotFound),
        (at(&own, ""), &own, Reason::KeyNotFound),
        (at(&other, ED_B), &own, Reason::KeyNotIssuer),
        (at(&own, ED_A), &"https://example.edu/issuer".into(), Reason::Pending),
        (at(&own, ED_A), &own.to_uppercase(), Reason::KeyNotIssuer),
        (at(&own, ED_A), &[&own, "#"].concat(), Reason::KeyNotIssuer),
        (at(&[&own, "?a=b"].concat(), ED_A), &own, Reason::KeyNotIssuer),
        (at(&[&own, "/a"].concat(), ED_A), &[&own, "/a"].concat(), Reason::KeyMalformed),
        (at(&x, X), &x, Reason::KeyNotAuthorized),
        (ED_A.into(), &own, Reason::KeyUrlMalformed),
        ("urn:uuid:0#k".into(), &"urn:uuid:0".into(), Reason::KeyUrlMalformed),
        ("did:".into(), &"did:".into(), Reason::KeyUrlMalformed),
        ("did::x".into(), &"did::x".into(), Reason::KeyUrlMalformed),
        ("did:KEY:z6".into(), &"did:KEY:z6".into(), Reason::KeyUrlMalformed),
        ("did:ion:abc#k".into(), &"did:ion:abc".into(), Reason::KeyMethodUnsupported),
    ] {
        let error = resolve(&method, owner).unwrap_err();
        assert_eq!(error.reason(), reason, "{method} of {owner}");
        let open = matches!(reason, Reason::KeyMethodUnsupported | Reason::Pending);
        assert_eq!(error.status(), if open { Status::Unknown } else { Status::Failed });
    }
    assert_eq!(
        resolve("did:ion:abc#k", "did:ion:abc").unwrap_err().args().get("method").unwrap_or_default(),
        "did:ion"
    );
    assert_eq!(key::claimed(&["https://example.edu/1#", ED_A].concat()), PublicKey::from_multikey(ED_A).ok());
    assert_eq!(key::claimed("https://example.edu/1#key-1"), None);
}

/// Forms that are not the one multikey of a key. The last are of kinds that are not known.
#[test]
fn malformed_multikeys() {
    let multikey = |prefix: &[u8], key: &[u8]| ["z", &codec::to_base58(&[prefix, key].concat())].concat();
    let point = [&[2u8][..], &[7; 32]].concat();
    let long = [&[4u8][..], &[7; 64]].concat();
    assert!(PublicKey::from_multikey(&multikey(&[0x80, 0x24], &point)).is_ok());
    for text in [
        multikey(&[0xed, 0x01], &[7; 31]),
        multikey(&[0xed, 0x01], &[7; 33]),
        multikey(&[0xed, 0x81, 0x00], &[7; 32]),
        multikey(&[0x80, 0x24], &long),
        multikey(&[0x80, 0x24], &[5; 33]),
        multikey(&[0x81, 0x24], &point),
        multikey(&[0x85, 0x24], &[0x30, 0x00]),
        multikey(&[0xeb, 0x01], &[0x40; 96]),
        multikey(&[0x80, 0x26], &[7; 32]),
        multikey(&[0xed], &[]),
        ED_A.replacen('z', "", 1),
        ED_A.replacen('z', "Z", 1),
        ["u", &codec::to_base64url(&[&[0xed, 0x01][..], &[7; 32]].concat())].concat(),
        [ED_A, " "].concat(),
        ED_A.replacen('k', "0", 1),
        String::new(),
    ] {
        let error = PublicKey::from_multikey(&text).unwrap_err();
        assert!(
            matches!(error.reason(), Reason::KeyMalformed | Reason::KeyMethodUnsupported),
            "{text}: {error:?}"
        );
        let unknown = text == multikey(&[0xed, 0x81, 0x00], &[7; 32]);
        assert_eq!(error.status() == Status::Unknown, unknown, "{text}");
    }
    let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, codec::to_base64url(&[7; 32]));
    let canonical = multikey(&[0xd1, 0xd6, 0x03], jwk.as_bytes());
    assert_eq!(PublicKey::from_multikey(&canonical).unwrap().bytes(), [7; 32]);
    let spaced = multikey(&[0xd1, 0xd6, 0x03], jwk.replace(',', ", ").as_bytes());
    assert_eq!(PublicKey::from_multikey(&spaced), Err(Error::Malformed));
}

/// JWKs by what is wrong with them.
#[test]
fn json_web_keys() {
    let x = codec::to_base64url(&[7; 32]);
    let n = codec::to_base64url(&[&[0x80][..], &[1; 255]].concat());
    let okp = format!(r#""kty":"OKP","crv":"Ed25519","x":"{x}""#);
    let ec = format!(r#""kty":"EC","crv":"P-256","x":"{x}","y":"{x}""#);
    let rsa = format!(r#""kty":"RSA","n":"{n}","e":"AQAB""#);
    let short = codec::to_base64url(&[7; 31]);
    let long = codec::to_base64url(&[&[0][..], &[7; 32]].concat());
    let rows: &[(String, Option<Reason>)] = &[
        (okp.clone(), None),
        (ec.clone(), None),
        (rsa.clone(), None),
        (format!(r#"{okp},"alg":"EdDSA","use":"sig","key_ops":["verify"],"kid":"1""#), None),
        (format!(r#"{okp},"alg":"Ed25519""#), None),
        (format!(r#"{rsa},"alg":"PS256""#), None),
        (format!(r#"{okp},"d":"{x}""#), Some(Reason::KeyMalformed)),
        (format!(r#"{ec},"d":"{x}""#), Some(Reason::KeyMalformed)),
        (format!(r#"{ec},"d":null"#), Some(Reason::KeyMalformed)),
        (format!(r#"{rsa},"p":"{x}""#), Some(Reason::KeyMalformed)),
        (format!(r#"{okp},"use":"enc""#), Some(Reason::KeyNotAuthorized)),
        (format!(r#"{okp},"use":1"#), Some(Reason::KeyMalformed)),
        (format!(r#"{okp},"key_ops":["sign"]"#), Some(Reason::KeyNotAuthorized)),
        (format!(r#"{okp},"key_ops":[]"#), Some(Reason::KeyNotAuthorized)),
        (format!(r#"{okp},"key_ops":["verify","verify"]"#), Some(Reason::KeyMalformed)),
        (format!(r#"{okp},"key_ops":"verify""#), Some(Reason::KeyMalformed)),
        (format!(r#"{okp},"alg":"ES256""#), Some(Reason::KeyMalformed)),
        (format!(r#"{ec},"alg":"ES384""#), Some(Reason::KeyMalformed)),
        (format!(r#"{ec},"alg":"HS256""#), Some(Reason::KeyMalformed)),
        (format!(r#"{rsa},"alg":"none""#), Some(Reason::KeyMalformed)),
        (okp.replace(&x, &short), Some(Reason::KeyMalformed)),
        (okp.replace(&x, &long), Some(Reason::KeyMalformed)),
        (okp.replace(&x, &[&x, "="].concat()), Some(Reason::KeyMalformed)),
        (format!(r#""kty":"EC","crv":"P-256","x":"{long}","y":"{x}""#), Some(Reason::KeyMalformed)),
        (format!(r#""kty":"EC","crv":"P-256","x":"{x}""#), Some(Reason::KeyMalformed)),
        (format!(r#""kty":"EC","crv":"P-384","x":"{x}","y":"{x}""#), Some(Reason::KeyMalformed)),
        (ec.replace(r#""EC""#, r#""OKP""#), Some(Reason::KeyMethodUnsupported)),
        (okp.replace("Ed25519", "Ed448"), Some(Reason::KeyMethodUnsupported)),
        (okp.replace("OKP", "okp"), Some(Reason::KeyMethodUnsupported)),
        (format!(r#""kty":"oct","k":"{x}""#), Some(Reason::KeyMalformed)),
        (r#""kty":"oct""#.into(), Some(Reason::KeyMalformed)),
        (format!(r#""crv":"Ed25519","x":"{x}""#), Some(Reason::KeyMalformed)),
        (rsa.replace("AQAB", "Aw"), Some(Reason::KeyWeak)),
        (rsa.replace("AQAB", "AQ"), Some(Reason::KeyWeak)),
        (rsa.replace("AQAB", "AQAA"), Some(Reason::KeyMalformed)),
        (rsa.replace("AQAB", "AAEAAQ"), Some(Reason::KeyMalformed)),
        (rsa.replace(&n, &codec::to_base64url(&[0x82; 256])), Some(Reason::KeyMalformed)),
        (rsa.replace(&n, &codec::to_base64url(&[0x81; 128])), Some(Reason::KeyWeak)),
        (rsa.replace(&n, &codec::to_base64url(&[0x81; 2048])), Some(Reason::KeyMethodUnsupported)),
    ];
    for (members, reason) in rows {
        let text = ["{", members, "}"].concat();
        let read = PublicKey::from_jwk(&object(&text));
        assert_eq!(read.as_ref().err().map(Explain::reason), *reason, "{text}");
        let did = ["did:jwk:", &codec::to_base64url(text.as_bytes())].concat();
        assert_eq!(resolve("#0", &did).map(|r| r.key), read, "{text}");
    }
    let did = ["did:jwk:", &codec::to_base64url(["{", &okp, "}"].concat().as_bytes())].concat();
    assert_eq!(resolve("#1", &did), Err(Error::NotFound));
    assert_eq!(resolve(&did, &did), Err(Error::UrlMalformed));
    let padded = [did.as_str(), "="].concat();
    assert_eq!(resolve("#0", &padded), Err(Error::Malformed));
    let doubled = ["{", &okp, ",", &okp, "}"].concat();
    assert_eq!(
        resolve("#0", &["did:jwk:", &codec::to_base64url(doubled.as_bytes())].concat()),
        Err(Error::Malformed)
    );
}

// did:web

/// Where did:web documents are. A port of another service is read, and left to the URL policy to refuse.
#[test]
fn did_web_addresses() {
    for (did, url) in [
        ("did:web:example.edu", "https://example.edu/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.edu:A-b_c.d~e", "https://example.edu/A-b_c.d~e/did.json"),
        ("did:web:example.edu%3A443", "https://example.edu:443/.well-known/did.json"),
        ("did:web:example.edu%3a443:a", "https://example.edu:443/a/did.json"),
        ("did:web:example.edu%3A8443:a", "https://example.edu:8443/a/did.json"),
        ("did:web:example.edu%3A65535", "https://example.edu:65535/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
        ("did:web:example.edu:.well-known", "https://example.edu/.well-known/did.json"),
        ("did:web:example.edu:...", "https://example.edu/.../did.json"),
    ] {
        let (result, needs) = resolve_with("#k", did, Relationship::AssertionMethod, &[]);
        assert_eq!(result.unwrap_err().reason(), Reason::Pending, "{did}");
        assert_eq!(needs, [url], "{did}");
    }
    for did in ["did:web:example.edu%3A22", "did:web:example.edu%3A80:a", "did:web:example.edu%3A1023"] {
        let (result, needs) = resolve_with("#k", did, Relationship::AssertionMethod, &[]);
        let error = result.unwrap_err();
        assert_eq!((error.reason(), error.status()), (Reason::UrlRefused, Status::Unknown), "{did}");
        assert!(needs.is_empty());
    }
    for id in [
        "",
        ".",
        "localhost",
        "localhost%3A443",
        "example",
        "example.local",
        "server.internal",
        "a.test",
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "1.2.3.0x4",
        "[::1]",
        "%5B%3A%3A1%5D",
        "Example.edu",
        "exa_mple.edu",
        "bücher.example",
        "-a.edu",
        "a-.edu",
        "a..edu",
        ".edu",
        "example.edu.",
        "example.edu%2Fa",
        "example.edu%2e",
        "user%40example.edu",
        "user@example.edu",
        "example.edu%3A",
        "example.edu%3A0",
        "example.edu%3A0443",
        "example.edu%3A65536",
        "example.edu%3A+443",
        "example.edu%3A443%3A1",
        "example.edu%3A44a",
        "example.edu%253A443",
        "example.edu%",
        "example.edu:",
        "example.edu::a",
        "example.edu:a:",
        "example.edu:.",
        "example.edu:..",
        "example.edu:a:..:b",
        "example.edu:%2e%2e",
        "example.edu:a%2Fb",
        "example.edu:a%5Cb",
        "example.edu:a%20b",
        "example.edu:a\\b",
        "example.edu/a",
        "example.edu:a/b",
        "example.edu?x",
        "example.edu:a?x=y",
        "example.edu:a b",
        "example.edu:a\tb",
        "example.edu:a;b",
        "example.edu:a@b",
        "example.edu:é",
        "example.edu\\@evil.example",
        "https://example.edu",
    ] {
        let did = ["did:web:", id].concat();
        let (result, needs) = resolve_with("#k", &did, Relationship::AssertionMethod, &[]);
        assert_eq!(result.unwrap_err().reason(), Reason::KeyUrlMalformed, "{did}");
        assert!(needs.is_empty(), "{did}");
    }
}

// Documents

const WEB: &str = "did:web:example.edu";
const WEB_URL: &str = "https://example.edu/.well-known/did.json";
const PROFILE: &str = "https://example.edu/issuers/1";

/// A document of `ID` with the method `ID#k` listed under assertionMethod; `edit` changes the text.
fn document(id: &str, edit: impl Fn(String) -> String) -> String {
    let text = r##"{"@context":"https://www.w3.org/ns/cid/v1","id":"ID",
"verificationMethod":[{"id":"ID#k","type":"Multikey","controller":"ID","publicKeyMultibase":"A"},
{"id":"ID#other","type":"Multikey","controller":"ID","publicKeyMultibase":"B"}],
"assertionMethod":["ID#k"],"authentication":["ID#other"]}"##;
    edit(text.into())
        .replace("ID", id)
        .replace("\"A\"", &format!("\"{ED_A}\""))
        .replace("\"B\"", &format!("\"{ED_B}\""))
}

/// Documents by what is changed in them; each is tried as a DID document and as an issuer's profile.
#[test]
fn documents() {
    let r = |from: &'static str, to: &'static str| {
        move |text: String| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        }
    };
    type Edit = Box<dyn Fn(String) -> String>;
    let embedded = r#"{"id":"ID#k","type":"Multikey","controller":"ID","publicKeyMultibase":"A"}"#;
    let method_type = r#""type":"Multikey","controller":"ID","publicKeyMultibase":"A""#;
    let key = r#""publicKeyMultibase":"A""#;
    let rows: Vec<(&str, Edit, Option<Reason>)> = vec![
        ("as it is", Box::new(|text| text), None),
        (
            "embedded",
            Box::new(move |t| {
                t.replace(&[embedded, ","].concat(), "").replace(r#"["ID#k"]"#, &format!("[{embedded}]"))
            }),
            None,
        ),
        (
            "embedded and equal elsewhere",
            Box::new(move |t| t.replace(r#"["ID#k"]"#, &format!("[{embedded}]"))),
            None,
        ),
        ("relative ids", Box::new(|t| t.replace(r#""ID#k""#, r##""#k""##)), None),
        (
            "revoked in the future",
            Box::new(r(key, r#""publicKeyMultibase":"A","revoked":"2999-01-01T00:00:00Z""#)),
            None,
        ),
        (
            "expires in the future",
            Box::new(r(key, r#""publicKeyMultibase":"A","expires":"2999-01-01T00:00:00Z""#)),
            None,
        ),
        ("unknown members", Box::new(r(key, r#""publicKeyMultibase":"A","x":1"#)), None),
        ("Ed25519VerificationKey2020", Box::new(r("Multikey", "Ed25519VerificationKey2020")), None),
        ("JSON-LD without context", Box::new(r(r#""@context":"https://www.w3.org/ns/cid/v1","#, "")), None),
        (
            "another id",
            Box::new(r(r#""id":"ID""#, r#""id":"did:web:evil.example""#)),
            Some(Reason::KeyDocumentMismatch),
        ),
        ("id with slash", Box::new(r(r#""id":"ID""#, r#""id":"ID/""#)), Some(Reason::KeyDocumentMismatch)),
        ("id array", Box::new(r(r#""id":"ID""#, r#""id":["ID"]"#)), Some(Reason::KeyDocumentMalformed)),
        ("no id", Box::new(r(r#""id":"ID","#, "")), Some(Reason::KeyDocumentMalformed)),
        (
            "id only as alias",
            Box::new(r(r#""id":"ID""#, r#""id":"x:y","alsoKnownAs":["ID"]"#)),
            Some(Reason::KeyDocumentMismatch),
        ),
        (
            "doubled id member",
            Box::new(r(r#""id":"ID""#, r#""id":"x:y","id":"ID""#)),
            Some(Reason::KeyDocumentMalformed),
        ),
        ("not an object", Box::new(|t| format!("[{t}]")), Some(Reason::KeyDocumentMalformed)),
        ("not JSON", Box::new(|t| format!("{t}.")), Some(Reason::KeyDocumentMalformed)),
        ("ambiguous ids", Box::new(|t| t.replace("ID#other", "ID#k")), Some(Reason::KeyDocumentMalformed)),
        (
            "ambiguous by a relative id",
            Box::new(|t| t.replace(r#""id":"ID#other""#, r##""id":"#k""##)),
            Some(Reason::KeyDocumentMalformed),
        ),
        (
            "other key embedded",
            Box::new(move |t| t.replace(r#"["ID#k"]"#, &format!("[{}]", embedded.replace("\"A\"", "\"B\"")))),
            Some(Reason::KeyDocumentMalformed),
        ),
        ("foreign id", Box::new(|t| t.replace("ID#k", "did:web:evil.example#k")), Some(Reason::KeyNotFound)),
        ("longer id", Box::new(|t| t.replace("ID#k", "ID#kk")), Some(Reason::KeyNotFound)),
        (
            "method gone",
            Box::new(move |t| t.replace(&[embedded, ","].concat(), "")),
            Some(Reason::KeyNotFound),
        ),
        ("not listed", Box::new(r(r#""assertionMethod":["ID#k"],"#, "")), Some(Reason::KeyNotAuthorized)),
        ("nothing listed", Box::new(r(r#"["ID#k"]"#, "[]")), Some(Reason::KeyNotAuthorized)),
        ("another listed", Box::new(r(r#"["ID#k"]"#, r#"["ID#other"]"#)), Some(Reason::KeyNotAuthorized)),
        (
            "listed for another purpose",
            Box::new(r(r#""assertionMethod":["ID#k"]"#, r#""keyAgreement":["ID#k"]"#)),
            Some(Reason::KeyNotAuthorized),
        ),
        (
            "embedded for another purpose",
            Box::new(move |t| {
                t.replace(&[embedded, ","].concat(), "").replace(r#"["ID#other"]"#, &format!("[{embedded}]"))
            }),
            Some(Reason::KeyNotAuthorized),
        ),
        ("list is a string", Box::new(r(r#"["ID#k"]"#, r#""ID#k""#)), Some(Reason::KeyDocumentMalformed)),
        (
            "methods are an object",
            Box::new(|t| {
                t.replace(r#""verificationMethod":["#, r#""verificationMethod":{"a":["#)
                    .replace("}],", "}]},")
            }),
            Some(Reason::KeyDocumentMalformed),
        ),
        (
            "controller is another",
            Box::new(r(r#""controller":"ID""#, r#""controller":"did:web:evil.example""#)),
            Some(Reason::KeyNotIssuer),
        ),
        ("no controller", Box::new(r(r#""controller":"ID","#, "")), Some(Reason::KeyMalformed)),
        (
            "controllers",
            Box::new(r(r#""controller":"ID""#, r#""controller":["ID"]"#)),
            Some(Reason::KeyMalformed),
        ),
        (
            "revoked",
            Box::new(r(key, r#""publicKeyMultibase":"A","revoked":"2020-01-01T00:00:00Z""#)),
            Some(Reason::KeyRevoked),
        ),
        (
            "expired",
            Box::new(r(key, r#""publicKeyMultibase":"A","expires":"2020-01-01T00:00:00Z""#)),
            Some(Reason::KeyExpired),
        ),
        (
            "revoked, no date",
            Box::new(r(key, r#""publicKeyMultibase":"A","revoked":"yes""#)),
            Some(Reason::KeyMalformed),
        ),
        (
            "revoked, boolean",
            Box::new(r(key, r#""publicKeyMultibase":"A","revoked":true"#)),
            Some(Reason::KeyMalformed),
        ),
        (
            "two key forms",
            Box::new(r(key, r#""publicKeyMultibase":"A","publicKeyJwk":{"kty":"OKP"}"#)),
            Some(Reason::KeyMalformed),
        ),
        (
            "no key",
            Box::new(r(method_type, r#""type":"Multikey","controller":"ID""#)),
            Some(Reason::KeyMalformed),
        ),
        (
            "secret key beside",
            Box::new(r(key, r#""publicKeyMultibase":"A","secretKeyMultibase":"z1""#)),
            Some(Reason::KeyMalformed),
        ),
        ("base58 in a Multikey", Box::new(r(key, r#""publicKeyBase58":"A""#)), Some(Reason::KeyMalformed)),
        ("not a string", Box::new(r(key, r#""publicKeyMultibase":["A"]"#)), Some(Reason::KeyMalformed)),
        ("no type", Box::new(r(r#""type":"Multikey","#, "")), Some(Reason::KeyMalformed)),
        ("another kind of key", Box::new(r("Multikey", "P256Key2021")), Some(Reason::KeyMalformed)),
        ("unknown type", Box::new(r("Multikey", "Unheard2030")), Some(Reason::KeyMethodUnsupported)),
        (
            "agreement key",
            Box::new(|t| t.replacen("\"A\"", &format!("\"{X}\""), 1)),
            Some(Reason::KeyNotAuthorized),
        ),
    ];
    for (owner, url) in [(WEB, WEB_URL), (PROFILE, PROFILE)] {
        for (name, edit, reason) in &rows {
            let text = document(owner, edit);
            for method in [[owner, "#k"].concat(), "#k".into()] {
                let (result, needs) =
                    resolve_with(&method, owner, Relationship::AssertionMethod, &[(url, &text, url)]);
                assert_eq!(result.as_ref().err().map(Explain::reason), *reason, "{name}: {text}");
                assert!(needs.is_empty());
                let Ok(resolved) = result else { continue };
                assert_eq!(resolved.key, PublicKey::from_multikey(ED_A).unwrap(), "{name}");
                assert_eq!(resolved.method, [owner, "#k"].concat());
                assert_eq!(
                    (resolved.basis, resolved.domain.as_deref()),
                    (Basis::Domain, Some("example.edu"))
                );
                assert_eq!(resolved.document.as_deref(), Some(url));
            }
        }
        let plain = document(owner, |text| text);
        let at = |method: &str, relationship, url: &str, from: &str| {
            resolve_with(method, owner, relationship, &[(url, &plain, from)]).0.map(|r| r.method)
        };
        let other = [owner, "#other"].concat();
        assert_eq!(at(&other, Relationship::Authentication, url, url).unwrap(), other);
        assert_eq!(at("", Relationship::Authentication, url, url).unwrap(), other, "the sole key");
        assert_eq!(at("#k", Relationship::Authentication, url, url), Err(Error::NotAuthorized));
        assert_eq!(at(owner, Relationship::AssertionMethod, url, url), Err(Error::UrlMalformed));
        assert_eq!(at("#", Relationship::AssertionMethod, url, url), Err(Error::NotFound));
        for (from, refused) in [
            ("https://example.edu/elsewhere", false),
            ("https://EXAMPLE.edu:443/elsewhere", false),
            ("https://www.example.edu/", true),
            ("https://example.edu.evil.example/", true),
        ] {
            let result = at("#k", Relationship::AssertionMethod, url, from);
            let reason = result.as_ref().err().map(Explain::reason);
            assert_eq!(reason, refused.then_some(Reason::UrlRefused), "redirected to {from}");
        }
    }
    let several = document(WEB, |text| text.replace(r#"["ID#k"]"#, r#"["ID#k","ID#other"]"#));
    let sole = resolve_with("", WEB, Relationship::AssertionMethod, &[(WEB_URL, &several, WEB_URL)]).0;
    assert_eq!(sole, Err(Error::NotFound), "several to choose from");
}

/// Every type of method that carries its key in a form of its own.
#[test]
fn method_types() {
    let ed = PublicKey::from_multikey(ED_A).unwrap();
    let base58 = codec::to_base58(ed.bytes());
    let hex = codec::to_hex(&[&[2u8][..], &[7; 32]].concat());
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, codec::to_base64url(ed.bytes()));
    for (type_name, form, value, kind) in [
        ("JsonWebKey", "publicKeyJwk", jwk.clone(), Ok(KeyKind::Ed25519)),
        ("JsonWebKey2020", "publicKeyJwk", jwk.clone(), Ok(KeyKind::Ed25519)),
        ("Ed25519VerificationKey2018", "publicKeyBase58", format!("\"{base58}\""), Ok(KeyKind::Ed25519)),
        ("Ed25519VerificationKey2018", "publicKeyJwk", jwk.clone(), Ok(KeyKind::Ed25519)),
        ("EcdsaSecp256k1VerificationKey2019", "publicKeyHex", format!("\"{hex}\""), Ok(KeyKind::Secp256k1)),
        ("EcdsaSecp256k1VerificationKey2019", "publicKeyJwk", jwk.clone(), Err(Reason::KeyMalformed)),
        ("EcdsaSecp256k1VerificationKey2019", "publicKeyHex", "\"02\"".into(), Err(Reason::KeyMalformed)),
        ("JsonWebKey", "publicKeyMultibase", format!("\"{ED_A}\""), Err(Reason::KeyMalformed)),
        ("JsonWebKey", "publicKeyJwk", "\"{}\"".into(), Err(Reason::KeyMalformed)),
        ("Multikey", "publicKeyHex", format!("\"{hex}\""), Err(Reason::KeyMalformed)),
        ("Ed25519VerificationKey2018", "publicKeyPem", "\"\"".into(), Err(Reason::KeyMalformed)),
        (
            "EcdsaSecp256k1RecoveryMethod2020",
            "blockchainAccountId",
            "\"\"".into(),
            Err(Reason::KeyMethodUnsupported),
        ),
    ] {
        let text = document(WEB, |text| {
            text.replacen(r#""publicKeyMultibase":"A""#, &format!(r#""{form}":{value}"#), 1)
                .replacen("Multikey", type_name, 1)
        });
        let result = resolve_with("#k", WEB, Relationship::AssertionMethod, &[(WEB_URL, &text, WEB_URL)]).0;
        assert_eq!(result.map(|r| r.key.kind()).map_err(|e| e.reason()), kind, "{type_name} {form}");
    }
}

/// Keys of https owners that are in documents of their own.
#[test]
fn keys_beside_a_profile() {
    let url = "https://example.edu/keys/1";
    let listing = document(PROFILE, |text| text.replace(r#"["ID#k"]"#, r#"["https://example.edu/keys/1"]"#));
    let silent = document(PROFILE, |text| text);
    let method = |controller: &str| {
        format!(
            r#"{{"id":"{url}","type":"Multikey","controller":"{controller}","publicKeyMultibase":"{ED_B}"}}"#
        )
    };
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","kid":"1","x":"{}"}}"#, codec::to_base64url(&[7; 32]));
    let second = jwk.replace(r#""kid":"1""#, r#""kid":"2""#).replace(&codec::to_base64url(&[7; 32]), ED_X);
    let set = format!(r#"{{"keys":[{jwk},{second}]}}"#);
    let own = method(PROFILE);
    let with = |method: &str, owner: &str, key: &str, profile: &str| {
        let documents = [(url, key, url), (PROFILE, profile, PROFILE)];
        resolve_with(method, owner, Relationship::AssertionMethod, &documents)
            .0
            .map_err(|e| e.reason())
            .map(|r| r.method)
    };
    assert_eq!(with(url, PROFILE, &own, &listing).as_deref(), Ok(url));
    assert_eq!(
        with(url, PROFILE, &own, &silent),
        Err(Reason::KeyNotAuthorized),
        "the profile does not list it"
    );
    assert_eq!(with(url, PROFILE, &method("https://evil.example/"), &listing), Err(Reason::KeyNotIssuer));
    assert_eq!(
        with(url, PROFILE, &own.replace("keys/1", "keys/2"), &listing),
        Err(Reason::KeyDocumentMismatch)
    );
    assert_eq!(with(url, "https://evil.example/issuers/1", &own, &listing), Err(Reason::KeyNotIssuer));
    assert_eq!(with("https://evil.example/keys/1", PROFILE, &own, &listing), Err(Reason::KeyNotIssuer));
    assert_eq!(with("http://example.edu/keys/1", PROFILE, &own, &listing), Err(Reason::KeyNotIssuer));
    // A bare JWK or a set of them is vouched for by the origin alone.
    assert_eq!(with(url, PROFILE, &jwk, &silent).as_deref(), Ok(url));
    assert_eq!(with(&[url, "#1"].concat(), PROFILE, &set, &silent), Ok([url, "#1"].concat()));
    assert_eq!(with(&[url, "#3"].concat(), PROFILE, &set, &silent), Err(Reason::KeyNotFound));
    assert_eq!(with(url, PROFILE, &set, &silent), Err(Reason::KeyNotFound), "a set without a choice");
    let doubled = set.replace(r#""kid":"2""#, r#""kid":"1""#);
    assert_eq!(with(&[url, "#1"].concat(), PROFILE, &doubled, &silent), Err(Reason::KeyDocumentMalformed));
    assert_eq!(with(url, WEB, &jwk, &silent), Err(Reason::KeyNotIssuer), "a DID's key is in its document");
    // The key in a fragment is never taken from there.
    let trick = [PROFILE, "#", ED_B].concat();
    assert_eq!(with(&trick, PROFILE, &own, &silent), Err(Reason::KeyNotFound));
    let (pending, needs) = resolve_with(&trick, PROFILE, Relationship::AssertionMethod, &[]);
    assert_eq!((pending.unwrap_err().status(), needs), (Status::Unknown, vec![PROFILE.to_string()]));
}
