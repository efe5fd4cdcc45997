//! Signature algorithms: one file for each family, and an entry in the tables that name it.

pub(super) mod bbs;
#[cfg(feature = "ecdsa")]
mod curve;
#[cfg(feature = "ecdsa")]
mod ecdsa;
mod ed25519;
#[cfg(any(feature = "ecdsa", feature = "rsa"))]
mod modulus;
#[cfg(feature = "rsa")]
mod rsa;

use super::Error;
use crate::key::{KeyKind, PublicKey};
use crate::part::{self, Part};

/// Checks a signature over a message: key, message, signature.
type Check = fn(&PublicKey, &[u8], &[u8]) -> Result<(), Error>;

/// A way to check a signature over a message.
pub(super) struct Algorithm {
    /// Its name in JOSE.
    pub(super) name: &'static str,
    /// The kind of key that it takes.
    key: KeyKind,
    check: Check,
}

const fn algorithm(name: &'static str, key: KeyKind, check: Check) -> Algorithm {
    Algorithm { name, key, check }
}

/// Ed25519 (RFC 8032), as RFC 8037 calls it.
pub(super) const EDDSA: Algorithm = algorithm("EdDSA", KeyKind::Ed25519, ed25519::verify);
/// ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4).
#[cfg(feature = "ecdsa")]
pub(super) const ES256: Algorithm = algorithm("ES256", KeyKind::P256, ecdsa::p256);
/// ECDSA with P-384 and SHA-384 (RFC 7518, section 3.4).
#[cfg(feature = "ecdsa")]
pub(super) const ES384: Algorithm = algorithm("ES384", KeyKind::P384, ecdsa::p384);
/// ECDSA with secp256k1 and SHA-256 (RFC 8812, section 3.2).
#[cfg(feature = "ecdsa")]
pub(super) const ES256K: Algorithm = algorithm("ES256K", KeyKind::Secp256k1, ecdsa::secp256k1);
/// ECDSA with P-521 and SHA-512 (RFC 7518, section 3.4).
#[cfg(feature = "ecdsa")]
const ES512: Algorithm = algorithm("ES512", KeyKind::P521, ecdsa::p521);
/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
#[cfg(feature = "rsa")]
pub(super) const RS256: Algorithm = algorithm("RS256", KeyKind::Rsa, rsa::pkcs1_sha256);
/// RSASSA-PSS with SHA-256 (RFC 7518, section 3.5).
#[cfg(feature = "rsa")]
pub(super) const PS256: Algorithm = algorithm("PS256", KeyKind::Rsa, rsa::pss_sha256);

/// The JOSE algorithms.
const JOSE: &[Algorithm] = &[
    EDDSA,
    // As RFC 9864 calls it.
    algorithm("Ed25519", KeyKind::Ed25519, ed25519::verify),
    #[cfg(feature = "ecdsa")]
    ES256,
    #[cfg(feature = "ecdsa")]
    ES384,
    #[cfg(feature = "ecdsa")]
    ES256K,
    #[cfg(feature = "ecdsa")]
    ES512,
    #[cfg(feature = "rsa")]
    RS256,
    #[cfg(feature = "rsa")]
    algorithm("RS384", KeyKind::Rsa, rsa::pkcs1_sha384),
    #[cfg(feature = "rsa")]
    algorithm("RS512", KeyKind::Rsa, rsa::pkcs1_sha512),
    #[cfg(feature = "rsa")]
    PS256,
    #[cfg(feature = "rsa")]
    algorithm("PS384", KeyKind::Rsa, rsa::pss_sha384),
    #[cfg(feature = "rsa")]
    algorithm("PS512", KeyKind::Rsa, rsa::pss_sha512),
];

impl Algorithm {
    /// The algorithm that JOSE calls `name`.
    pub(super) fn jose(name: &str) -> Option<&'static Algorithm> {
        JOSE.iter().find(|algorithm| algorithm.name == name)
    }

    /// Whether the algorithm may use `key`: it has the right kind, and its JWK names no other algorithm. RSA keys
    /// alone have a choice of several.
    pub(super) fn takes(&self, key: &PublicKey) -> bool {
        let chosen = |name: &str| name == self.name || self.key != KeyKind::Rsa;
        key.kind() == self.key && key.algorithm().is_none_or(chosen)
    }

    /// Checks `signature` over `message`.
    ///
    /// # Errors
    /// [`Error::KeyWrongKind`], [`Error::KeyMalformed`], [`Error::SignatureMalformed`], [`Error::SignatureInvalid`] or
    /// [`Error::NotLoaded`].
    pub(super) fn verify(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
        if !self.takes(key) {
            return Err(Error::KeyWrongKind);
        }
        if self.key != KeyKind::Ed25519 {
            part::need(Part::Wide)?;
        }
        (self.check)(key, message, signature)
    }
}
