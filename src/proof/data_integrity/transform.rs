//! From a document and a proof to the bytes that the signature is over.

use sha2::{Digest, Sha256, Sha384};

use super::suite::Form;
use super::{Proof, malformed};
use crate::budget::Budget;
use crate::json::{self, Json, Object};
use crate::proof::{Error, Note};
use crate::rdf::{self, Edition, Hash};

/// What is signed with a proof, in one of the editions of its contexts: the hash of the proof's options followed by
/// the hash of the document (VC Data Integrity EdDSA and ECDSA, "Hashing").
pub(super) fn hash_data(
    document: &Object,
    proof: &Proof,
    (hash, edition): (Hash, Edition),
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let options = proof.object.without(&["proofValue"]);
    let mut bytes = Vec::with_capacity(96);
    let (options, document) = match proof.suite.form {
        Form::Jcs => {
            let document = as_signed(document, &options);
            (json::canonicalize(&Json::Object(options)), json::canonicalize(&Json::Object(document?)))
        }
        Form::Rdfc => {
            let options = with_context_of(options, document)?;
            let mut lost = Vec::new();
            let texts = (
                canonical(&options, edition, hash, "proof.", &mut lost, budget)?,
                canonical(document, edition, hash, "", &mut lost, budget)?,
            );
            if !lost.is_empty() {
                return Err(Error::NotCovered(lost));
            }
            texts
        }
    };
    for text in [options, document] {
        match hash {
            Hash::Sha256 => bytes.extend_from_slice(&Sha256::digest(text)),
            Hash::Sha384 => bytes.extend_from_slice(&Sha384::digest(text)),
        }
    }
    Ok(bytes)
}

/// The note that a good signature needs about what it covers.
pub(super) fn note(document: &Object, proof: &Proof) -> Option<Note> {
    let context = proof.object.get("@context").filter(|_| proof.suite.form == Form::Jcs)?;
    (document.each("@context").len() > context.each().len()).then_some(Note::ContextExtended)
}

/// Whether another edition of the document's contexts could be the one that was signed.
pub(super) fn has_former(document: &Object, proof: &Proof) -> bool {
    let former = |context: &Json| context.as_str().is_some_and(rdf::has_former);
    proof.suite.form == Form::Rdfc && document.each("@context").iter().any(former)
}

/// RDF suites read the options in the document's context. One of the proof's own would go unsigned.
fn with_context_of(options: Object, document: &Object) -> Result<Object, Error> {
    match (options.get("@context"), document.get("@context")) {
        (Some(own), Some(context)) if own != context => Err(malformed("@context")),
        (Some(_), None) => Err(malformed("@context")),
        (_, Some(context)) => Ok(options.with("@context", context.clone())),
        (None, None) => Ok(options),
    }
}

/// JCS suites sign the document as it was under the proof's context, which must be where the document's own begins
/// (VC Data Integrity EdDSA, section 3.3.2, step 4).
fn as_signed(document: &Object, options: &Object) -> Result<Object, Error> {
    let Some(context) = options.get("@context") else { return Ok(document.clone()) };
    if document.has("@context") && document.each("@context").starts_with(context.each()) {
        Ok(document.with("@context", context.clone()))
    } else {
        Err(Error::SignatureInvalid)
    }
}

fn canonical(
    object: &Object,
    edition: Edition,
    hash: Hash,
    place: &str,
    lost: &mut Vec<String>,
    budget: &Budget,
) -> Result<String, Error> {
    let dataset = rdf::to_rdf(object, &rdf::Options { edition }).map_err(Error::Rdf)?;
    // A value of the wrong JSON type is signed as if it were of the right one: readers could be shown either.
    let uncovered = dataset.dropped.iter().chain(&dataset.coerced);
    lost.extend(uncovered.map(|name| [place, name].concat()));
    rdf::canonicalize(&dataset, hash, budget).map_err(Error::Rdf)
}
