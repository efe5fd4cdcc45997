//! Every systematic change of a credential: none whose displayed meaning differs may come out as good, none of a dead
//! credential may come to life, and those that change nothing must not be refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;
use std::path::Path;

use probant::report::{Failure, Report, Verdict};
use probant::{Answer, Evidence, Policy, Timestamp, budget, verify};
use serde_json::{Map, Value, json};

const NOW: &str = "2026-11-22T12:00:00Z";

/// A golden case to start from.
struct Base {
    name: &'static str,
    text: String,
    evidence: Evidence,
    report: Report,
}

impl Base {
    fn read(name: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
        let input = ["input.json", "input.jwt", "input.txt"]
            .map(|f| folder.join(f))
            .into_iter()
            .find(|p| p.exists())
            .unwrap();
        let mut evidence = Evidence::default();
        let map = fs::read(folder.join("evidence/map.json")).unwrap_or_else(|_| b"{}".to_vec());
        for (url, file) in serde_json::from_slice::<Map<String, Value>>(&map).unwrap() {
            let body = Ok(fs::read(folder.join("evidence").join(file.as_str().unwrap())).unwrap());
            evidence.add(Answer { url, body, final_url: None });
        }
        let text = fs::read_to_string(input).unwrap().trim().to_owned();
        let report = report(text.as_bytes(), &evidence);
        Base { name, text, evidence, report }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

fn report(input: &[u8], known: &Evidence) -> Report {
    let now = Timestamp::parse(NOW).unwrap().at;
    let mut evidence = known.clone();
    for _ in 0..=budget::MAX_NEEDS {
        let report = verify(input, &evidence, &Policy::default(), now);
        if report.needs.is_empty() {
            return report;
        }
        for need in report.needs {
            evidence.add(Answer { url: need.url, body: Err(Failure::NotFound), final_url: None });
        }
    }
    panic!("it never ends");
}

fn is_good(report: &Report) -> bool {
    matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized))
}

/// All that a reader is shown of what it says and of who says so. The order of lists says nothing to RDF, nor does
/// which of the two names of one type is used.
fn meaning(report: &Report) -> Value {
    let rows = report.checks.iter().filter(|c| c.id.code().starts_with("currency"));
    let rows: Vec<_> = rows.map(|c| (c.id.code(), &c.message)).collect();
    let mut meaning = json!({"view": report.attested, "issuer": report.issuer, "headline": report.headline, "currency": rows});
    sort(&mut meaning);
    meaning
}

/// What is said by the endorsements that hold, and of what.
fn endorsements(report: &Report) -> Vec<Value> {
    let good = report.endorsements.iter().filter(|e| is_good(&e.report));
    good.map(|e| json!({"of": e.of, "said": meaning(&e.report)})).collect()
}

fn sort(value: &mut Value) {
    match value {
        Value::Object(object) => object.values_mut().for_each(sort),
        Value::Array(items) => {
            items.iter_mut().for_each(sort);
            items.sort_by_key(Value::to_string);
            items.dedup();
        }
        Value::String(name) if name == "AchievementCredential" => *name = "OpenBadgeCredential".into(),
        _ => {}
    }
}

/// One changed input, and what was changed.
type Mutant = (String, Vec<u8>);

/// What the mutants of all bases came to.
#[derive(Default)]
struct Tally {
    count: usize,
    through: Vec<String>,
}

impl Tally {
    fn settle(self, least: usize) {
        let shown: Vec<&str> = self.through.iter().take(60).map(String::as_str).collect();
        assert!(
            shown.is_empty(),
            "{} of {} got through:\n{}",
            self.through.len(),
            self.count,
            shown.join("\n")
        );
        assert!(self.count >= least, "only {} mutants", self.count);
    }
}

/// Runs mutants of a base and notes what gets through.
fn run(base: &Base, tally: &mut Tally, mutants: impl IntoIterator<Item = Mutant>) {
    let original = meaning(&base.report);
    let alive = is_good(&base.report);
    let endorsed = endorsements(&base.report);
    for (what, input) in mutants {
        tally.count += 1;
        if input == base.text.as_bytes() {
            continue;
        }
        let report = report(&input, &base.evidence);
        // An endorsement may come to nothing, but none may say anything else than it did.
        let other = endorsements(&report).into_iter().find(|e| !endorsed.contains(e));
        if let Some(other) = other.filter(|_| report.attested.is_some()) {
            tally.through.push(format!("{}, {what}, endorsement: {other}", base.name));
        }
        if is_good(&report) && (!alive || meaning(&report) != original) {
            tally.through.push(format!("{}, {what}: {}", base.name, meaning(&report)));
        }
    }
}

