//! SD-JWTs: the third-party suites, and what hostile ones cost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use std::fs;
use std::path::Path;

use probant::json::{self, Json};
use probant::key::PublicKey;
use probant::proof::jose::key_binding::{self, Demand};
use probant::proof::jose::sd_jwt::{SdJwt, compact};
use probant::report::{CheckId, Container, Family, Reason, Report, Status, Verdict, View};
use probant::{Answer, Evidence, Policy, Timestamp, verify};
use serde_json::{Value, json};

const NOW: &str = "2026-11-22T12:00:00Z";

fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap().at
}

fn read(value: &Value) -> Json {
    json::parse(value.to_string().as_bytes()).unwrap()
}

fn key(jwk: &Value) -> PublicKey {
    PublicKey::from_jwk(read(jwk).as_object().unwrap()).unwrap()
}

/// The same value, whatever the order of its members.
fn sorted(value: &Json) -> Value {
    serde_json::from_str(&json::canonicalize(value)).unwrap()
}

/// A suite's token: text, or JSON that was written down as a JSON text or as itself.
fn token(bytes: &[u8]) -> String {
    let text = core::str::from_utf8(bytes).unwrap().trim();
    let object = match json::parse(text.as_bytes()) {
        Ok(Json::String(inner)) => json::parse(inner.as_bytes()).unwrap(),
        Ok(json) => json,
        Err(_) => return text.to_owned(),
    };
    compact(object.as_object().unwrap()).unwrap()
}

/// Every IETF example: the signature holds, what comes out is what the examples state, and the holder's answer fits.
///
/// Answers in JSON serialization are not judged: the tool that made the corpus hashed its own JSON text into them, where
/// the standard hashes the compact form (RFC 9901, section 8).
#[test]
fn ietf_examples() {
    let Some(suite) = vectors::suite("sd-jwt-ietf") else { return };
    let settings: Value = serde_json::from_slice(&suite.read("settings.json")).unwrap();
    let issuer = key(&settings["issuer_key"]);
    let (mut count, mut bound) = (0, 0);
    for case in suite.cases() {
        let id = case.str("id");
        let text = token(&suite.read(case.str("file")));
        let sd_jwt = SdJwt::parse(&text).unwrap_or_else(|e| panic!("{id}: {e:?}"));
        let revealed = sd_jwt.reveal().unwrap_or_else(|e| panic!("{id}: {e:?}"));
        revealed.token.verify(&issuer).unwrap_or_else(|e| panic!("{id}: {e:?}"));
        let expected: Value = serde_json::from_slice(&suite.read(case.str("expect_file"))).unwrap();
        assert_eq!(sorted(revealed.token.payload()), sorted(&read(&expected)), "{id}");
        assert_eq!(sd_jwt.binding().is_some(), case.0["key_binding"] == true, "{id}");
        if let Some(binding) = sd_jwt.binding().filter(|_| !case.str("file").ends_with(".json")) {
            let holder = key(&expected["cnf"]["jwk"]);
            let demand = |challenge, domain| Demand { challenge: Some(challenge), domain, now: now() };
            let verify = |demand| key_binding::verify(binding, &sd_jwt, &holder, demand);
            assert!(!verify(demand("1234567890", None)).unwrap().is_old, "{id}");
            assert_eq!(verify(demand("1234567891", None)), Err(key_binding::Error::Challenge), "{id}");
            let elsewhere = demand("1234567890", Some("https://elsewhere.example"));
            assert_eq!(verify(elsewhere), Err(key_binding::Error::Domain), "{id}");
            assert_eq!(
                key_binding::verify(binding, &sd_jwt, &issuer, demand("1234567890", None)),
                Err(key_binding::Error::Invalid),
                "{id}"
            );
            bound += 1;
        }
        count += 1;
    }
    eprintln!("{count} examples, {bound} of them with key binding");
    assert!(count >= 19 && bound >= 5);
}

