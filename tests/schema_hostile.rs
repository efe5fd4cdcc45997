//! Schemas and instances that are made to keep a validator busy, or to mislead it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

use probant::budget::Budget;
use probant::json::{self, Json};
use probant::schema::{Document, Draft, Fault, Outcome, validate};
use serde_json::{Value, json};

fn parse(value: &Value) -> Json {
    json::parse(value.to_string().as_bytes()).unwrap()
}

fn judge(schema: &Value, instance: &Value) -> Outcome {
    let schema = parse(schema);
    let document = Document { url: "https://college.example/schema.json", schema: &schema };
    validate(&parse(instance), &[document], Draft::Draft2020, &Budget::default())
}

const TOO_COMPLEX: Outcome = Outcome::Undecided(Fault::TooComplex);

#[test]
fn work_is_bounded() {
    let numbers: Vec<Value> = (0..20_000).map(|n| json!({"a": n})).collect();
    let members: Value =
        (0..20_000).map(|n| (format!("m{n}"), json!(n))).collect::<serde_json::Map<_, _>>().into();
    let long = "a".repeat(300_000);
    let strings = [vec![format!("{long}b"); 40], vec![long.clone()]].concat();
    for (name, schema, instance) in [
        ("unique items", json!({"uniqueItems": true}), json!(numbers)),
        ("enum of large values", json!({"items": {"enum": numbers}}), json!(numbers)),
        ("enum of long strings", json!({"items": {"enum": strings}}), json!(vec![long.clone(); 40])),
        ("pattern over a long string", json!({"pattern": "(a?){200}b"}), json!(long)),
        (
            "patterns over many names",
            json!({"patternProperties": {"(m|m\\d){40}": false, "(m|m\\d){41}": false, "(m|m\\d){42}": false}}),
            members.clone(),
        ),
        (
            "many schemas over many members",
            json!({"allOf": vec![json!({"additionalProperties": {"type": "number"}}); 100]}),
            members.clone(),
        ),
        (
            "many required names",
            json!({"allOf": vec![json!({"required": vec!["m19999"; 50]}); 50]}),
            members.clone(),
        ),
        (
            "unevaluated members, again and again",
            json!({"allOf": vec![json!({"unevaluatedProperties": true}); 200]}),
            members,
        ),
        (
            "doubling",
            json!({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"}),
            json!(1),
        ),
    ] {
        let outcome = judge(&schema, &instance);
        assert_eq!(outcome, TOO_COMPLEX, "{name}");
    }
}

/// Circles of references end, whatever they go through.
#[test]
fn circles_end() {
    for schema in [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}),
        json!({"$dynamicAnchor": "a", "$dynamicRef": "#a"}),
        json!({"$id": "https://college.example/a", "$defs": {"b": {"$id": "b", "$ref": "a"}}, "$ref": "b"}),
        json!({"if": {"$ref": "#"}}),
        json!({"not": {"$ref": "#"}}),
    ] {
        assert_eq!(judge(&schema, &json!({"a": 1})), TOO_COMPLEX, "{schema}");
    }
    // One that goes deeper into the instance each time is none.
    let tree = json!({"type": "object", "additionalProperties": {"$ref": "#"}});
    assert_eq!(judge(&tree, &json!({"a": {"b": {"c": {}}}})), Outcome::Fits);
    assert_eq!(judge(&tree, &json!({"a": {"b": {"c": [1]}}})), Outcome::Fails("a.b.c".into()));
}

/// What is no schema is never a success, and never a failure of the instance.
#[test]
fn malformed_schemas_decide_nothing() {
    for (schema, instance) in [
        (json!(7), json!({})),
        (json!("true"), json!({})),
        (json!({"type": "text"}), json!({})),
        (json!({"type": [1]}), json!({})),
        (json!({"enum": "a"}), json!("a")),
        (json!({"required": ["a", 1]}), json!({"a": 1})),
        (json!({"properties": []}), json!({})),
        (json!({"properties": {"a": 1}}), json!({"a": 1})),
        (json!({"minimum": "1"}), json!(2)),
        (json!({"multipleOf": 0}), json!(2)),
        (json!({"minLength": null}), json!("a")),
        (json!({"allOf": {}}), json!(1)),
        (json!({"$ref": 5}), json!(1)),
        (json!({"$ref": "#/nowhere"}), json!(1)),
        (json!({"$ref": "#nowhere"}), json!(1)),
        (json!({"$ref": "#/%"}), json!(1)),
        (json!({"items": {"$ref": "#/items/3"}}), json!([1])),
        (json!({"dependentRequired": {"a": "b"}}), json!({"a": 1})),
    ] {
        assert_eq!(judge(&schema, &instance), Outcome::Undecided(Fault::Malformed), "{schema}");
    }
    assert_eq!(
        judge(&json!({"$schema": "https://forger.example/schema"}), &json!(1)),
        Outcome::Undecided(Fault::Dialect)
    );
    assert_eq!(judge(&json!({"pattern": "("}), &json!("a")), Outcome::Undecided(Fault::Pattern));
    let missing = Fault::Missing("https://college.example/other.json".into());
    assert_eq!(judge(&json!({"$ref": "other.json#/a"}), &json!(1)), Outcome::Undecided(missing));
}

/// A part that cannot be decided neither hides a failure nor makes a success.
#[test]
fn undecided_parts_count_as_such() {
    let undecided = json!({"pattern": "(?=a)"});
    let outcome = |schema: &Value| judge(schema, &json!("b"));
    let open = Outcome::Undecided(Fault::Pattern);
    let no = Outcome::Fails(String::new());
    for (schema, expected) in [
        (json!({"allOf": [undecided, false]}), &no),
        (json!({"allOf": [undecided, true]}), &open),
        (json!({"anyOf": [undecided, true]}), &Outcome::Fits),
        (json!({"anyOf": [undecided, false]}), &open),
        (json!({"oneOf": [undecided, true]}), &open),
        (json!({"oneOf": [true, undecided, true]}), &no),
        (json!({"not": undecided}), &open),
        (json!({"if": undecided, "then": true, "else": true}), &open),
        (json!({"not": {"allOf": [undecided, false]}}), &Outcome::Fits),
        (json!({"pattern": "(?=a)", "maxLength": 0}), &no),
    ] {
        assert_eq!(&outcome(&schema), expected, "{schema}");
    }
}

/// The place that is named is where the instance fails, not where an alternative would have.
#[test]
fn the_place_of_a_failure_is_the_instances() {
    let schema = json!({
        "properties": {
            "subject": {
                "anyOf": [{"required": ["a"]}, {"properties": {"b": {"type": "string"}}}],
                "properties": {"list": {"items": {"required": ["id"]}}}
            }
        },
        "required": ["type"]
    });
    for (instance, place) in [
        (json!({"type": 1, "subject": {"b": 1}}), "subject"),
        (json!({"type": 1, "subject": {"a": 1, "list": [{"id": 1}, {}]}}), "subject.list.1.id"),
        (json!({"subject": {"a": 1}}), "type"),
    ] {
        assert_eq!(judge(&schema, &instance), Outcome::Fails(place.into()), "{instance}");
    }
}
