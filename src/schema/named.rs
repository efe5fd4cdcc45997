//! What a credential's `credentialSchema` names: Verifiable Credentials JSON Schema (W3C), 1EdTech's validator type and
//! the older types of the same make.

use super::{Document, Draft, Fault, Outcome, validate};
use crate::budget::Budget;
use crate::json::{Json, Object};

/// The types of `credentialSchema` that are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `JsonSchema`: a schema (VC JSON Schema, section 2.1).
    JsonSchema,
    /// `JsonSchemaCredential`: a credential that holds a schema (section 2.2).
    Credential,
    /// A schema, of another specification; read as this draft where it names none.
    Other(Draft),
}

/// Addresses of the schema of `JsonSchemaCredential`, the only one that such a credential may name.
const SCHEMAS_OF_SCHEMAS: [&str; 3] = [
    "https://www.w3.org/ns/credentials/json-schema/v2.json",
    "https://www.w3.org/2022/credentials/v2/json-schema-credential-schema.json",
    "https://w3c.github.io/vc-json-schema/schema/json-schema-credential-schema.json",
];

impl Kind {
    /// The kind of an entry; `None` for a type that is not evaluated.
    pub fn of(entry: &Object) -> Option<Self> {
        entry.each("type").iter().filter_map(Json::as_str).find_map(|name| match name {
            "JsonSchema" => Some(Kind::JsonSchema),
            "JsonSchemaCredential" => Some(Kind::Credential),
            "1EdTechJsonSchemaValidator2019" => Some(Kind::Other(Draft::Draft2019)),
            "JsonSchemaValidator2018" => Some(Kind::Other(Draft::Draft7)),
            "JsonSchema2023" | "FullJsonSchemaValidator2021" => Some(Kind::Other(Draft::Draft2020)),
            _ => None,
        })
    }
}

/// The schema in `found`, which is what the entry with this `id` leads to: itself, or what a schema credential holds.
/// `moved_to` is where the document came from in the end.
///
/// # Errors
/// [`Fault::Malformed`] for a document that is not what its specification demands of a schema, or another one than was
/// asked for. The specification calls that a failure (VC JSON Schema, sections 2.2 and 3.1); whose, it leaves open.
pub fn schema<'a>(kind: Kind, found: &'a Json, id: &str, moved_to: Option<&str>) -> Result<&'a Json, Fault> {
    let is_it = |stated: &str| {
        let stated = stated.strip_suffix('#').unwrap_or(stated);
        stated == id || moved_to == Some(stated)
    };
    let schema = match kind {
        Kind::Other(_) => {
            return if matches!(found, Json::Object(_)) { Ok(found) } else { Err(Fault::Malformed) };
        }
        Kind::JsonSchema => found,
        Kind::Credential => held(found, is_it).ok_or(Fault::Malformed)?,
    };
    let text = |name: &str| schema.get(name).and_then(Json::as_str).ok_or(Fault::Malformed);
    let (stated, _) = (text("$id")?, text("$schema")?);
    let fine = if kind == Kind::JsonSchema { is_it(stated) } else { stated.contains(':') };
    if fine { Ok(schema) } else { Err(Fault::Malformed) }
}

/// The schema that a schema credential holds.
fn held(credential: &Json, is_it: impl Fn(&str) -> bool) -> Option<&Json> {
    let credential = credential.as_object()?;
    let types = credential.includes("type", "VerifiableCredential")
        && credential.includes("type", "JsonSchemaCredential");
    let itself = credential.get("id").is_none_or(|id| id.as_str().is_some_and(is_it));
    let schemas = credential.each("credentialSchema").iter();
    let known = |entry: &Json| {
        entry.get("id").and_then(Json::as_str).is_some_and(|id| SCHEMAS_OF_SCHEMAS.contains(&id))
    };
    let [Json::Object(subject)] = credential.each("credentialSubject") else { return None };
    let fine = types && itself && schemas.clone().all(known) && subject.includes("type", "JsonSchema");
    subject.get("jsonSchema").filter(|schema| fine && matches!(schema, Json::Object(_)))
}

/// Evaluates `credential` against `schema`, which was found at `url`, and what else was found.
pub fn evaluate(
    kind: Kind,
    credential: &Json,
    url: &str,
    schema: &Json,
    others: &[(String, Json)],
    budget: &Budget,
) -> Outcome {
    let draft = match kind {
        Kind::Other(draft) => draft,
        Kind::JsonSchema | Kind::Credential => Draft::Draft2020,
    };
    let others = others.iter().map(|(url, schema)| Document { url, schema });
    let documents: Vec<Document<'_>> = core::iter::once(Document { url, schema }).chain(others).collect();
    validate(credential, &documents, draft, budget)
}
