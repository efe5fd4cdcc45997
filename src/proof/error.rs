//! What can be wrong with a signature.

use crate::part::NotLoaded;
use crate::rdf;
use crate::report::{Args, Explain, Reason, Status};

/// Why a signature did not verify.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// There is no proof.
    Missing,
    /// More proofs than are checked.
    TooMany,
    /// This member of the proof is missing, unknown or of a wrong form.
    Malformed(String),
    /// A method that is not checked here, by its name.
    Unsupported(String),
    /// What the issuer gave to the holder alone, to derive proofs from.
    BaseProof,
    /// The proof expired at the date stated.
    Expired(String),
    /// An earlier proof that it refers to is not there, not unique, or refers back to it.
    Chain,
    /// Made for another purpose.
    Purpose,
    /// Made for another domain.
    Domain,
    /// Made for another challenge.
    Challenge,
    /// The signature does not fit.
    SignatureInvalid,
    /// The signature is not written as its method demands.
    SignatureMalformed,
    /// The way from the document does not lead to the root that the proof states.
    Path,
    /// The key does not fit the method.
    KeyWrongKind,
    /// The key is no point of its curve.
    KeyMalformed,
    /// Members that the signature does not cover.
    NotCovered(Vec<String>),
    /// The document cannot be read as RDF, or its canonical form was given up.
    Rdf(rdf::Error),
    /// Not a compact JWS, or no JSON object in it.
    JwtMalformed,
    /// An algorithm without a key, or with a shared one.
    JwtAlgorithm(String),
    /// A header member that must not be there.
    JwtHeader(&'static str),
    /// The code that would check it is not here.
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
            Error::Missing => Reason::ProofMissing,
            Error::TooMany => Reason::ProofTooMany,
            Error::Malformed(_) => Reason::ProofMalformed,
            Error::Unsupported(_) => Reason::ProofUnsupported,
            Error::BaseProof => Reason::ProofBase,
            Error::Expired(_) => Reason::ProofExpired,
            Error::Chain => Reason::ProofChain,
            Error::Purpose => Reason::PurposeMismatch,
            Error::Domain => Reason::DomainMismatch,
            Error::Challenge => Reason::ChallengeMismatch,
            Error::SignatureInvalid => Reason::SignatureInvalid,
            Error::SignatureMalformed => Reason::SignatureMalformed,
            Error::Path => Reason::PathInvalid,
            Error::KeyWrongKind => Reason::KeyWrongKind,
            Error::KeyMalformed => Reason::KeyMalformed,
            Error::NotCovered(_) => Reason::MemberNotCovered,
            Error::Rdf(fault) => fault.reason(),
            Error::JwtMalformed => Reason::JwtMalformed,
            Error::JwtAlgorithm(_) => Reason::JwtAlgorithmForbidden,
            Error::JwtHeader(_) => Reason::JwtHeaderForbidden,
            Error::NotLoaded(part) => part.reason(),
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::Missing => Status::Absent,
            // A base proof is not to be shown, which says nothing against it.
            Error::Unsupported(_) | Error::TooMany | Error::BaseProof => Status::Unknown,
            Error::Rdf(fault) => fault.status(),
            Error::NotLoaded(part) => part.status(),
            _ => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        let (name, value) = match self {
            Error::Rdf(fault) => return fault.args(),
            Error::NotLoaded(part) => return part.args(),
            Error::Malformed(member) => ("member", member.clone()),
            Error::Unsupported(suite) => ("suite", suite.clone()),
            Error::Expired(date) => ("date", date.clone()),
            Error::NotCovered(members) => ("members", members.join(", ")),
            Error::JwtAlgorithm(alg) => ("alg", alg.clone()),
            Error::JwtHeader(member) => ("member", (*member).into()),
            _ => return Args::new(),
        };
        Args::from([(name.into(), value)])
    }
}
