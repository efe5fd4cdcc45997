//! Why a status is not known.

use crate::report::{Explain, Reason, Status};

/// Why a status is not known. None of these says anything against the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The credential's own status entry is malformed.
    Entry,
    /// More status entries than are looked up.
    TooMany,
    /// The credential has no id to look up in a revocation list.
    NoId,
    /// The list is not one of the kind that the entry names, or cannot be read.
    List,
    /// The list is not valid yet, or no longer.
    ListEnded,
    /// The list is for other purposes.
    ListPurpose,
    /// The list is signed, or made, by someone other than the issuer.
    ListOther,
    /// The list ends before the entry's index.
    IndexRange,
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Entry => Reason::StatusMalformed,
            Error::TooMany => Reason::TooComplex,
            Error::NoId => Reason::StatusNoId,
            Error::List => Reason::StatusListMalformed,
            Error::ListEnded => Reason::StatusListEnded,
            Error::ListPurpose => Reason::StatusListPurpose,
            Error::ListOther => Reason::StatusListOther,
            Error::IndexRange => Reason::StatusIndexRange,
        }
    }

    fn status(&self) -> Status {
        Status::Unknown
    }
}
