//! Proofs of BBS signatures (draft-irtf-cfrg-bbs-signatures-08) with the ciphersuite BLS12-381-SHA-256.

use crate::proof::Error;

/// Verifies the proof that somebody holds a signature by `public_key` over `header` and messages, of which
/// `disclosed_messages` are those at `disclosed_indexes` (from 0, ascending).
///
/// # Errors
/// [`Error::KeyMalformed`], [`Error::SignatureMalformed`] or [`Error::SignatureInvalid`].
#[allow(dead_code, reason = "bbs-2023 calls it")]
#[inline(never)]
pub(crate) fn proof_verify(
    _public_key: &[u8; 96],
    _proof: &[u8],
    _header: &[u8],
    _presentation_header: &[u8],
    _disclosed_messages: &[&[u8]],
    _disclosed_indexes: &[usize],
) -> Result<(), Error> {
    Err(Error::Unsupported("bbs-2023".into()))
}