/// Good and dead credentials in every kind of signature.
const EMBEDDED: [&str; 26] = [
    "form/ok_rich",
    "form/ok_rich_jcs",
    "recipient/ok_name",
    "proof/ok_eddsa_rdfc",
    "proof/ok_eddsa_jcs",
    "proof/ok_v1_signature_2020",
    "proof/ok_v1_eddsa_rdfc",
    "proof/ok_set",
    "proof/ok_chain",
    "gate/ended_as_signed",
    "gate/ok_shared_ids",
    "gate/ended_shared_ids",
    "gate/ok_context_adds",
    "dates/ended_v1",
    "status/ended_revoked",
    "status/ended_1edtech",
    "algorithm/ok_ecdsa_jcs_2019_es256",
    "algorithm/ok_ecdsasecp256k1signature2019_es256k_proof_value",
    "algorithm/ok_ed25519signature2018_eddsa",
    "algorithm/ok_jsonwebsignature2020_ps256",
    "algorithm/ok_rsasignature2018_rs256_signature_value",
    "endorsement/ok_on_issuer",
    "endorsement/ok_self",
    "endorsement/ended_endorsed",
    "selective/ok_ecdsa_sd",
    "selective/ended_ecdsa_sd_revoked",
];

#[test]
fn no_change_of_structure_gets_through() {
    let mut tally = Tally::default();
    for name in EMBEDDED {
        let base = Base::read(name);
        assert!(is_good(&base.report) == name.contains("ok_"), "{name}: {:?}", base.report.verdict);
        let document = base.json();
        let mut mutants = Vec::new();
        for path in paths(&document) {
            objects(&document, &path, &mut mutants);
            values(&document, &path, &mut mutants);
        }
        contexts(&document, &mut mutants);
        proofs(&document, &mut mutants);
        moves(&document, &mut mutants);
        run(
            &base,
            &mut tally,
            mutants.into_iter().map(|(what, value)| (what, value.to_string().into_bytes())),
        );
        run(&base, &mut tally, duplicates(&document));
    }
    tally.settle(50_000);
}

/// A list in which the badge is withdrawn, changed on its way: none says that it is not.
#[test]
fn no_change_of_a_list_revives() {
    const LISTS: [&str; 3] =
        ["status/ended_revoked", "status/ended_status_list_2021", "status/ended_revocation_list_2020"];
    let mut tally = Tally::default();
    for name in LISTS {
        let base = Base::read(name);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
        let list: Value = serde_json::from_slice(&fs::read(folder.join("evidence/1.json")).unwrap()).unwrap();
        let url = list["id"].as_str().unwrap();
        let mut mutants = Vec::new();
        for path in paths(&list) {
            objects(&list, &path, &mut mutants);
            values(&list, &path, &mut mutants);
        }
        contexts(&list, &mut mutants);
        proofs(&list, &mut mutants);
        moves(&list, &mut mutants);
        let texts = mutants.into_iter().map(|(what, value)| (what, value.to_string().into_bytes()));
        for (what, bytes) in texts.chain(duplicates(&list)).chain(characters(&list.to_string())) {
            tally.count += 1;
            let mut evidence = Evidence::default();
            evidence.add(Answer { url: url.into(), body: Ok(bytes), final_url: None });
            let report = report(base.text.as_bytes(), &evidence);
            if is_good(&report) {
                tally.through.push(format!("{name}, list, {what}"));
            }
        }
    }
    tally.settle(15_000);
}

#[test]
fn no_change_of_text_gets_through() {
    let mut tally = Tally::default();
    for name in ["proof/ok_eddsa_rdfc", "proof/ok_eddsa_jcs", "gate/ended_as_signed", "status/ended_revoked"]
    {
        let base = Base::read(name);
        run(&base, &mut tally, characters(&base.json().to_string()));
    }
    tally.settle(15_000);
}

