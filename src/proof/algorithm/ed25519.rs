//! Ed25519 (RFC 8032).

use ed25519_dalek::{Signature, VerifyingKey};

use crate::key::PublicKey;
use crate::proof::Error;

/// Checks a signature strictly. Under keys and commitments of small order one signature fits many messages, and
/// anybody can make it: they are refused, as is `S` beyond the group order.
pub(super) fn verify(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    let signature = Signature::from_slice(signature).map_err(|_| Error::SignatureMalformed)?;
    let key: &[u8; 32] = key.bytes().try_into().map_err(|_| Error::KeyMalformed)?;
    let key = VerifyingKey::from_bytes(key).map_err(|_| Error::KeyMalformed)?;
    key.verify_strict(message, &signature).map_err(|_| Error::SignatureInvalid)
}
