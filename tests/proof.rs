//! Signatures: third-party vectors, and tokens and proofs that must not pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use ed25519_dalek::{Signer, SigningKey};
use probant::budget::Budget;
use probant::json::{self, Json};
use probant::key::{KeyKind, PublicKey, Relationship};
use probant::proof::data_integrity::{self, Demand, Proof, ProofSet};
use probant::proof::jose::Token;
use probant::proof::{Error, Note, VerifiedProof};
use probant::report::{Explain, Reason, Status};
use probant::{Timestamp, codec};

fn object(text: &[u8]) -> json::Object {
    match json::parse(text) {
        Ok(Json::Object(object)) => object,
        other => panic!("{other:?}: {}", String::from_utf8_lossy(text)),
    }
}

fn read(suite: &vectors::Suite, file: &str) -> json::Object {
    object(&suite.read(file))
}

// JOSE

/// Every token of the suites whose algorithm is checked here, with the key that the suite states.
#[test]
fn tokens_of_others() {
    let mut verified = 0;
    let mut check = |text: &str, key: &PublicKey, expected: bool, name: &str| {
        let token = Token::parse(text).unwrap();
        match token.verify(key) {
            Err(Error::Unsupported(_)) => {}
            outcome => {
                verified += 1;
                assert_eq!(outcome.is_ok(), expected, "{name}: {outcome:?}");
                // One producer's tokens for P-256 say that they are of another curve.
                let cause =
                    if name.starts_with("microsoft") { Error::KeyWrongKind } else { Error::SignatureInvalid };
                assert!(outcome.is_ok() || outcome == Err(cause), "{name}: {outcome:?}");
            }
        }
    };
    let Some(suite) = vectors::suite("dif-jws-2020") else { return };
    for case in suite.cases().filter(|case| case.str("kind").ends_with("-jwt")) {
        let Ok(Json::Object(file)) = json::parse(&suite.read(case.str("file"))) else {
            assert_eq!(case.str("expected"), "invalid", "{}", case.str("id"));
            continue;
        };
        // One producer put embedded proofs under these names.
        let Some(jwt) = file.str("jwt").map(String::from) else { continue };
        let key = read(&suite, case.str("key_file"));
        let key = PublicKey::from_jwk(key.get("publicKeyJwk").unwrap().as_object().unwrap()).unwrap();
        let expected = case.confirmed();
        if Token::parse(&jwt).is_ok() {
            check(&jwt, &key, expected, case.str("id"));
        } else {
            assert!(!expected, "{}", case.str("id"));
        }
    }
    let suite = vectors::suite("w3c-vc-jose-cose").unwrap();
    for case in suite
        .cases()
        .filter(|case| !case.str("kind").starts_with("issue") && !case.str("kind").ends_with("cose"))
    {
        let text = String::from_utf8(suite.read(case.str("file"))).unwrap();
        let key = read(&suite, case.str("key_file"));
        let key = PublicKey::from_jwk(key.get("publicKeyJwk").unwrap().as_object().unwrap()).unwrap();
        let jwt = text.trim().split('~').next().unwrap();
        let token = Token::parse(jwt).unwrap();
        let other = ["vc+jwt", "vp+jwt", "vc+sd-jwt", "vp+sd-jwt"];
        assert_eq!(token.is_of_type(&other), token.typ() != Some("bad+typ"), "{}", case.str("id"));
        if case.confirmed() {
            check(jwt, &key, true, case.str("id"));
        }
    }
    let suite = vectors::suite("credo-ts").unwrap();
    for case in suite.cases() {
        let text = String::from_utf8(suite.read(case.str("file"))).unwrap();
        let jwt = text.trim().split('~').next().unwrap();
        let token = Token::parse(jwt).unwrap();
        // Keys by certificate, and of a DID method without resolution, are not for here.
        let kid = token.kid().unwrap_or_default();
        let issuer = [&token.payload().get("iss"), &token.payload().get("vp")];
        let Some(multikey) = kid.split('#').next_back().filter(|id| id.starts_with('z')) else { continue };
        assert!(issuer.iter().any(|i| i.is_some()));
        let key = PublicKey::from_multikey(multikey).unwrap();
        check(jwt, &key, case.str("id") != "sd-jwt-vc-signatureInvalidSdJwtVc", case.str("id"));
    }
    eprintln!("{verified} tokens verified");
    assert!(verified >= 12, "only {verified}");
}