#[test]
fn no_change_of_a_token_gets_through() {
    let mut tally = Tally::default();
    const TOKENS: [&str; 6] = [
        "algorithm/ok_jwt_rs256",
        "token/ok_jose",
        "token/ok_vc_claim",
        "token/ended_exp",
        "open_badges_2/ok_signed_whole",
        "open_badges_2/ended_signed",
    ];
    for name in TOKENS {
        let base = Base::read(name);
        run(&base, &mut tally, characters(&base.text));
        run(&base, &mut tally, tokens(&base.text));
    }
    tally.settle(15_000);
}

/// Whatever is changed in an SD-JWT, nothing else is shown than the holder's choice of what the issuer signed.
#[test]
fn no_change_of_a_disclosure_gets_through() {
    const BASES: [&str; 7] = [
        "sd_jwt/ok_disclosed",
        "sd_jwt/ok_nested",
        "sd_jwt/ok_array_nested",
        "sd_jwt/ok_bound_not_asked",
        "sd_jwt/ok_w3c",
        "sd_jwt/ok_w3c_presentation",
        "sd_jwt/ended_exp",
    ];
    let mut tally = Tally::default();
    let bases: Vec<Base> = BASES.into_iter().map(Base::read).collect();
    for base in &bases {
        run(base, &mut tally, characters(&base.text));
        run(base, &mut tally, disclosures(&base.text));
        let others = bases.iter().filter(|other| other.name != base.name);
        run(base, &mut tally, others.flat_map(|other| grafts(&base.text, &other.text)));
    }
    tally.settle(30_000);
}