/// Dropping a digest's disclosure withholds; changing one refuses. On every example and every disclosure.
#[test]
fn changed_examples() {
    let Some(suite) = vectors::suite("sd-jwt-ietf") else { return };
    let (mut withheld, mut refused) = (0, 0);
    for case in suite.cases() {
        let id = case.str("id");
        let text = token(&suite.read(case.str("file")));
        let parts: Vec<&str> = text.split('~').collect();
        for at in 1..parts.len() - 1 {
            let mut fewer = parts.clone();
            fewer.remove(at);
            // Those inside the one that is gone are named by nobody now.
            if let Ok(revealed) = SdJwt::parse(&fewer.join("~")).unwrap().reveal() {
                assert!(revealed.withheld, "{id}");
                withheld += 1;
            }
            let mut twice = parts.clone();
            twice.insert(at, parts[at]);
            SdJwt::parse(&twice.join("~")).unwrap().reveal().unwrap_err();
            for position in 0..parts[at].len() {
                let mut changed = parts[at].as_bytes().to_vec();
                changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
                let changed = String::from_utf8(changed).unwrap();
                let mut other = parts.clone();
                other[at] = &changed;
                SdJwt::parse(&other.join("~")).unwrap().reveal().unwrap_err();
                refused += 1;
            }
        }
    }
    eprintln!("{withheld} disclosures withheld, {refused} changes refused");
}

fn report(input: &[u8], policy: &Policy, documents: &[(&str, Value)]) -> Report {
    let mut evidence = Evidence::default();
    for (url, document) in documents {
        let body = document.as_str().map_or_else(|| document.to_string(), String::from).into_bytes();
        evidence.add(Answer { url: (*url).into(), body: Ok(body), final_url: None });
    }
    verify(input, &evidence, policy, now())
}

fn outcome(report: &Report, id: CheckId) -> Option<(Status, Option<&'static str>)> {
    let row = report.checks.iter().find(|c| c.id == id)?;
    Some((row.status, row.reason.map(Reason::code)))
}

/// Cases of other kinds, or that lack what decides them.
const CREDO_IGNORED: [(&str, &str); 3] = [
    ("jwt-vc-1.1-CredoEs256DidJwkJwtVc", "no SD-JWT"),
    ("jwt-vc-1.1-CredoEs256DidKeyJwtVp", "no SD-JWT"),
    ("ms-profile-didIonJwtVcPresentationProfileJwtVc", "no SD-JWT"),
];

#[test]
fn credo_tokens() {
    let Some(suite) = vectors::suite("credo-ts") else { return };
    let mut count = 0;
    for case in suite.cases() {
        let id = case.str("id");
        if CREDO_IGNORED.iter().any(|(ignored, _)| *ignored == id) || !case.str("kind").contains("sd-jwt") {
            continue;
        }
        count += 1;
        let policy = Policy {
            challenge: case.0["nonce"].as_str().map(String::from),
            domain: case.0["audience"].as_str().map(String::from),
            ..Policy::default()
        };
        let report = report(&suite.read(case.str("file")), &policy, &[]);
        let good = matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized));
        match case.str("expected") {
            "valid" => assert!(good, "{id}: {:?}", report.checks),
            "invalid" => assert!(
                matches!(report.verdict, Some(Verdict::Rejected | Verdict::Ended)),
                "{id}: {:?}",
                report.checks
            ),
            // Certificates are not judged, and lists that are not there leave the answer open.
            _ => assert!(
                matches!(report.verdict, Some(Verdict::Incomplete)),
                "{id}: {:?} {:?}",
                report.verdict,
                report.checks
            ),
        }
        if case.0["nonce"].is_string() {
            let holder = outcome(&report, CheckId::Holder).unwrap();
            assert_eq!(holder, (Status::Warned, Some("holder-binding-old")), "{id}: three years old");
            let other = Policy { challenge: Some("pepper".into()), ..policy };
            let report = self::report(&suite.read(case.str("file")), &other, &[]);
            assert_eq!(report.verdict, Some(Verdict::Rejected), "{id}");
        }
    }
    eprintln!("{count} tokens");
    assert!(count >= 8);
}

