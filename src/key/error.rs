//! What can be wrong with a key.

use crate::evidence::Missing;
use crate::part::NotLoaded;
use crate::report::{Args, Explain, Reason, Status};

/// Why there is no key to verify with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A document is not there: not asked for yet, or not to be had.
    Missing(Missing),
    /// A DID method or a kind of key that is not supported, by its name.
    MethodUnsupported(String),
    /// The verification method is not a URL that can name a key.
    UrlMalformed,
    /// The key belongs to somebody other than the owner.
    NotIssuer,
    /// The owner's document has no such key.
    NotFound,
    /// The owner's document does not give the key the relationship that is asked for.
    NotAuthorized,
    /// In use only since the date stated.
    NotYet(String),
    /// Revoked since the date stated.
    Revoked(String),
    /// Expired since the date stated.
    Expired(String),
    /// The key is not written as its kind demands.
    Malformed,
    /// The owner's document is not JSON, or not of the form that the standard demands.
    DocumentMalformed,
    /// The owner's document is about somebody else.
    DocumentMismatch,
    /// The key came along with the signature, and the owner publishes none to compare it with.
    SelfAsserted,
    /// Signatures under such a key can be forged.
    Weak,
    /// The code that would find the key is not here.
    NotLoaded(NotLoaded),
}

impl From<NotLoaded> for Error {
    fn from(part: NotLoaded) -> Self {
        Error::NotLoaded(part)
    }
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Missing(missing) => missing.reason(),
            Error::MethodUnsupported(_) => Reason::KeyMethodUnsupported,
            Error::UrlMalformed => Reason::KeyUrlMalformed,
            Error::NotIssuer => Reason::KeyNotIssuer,
            Error::NotFound => Reason::KeyNotFound,
            Error::NotAuthorized => Reason::KeyNotAuthorized,
            Error::NotYet(_) => Reason::KeyNotYet,
            Error::Revoked(_) => Reason::KeyRevoked,
            Error::Expired(_) => Reason::KeyExpired,
            Error::Malformed => Reason::KeyMalformed,
            Error::DocumentMalformed => Reason::KeyDocumentMalformed,
            Error::DocumentMismatch => Reason::KeyDocumentMismatch,
            Error::SelfAsserted => Reason::KeySelfAsserted,
            Error::Weak => Reason::KeyWeak,
            Error::NotLoaded(part) => part.reason(),
        }
    }

    fn status(&self) -> Status {
        match self {
            // Lapsed domains and web applications answer everything with some page: that says nothing about the key.
            Error::Missing(_)
            | Error::MethodUnsupported(_)
            | Error::DocumentMalformed
            | Error::SelfAsserted
            | Error::NotLoaded(_) => Status::Unknown,
            _ => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Missing(missing) => missing.args(),
            Error::MethodUnsupported(method) => Args::from([("method".into(), method.clone())]),
            Error::NotYet(date) | Error::Revoked(date) | Error::Expired(date) => {
                Args::from([("date".into(), date.clone())])
            }
            _ => Args::new(),
        }
    }
}