/// Pointers to every value, outermost first.
fn paths(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut at = 0;
    while let Some(path) = found.get(at).cloned() {
        match value.pointer(&path).unwrap() {
            Value::Object(object) => {
                found.extend(object.keys().map(|name| format!("{path}/{}", escaped(name))));
            }
            Value::Array(items) => found.extend((0..items.len()).map(|i| format!("{path}/{i}"))),
            _ => {}
        }
        at += 1;
    }
    found
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn changed(document: &Value, path: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut copy = document.clone();
    change(copy.pointer_mut(path).unwrap());
    copy
}

fn rename(object: &mut Value, from: &str, to: &str) {
    let object = object.as_object_mut().unwrap();
    let value = object.remove(from).unwrap();
    object.insert(to.into(), value);
}

const VOCABULARIES: [&str; 8] = [
    "https://www.w3.org/2018/credentials#",
    "https://schema.org/",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "https://w3id.org/security#",
    "cred:",
    "sec:",
    "schema:",
    "_:",
];

/// Terms that contexts give one IRI.
const TWINS: [(&str, &str); 8] = [
    ("creator", "Profile"),
    ("tag", "tags"),
    ("geo", "GeoCoordinates"),
    ("expires", "expiration"),
    ("verification", "verify"),
    ("url", "labelImageUrl"),
    ("name", "certificateName"),
    ("description", "productDescription"),
];

/// Other spellings of a member's name.
fn spellings(name: &str) -> Vec<String> {
    let mut first = name.chars();
    let capital: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    let mut all = vec![
        capital,
        name.to_uppercase(),
        name.to_lowercase(),
        format!("@{name}"),
        format!("{name} "),
        format!(" {name}"),
        format!("{name}\u{200b}"),
        format!("{name}\u{0}"),
        name.replace('i', "\u{131}").replace('a', "\u{430}"),
        format!("#{name}"),
        format!("./{name}"),
    ];
    all.extend(VOCABULARIES.iter().map(|v| format!("{v}{name}")));
    all.extend(TWINS.iter().filter(|(term, _)| *term == name).map(|(_, twin)| (*twin).to_owned()));
    all.retain(|spelling| spelling != name);
    all
}

/// Members that could be slipped in: keywords, names that readers trip over, known terms and unknown ones.
fn insertions() -> Vec<(&'static str, Value)> {
    let until = json!("2036-01-01T00:00:00Z");
    vec![
        ("@index", json!("x")),
        ("@language", json!("fr")),
        ("@direction", json!("rtl")),
        ("@id", json!("urn:x:1")),
        ("@type", json!("Achievement")),
        ("@value", json!("x")),
        ("@list", json!([])),
        ("@set", json!([])),
        ("@json", json!({})),
        ("@nest", json!({"validUntil": until})),
        ("@included", json!([{"id": "urn:x:1"}])),
        ("@graph", json!([])),
        ("@reverse", json!({"issuer": {"id": "urn:x:1"}})),
        ("@container", json!("@set")),
        ("@unknown", json!("x")),
        ("@context", json!({"name": "https://schema.org/description"})),
        ("@context", json!(null)),
        ("@context", json!([])),
        ("@context", json!("https://www.w3.org/ns/credentials/v2")),
        ("", json!("x")),
        ("__proto__", json!({"name": "Forged"})),
        ("constructor", json!({"name": "Forged"})),
        ("toString", json!("Forged")),
        ("id", json!("urn:x:1")),
        ("id", json!("_:b0")),
        ("id", json!(null)),
        ("type", json!("Achievement")),
        ("type", json!([])),
        ("name", json!("Forged")),
        ("name", json!(null)),
        ("name", json!([])),
        ("description", json!("Forged")),
        ("description", json!(null)),
        ("description", json!({"@value": null})),
        ("image", json!({"id": "https://forger.example/tick.png", "type": "Image"})),
        ("validFrom", json!("2020-01-01T00:00:00Z")),
        ("validUntil", until.clone()),
        ("validUntil", json!(null)),
        ("expirationDate", until.clone()),
        ("expires", until),
        ("awardedDate", json!("2020-01-01T00:00:00Z")),
        ("evidence", json!([])),
        ("evidence", json!([{"type": "Evidence", "name": "Forged"}])),
        ("result", json!([{"type": "Result", "value": "A+"}])),
        ("credentialStatus", json!([])),
        ("credentialStatus", json!({"type": "BitstringStatusListEntry"})),
        ("verifiableCredential", json!([])),
        ("vc", json!({"name": "Forged"})),
        ("proof", json!({"type": "DataIntegrityProof"})),
        ("grade", json!("A+")),
        ("https://schema.org/name", json!("Forged")),
        ("urn:x:grade", json!("A+")),
        ("schema:name", json!("Forged")),
    ]
}

/// Changes of the members of the object at `path`.
fn objects(document: &Value, path: &str, out: &mut Vec<(String, Value)>) {
    let Some(object) = document.pointer(path).unwrap().as_object() else { return };
    let mut add = |what: String, change: &dyn Fn(&mut Value)| {
        out.push((format!("{path}: {what}"), changed(document, path, change)));
    };
    for (name, value) in insertions() {
        add(format!("insert {name} {value}"), &|o| o[name] = value.clone());
    }
    for name in object.keys() {
        add(format!("remove {name}"), &|o| {
            o.as_object_mut().unwrap().remove(name);
        });
        for spelling in spellings(name) {
            add(format!("rename {name} to {spelling:?}"), &|o| rename(o, name, &spelling));
            add(format!("add {name} as {spelling:?}"), &|o| o[&spelling] = o[name].clone());
        }
        for keyword in ["@nest", "@included", "@graph", "@reverse", "@set", "@list", "nested"] {
            add(format!("put {name} into {keyword}"), &|o| {
                let value = o.as_object_mut().unwrap().remove(name).unwrap();
                o[keyword] = json!({name: value});
            });
            add(format!("put {name} into [{keyword}]"), &|o| {
                let value = o.as_object_mut().unwrap().remove(name).unwrap();
                o[keyword] = json!([{name: value}]);
            });
        }
        for other in object.keys().filter(|other| *other > name) {
            add(format!("swap {name} and {other}"), &|o| {
                let (a, b) = (o[name].clone(), o[other].clone());
                o[name] = b;
                o[other] = a;
            });
        }
    }
}

/// Changes of the value at `path`.
fn values(document: &Value, path: &str, out: &mut Vec<(String, Value)>) {
    if path.is_empty() {
        // Several documents are several answers.
        return;
    }
    let value = document.pointer(path).unwrap().clone();
    let mut to = |new: Value| {
        if new != value {
            out.push((format!("{path}: {value} to {new}"), changed(document, path, |v| *v = new)));
        }
    };
    for plain in [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-0.0),
        json!(1e21),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
    ] {
        to(plain);
    }
    to(json!([value]));
    to(json!([[value]]));
    to(json!([value, value]));
    to(json!([value, null]));
    to(json!([value, "x"]));
    to(json!({"@value": value}));
    to(json!({"@id": value}));
    to(json!({"id": value}));
    to(json!({"@set": [value]}));
    to(json!({"@list": [value]}));
    to(json!({"@graph": [value]}));
    to(json!({"@value": value, "@language": "fr"}));
    to(json!({"@value": value, "@type": "http://www.w3.org/2001/XMLSchema#string"}));
    to(json!({"@value": value, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}));
    match &value {
        Value::String(text) => {
            for other in [
                format!("{text} "),
                format!(" {text}"),
                format!("{text}\u{200b}"),
                format!("{text}\u{202e}"),
                format!("{text}#"),
                text.to_uppercase(),
                text.to_lowercase(),
                text.chars().rev().collect(),
                text.replace("2026", "2036"),
                text.replace('Z', "+00:00"),
                text.replace('Z', ".000Z"),
                text.replace("https:", "http:"),
                text.replace("https://", "https://x@"),
                text.replacen('/', "//", 1),
                format!("_:{text}"),
                format!("@{text}"),
            ] {
                to(other.into());
            }
            let mut chars: Vec<char> = text.chars().collect();
            if let Some(last) = chars.pop() {
                to(chars.iter().collect::<String>().into());
                chars.push(if last == 'A' { 'B' } else { 'A' });
                to(chars.iter().collect::<String>().into());
            }
            for vocabulary in VOCABULARIES {
                to(format!("{vocabulary}{text}").into());
            }
        }
        Value::Bool(flag) => {
            to(flag.to_string().into());
            to(json!(u8::from(*flag)));
        }
        Value::Array(items) => {
            to(items.first().cloned().unwrap_or_default());
            to(items.iter().rev().cloned().collect());
            for skip in 0..items.len() {
                to(items.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, v)| v.clone()).collect());
            }
            for extra in [
                "EndorsementCredential",
                "AchievementCredential",
                "ClrCredential",
                "VerifiablePresentation",
                "Evidence",
                "BitstringStatusListCredential",
                "x",
            ] {
                to(items.iter().cloned().chain([extra.into()]).collect());
            }
        }
        Value::Object(object) => {
            to(object.get("id").cloned().unwrap_or_default());
            // The same node written as two objects, each with a part of its members.
            if let Some(id) = object.get("id") {
                for name in object.keys().filter(|name| *name != "id") {
                    let mut rest = object.clone();
                    let part = rest.remove(name).unwrap();
                    to(json!([rest, {"id": id, name: part}]));
                    to(json!([{"id": id, name: part}, rest]));
                }
            }
        }
        _ => {}
    }
}

