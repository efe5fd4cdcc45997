//! JSON-LD 1.1 to RDF, and RDF to the bytes that are signed (RDFC-1.0).
//!
//! Two functions: [`to_rdf`] reads a JSON object with its `@context` as RDF, [`canonicalize`] writes RDF in the one
//! form that every implementation agrees on. Contexts are never fetched and never parsed here: the ones that
//! credentials use are compiled into the crate; any other URL is [`Error::ContextUnknown`].
//!
//! JSON-LD leaves out, without a word, what it cannot turn into RDF. A verifier must not: a member that the
//! signature does not cover could say anything. Whatever is left out is named in [`Dataset::dropped`].

mod canonical;
pub mod compile;
mod containers;
mod context;
mod dataset;
mod define;
mod definition;
mod digests;
mod emit;
mod error;
mod expand;
mod iri;
mod keyword;
mod literal;
mod members;
mod processor;
mod strings;
mod table;
mod vocabulary;

pub(crate) use canonical::canonicalize_as;
pub use canonical::{canonical_labels, canonicalize};
pub use dataset::{Dataset, Quad, Term};
pub(crate) use digests::{has_context_digests, is_digest_of_context};
pub use error::Error;
pub(crate) use iri::resolve;
pub use vocabulary::Vocabulary;

use std::rc::Rc;

use context::How;
use expand::Property;
use processor::Processor;
use table::Table;

use crate::json::{Json, Object};
use crate::part::{self, NotLoaded, Part};

/// Whether contexts may use all of JSON-LD, and [`Settings`] count. What a credential may define by itself is little, and
/// what the contexts of its world define is compiled and uses no keyword but few; everything else is refused as [`Error::TooComplex`] unless it is
/// asked for, as the conformance suites and the compiler of contexts do: it would be a thirtieth of the download.
const FULL: bool = cfg!(feature = "json-ld");

/// What may only be where all of JSON-LD is.
#[inline(always)]
fn full<T>(value: Option<T>) -> Option<T> {
    if FULL { value } else { None }
}

/// Which content of a context URL counts, where the publisher changed it under the same URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// The latest.
    #[default]
    Current,
    /// The one before, where there is one; else the latest.
    Former,
}

/// How a document is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The edition of the contexts.
    pub edition: Edition,
}

/// The hash inside RDFC-1.0: that of the cryptosuite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384, for ECDSA with P-384.
    Sha384,
}

/// How a base direction is written in RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RdfDirection {
    /// `i18n-datatype`
    I18nDatatype,
    /// `compound-literal`
    CompoundLiteral,
}

/// Everything that JSON-LD lets an application choose. A verification leaves all but the edition as it is; the rest
/// is here for the conformance suites, and has no effect without the feature `json-ld`.
#[derive(Clone, Copy, Default)]
pub struct Settings<'a> {
    /// The edition of the built-in contexts.
    pub edition: Edition,
    /// The document's own address.
    pub base: Option<&'a str>,
    /// A context that is applied before the document's.
    pub expand_context: Option<&'a Json>,
    /// What becomes of base directions; `None`: they are lost, and said to be.
    pub rdf_direction: Option<RdfDirection>,
    /// Processing mode `json-ld-1.0`.
    pub mode_10: bool,
    /// Blank nodes may be predicates.
    pub generalized: bool,
    /// Gives the documents of contexts that are not built in.
    pub loader: Option<&'a Loader<'a>>,
}

/// Gives the document at a URL, if it has one.
pub type Loader<'a> = dyn Fn(&str) -> Option<&'a Json> + 'a;

/// Reads `object`, with its `@context`, as RDF (JSON-LD 1.1 API, section 8.2).
///
/// # Errors
/// A context that is not built in, the JSON-LD error that the document holds, or [`Error::NotLoaded`].
pub fn to_rdf(object: &Object, options: &Options) -> Result<Dataset, Error> {
    let settings = Settings { edition: options.edition, ..Settings::default() };
    let Contexts(table) = Contexts::of(object)?;
    let mut processor = Processor::new(table, settings);
    let active = Rc::new(processor.initial());
    let expanded = processor.expand_object(&active, Property::Top, object, false)?;
    emit::emit(&mut processor, expanded)
}

/// Reads any JSON-LD document as RDF, under any settings.
///
/// # Errors
/// As [`to_rdf`].
pub fn to_rdf_with<'a>(document: &'a Json, settings: &Settings<'a>) -> Result<Dataset, Error> {
    let mut processor = Processor::new(all()?, *settings);
    processor.set_base()?;
    let mut active = Rc::new(processor.initial());
    if let Some(context) = settings.expand_context {
        let context = context.get("@context").unwrap_or(context);
        active = processor.derive(&active, context, processor.base, How::LOCAL)?;
    }
    let expanded = processor.expand(&active, Property::Top, document, false)?;
    emit::emit(&mut processor, expanded)
}

/// Whether `url` is a context that is built in.
///
/// # Errors
/// It is not one of those that nearly every badge uses, and the part that has the others is not loaded.
pub fn is_known_context(url: &str) -> Result<bool, NotLoaded> {
    let in_table = |table: &Table| table.context(url, Edition::Current).is_some();
    Ok(in_table(table::often()) || in_table(all()?))
}

/// Whether the content of the context at `url` changed, so that [`Edition::Former`] reads it differently.
pub fn has_former(url: &str) -> bool {
    table::often().has_former(url) || all().is_ok_and(|table| table.has_former(url))
}

/// All built-in contexts.
fn all() -> Result<&'static Table, NotLoaded> {
    part::need(Part::Wide)?;
    Ok(table::all())
}

/// The built-in contexts that a document may use: the few that nearly every badge uses or, where it names any other,
/// all of them. Both give what they have in common the same meaning.
#[derive(Clone, Copy, Debug)]
pub struct Contexts(&'static Table);

impl Contexts {
    /// Those for `document`.
    ///
    /// # Errors
    /// It takes all of them, and the part that has them is not loaded.
    pub fn of(document: &Object) -> Result<Self, NotLoaded> {
        let often = table::often();
        let mut suffice = true;
        named_in(document, &mut |url| suffice &= often.context(url, Edition::Current).is_some());
        Ok(Contexts(if suffice { often } else { all()? }))
    }

    /// Whether `url` is one of them.
    pub fn knows(self, url: &str) -> bool {
        self.0.context(url, Edition::Current).is_some()
    }
}

/// Tells `name` every context that `object` names by its URL, at any depth: also in scoped contexts.
fn named_in(object: &Object, name: &mut dyn FnMut(&str)) {
    fn inside(value: &Json, name: &mut dyn FnMut(&str)) {
        match value {
            Json::Object(object) => named_in(object, name),
            Json::Array(items) => items.iter().for_each(|item| inside(item, name)),
            _ => {}
        }
    }
    object.each("@context").iter().filter_map(Json::as_str).for_each(&mut *name);
    object.iter().for_each(|(_, value)| inside(value, name));
}
