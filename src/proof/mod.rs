//! Signatures: from bytes, a key and a signature to an outcome.
//!
//! Nothing here knows a credential family or asks whose key it is. A [`VerifiedProof`] exists only where a signature
//! was verified.

mod algorithm;
pub mod data_integrity;
mod error;
pub mod ethereum;
pub mod jose;
pub(crate) mod merkle;

pub use error::Error;

use crate::key::PublicKey;
use crate::part::{self, NotLoaded, Part};
use algorithm::{Algorithm, recovery};

/// That a signature was verified: it can come from a verification alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedProof {
    method: &'static str,
    notes: Vec<Note>,
    shown: Shown,
}

/// How much of what the issuer signed is shown, from less to more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// What the issuer makes every holder show, and what this holder chose.
    Part {
        /// Whether the issuer makes every holder show the credential's status.
        status_compelled: bool,
    },
    /// All of it.
    Whole,
}

/// What a reader should know about a signature that verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// It calls its method by a name from before the method was a standard.
    OldName,
    /// It fits a former edition of a context only.
    FormerEdition,
    /// The document's `@context` goes on after the part that is signed (eddsa-jcs-2022, section 3.3.2).
    ContextExtended,
}

impl VerifiedProof {
    /// How the signature was made: the cryptosuite, the type of older proofs, or the JOSE algorithm.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// What a reader should know about it.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// How much of what was signed is shown.
    pub fn shown(&self) -> Shown {
        self.shown
    }
}

/// Verifies a bare `signature` over `message` with the algorithm that JOSE calls `alg`.
///
/// # Errors
/// [`Error::Unsupported`] for an algorithm that is not checked here, [`Error::KeyWrongKind`] for a key of another
/// kind, [`Error::KeyMalformed`], [`Error::SignatureMalformed`] or [`Error::SignatureInvalid`].
pub fn verify_bytes(
    alg: &str,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<VerifiedProof, Error> {
    let algorithm = Algorithm::jose(alg).ok_or_else(|| Error::Unsupported(alg.into()))?;
    algorithm.verify(key, message, signature)?;
    Ok(VerifiedProof { method: algorithm.name, notes: Vec::new(), shown: Shown::Whole })
}

/// A secp256k1 key as a point that is not compressed, whichever form it comes in; `None` where it is not on the curve.
///
/// # Errors
/// [`NotLoaded`]
pub(crate) fn uncompressed(key: &[u8]) -> Result<Option<Vec<u8>>, NotLoaded> {
    part::need(Part::Wide)?;
    Ok(recovery::uncompressed(key))
}