/// The test suite's keys in one document of their issuer, as VC-JOSE-COSE looks them up.
fn jose_document(suite: &vectors::Suite) -> Value {
    let names = ["vm-ed25519", "vm-p256", "vm-p384", "vm-p521"];
    let mut methods = Vec::new();
    for name in names {
        let mut method: Value = serde_json::from_slice(&suite.read(&format!("{name}.json"))).unwrap();
        method.as_object_mut().unwrap().remove("secretKeyJwk");
        methods.push(method);
    }
    let ids: Vec<Value> = methods.iter().map(|m| m["id"].clone()).collect();
    json!({
        "@context": "https://www.w3.org/ns/cid/v1",
        "id": "https://example.issuer/vc-jose-cose",
        "verificationMethod": methods,
        "assertionMethod": ids,
        "authentication": ids
    })
}

#[test]
fn w3c_tokens() {
    let Some(suite) = vectors::suite("w3c-vc-jose-cose") else { return };
    let documents = [
        ("https://example.issuer/vc-jose-cose", jose_document(&suite)),
        // The suite has no such schema: one that allows everything.
        (
            "https://example.org/examples/degree.json",
            json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.org/examples/degree.json"}),
        ),
    ];
    let mut count = 0;
    for case in suite.cases().filter(|c| matches!(c.str("kind"), "credential_sdjwt" | "presentation_sdjwt")) {
        let report = report(&suite.read(case.str("file")), &Policy::default(), &documents);
        let good = matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized));
        let expected = case.str("expected") == "valid";
        assert_eq!(good, expected, "{}: {:?} {:?}", case.str("id"), report.checks, report.items);
        let signature = outcome(&report, CheckId::Signature).unwrap();
        assert_eq!(signature.0 == Status::Passed, case.confirmed(), "{}", case.str("id"));
        count += 1;
    }
    assert!(count >= 5);
}

/// The report of a golden case with its documents.
fn golden(name: &str) -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sd_jwt").join(name);
    let map = fs::read(folder.join("evidence/map.json")).unwrap_or_else(|_| b"{}".to_vec());
    let mut evidence = Evidence::default();
    for (url, file) in serde_json::from_slice::<Value>(&map).unwrap().as_object().unwrap() {
        let Some(file) = file.as_str() else { continue };
        let body = Ok(fs::read(folder.join("evidence").join(file)).unwrap());
        evidence.add(Answer { url: url.clone(), body, final_url: None });
    }
    verify(&fs::read(folder.join("input.txt")).unwrap(), &evidence, &Policy::default(), now())
}

fn shown(view: &View) -> Vec<(&str, &str)> {
    view.claims.iter().map(|claim| (claim.name.as_str(), claim.value.as_str())).collect()
}

#[test]
fn what_is_disclosed_is_shown() {
    let view = |name| golden(name).attested.unwrap_or_else(|| panic!("{name}"));
    let all = view("ok_disclosed");
    assert_eq!(shown(&all), [("course", "Data Analysis"), ("given_name", "Ana"), ("family_name", "Silva")]);
    assert_eq!(all.subject.name.as_deref(), Some("Ana Silva"));
    assert_eq!(all.title.as_deref(), Some("urn:example:certificate:1"));
    assert_eq!(all.awarded.as_deref(), Some("2026-03-12T09:00:00Z"));
    assert!(all.withheld && !view("ok_nothing_disclosable").withheld);
    assert_eq!(shown(&view("ok_all_withheld")), [("course", "Data Analysis")]);
    assert_eq!(shown(&view("ok_array"))[1], ("skills", "SQL, Reporting, Python"));
    assert_eq!(
        shown(&view("ok_array_nested"))[1..],
        [("addresses.1.country", "PT"), ("addresses.1.street", "1 Main Street")]
    );
    assert!(view("ok_w3c_withheld").withheld && view("ok_w3c_withheld").claims.is_empty());
    assert!(golden("fail_claim_added").attested.is_none());
    let format = golden("ok_es256").format;
    assert_eq!((format.container, format.family), (Container::SdJwt, Some(Family::SdJwtVc)));
    assert_eq!(format.securing.as_deref(), Some("SD-JWT ES256"));
}

