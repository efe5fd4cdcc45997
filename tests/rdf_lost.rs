//! What JSON-LD leaves out of the quads, or could be made to say in another way, is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use probant::json;
use probant::rdf::{self, Dataset, Edition, Error, Options, Vocabulary};

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn read(members: &str) -> Result<Dataset, Error> {
    read_in(&format!(r#"["{V2}", "{OB}"]"#), members, Edition::Current)
}

fn read_in(context: &str, members: &str, edition: Edition) -> Result<Dataset, Error> {
    let text = format!(r#"{{"@context": {context}, "id": "urn:a", {members}}}"#);
    let document = json::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    rdf::to_rdf(document.as_object().unwrap(), &Options { edition })
}

#[test]
fn what_is_dropped_is_named() {
    for (members, dropped) in [
        // Names and types that no context defines, at every depth.
        (r#""type": "VerifiableCredential", "colour": "red""#, "colour"),
        (r#""type": ["VerifiableCredential", "PhDCredential"]"#, "type: PhDCredential"),
        (
            r#""type": "VerifiableCredential", "credentialSubject": {"type": "AchievementSubject", "grade": 1}"#,
            "credentialSubject.grade",
        ),
        // A term that only a type brings along, without the type.
        (r#""name": "a", "credentialSubject": {"id": "urn:b"}"#, "credentialSubject"),
        (r#""type": "VerifiableCredential", "__proto__": {"name": "x"}"#, "__proto__"),
        // Identifiers that are none, and addresses that N-Quads cannot hold.
        (r#""type": "VerifiableCredential", "issuer": "Example University""#, "issuer: Example University"),
        (r#""type": "VerifiableCredential", "issuer": {"id": "http://a b"}"#, "issuer.id: http://a b"),
        // Values that say nothing.
        (r#""type": "VerifiableCredential", "name": null"#, "name: null"),
        (r#""type": "VerifiableCredential", "name": []"#, "name: []"),
        (r#""name": "a", "type": []"#, "type: []"),
        (r#""type": "VerifiableCredential", "name": {"@value": null}"#, "name: null"),
        // What only JSON-LD has a place for.
        (r#""type": "VerifiableCredential", "@index": "unsigned""#, "@index: unsigned"),
        (r#""type": "VerifiableCredential", "@language": "en""#, "en"),
        (r#""name": {"@value": "a", "@language": "not a tag"}"#, "name: not a tag"),
        (r#""name": {"@value": "a", "@language": "ar", "@direction": "rtl"}"#, "name: rtl"),
        (r#""name": "a", "_:b": "x""#, "_:b"),
        // What a graph has no place for: it holds what nodes say.
        (r#""type": "VerifiableCredential", "proof": "urn:z""#, "proof: urn:z"),
        (r#""name": "x", "@default": "y""#, "@default"),
    ] {
        let dataset = read(members).unwrap_or_else(|error| panic!("{members}: {error:?}"));
        assert_eq!(dataset.dropped, [dropped], "{members}");
    }
    // Nothing is lost of an honest one.
    let honest = r#""type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "a", "issuer": "urn:b""#;
    assert_eq!(read(honest).unwrap().dropped, [""; 0]);
}

#[test]
fn values_of_the_wrong_json_type_are_named() {
    let subject = |identifier: &str| {
        let identity = format!(r#"{{"type": "IdentityObject", "identityType": "name", {identifier}}}"#);
        let subject = format!(r#"{{"type": "AchievementSubject", "identifier": {identity}}}"#);
        let dataset = read(&format!(
            r#""type": ["VerifiableCredential", "OpenBadgeCredential"], "credentialSubject": {subject}"#
        ))
        .unwrap();
        assert_eq!(dataset.dropped, [""; 0]);
        dataset.coerced
    };
    assert_eq!(subject(r#""hashed": false"#), [""; 0]);
    assert_eq!(subject(r#""hashed": "false""#), ["credentialSubject.identifier.hashed"]);
    assert_eq!(subject(r#""hashed": 0"#), ["credentialSubject.identifier.hashed"]);
    let dated = |date: &str| {
        read(&format!(r#""type": ["VerifiableCredential"], "validFrom": {date}"#)).unwrap().coerced
    };
    assert_eq!(dated(r#""2024-01-01T00:00:00Z""#), [""; 0]);
    assert_eq!(dated("2024"), ["validFrom"]);
}

#[test]
fn keywords_and_terms_of_the_document_are_named() {
    let dataset =
        read(r#""@type": "VerifiableCredential", "name": {"@value": "a", "@language": "en"}"#).unwrap();
    assert_eq!(dataset.keywords, ["@type", "name.@value", "name.@language"]);

    let context =
        format!(r#"["{V2}", {{"hue": "https://example.com/hue", "Hue": "https://example.com/Hue"}}]"#);
    let members =
        r#""type": ["VerifiableCredential", "Hue"], "name": "x", "issuer": {"id": "urn:b", "hue": "red"}"#;
    let dataset = read_in(&context, members, Edition::Current).unwrap();
    assert_eq!(dataset.dropped, [""; 0]);
    assert_eq!(dataset.inline_terms, ["type: Hue", "issuer.hue"]);

    // An identifier that a prefix of the document turns into another.
    let context = format!(r#"["{V2}", {{"school": "https://example.com/"}}]"#);
    let members = r#""type": "VerifiableCredential", "issuer": "school:1""#;
    let dataset = read_in(&context, members, Edition::Current).unwrap();
    assert_eq!(dataset.inline_terms, ["issuer: school:1"]);
}

#[test]
fn contexts_are_known_or_named() {
    let unknown = read_in(r#""https://example.com/context""#, r#""name": "a""#, Edition::Current);
    assert_eq!(unknown.unwrap_err(), Error::ContextUnknown("https://example.com/context".into()));
    // A built-in context that refers to one that nobody has any more.
    let legacy = read_in(r#""https://w3id.org/openbadges/v1""#, r#""name": "a""#, Edition::Current);
    assert_eq!(legacy.unwrap_err(), Error::ContextUnknown("https://w3id.org/openbadges/legacy-v1".into()));
    // The two of the W3C that define the same terms go together, in either order.
    for other in ["https://w3id.org/security/data-integrity/v2", "https://w3id.org/security/multikey/v1"] {
        for pair in [[V2, other], [other, V2]] {
            read_in(&format!("{pair:?}"), r#""name": "a""#, Edition::Current).unwrap();
        }
    }
    let redefined = format!(r#"["{V2}", {{"name": "https://example.com/name"}}]"#);
    let redefined = read_in(&redefined, r#""name": "a""#, Edition::Current);
    assert_eq!(redefined.unwrap_err(), Error::ProtectedTermRedefinition);
}

#[test]
fn a_context_that_changed_can_be_read_as_it_was() {
    assert!(rdf::has_former(OB) && !rdf::has_former(V2));
    let context = format!(r#"["{V2}", "{OB}"]"#);
    let members = r#""type": "OpenBadgeCredential", "endorsementJwt": ["a.b.c"]"#;
    assert_eq!(read_in(&context, members, Edition::Current).unwrap().dropped, [""; 0]);
    assert_eq!(read_in(&context, members, Edition::Former).unwrap().dropped, ["endorsementJwt"]);
}

#[test]
fn a_vocabulary_is_what_a_documents_own_contexts_define() {
    let of = |document: String| {
        let json = json::parse(document.as_bytes()).unwrap();
        Vocabulary::of(json.as_object().unwrap()).unwrap()
    };
    let (v1, former) = ("https://www.w3.org/2018/credentials/v1", "https://w3id.org/openbadges/v2");
    for (contexts, issued, subject, gender) in [
        (format!(r#""{V2}""#), false, true, false),
        (format!(r#"["{V2}", "https://w3id.org/citizenship/v1"]"#), false, true, true),
        // Only the table of all contexts has it, and their words are not the document's.
        (format!(r#""{former}""#), true, false, false),
        (format!(r#"["{v1}", {{"gender": "https://example.com/gender"}}, "{former}"]"#), true, true, false),
        (r#""https://example.com/context""#.into(), false, false, false),
    ] {
        let known = of(format!(r#"{{"a": [{{"b": [{{"@context": {contexts}}}]}}]}}"#));
        assert!(known.knows(V2) && !known.knows("https://example.com/context"));
        assert_eq!(known.has_term("issuedOn"), issued, "{contexts}");
        assert_eq!(known.has_term("credentialSubject"), subject, "{contexts}");
        assert_eq!(
            known.has_iri("https://www.w3.org/2018/credentials#credentialSubject"),
            subject,
            "{contexts}"
        );
        assert_eq!(known.has_word("credentialSubject"), subject, "{contexts}");
        assert_eq!(known.has_term("gender"), gender, "{contexts}");
    }
    // What holds only inside a type, in either edition.
    let known = of(format!(r#"{{"@context": ["{V2}", "{OB}"]}}"#));
    for term in ["narrative", "resultDescription", "endorsementJwt", "statusListIndex", "proofPurpose"] {
        assert!(known.has_term(term), "{term}");
    }
    assert!(known.has_iri("https://schema.org/name") && !known.has_iri("https://example.com/name"));
    assert!(known.has_iri("https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"));
    assert!(known.has_iri_under("https://schema.org/na") && !known.has_iri_under("https://example.com/"));
    assert!(!known.has_prefix("tag") && !known.has_prefix("https") && !known.has_prefix("bc"));
    let known = of(format!(r#"{{"@context": ["{v1}", "https://w3id.org/blockcerts/v3"]}}"#));
    assert!(known.has_prefix("bc") && !known.has_prefix("tag"));
    // A prefix of another context may complete it.
    let known = of(r#"{"@context": "https://w3id.org/security/v2"}"#.into());
    assert!(known.has_iri("https://w3id.org/security#allowedAction"));
}