/// Changes of the top-level contexts, alone and with a member respelled to fit.
fn contexts(document: &Value, out: &mut Vec<(String, Value)>) {
    const KNOWN: [&str; 12] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/undefined-terms/v2",
        "https://www.w3.org/2018/credentials/examples/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "https://w3id.org/security/data-integrity/v1",
        "https://w3id.org/security/data-integrity/v2",
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "https://w3id.org/openbadges/v2",
        "https://schema.org",
    ];
    let names: Vec<&String> =
        document.as_object().unwrap().keys().filter(|n| !n.starts_with('@') && *n != "proof").collect();
    let list = document["@context"].as_array().unwrap();
    let mut add = |what: String, change: &dyn Fn(&mut Value)| {
        let mut copy = document.clone();
        change(&mut copy);
        out.push((what, copy));
    };
    let mut extras: Vec<Value> = KNOWN.iter().map(|url| json!(url)).collect();
    extras.extend([
        json!({}),
        json!(null),
        json!({"@vocab": "https://schema.org/"}),
        json!({"@vocab": "https://www.w3.org/2018/credentials#"}),
        json!({"@vocab": "https://forger.example/#"}),
        json!({"@vocab": ""}),
        json!({"@vocab": null}),
        json!({"@base": "https://forger.example/"}),
        json!({"@language": "fr"}),
        json!({"@direction": "rtl"}),
        json!({"@version": 1.1}),
        json!({"@propagate": false}),
        json!({"@protected": true}),
        json!({"@import": KNOWN[1]}),
        json!({"p": {"@id": "https://schema.org/", "@prefix": true}}),
    ]);
    for extra in &extras {
        for at in 0..=list.len() {
            add(format!("context {extra} at {at}"), &|d| {
                d["@context"].as_array_mut().unwrap().insert(at, extra.clone());
            });
        }
        add(format!("context {extra} alone"), &|d| d["@context"] = extra.clone());
    }
    for name in names {
        for vocabulary in VOCABULARIES {
            let iri = format!("{vocabulary}{name}");
            for definition in [
                json!(iri),
                json!({"@id": iri}),
                json!({"@id": iri, "@type": "@id"}),
                json!({"@id": iri, "@container": "@set"}),
            ] {
                add(format!("{name} by the alias of {definition}"), &|d| {
                    rename(d, name, "alias");
                    d["@context"].as_array_mut().unwrap().push(json!({"alias": definition}));
                });
            }
            add(format!("{name} by the prefix {vocabulary}"), &|d| {
                rename(d, name, &format!("p:{name}"));
                d["@context"].as_array_mut().unwrap().push(json!({"p": vocabulary}));
            });
        }
        for definition in [
            json!(null),
            json!("https://schema.org/description"),
            json!({"@id": "https://schema.org/description"}),
            json!({"@reverse": "https://schema.org/description"}),
            json!("@nest"),
            json!("@type"),
        ] {
            add(format!("{name} means {definition}"), &|d| {
                d["@context"].as_array_mut().unwrap().push(json!({name: definition}));
            });
        }
    }
}

