//! JSON Schema: drafts 2020-12, 2019-09 and 7, over the crate's own JSON.
//!
//! A schema is somebody else's program: the work, the depth and the sizes of patterns are bounded, and nothing is
//! fetched. What cannot be decided (another dialect, a document that is not here, a pattern that is not understood) is
//! [`Outcome::Undecided`], never a success. `format` and the `content…` keywords are annotations, as the drafts have it.

mod evaluate;
mod index;
pub mod named;
mod number;
mod pattern;

use crate::budget::Budget;
use crate::json::Json;

use evaluate::Evaluator;
use index::Index;

/// The drafts that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Draft {
    /// Draft 7.
    Draft7,
    /// Draft 2019-09.
    Draft2019,
    /// Draft 2020-12.
    Draft2020,
}

impl Draft {
    /// The draft that `$schema` names by the address of its meta-schema; `None` for any other dialect.
    pub fn of(schema: &str) -> Option<Self> {
        let rest = schema.strip_prefix("https:").or_else(|| schema.strip_prefix("http:"))?;
        match rest.strip_suffix('#').unwrap_or(rest) {
            "//json-schema.org/draft-07/schema" => Some(Draft::Draft7),
            "//json-schema.org/draft/2019-09/schema" => Some(Draft::Draft2019),
            "//json-schema.org/draft/2020-12/schema" => Some(Draft::Draft2020),
            _ => None,
        }
    }
}

/// A schema, and the address it was found at.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// An absolute URL without fragment.
    pub url: &'a str,
    /// What is there.
    pub schema: &'a Json,
}

/// What a validation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The instance fits.
    Fits,
    /// It does not; the path of the member where that first shows, such as `credentialSubject.emailAddress`, empty for
    /// the top.
    Fails(String),
    /// That could not be decided.
    Undecided(Fault),
}

/// Why a validation could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A dialect other than the drafts that are read.
    Dialect,
    /// The schema refers to a document that was not given; its URL.
    Missing(String),
    /// The schema itself is not well-formed.
    Malformed,
    /// It has a pattern of a kind that is not understood.
    Pattern,
    /// More work or deeper nesting than is done.
    TooComplex,
}

/// Validates `instance` against the first of `documents`; the others are there to be referred to. A document that names
/// no dialect is read as `draft`.
pub fn validate(instance: &Json, documents: &[Document<'_>], draft: Draft, budget: &Budget) -> Outcome {
    let index = Index::of(documents, draft);
    let mut evaluator = Evaluator::new(&index, budget.schema_steps());
    match evaluator.run(instance) {
        Ok(true) => Outcome::Fits,
        Ok(false) => Outcome::Fails(evaluator.place()),
        Err(fault) => Outcome::Undecided(fault),
    }
}
