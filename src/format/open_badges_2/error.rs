//! What can be wrong with a badge and what it refers to.

use crate::evidence::Missing;
use crate::report::{Args, Explain, Failure, Reason, Status};

/// Why a document of the chain, or what it says, does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(in crate::format) enum Error {
    /// A document is not there: not asked for yet, or not to be had.
    Missing(Missing),
    /// The server at this host does not have the assertion that it should keep.
    Gone(String),
    /// There is no web address to ask at.
    NoAddress,
    /// The server at this host answers with something else than a JSON object.
    Unreadable(String),
    /// The document at this host says that it belongs to another host.
    Other(String),
    /// This member is required and not there.
    Required(&'static str),
    /// This member is not written as the standard demands.
    Malformed(&'static str),
    /// The file says something else of this member than the hosted assertion.
    Differs(&'static str),
    /// The issuer's profile does not let badges of this host count as the issuer's.
    OutOfScope(String),
}

impl From<Missing> for Error {
    fn from(missing: Missing) -> Self {
        Error::Missing(missing)
    }
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Missing(missing) => missing.reason(),
            Error::Gone(_) => Reason::HostedGone,
            Error::NoAddress => Reason::NoAddress,
            Error::Unreadable(_) => Reason::LinkedMalformed,
            Error::Other(_) => Reason::LinkedOther,
            Error::Required(_) => Reason::MemberMissing,
            Error::Malformed(_) => Reason::MemberMalformed,
            Error::Differs(_) => Reason::HostedDiffers,
            Error::OutOfScope(_) => Reason::IssuerScope,
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::Missing(_) | Error::Gone(_) | Error::NoAddress | Error::Unreadable(_) => Status::Unknown,
            _ => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        let (name, value) = match self {
            Error::Missing(missing) => return missing.args(),
            Error::Gone(host) | Error::Unreadable(host) | Error::Other(host) | Error::OutOfScope(host) => {
                ("host", host.clone())
            }
            Error::Required(member) | Error::Malformed(member) | Error::Differs(member) => {
                ("member", (*member).into())
            }
            Error::NoAddress => return Args::new(),
        };
        Args::from([(name.into(), value)])
    }
}

impl Error {
    /// Whether the server says that the document was taken back: `410 Gone` (section "Revoking Hosted Assertions").
    pub(super) fn is_withdrawn(&self) -> bool {
        matches!(self, Error::Missing(Missing { cause: Some(Failure::Gone), .. }))
    }
}
