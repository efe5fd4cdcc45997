//! What keeps us from knowing what a blockchain says.

use super::Network;
use crate::evidence::Missing;
use crate::part::NotLoaded;
use crate::report::{Args, Explain, Reason, Status};

/// Why it is not known what a blockchain says, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Error {
    /// No explorer gave an answer, or none was asked yet.
    Missing(Missing),
    /// The transaction is not named as the chain names its transactions.
    Malformed,
    /// A chain that is not looked up.
    Unsupported(Network),
    /// A trial, recorded in no chain.
    Mock,
    /// In no block yet.
    Unconfirmed,
    /// What the explorers gave proves nothing.
    Unproven,
    /// Two explorers say different things.
    Disagree,
    /// The transaction is real, and holds another value.
    Mismatch,
    /// The transaction is real, and nobody can be told from it who sent it.
    NoSender,
    /// The code that would find out is not here.
    NotLoaded(NotLoaded),
}

impl From<NotLoaded> for Error {
    fn from(part: NotLoaded) -> Self {
        Error::NotLoaded(part)
    }
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
            Error::Malformed => Reason::ChainMalformed,
            Error::Unsupported(_) => Reason::ChainUnsupported,
            Error::Mock => Reason::ChainTest,
            Error::Unconfirmed => Reason::ChainUnconfirmed,
            Error::Unproven => Reason::ChainUnproven,
            Error::Disagree => Reason::ChainDisagree,
            Error::Mismatch => Reason::ChainMismatch,
            Error::NoSender => Reason::ChainNoSender,
            Error::NotLoaded(part) => part.reason(),
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::Malformed | Error::Mismatch => Status::Failed,
            _ => Status::Unknown,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Missing(missing) => missing.args(),
            Error::Unsupported(network) => Args::from([("chain".into(), network.name().into())]),
            Error::NotLoaded(part) => part.args(),
            _ => Args::new(),
        }
    }
}
