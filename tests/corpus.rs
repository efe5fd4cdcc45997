//! Third-party credentials from their bytes to the verdict.
//!
//! What a suite calls valid must be genuine here, what it calls invalid must not, and what rests on a document that
//! nobody has must be left open. Cases that come out otherwise stand in a list with why that is right, and one that
//! stands there in vain is a failure. The suites state the keys of issuers at made-up addresses beside the credentials
//! or in the keys' own names: here such an issuer's document lists that key, as a real one's would, and a schema at a
//! made-up address is there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod vectors;

use std::collections::BTreeMap;

use probant::json;
use probant::proof::jose::Token;
use probant::report::{Failure, Need, NeedKind, Report, Verdict};
use probant::{Answer, Evidence, Policy, Timestamp, budget, verify};
use serde_json::{Value, json};
use vectors::{Case, Suite};

/// The time at which the suites' outcomes hold.
const NOW: &str = "2026-11-22T12:00:00Z";

/// Cases that come out otherwise than their suite says, by suite and id.
const IGNORED: &[(&str, &str, &str)] = &[
    (
        "1edtech-clr20",
        "simple_v1.json",
        "its issuer is a UUID: nothing says whose key stands in the name of the method",
    ),
    (
        "1edtech-ob30",
        "simple-multiple-proofs.json",
        "a proof of a kind that nobody knows, beside a good one, is a note: none of its members is shown",
    ),
    ("w3c-vc-jose-cose", "31", "COSE is not read: no badge comes so"),
    ("wild-badges", "sign-and-verify-readme-1", "the document of its did:web is not in the suite"),
    ("w3c-vc-di-ecdsa", "ecdsa-rdfc-2019-p256-employ-signedECDSAP256", EMPLOY),
    ("w3c-vc-di-ecdsa", "ecdsa-rdfc-2019-p384-employ-signedECDSAP384", EMPLOY),
    ("w3c-vc-di-eddsa", "eddsa-rdfc-2022-employ-signedDataInt", EMPLOY),
];

const EMPLOY: &str = "an example of hashes alone: the issuer is one did:key and another one signed";

/// Kinds of credential that have tests of their own.
const ELSEWHERE: [&str; 4] = ["sd-jwt", "sdjwt", "sd-2023", "bbs"];

/// Addresses whose documents a suite holds, by the file.
const DOCUMENTS: [(&str, &str); 3] = [
    ("https://digitalcredentials.github.io/dcc-did-web/did.json", "dids/dcc-did-web/did.json"),
    (
        "https://digitalcredentials.github.io/dcc-did-web/multikey/did.json",
        "dids/dcc-did-web/multikey/did.json",
    ),
    (
        "https://raw.githubusercontent.com/digitalcredentials/verifier-core/refs/heads/main/src/test-fixtures/status/e5WK8CbZ1GjycuPombrj",
        "status/e5WK8CbZ1GjycuPombrj.json",
    ),
];

const SUITES: [&str; 10] = [
    "1edtech-clr20",
    "1edtech-ob30",
    "1edtech-spec-examples",
    "credo-ts",
    "dcc-verifier-core",
    "jff-plugfest",
    "w3c-vc-di-ecdsa",
    "w3c-vc-di-eddsa",
    "w3c-vc-jose-cose",
    "wild-badges",
];

/// How the case comes out, with the suite's documents at hand.
fn report(suite: &Suite, name: &str, case: &Case<'_>) -> Report {
    let now = Timestamp::parse(NOW).unwrap().at;
    let string = |member: &str| Some(case.str(member)).filter(|text| !text.is_empty()).map(String::from);
    let policy = Policy { challenge: string("challenge"), domain: string("domain"), ..Policy::default() };
    let input = suite.read(case.str("file"));
    let mut evidence = Evidence::default();
    for _ in 0..=budget::MAX_NEEDS {
        let report = verify(&input, &evidence, &policy, now);
        if report.needs.is_empty() {
            return report;
        }
        for need in &report.needs {
            let file = DOCUMENTS.iter().find(|(url, _)| *url == need.url).map(|(_, file)| file);
            let body = match file.filter(|_| name == "dcc-verifier-core") {
                Some(file) => Ok(suite.read(file)),
                None => with_key(suite, case, &need.url)
                    .or_else(|| published(&input, need))
                    .or_else(|| schema(need))
                    .ok_or(Failure::NotFound),
            };
            evidence.add(Answer { url: need.url.clone(), body, final_url: None });
        }
    }
    panic!("{}: it never ends", case.str("id"));
}

