//! Signatures: from bytes, a key and a signature to an outcome.
//!
//! Nothing here knows a credential family or asks whose key it is. A [`VerifiedProof`] exists only where a signature
//! was verified.

mod algorithm;
pub mod data_integrity;
mod error;
pub mod jose;

pub use error::Error;

use crate::key::PublicKey;
use algorithm::{Algorithm, secp256k1};

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

/// The secp256k1 key that made an ECDSA signature over `digest`, as a point that is not compressed, in the part
/// [`Part::Wide`](crate::part::Part::Wide): with a signature and the right one of two points, the key can be found.
pub(crate) fn signer(digest: &[u8; 32], r: &[u8; 32], s: &[u8; 32], odd: bool) -> Option<Vec<u8>> {
    secp256k1::signer(digest, r, s, odd)
}

/// A secp256k1 key as a compressed point and as one that is not, in the part
/// [`Part::Wide`](crate::part::Part::Wide).
pub(crate) fn forms(key: &[u8]) -> Option<[Vec<u8>; 2]> {
    secp256k1::forms(key)
}