/// Names of a type are used where the issuer stands behind them, and nowhere else.
#[test]
fn types_have_names() {
    let titled = |name| golden(name).attested.unwrap().title.unwrap();
    assert_eq!(titled("ok_type_named"), "Certificate of training");
    assert_eq!(golden("ok_type_named").attested.unwrap().claims[0].label.as_deref(), Some("Course"));
    assert_eq!(titled("ok_type_extends"), "Certificate");
    for other in ["ok_type_changed", "ok_type_of_other", "ok_type_not_vouched", "ok_type_unreachable"] {
        let report = golden(other);
        if other == "ok_type_not_vouched" {
            assert!(report.needs.is_empty(), "it is not asked for");
        }
        assert_eq!(titled(other), "https://college.example/types/certificate", "{other}");
    }
    // Asked for once all else is known, and marked as such.
    let input =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sd_jwt/ok_type_named/input.txt"));
    let report = report(&input.unwrap(), &Policy::default(), &[]);
    assert!(report.needs.len() == 1 && report.needs[0].optional);
    assert_eq!(report.verdict, Some(Verdict::Unrecognized));
}

/// A token of the shape that costs the most, and how long it may take: a machine far slower than any phone has a
/// minute, and what is not linear takes hours.
fn is_quick(text: &str) -> Result<(), probant::proof::jose::sd_jwt::Error> {
    let begun = std::time::Instant::now();
    let outcome = SdJwt::parse(text).unwrap().reveal().map(|_| ());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    outcome
}

fn encoded(text: &str) -> String {
    probant::codec::to_base64url(text.as_bytes())
}

fn digest(text: &str) -> String {
    use sha2::{Digest, Sha256};
    probant::codec::to_base64url(&Sha256::digest(text))
}

fn unsigned(payload: &Value, disclosures: &[String]) -> String {
    let token = format!("{}.{}.", encoded(r#"{"alg":"EdDSA"}"#), encoded(&payload.to_string()));
    format!("{token}~{}~", disclosures.join("~"))
}

#[test]
fn hostile_tokens_cost_little() {
    use probant::proof::jose::sd_jwt::Error;
    let claim = |name: usize| encoded(&format!(r#"["",{:?},1]"#, name.to_string()));
    let many: Vec<String> = (0..50_000).map(claim).collect();
    let digests: Vec<String> = many.iter().map(|text| digest(text)).collect();
    // All in one object, all in one array's members, and none of them named.
    assert_eq!(is_quick(&unsigned(&json!({"_sd": digests}), &many)), Ok(()));
    assert_eq!(is_quick(&unsigned(&json!({"_sd": []}), &many)), Err(Error::Unreferenced));
    let elements: Vec<String> = (0..50_000).map(|n| encoded(&format!(r#"["",{n}]"#))).collect();
    let places: Vec<Value> = elements.iter().map(|text| json!({"...": digest(text)})).collect();
    assert_eq!(is_quick(&unsigned(&json!({"a": places}), &elements)), Ok(()));
    // One digest for all, and one disclosure again and again.
    let one: Vec<&String> = vec![&digests[0]; 50_000];
    assert_eq!(is_quick(&unsigned(&json!({"_sd": one}), &many[..1])), Err(Error::Repeated));
    let copies = vec![many[0].clone(); 50_000];
    assert_eq!(is_quick(&unsigned(&json!({"_sd": [digests[0]]}), &copies)), Err(Error::Repeated));
    // Each inside the one before.
    let mut chain = vec![claim(0)];
    for _ in 0..5_000 {
        let inner = digest(chain.last().unwrap());
        chain.push(encoded(&format!(r#"["","a",{{"_sd":[{inner:?}]}}]"#)));
    }
    let last = digest(chain.last().unwrap());
    assert_eq!(is_quick(&unsigned(&json!({"_sd": [last]}), &chain)), Err(Error::TooDeep));
    // Two that name each other cannot be made; two that claim to name themselves are named by nobody.
    let own = encoded(r#"["","a",{"_sd":["AAAA"]}]"#);
    assert_eq!(is_quick(&unsigned(&json!({"_sd": ["AAAA"]}), &[own])), Err(Error::Unreferenced));
    // The same names in one object, disclosed.
    let twice: Vec<String> = (0..20_000).map(|n| encoded(&format!(r#"["{n}","a",1]"#))).collect();
    let digests: Vec<String> = twice.iter().map(|text| digest(text)).collect();
    assert_eq!(is_quick(&unsigned(&json!({"_sd": digests}), &twice)), Err(Error::Name("a".into())));
}