/// The schema at a made-up address, which a real one would have; it demands nothing.
fn schema(need: &Need) -> Option<Vec<u8>> {
    let made_up = need.kind == NeedKind::Schema && ["example.org", "example.com"].contains(&&*need.host);
    let schema = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": need.url});
    made_up.then(|| schema.to_string().into_bytes())
}

/// The document of the owner at `url` of the key that the suite states beside the case.
fn with_key(suite: &Suite, case: &Case<'_>, url: &str) -> Option<Vec<u8>> {
    let file = Some(case.str("key_file")).filter(|file| !file.is_empty())?;
    let mut method: Value = serde_json::from_slice(&suite.read(file)).ok()?;
    method.as_object_mut()?.retain(|name, _| name != "secretKeyJwk");
    let listed = [method["id"].clone()];
    let document = json!({"id": url, "verificationMethod": [method], "assertionMethod": listed, "authentication": listed});
    (method["controller"] == url).then(|| document.to_string().into_bytes())
}

/// The document of the issuer that is needed, where a proof of `input` names a key of that issuer in full, or
/// the token brings it along.
fn published(input: &[u8], need: &Need) -> Option<Vec<u8>> {
    let url = need.url.as_str();
    if !matches!(need.kind, NeedKind::DidDocument | NeedKind::IssuerProfile) {
        return None;
    }
    let texts = String::from_utf8_lossy(input);
    let definitions: Vec<Value> = match serde_json::from_str::<Value>(&texts) {
        Ok(credential) => {
            let inner = credential["verifiableCredential"].as_array().map_or(&credential, |all| &all[0]);
            let issuer = &inner["issuer"];
            let owner = issuer.as_str().or(issuer["id"].as_str()).filter(|owner| *owner == url)?;
            let methods = methods_of(&inner["proof"]);
            methods.iter().map(|method| definition(owner, method)).collect()
        }
        Err(_) => {
            let token = texts.split(['"', '<', '>', '\0']).find(|text| text.starts_with("eyJ"))?;
            let token = Token::parse(token.trim()).ok()?;
            let jwk = token.header().get("jwk")?;
            let jwk: Value = serde_json::from_str(&json::canonicalize(jwk)).unwrap();
            let method = format!("{url}#jwk");
            vec![json!({"id": method, "type": "JsonWebKey", "controller": url, "publicKeyJwk": jwk})]
        }
    };
    Some(json!({"id": url, "assertionMethod": definitions}).to_string().into_bytes())
}

/// The methods that the proofs name.
fn methods_of(proof: &Value) -> Vec<String> {
    let proofs = proof.as_array().map_or(std::slice::from_ref(proof), Vec::as_slice);
    proofs.iter().filter_map(|proof| proof["verificationMethod"].as_str()).map(String::from).collect()
}

/// A method of the owner's own, or a reference to one whose name is a key.
fn definition(owner: &str, method: &str) -> Value {
    match method.strip_prefix(owner).and_then(|rest| rest.strip_prefix('#')) {
        Some(key) => {
            json!({"id": method, "type": "Multikey", "controller": owner, "publicKeyMultibase": key})
        }
        None => method.into(),
    }
}

#[test]
fn third_party_credentials() {
    let (mut counts, mut wrong) = (BTreeMap::<String, u32>::new(), Vec::new());
    let mut excused: Vec<_> = IGNORED.iter().collect();
    for name in SUITES {
        let Some(suite) = vectors::suite(name) else { return };
        for case in suite.cases() {
            if ELSEWHERE.iter().any(|kind| case.str("kind").contains(kind)) {
                continue;
            }
            let report = report(&suite, name, &case);
            let genuine = matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized));
            let right = match case.str("expected") {
                "valid" | "warning" => genuine,
                "invalid" => !genuine,
                "indeterminate" => report.verdict == Some(Verdict::Incomplete),
                _ => continue,
            };
            let before = excused.len();
            excused.retain(|(of, id, _)| *of != name || *id != case.str("id"));
            let ignored = excused.len() < before;
            *counts.entry(format!("{name}: {}", if ignored { "ignored" } else { "right" })).or_default() += 1;
            if right == ignored {
                let rows = report.checks.iter().filter(|check| check.reason.is_some());
                let rows: Vec<_> = rows
                    .map(|c| format!("{} {:?} {:?} {:?}", c.id.code(), c.status, c.reason, c.message.args))
                    .collect();
                let id = case.str("id");
                wrong.push(format!(
                    "{name}/{id} should be {}: {:?} {rows:#?}",
                    case.str("expected"),
                    report.verdict
                ));
            }
        }
    }
    for (what, count) in &counts {
        eprintln!("{count:4} {what}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(excused.is_empty(), "no such cases: {excused:?}");
}
