//! From a document and a proof to the bytes that the signature is over.

use sha2::{Digest, Sha256, Sha384};

use super::suite::Form;
use super::{Proof, malformed};
use crate::budget::Budget;
use crate::json::{self, Json, Object};
use crate::proof::{Error, Note};
use crate::rdf::{self, Dataset, Edition, Hash};

/// How a document and a proof are read as RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As they stand.
    Plain,
    /// In the former edition of the contexts that changed.
    FormerEdition,
    /// The proof's options in the security vocabulary's own context, as older libraries read them.
    SecurityOptions,
}

/// The context in which older libraries read the options of older proofs.
const SECURITY: &str = "https://w3id.org/security/v2";

/// What is signed with a proof: the hash of its options followed by the hash of the document (VC Data Integrity EdDSA
/// and ECDSA, "Hashing").
pub(super) fn hash_data(
    document: &Object,
    proof: &Proof,
    hash: Hash,
    reading: Reading,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let options = proof.object.without(&[proof.value.member()]);
    let mut bytes = Vec::with_capacity(96);
    let (options, document) = match proof.suite.form {
        Form::Jcs => {
            let document = as_signed(document, &options)?;
            (json::canonicalize(&Json::Object(options)), json::canonicalize(&Json::Object(document)))
        }
        // The suites of selective disclosure have a way of their own, and do not come here.
        Form::Rdfc | Form::EcdsaSd | Form::Bbs => {
            let edition = match reading {
                Reading::FormerEdition => Edition::Former,
                Reading::Plain | Reading::SecurityOptions => Edition::Current,
            };
            let options = match reading {
                Reading::SecurityOptions => options.with("@context", Json::String(SECURITY.into())),
                Reading::Plain | Reading::FormerEdition => with_context_of(options, document)?,
            };
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

/// In which other ways the document and the proof may have been read when they were signed.
pub(super) fn other_readings(document: &Object, proof: &Proof) -> impl Iterator<Item = Reading> {
    let changed = |context: &Json| context.as_str().is_some_and(rdf::has_former);
    let former = proof.suite.form == Form::Rdfc && document.each("@context").iter().any(changed);
    let legacy = proof.suite.signs_with_jws() && !proof.object.has("@context");
    [former.then_some(Reading::FormerEdition), legacy.then_some(Reading::SecurityOptions)]
        .into_iter()
        .flatten()
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
    let dataset = dataset(object, edition, place, lost)?;
    rdf::canonicalize(&dataset, hash, budget).map_err(Error::Rdf)
}

fn dataset(object: &Object, edition: Edition, place: &str, lost: &mut Vec<String>) -> Result<Dataset, Error> {
    let dataset = rdf::to_rdf(object, &rdf::Options { edition }).map_err(Error::Rdf)?;
    // A value of the wrong JSON type is signed as if it were of the right one: readers could be shown either.
    let uncovered = dataset.dropped.iter().chain(&dataset.coerced);
    lost.extend(uncovered.map(|name| [place, name].concat()));
    Ok(dataset)
}

/// The canonical forms of a proof's options, and of the document with blank nodes under the names in `labels`, as the
/// suites of selective disclosure sign them (VC-DI-ECDSA 1.0, sections 3.4.1 and 3.5.9). There must be a name for each
/// blank node, and no more.
pub(super) fn relabelled(
    document: &Object,
    proof: &Proof,
    labels: &[String],
    budget: &Budget,
) -> Result<(String, String), Error> {
    let options = with_context_of(proof.object.without(&[proof.value.member()]), document)?;
    let mut lost = Vec::new();
    let options = canonical(&options, Edition::Current, Hash::Sha256, "proof.", &mut lost, budget)?;
    let dataset = dataset(document, Edition::Current, "", &mut lost)?;
    if !lost.is_empty() {
        return Err(Error::NotCovered(lost));
    }
    let lines = rdf::canonicalize_as(&dataset, Hash::Sha256, labels, budget).map_err(Error::Rdf)?;
    Ok((options, lines.ok_or(Error::SignatureInvalid)?))
}
