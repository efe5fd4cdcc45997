//! Is it in force? Dates, status lists and revocation lists: pure functions over documents that others fetch and
//! whose signatures others verify.
//!
//! [`period`] gives the rows of the dates. For withdrawal, take the [`entries`], fetch what each [`Entry::list`]
//! names, and give the document back to [`Entry::read`] or, for a revocation list, to [`revoked`]; [`merge`] leaves
//! one row for each check. Whatever cannot be read is `Unknown`, never `Passed`.

mod dates;
mod entry;
mod error;
mod list;
mod revocation_list;
mod rows;
pub mod token;

pub(crate) use dates::is_bound;
pub use dates::period;
pub use entry::{Entry, Purpose, entries};
pub use error::Error;
pub use revocation_list::revoked;
pub use rows::merge;