/// Changes around the proofs.
fn proofs(document: &Value, out: &mut Vec<(String, Value)>) {
    let proof = &document["proof"];
    let forger = "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG";
    let with = |member: &str, value: Value| {
        let mut copy = if proof.is_array() { proof[0].clone() } else { proof.clone() };
        copy[member] = value;
        copy
    };
    let foreign = with("verificationMethod", forger.into());
    let mut add = |what: &str, new: Value| {
        let mut copy = document.clone();
        copy["proof"] = new;
        out.push((format!("proof: {what}"), copy));
    };
    add("a foreign one beside it", json!([proof, foreign]));
    add("a foreign one in front", json!([foreign, proof]));
    add("an unknown one with words", json!([proof, {"type": "Forged", "name": "Harvard"}]));
    add("with words", with("name", "Harvard".into()));
    add("with a domain", with("domain", "employer.example".into()));
    add("with an end", with("expires", "2036-01-01T00:00:00Z".into()));
    add("with a context", with("@context", document["@context"].clone()));
    add("with a shorter context", with("@context", json!([document["@context"][0]])));
    add("as a graph", json!({"@graph": proof}));
    // Bits and spellings of other forms of signature are tried on tokens.
    let first = if proof.is_array() { &proof[0] } else { proof };
    let Some(value) = first["proofValue"].as_str() else { return };
    let bytes = probant::codec::multibase(value).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let flipped = match value.strip_prefix('u') {
            Some(_) => format!("u{}", probant::codec::to_base64url(&flipped)),
            None => format!("z{}", probant::codec::to_base58(&flipped)),
        };
        add(&format!("bit {bit}"), with("proofValue", flipped.into()));
    }
    for spelling in [
        format!("u{}", probant::codec::to_base64url(&bytes)),
        format!("m{}", probant::codec::to_base64url(&bytes)),
        format!("f{}", probant::codec::to_hex(&bytes)),
        format!("z1{}", &value[1..]),
        value[1..].to_owned(),
        format!("{value}="),
    ] {
        add(&spelling, with("proofValue", spelling.clone().into()));
    }
}

/// Members that go elsewhere: into every other object, and into objects of the same id.
fn moves(document: &Value, out: &mut Vec<(String, Value)>) {
    let places: Vec<String> = paths(document)
        .into_iter()
        .filter(|p| document.pointer(p).unwrap().is_object() && !p.starts_with("/proof"))
        .collect();
    for from in &places {
        for name in document
            .pointer(from)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .filter(|n| *n != "@context" && *n != "proof")
        {
            for to in places
                .iter()
                .filter(|to| *to != from && !to.starts_with(&format!("{from}/{}", escaped(name))))
            {
                let mut copy = document.clone();
                let value = copy.pointer_mut(from).unwrap().as_object_mut().unwrap().remove(name).unwrap();
                let target = copy.pointer_mut(to).unwrap();
                if target.get(name).is_none() {
                    target[name] = value;
                    out.push((format!("{name} from {from:?} to {to:?}"), copy));
                }
            }
        }
    }
}

