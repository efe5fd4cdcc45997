//! The hash of a document, as it stands in a tree.

use sha2::{Digest as _, Sha256};

use super::Digest;
use crate::budget::Budget;
use crate::json::{Json, Object};
use crate::proof::Error;
use crate::rdf::{self, Edition, Hash};

/// A document as it may have been hashed.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// SHA-256 of its canonical N-Quads.
    pub(crate) digest: Digest,
    /// What stands in the document and not in the N-Quads, as [`rdf::Dataset::dropped`] writes it.
    pub(crate) uncovered: Vec<String>,
}

/// The hash of `document`, in each edition of its contexts. All versions hash canonical N-Quads; none hashes canonical
/// JSON.
///
/// # Errors
/// [`Error::Rdf`] where the document cannot be read as RDF, or was given up.
pub(crate) fn targets(document: &Object, budget: &Budget) -> Result<Vec<Target>, Error> {
    let changed = |context: &Json| context.as_str().is_some_and(rdf::has_former);
    let former = document.each("@context").iter().any(changed).then_some(Edition::Former);
    let editions = [Some(Edition::Current), former].into_iter().flatten();
    editions.map(|edition| target(document, edition, budget)).collect()
}

fn target(document: &Object, edition: Edition, budget: &Budget) -> Result<Target, Error> {
    let dataset = rdf::to_rdf(document, &rdf::Options { edition }).map_err(Error::Rdf)?;
    let text = rdf::canonicalize(&dataset, Hash::Sha256, budget).map_err(Error::Rdf)?;
    // A value of the wrong JSON type is hashed as if it were of the right one.
    let uncovered = dataset.dropped.into_iter().chain(dataset.coerced).collect();
    Ok(Target { digest: Sha256::digest(text).into(), uncovered })
}
