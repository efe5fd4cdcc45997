//! ECDSA (FIPS 186-5), its signatures as two numbers of fixed width (RFC 7518, section 3.4).

use sha2::{Digest, Sha256, Sha384};

use crate::key::PublicKey;
use crate::proof::Error;

/// Defines the check for one curve: `width` is that of one number in bytes.
///
/// `s` may be in either half: who needs a signature to have one form only must not use ECDSA.
macro_rules! curve {
    ($(#[$doc:meta])* $name:ident, $curve:ident, $digest:ty, $width:literal) => {
        $(#[$doc])*
        pub(super) fn $name(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
            use ::$curve::ecdsa::signature::hazmat::PrehashVerifier;
            use ::$curve::ecdsa::{Signature, VerifyingKey};
            if signature.len() != 2 * $width {
                return Err(Error::SignatureMalformed);
            }
            let key = VerifyingKey::from_sec1_bytes(key.bytes()).map_err(|_| Error::KeyMalformed)?;
            // Numbers out of range fit nothing.
            let signature = Signature::from_slice(signature).map_err(|_| Error::SignatureInvalid)?;
            let digest = <$digest>::digest(message);
            key.verify_prehash(&digest, &signature.normalize_s()).map_err(|_| Error::SignatureInvalid)
        }
    };
}

curve!(
    /// P-256 with SHA-256.
    p256, p256, Sha256, 32
);
curve!(
    /// P-384 with SHA-384.
    p384, p384, Sha384, 48
);
curve!(
    /// secp256k1 with SHA-256.
    secp256k1, k256, Sha256, 32
);