fn signer() -> (SigningKey, PublicKey) {
    let signing = SigningKey::from_bytes(&[9; 32]);
    let public = PublicKey::new(KeyKind::Ed25519, signing.verifying_key().to_bytes().to_vec()).unwrap();
    (signing, public)
}

/// A well-signed token of these bytes.
fn token(header: &[u8], payload: &[u8]) -> String {
    let input = [codec::to_base64url(header), codec::to_base64url(payload)].join(".");
    let signature = signer().0.sign(input.as_bytes());
    [input.as_str(), &codec::to_base64url(&signature.to_bytes())].join(".")
}

const HEADER: &str = r#"{"alg":"EdDSA","typ":"vc+jwt","kid":"did:example:1#k"}"#;
const PAYLOAD: &str = r#"{"iss":"did:example:1"}"#;

/// Headers and payloads by why they must not pass, although each token is signed as it stands.
#[test]
fn hostile_tokens() {
    let (_, key) = signer();
    let x = codec::to_base64url(key.bytes());
    let public = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#);
    let private = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{x}"}}"#);
    let with = |members: &str| format!(r#"{{"alg":"EdDSA",{members}}}"#);
    let plain = HEADER.to_string();
    let good = token(HEADER.as_bytes(), PAYLOAD.as_bytes());
    let verified = Token::parse(&good).unwrap().verify(&key).unwrap();
    assert_eq!((verified.method(), verified.notes()), ("EdDSA", &[][..]));
    for header in [
        r#"{"alg":"Ed25519"}"#.to_string(),
        with(r#""jku":"https://evil.example/","x5u":"https://evil.example/","x5c":["AA=="],"unknown":1"#),
        with(&format!(r#""jwk":{public}"#)),
        with(r#""jwk":{"kty":"AKP"}"#),
    ] {
        let text = token(header.as_bytes(), PAYLOAD.as_bytes());
        assert!(Token::parse(&text).unwrap().verify(&key).is_ok(), "{header}");
    }
    let rows: Vec<(String, String, Reason)> = vec![
        (with(r#""crit":["exp"],"exp":1"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""crit":[]"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""crit":"b64""#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""crit":["b64"],"b64":false"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""crit":["b64","b64"],"b64":true"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""b64":true"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""b64":false"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""zip":"DEF""#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""enc":"A256GCM""#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""cty":"JWT""#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""cty":"application/jwt""#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(&format!(r#""jwk":{private}"#)), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""jwk":{"kty":"oct","k":"AA"}"#), PAYLOAD.into(), Reason::JwtHeaderForbidden),
        (with(r#""jwk":"x""#), PAYLOAD.into(), Reason::JwtMalformed),
        (with(r#""kid":1"#), PAYLOAD.into(), Reason::JwtMalformed),
        (with(r#""kid":["did:example:1#k"]"#), PAYLOAD.into(), Reason::JwtMalformed),
        (with(r#""kid":null"#), PAYLOAD.into(), Reason::JwtMalformed),
        (with(r#""typ":["JWT"]"#), PAYLOAD.into(), Reason::JwtMalformed),
        (with(r#""alg":"none""#), PAYLOAD.into(), Reason::JwtMalformed),
        (with(r#""a\u006cg":"none""#), PAYLOAD.into(), Reason::JwtMalformed),
        (r#"{"alg":["EdDSA"]}"#.into(), PAYLOAD.into(), Reason::JwtMalformed),
        (r#"{"typ":"JWT"}"#.into(), PAYLOAD.into(), Reason::JwtMalformed),
        (r#"["EdDSA"]"#.into(), PAYLOAD.into(), Reason::JwtMalformed),
        (format!("\u{feff}{plain}"), PAYLOAD.into(), Reason::JwtMalformed),
        (format!("{plain}x"), PAYLOAD.into(), Reason::JwtMalformed),
        (plain.clone(), format!("\u{feff}{PAYLOAD}"), Reason::JwtMalformed),
        (plain.clone(), r#"{"iss":"a","iss":"b"}"#.into(), Reason::JwtMalformed),
        (plain.clone(), r#"{"iss":"\ud800"}"#.into(), Reason::JwtMalformed),
        (plain.clone(), r#"[{"iss":"a"}]"#.into(), Reason::JwtMalformed),
        (plain.clone(), r#""text""#.into(), Reason::JwtMalformed),
        (plain.clone(), String::new(), Reason::JwtMalformed),
        (plain.clone(), format!("{PAYLOAD}{PAYLOAD}"), Reason::JwtMalformed),
    ];
    for (header, payload, reason) in rows {
        let text = token(header.as_bytes(), payload.as_bytes());
        let error = Token::parse(&text).and_then(|token| token.verify(&key)).unwrap_err();
        assert_eq!((error.reason(), error.status()), (reason, Status::Failed), "{header} {payload}");
    }
    for alg in ["none", "None", "NONE", "nOnE", "HS256", "hs256", "HS384", "HS512"] {
        let header = format!(r#"{{"alg":"{alg}"}}"#);
        for text in [token(header.as_bytes(), PAYLOAD.as_bytes()), unsigned(&header)] {
            let error = Token::parse(&text).unwrap().verify(&key).unwrap_err();
            assert_eq!(
                (error.reason(), error.status()),
                (Reason::JwtAlgorithmForbidden, Status::Failed),
                "{alg}"
            );
        }
    }
    for alg in ["eddsa", "EDDSA", "Ed448", "ES256 ", "RS1", "", "A128KW"] {
        let text = token(format!(r#"{{"alg":"{alg}"}}"#).as_bytes(), PAYLOAD.as_bytes());
        let error = Token::parse(&text).unwrap().verify(&key).unwrap_err();
        assert_eq!((error.reason(), error.status()), (Reason::ProofUnsupported, Status::Unknown), "{alg}");
    }
}

fn unsigned(header: &str) -> String {
    [&codec::to_base64url(header.as_bytes()), &codec::to_base64url(PAYLOAD.as_bytes()), ""]
        .map(|s| s as &str)
        .join(".")
}

/// Every change of one character of a good token, and what may surround it, is refused.
#[test]
fn altered_tokens() {
    let (_, key) = signer();
    let good = token(HEADER.as_bytes(), PAYLOAD.as_bytes());
    let verify = |text: &str| Token::parse(text).and_then(|token| token.verify(&key));
    assert!(verify(&good).is_ok());
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n";
    for at in 0..good.len() {
        for c in alphabet {
            let mut bytes = good.clone().into_bytes();
            if bytes[at] != *c {
                bytes[at] = *c;
                let text = String::from_utf8(bytes).unwrap();
                assert!(verify(&text).is_err(), "{text}");
            }
        }
        for c in ["=", " ", "\n", ".", "A"] {
            let mut text = good.clone();
            text.insert_str(at, c);
            assert!(verify(&text).is_err(), "{text}");
        }
        let mut text = good.clone();
        text.remove(at);
        assert!(verify(&text).is_err(), "{text}");
    }
    let dots = good.replace('.', "");
    for text in ["", ".", "..", "...", "a.b.c", dots.as_str()] {
        assert_eq!(verify(text), Err(Error::JwtMalformed), "{text}");
    }
    for end in ["=", "==", " ", "\n", ".", "~"] {
        assert_eq!(verify(&[good.as_str(), end].concat()), Err(Error::JwtMalformed));
        assert_eq!(verify(&[end, good.as_str()].concat()), Err(Error::JwtMalformed));
    }
    let x25519 = PublicKey::new(KeyKind::X25519, key.bytes().to_vec()).unwrap();
    assert_eq!(Token::parse(&good).unwrap().verify(&x25519), Err(Error::KeyWrongKind));
    let other = PublicKey::new(
        KeyKind::Ed25519,
        SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes().to_vec(),
    );
    assert_eq!(Token::parse(&good).unwrap().verify(&other.unwrap()), Err(Error::SignatureInvalid));
}

#[test]
fn media_types() {
    let of_type = |typ: &str| {
        let header = format!(r#"{{"alg":"EdDSA","typ":"{typ}"}}"#);
        let text = token(header.as_bytes(), PAYLOAD.as_bytes());
        Token::parse(&text).unwrap().is_of_type(&["JWT", "vc+jwt"])
    };
    for typ in ["JWT", "jwt", "vc+jwt", "VC+JWT", "application/vc+jwt", "Application/vc+JWT"] {
        assert!(of_type(typ), "{typ}");
    }
    for typ in
        ["", "vp+jwt", "at+jwt", "text/vc+jwt", "application/application/vc+jwt", "vc+jwt ", "dpop+jwt"]
    {
        assert!(!of_type(typ), "{typ}");
    }
    let untyped = token(br#"{"alg":"EdDSA"}"#, PAYLOAD.as_bytes());
    assert!(Token::parse(&untyped).unwrap().is_of_type(&["vc+jwt"]));
}

// Data Integrity

/// A credential whose one JCS proof has these members.
fn signed(document: &str, members: &str) -> json::Object {
    let (signing, key) = signer();
    let blank = ["z", &codec::to_base58(&[1; 64])].concat();
    let text = format!(
        r#"{{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod","proofValue":"{blank}"{members}}}"#
    );
    let (document, proof) = (object(document.as_bytes()), object(text.as_bytes()));
    let bytes =
        data_integrity::hash_data(&document, &Proof::parse(&proof).unwrap(), &key, &Budget::default());
    let value = ["z", &codec::to_base58(&signing.sign(&bytes.unwrap()).to_bytes())].concat();
    document.with("proof", Json::Object(proof.with("proofValue", Json::String(value))))
}

fn verify_first(document: &json::Object) -> Result<VerifiedProof, Error> {
    let set = ProofSet::of(document)?;
    data_integrity::verify(&set.covered(0)?, &Proof::parse(set.proofs()[0])?, &signer().1, &Budget::default())
}

const DOCUMENT: &str =
    r#"{"@context":["https://a.example/1","https://a.example/2"],"id":"urn:1","n":[1,2.50,"x"]}"#;
const CONTEXT: &str = r#","@context":["https://a.example/1","https://a.example/2"]"#;

/// A document's context may go on after the proof's, and nothing else may change (A14).
#[test]
fn contexts_of_jcs_proofs() {
    let good = signed(DOCUMENT, CONTEXT);
    assert_eq!(verify_first(&good).unwrap().notes(), []);
    let alter = |document: &str| {
        let proof = good.get("proof").unwrap().clone();
        verify_first(&object(document.as_bytes()).with("proof", proof)).map(|p| p.notes().to_vec())
    };
    assert_eq!(alter(&DOCUMENT.replace("2.50", "25e-1")), Ok(vec![]), "the same number");
    let longer = DOCUMENT.replace(r#"/2"]"#, r#"/2","https://evil.example/"]"#);
    assert_eq!(alter(&longer), Ok(vec![Note::ContextExtended]));
    for document in [
        DOCUMENT.replace(r#"["https://a.example/1","https://a.example/2"]"#, r#""https://a.example/1""#),
        DOCUMENT.replace(r#"["https://a.example/1","#, r#"["https://evil.example/","https://a.example/1","#),
        DOCUMENT.replace(r#""@context":["https://a.example/1","https://a.example/2"],"#, ""),
        DOCUMENT.replace("urn:1", "urn:2"),
        DOCUMENT.replace(r#""x""#, r#""x","y""#),
        DOCUMENT.replace(r#""id""#, r#""a":null,"id""#),
    ] {
        assert_eq!(alter(&document), Err(Error::SignatureInvalid), "{document}");
    }
    let bare = signed(DOCUMENT, "");
    assert!(verify_first(&bare).is_ok(), "the context is signed with the document");
}

/// Proofs by what is wrong with their members; each is otherwise signed as it stands.
#[test]
fn malformed_proofs() {
    let good = signed(DOCUMENT, CONTEXT);
    let text = json::canonicalize(good.get("proof").unwrap());
    let value = good.get("proof").unwrap().get("proofValue").unwrap().as_str().unwrap();
    let bytes = codec::multibase(value).unwrap();
    let z = |bytes: &[u8]| ["z", &codec::to_base58(bytes)].concat();
    let add = |member: &str| text.replacen('{', &format!("{{{member},"), 1);
    let other = |value: &str, other: &str| text.replacen(&format!("\"{value}\""), other, 1);
    let signature = |value_: &str| text.replacen(value, value_, 1);
    let rows: Vec<(String, Reason)> = vec![
        (add(r#""unknown":"x""#), Reason::ProofMalformed),
        (add(r#""jws":"x""#), Reason::ProofMalformed),
        (add(r#""creator":"x""#), Reason::ProofMalformed),
        (add(r#""name":"Harvard""#), Reason::ProofMalformed),
        (add(r#""@id":"urn:x""#), Reason::ProofMalformed),
        (add(r#""id":1"#), Reason::ProofMalformed),
        (add(r#""nonce":{"@value":"x"}"#), Reason::ProofMalformed),
        (add(r#""challenge":["x"]"#), Reason::ProofMalformed),
        (add(r#""domain":{}"#), Reason::ProofMalformed),
        (add(r#""domain":[]"#), Reason::ProofMalformed),
        (add(r#""domain":["a",1]"#), Reason::ProofMalformed),
        (add(r#""previousProof":null"#), Reason::ProofMalformed),
        (add(r#""created":"yesterday""#), Reason::ProofMalformed),
        (add(r#""created":"2024-02-30T00:00:00Z""#), Reason::ProofMalformed),
        (add(r#""expires":1"#), Reason::ProofMalformed),
        (other("assertionMethod", "null"), Reason::ProofMalformed),
        (other("assertionMethod", r#"["assertionMethod"]"#), Reason::ProofMalformed),
        (other("did:example:1#k", r#"{"id":"did:example:1#k"}"#), Reason::ProofMalformed),
        (other("DataIntegrityProof", r#"["DataIntegrityProof"]"#), Reason::ProofMalformed),
        (text.replacen(r#""cryptosuite":"eddsa-jcs-2022","#, "", 1), Reason::ProofMalformed),
        (text.replacen(r#""proofPurpose":"assertionMethod","#, "", 1), Reason::ProofMalformed),
        (other("eddsa-jcs-2022", r#""eddsa-rdf-2022""#), Reason::ProofUnsupported),
        (other("eddsa-jcs-2022", r#""EDDSA-jcs-2022""#), Reason::ProofUnsupported),
        (other("DataIntegrityProof", r#""SomeProofType""#), Reason::ProofUnsupported),
        (other("DataIntegrityProof", r#""Ed25519Signature2020""#), Reason::ProofUnsupported),
        (signature(&["u", &codec::to_base64url(&bytes)].concat()), Reason::SignatureMalformed),
        (signature(&["m", &codec::to_base64url(&bytes)].concat()), Reason::SignatureMalformed),
        (signature(value.trim_start_matches('z')), Reason::SignatureMalformed),
        (signature(&value.replacen('z', "Z", 1)), Reason::SignatureMalformed),
        (signature(&[value, " "].concat()), Reason::SignatureMalformed),
        (signature(&value.replacen('z', "z1", 1)), Reason::SignatureMalformed),
        (signature(&z(&bytes[..63])), Reason::SignatureMalformed),
        (signature(&z(&[&bytes[..], &[0]].concat())), Reason::SignatureMalformed),
        (signature(""), Reason::SignatureMalformed),
        (signature("z"), Reason::SignatureMalformed),
    ];
    for (proof, reason) in rows {
        let document = good.with("proof", Json::Object(object(proof.as_bytes())));
        let error = verify_first(&document).unwrap_err();
        assert_eq!(error.reason(), reason, "{proof}");
        let open = reason == Reason::ProofUnsupported;
        assert_eq!(error.status(), if open { Status::Unknown } else { Status::Failed });
    }
    // Every single bit of the signature counts, and so does every member.
    for bit in 0..512 {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let document = good.with("proof", Json::Object(object(signature(&z(&bytes)).as_bytes())));
        assert_eq!(verify_first(&document), Err(Error::SignatureInvalid), "bit {bit}");
    }
    for proof in [
        add(r#""id":"urn:1""#),
        add(r#""created":"2024-02-20T00:00:00Z""#),
        add(r#""nonce":"1""#),
        other("assertionMethod", r#""authentication""#),
        other("did:example:1#k", r#""did:example:1#j""#),
    ] {
        let document = good.with("proof", Json::Object(object(proof.as_bytes())));
        assert_eq!(verify_first(&document), Err(Error::SignatureInvalid), "{proof}");
    }
    assert_eq!(ProofSet::of(&object(b"{}")).unwrap_err(), Error::Missing);
    assert_eq!(ProofSet::of(&object(br#"{"proof":[]}"#)).unwrap_err(), Error::Missing);
    assert!(matches!(ProofSet::of(&object(br#"{"proof":["x"]}"#)), Err(Error::Malformed(_))));
    let many = format!(r#"{{"proof":[{}]}}"#, ["{}"; 11].join(","));
    assert_eq!(ProofSet::of(&object(many.as_bytes())).unwrap_err(), Error::TooMany);
}

/// What a chained proof covers, and the orders that no chain can have.
#[test]
fn chains() {
    let set = |proofs: &str| object(format!(r#"{{"id":"urn:1","proof":[{proofs}]}}"#).as_bytes());
    let proof = |id: &str, previous: &str| match previous {
        "" => format!(r#"{{"id":"{id}"}}"#),
        previous => format!(r#"{{"id":"{id}","previousProof":{previous}}}"#),
    };
    let covered = |proofs: &[String], index: usize| {
        let document = set(&proofs.join(","));
        ProofSet::of(&document).unwrap().covered(index).map(|d| json::canonicalize(&Json::Object(d)))
    };
    let chain = [proof("a", ""), proof("b", r#"["a"]"#), proof("c", r#"["b","a","a"]"#)];
    assert_eq!(covered(&chain, 0).unwrap(), r#"{"id":"urn:1"}"#);
    assert_eq!(covered(&chain, 1).unwrap(), r#"{"id":"urn:1","proof":[{"id":"a"}]}"#);
    assert_eq!(
        covered(&chain, 2).unwrap(),
        r#"{"id":"urn:1","proof":[{"id":"a"},{"id":"b","previousProof":["a"]}]}"#,
        "in the document's order"
    );
    for (name, proofs) in [
        ("itself", vec![proof("a", r#""a""#)]),
        ("a circle", vec![proof("a", r#""b""#), proof("b", r#""a""#)]),
        ("a circle behind", vec![proof("c", r#""a""#), proof("a", r#""b""#), proof("b", r#""a""#)]),
        ("none", vec![proof("a", r#""b""#)]),
        ("none behind", vec![proof("a", r#""b""#), proof("b", r#""c""#)]),
        ("two of one name", vec![proof("a", r#""b""#), proof("b", ""), proof("b", "")]),
        ("more than there are", vec![proof("a", r#"["b","b","b"]"#), proof("b", "")]),
    ] {
        assert_eq!(covered(&proofs, 0), Err(Error::Chain), "{name}");
    }
}

/// Purpose, domain, challenge and end.
#[test]
fn demands() {
    let proof = |members: &str| signed(DOCUMENT, members).get("proof").unwrap().as_object().unwrap().clone();
    let at = |text: &str| Timestamp::parse(text).unwrap().at;
    let demand = Demand {
        purpose: Relationship::AssertionMethod,
        domain: None,
        challenge: None,
        now: at("2026-01-01T00:00:00Z"),
    };
    let meets = |members: &str, demand: Demand| Proof::parse(&proof(members)).unwrap().meets(&demand);
    assert_eq!(meets("", demand), Ok(()));
    assert_eq!(meets(r#","domain":"a","challenge":"b""#, demand), Ok(()), "not asked for");
    let presentation = Demand { purpose: Relationship::Authentication, ..demand };
    assert_eq!(meets("", presentation), Err(Error::Purpose));
    let asked = Demand { domain: Some("a"), challenge: Some("b"), ..demand };
    assert_eq!(meets(r#","domain":"a","challenge":"b""#, asked), Ok(()));
    assert_eq!(meets(r#","domain":["a","a"],"challenge":"b""#, asked), Ok(()));
    assert_eq!(meets(r#","domain":["a","c"],"challenge":"b""#, asked), Err(Error::Domain));
    assert_eq!(meets(r#","domain":"A","challenge":"b""#, asked), Err(Error::Domain));
    assert_eq!(meets(r#","challenge":"b""#, asked), Err(Error::Domain));
    assert_eq!(meets(r#","domain":"a","challenge":"B""#, asked), Err(Error::Challenge));
    assert_eq!(meets(r#","domain":"a""#, asked), Err(Error::Challenge));
    assert_eq!(meets(r#","expires":"2026-01-01T00:00:00Z""#, demand), Ok(()));
    let ended = meets(r#","expires":"2025-12-31T23:59:59Z""#, demand).unwrap_err();
    assert_eq!(
        (ended.reason(), ended.args().get("date").unwrap_or_default()),
        (Reason::ProofExpired, "2025-12-31T23:59:59Z")
    );
}

/// A document whose terms are known, and what the signature then does not reach.
#[test]
fn coverage_of_rdf_proofs() {
    let document = |context: &str, more: &str| {
        let text = format!(
            r#"{{"@context":{context},"id":"urn:uuid:1","type":"VerifiableCredential","issuer":"did:example:1","credentialSubject":{{"id":"did:example:2"}}{more}}}"#
        );
        object(text.as_bytes())
    };
    let v2 = r#"["https://www.w3.org/ns/credentials/v2"]"#;
    let sign = |document: &json::Object, members: &str| {
        let blank = ["z", &codec::to_base58(&[1; 64])].concat();
        let text = format!(
            r#"{{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod","proofValue":"{blank}"{members}}}"#
        );
        let proof = object(text.as_bytes());
        let (signing, key) = signer();
        let bytes = data_integrity::hash_data(document, &Proof::parse(&proof)?, &key, &Budget::default())?;
        let value = ["z", &codec::to_base58(&signing.sign(&bytes).to_bytes())].concat();
        Ok(document.with("proof", Json::Object(proof.with("proofValue", Json::String(value)))))
    };
    let good = sign(&document(v2, ""), "").unwrap();
    assert_eq!(verify_first(&good).unwrap().method(), "eddsa-rdfc-2022");
    let same = sign(&document(v2, ""), &format!(r#","@context":{v2}"#)).unwrap();
    assert!(verify_first(&same).is_ok(), "its own context is the document's");
    for (context, more, members, reason) in [
        (v2, r#","grade":"A""#, "", Reason::MemberNotCovered),
        (v2, r#","credentialStatus":{"id":"urn:1","type":"Nothing"}"#, "", Reason::MemberNotCovered),
        (v2, "", r#","@context":["https://www.w3.org/2018/credentials/v1"]"#, Reason::ProofMalformed),
        (r#"["https://evil.example/v1"]"#, "", "", Reason::ContextUnknown),
    ] {
        let error = sign(&document(context, more), members).and_then(|d| verify_first(&d)).unwrap_err();
        assert_eq!(error.reason(), reason, "{context} {more} {members}");
        // The same members, put there afterwards.
        let later = document(context, more).with("proof", good.get("proof").unwrap().clone());
        assert_eq!(verify_first(&later).is_ok(), !members.is_empty(), "{context} {more}");
    }
    let error = sign(&document(v2, r#","grade":"A""#), "").unwrap_err();
    assert_eq!(error, Error::NotCovered(vec!["grade".into()]));
}

/// Detached signatures by what is wrong with their headers; each is otherwise signed as it stands.
#[test]
fn detached_signatures() {
    let document = object(
        br#"{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/suites/jws-2020/v1"],"type":"VerifiableCredential","issuer":"did:example:1","issuanceDate":"2020-01-01T00:00:00Z","credentialSubject":{"id":"did:example:2"}}"#,
    );
    let (signing, key) = signer();
    let proof = |jws: &str| {
        object(
            format!(
                r#"{{"type":"JsonWebSignature2020","verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod","jws":"{jws}"}}"#
            )
            .as_bytes(),
        )
    };
    let plain = r#"{"alg":"EdDSA","b64":false,"crit":["b64"]}"#;
    let first = proof(&[&codec::to_base64url(plain.as_bytes()), "", "AA"].join("."));
    let bytes =
        data_integrity::hash_data(&document, &Proof::parse(&first).unwrap(), &key, &Budget::default());
    let bytes = bytes.unwrap();
    let sign = |header: &str| {
        let header = codec::to_base64url(header.as_bytes());
        let signature = signing.sign(&[header.as_bytes(), b".", &bytes].concat());
        [&header, "", &codec::to_base64url(&signature.to_bytes())].join(".")
    };
    let verify = |jws: &str| verify_first(&document.with("proof", Json::Object(proof(jws))));
    let good = sign(plain);
    assert_eq!(verify(&good).unwrap().method(), "JsonWebSignature2020");
    assert!(verify(&sign(r#"{"crit":["b64"],"kid":"k","b64":false,"alg":"EdDSA"}"#)).is_ok());
    for (header, reason) in [
        (r#"{"alg":"EdDSA","b64":true,"crit":["b64"]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":"false","crit":["b64"]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","crit":["b64"]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false,"crit":[]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false,"crit":["b64","b64"]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false,"crit":["b64","exp"]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false,"crit":"b64"}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false,"crit":["b64"],"jwk":{}}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","b64":false,"crit":["b64"],"x5c":[]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"EdDSA","alg":"none","b64":false,"crit":["b64"]}"#, Reason::SignatureMalformed),
        (r#"{"b64":false,"crit":["b64"]}"#, Reason::SignatureMalformed),
        (r#"{"alg":"none","b64":false,"crit":["b64"]}"#, Reason::JwtAlgorithmForbidden),
        (r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#, Reason::JwtAlgorithmForbidden),
        (r#"{"alg":"Unheard","b64":false,"crit":["b64"]}"#, Reason::ProofUnsupported),
    ] {
        assert_eq!(verify(&sign(header)).unwrap_err().reason(), reason, "{header}");
    }
    // The algorithm is the key's, whatever the header says.
    let other = verify(&sign(&plain.replace("EdDSA", "ES256"))).unwrap_err().reason();
    assert_eq!(other, Reason::KeyWrongKind);
    for jws in [
        good.replace("..", "."),
        good.replace("..", ".e30."),
        good.replace("..", "..."),
        [good.as_str(), "="].concat(),
        [good.as_str(), "AA"].concat(),
        good.strip_suffix(|_: char| true).unwrap().into(),
        String::new(),
    ] {
        assert_eq!(verify(&jws).unwrap_err().reason(), Reason::SignatureMalformed, "{jws}");
    }
    let mut altered = document.with("proof", Json::Object(proof(&good)));
    altered = altered.with("issuer", Json::String("did:example:3".into()));
    assert_eq!(verify_first(&altered), Err(Error::SignatureInvalid));
}