/// Texts in which a name stands twice in one object.
fn duplicates(document: &Value) -> Vec<Mutant> {
    let mut out = Vec::new();
    for path in paths(document) {
        let Some(object) = document.pointer(&path).unwrap().as_object() else { continue };
        for name in object.keys() {
            let marked = changed(document, &path, |o| rename(o, name, "\u{1}mark"));
            let text = marked.to_string();
            let (before, after) = text.split_once("\"\\u0001mark\":").unwrap();
            let escaped: String = name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            for spelling in [name.as_str(), &escaped] {
                let twice = format!("{before}\"{spelling}\":\"Forged\",\"{name}\":{after}");
                out.push((format!("{path}: {spelling} twice, false first"), twice.into_bytes()));
                // The true value first: the false one goes to the object's end.
                let mut both = object.clone();
                both.insert("\u{1}end".into(), "Forged".into());
                let whole = changed(document, &path, |o| *o = Value::Object(both)).to_string();
                let last = whole.replacen("\\u0001end", spelling, 1);
                out.push((format!("{path}: {spelling} twice"), last.into_bytes()));
            }
        }
    }
    out
}

/// At every character: left out, doubled, in the other case, or the next one.
fn characters(text: &str) -> Vec<Mutant> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut add = |at: usize, new: &[char]| {
        let all: String = chars[..at].iter().chain(new).chain(&chars[at + 1..]).collect();
        out.push((format!("character {at} {:?} to {new:?}", chars[at]), all.into_bytes()));
    };
    for (at, c) in chars.iter().enumerate() {
        add(at, &[]);
        add(at, &[*c, *c]);
        let other = if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        let next = char::from_u32(*c as u32 ^ 1).unwrap();
        add(at, &[if other == *c { next } else { other }]);
        if at % 8 == 0 {
            add(at, &[*c, ' ']);
            add(at, &[*c, '\n']);
        }
    }
    out
}

/// Changes of a token's encoding and of its parts.
fn tokens(text: &str) -> Vec<Mutant> {
    let parts: Vec<&str> = text.split('.').collect();
    let [head, payload, signature] = parts[..] else { panic!("a token") };
    let mut out: Vec<Mutant> = Vec::new();
    let mut add = |what: &str, token: String| out.push((what.into(), token.into_bytes()));
    for alphabet in ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="] {
        for c in alphabet.chars() {
            for (at, part) in parts.iter().enumerate() {
                let mut changed = parts.clone();
                let last = format!("{}{c}", &part[..part.len() - 1]);
                changed[at] = &last;
                add(&format!("last character of part {at} {c}"), changed.join("."));
                let more = format!("{part}{c}");
                changed[at] = &more;
                add(&format!("part {at} and {c}"), changed.join("."));
            }
        }
    }
    add("no signature", format!("{head}.{payload}."));
    add("no signature at all", format!("{head}.{payload}"));
    add("twice", format!("{text}.{signature}"));
    add("flattened", json!({"protected": head, "payload": payload, "signature": signature}).to_string());
    add(
        "general",
        json!({"payload": payload, "signatures": [{"protected": head, "signature": signature}]}).to_string(),
    );
    let decoded =
        |part: &str| -> Value { serde_json::from_slice(&probant::codec::base64url(part).unwrap()).unwrap() };
    let encoded = |value: &Value| probant::codec::to_base64url(value.to_string().as_bytes());
    for path in paths(&decoded(payload)) {
        let mut mutants = Vec::new();
        values(&decoded(payload), &path, &mut mutants);
        for (what, value) in mutants.into_iter().step_by(7) {
            add(&format!("payload {what}"), format!("{head}.{}.{signature}", encoded(&value)));
        }
    }
    for (name, value) in [
        ("alg", "none"),
        ("alg", "HS256"),
        ("typ", "at+jwt"),
        ("kid", "#0"),
        ("cty", "x"),
        ("jku", "https://forger.example/"),
    ] {
        let mut header = decoded(head);
        header[name] = value.into();
        add(&format!("header {name} {value}"), format!("{}.{payload}.{signature}", encoded(&header)));
    }
    // The payload as if it had never been a token.
    add("payload alone", decoded(payload).to_string());
    out
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&probant::codec::base64url(part).unwrap()).unwrap()
}

/// Changes of what is in the parts of an SD-JWT.
fn disclosures(text: &str) -> Vec<Mutant> {
    let parts: Vec<&str> = text.split('~').collect();
    let mut out: Vec<Mutant> = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
        for (inner, encoded) in part.split('.').enumerate().filter(|(inner, _)| *inner < 2) {
            let value = decoded(encoded);
            let mut mutants = Vec::new();
            for path in paths(&value) {
                objects(&value, &path, &mut mutants);
                values(&value, &path, &mut mutants);
            }
            // Those of a disclosure are few; the others are taken from everywhere.
            let step = if part.contains('.') { 5 } else { 1 };
            for (what, value) in mutants.into_iter().step_by(step) {
                let mut inside: Vec<&str> = part.split('.').collect();
                let changed = probant::codec::to_base64url(value.to_string().as_bytes());
                inside[inner] = &changed;
                let mut all = parts.clone();
                let inside = inside.join(".");
                all[at] = &inside;
                out.push((format!("part {at}.{inner}: {what}"), all.join("~").into_bytes()));
            }
        }
    }
    // The token alone, as if nothing in it were digests.
    out.push(("token alone".into(), parts[0].into()));
    out.push(("payload alone".into(), decoded(parts[0].split('.').nth(1).unwrap()).to_string().into_bytes()));
    out
}

/// Parts of `other` in the places of those of `text`, and beside them.
fn grafts(text: &str, other: &str) -> Vec<Mutant> {
    let (parts, theirs): (Vec<&str>, Vec<&str>) = (text.split('~').collect(), other.split('~').collect());
    let mut out: Vec<Mutant> = Vec::new();
    for (from, graft) in theirs.iter().enumerate().skip(1).filter(|(_, graft)| !graft.is_empty()) {
        for at in 1..parts.len() {
            let mut instead = parts.clone();
            instead[at] = graft;
            out.push((format!("their {from} in place of {at}"), instead.join("~").into_bytes()));
            let mut beside = parts.clone();
            beside.insert(at, graft);
            out.push((format!("their {from} before {at}"), beside.join("~").into_bytes()));
        }
    }
    let mut token = parts.clone();
    token[0] = theirs[0];
    // With the other's own disclosures it would be the other.
    if parts.len() > 2 {
        out.push(("their token".into(), token.join("~").into_bytes()));
    }
    out
}

#[test]
fn what_changes_nothing_is_not_refused() {
    for name in EMBEDDED {
        let base = Base::read(name);
        let document = base.json();
        let rdf = !name.contains("jcs");
        let mut same: Vec<(&str, String)> = vec![
            ("compact", document.to_string()),
            ("indented", format!("{document:#}")),
            ("reversed", reversed(&document)),
            ("escaped", document.to_string().replace("Data Analysis", "Dat\\u0061 \\u0041nalysis")),
            ("slashes", document.to_string().replace('/', "\\/")),
            ("blanks", format!(" \r\n\t{document}\n\n")),
            ("mark", format!("\u{feff}{document}")),
            ("array", json!([document]).to_string()),
        ];
        if name.contains("rich") {
            for number in ["4.50", "45e-1", "0.45e1"] {
                let text = document.to_string();
                assert!(text.contains(":4.5,"));
                same.push((number, text.replace(":4.5,", &format!(":{number},"))));
            }
        }
        if rdf {
            let types = changed(&document, "/type", |t| t.as_array_mut().unwrap().reverse());
            same.push(("types reversed", types.to_string()));
            let single = changed(&document, "/credentialSubject/type", |t| *t = t[0].clone());
            same.push(("single type", single.to_string()));
            if document["credentialSubject"]["identifier"].as_array().is_some_and(|i| i.len() == 1) {
                let single = changed(&document, "/credentialSubject/identifier", |i| *i = i[0].clone());
                same.push(("single identifier", single.to_string()));
            }
            let array =
                changed(&document, "/credentialSubject/achievement/criteria/narrative", |n| *n = json!([n]));
            same.push(("array of one narrative", array.to_string()));
        }
        for (what, text) in same {
            let report = report(text.as_bytes(), &base.evidence);
            assert_eq!(report.verdict, base.report.verdict, "{name}, {what}: {:?}", report.checks);
            assert_eq!(meaning(&report), meaning(&base.report), "{name}, {what}");
        }
    }
}

/// The same value with the members of every object the other way round.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let members =
                object.iter().rev().map(|(name, value)| format!("{}:{}", json!(name), reversed(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(reversed).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
}
