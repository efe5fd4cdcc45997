//! Signature algorithms: one file each, and an entry in the tables that name it.

mod ed25519;

use super::Error;
use crate::key::{KeyKind, PublicKey};

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

/// Ed25519 (RFC 8032), as RFC 8037 calls it.
pub(super) const EDDSA: Algorithm =
    Algorithm { name: "EdDSA", key: KeyKind::Ed25519, check: ed25519::verify };

/// Ed25519 as RFC 9864 calls it.
const ED25519: Algorithm = Algorithm { name: "Ed25519", ..EDDSA };

/// The JOSE algorithms.
const JOSE: [Algorithm; 2] = [EDDSA, ED25519];

impl Algorithm {
    /// The algorithm that JOSE calls `name`.
    pub(super) fn jose(name: &str) -> Option<&'static Algorithm> {
        const { &JOSE }.iter().find(|algorithm| algorithm.name == name)
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
    /// [`Error::KeyWrongKind`], [`Error::KeyMalformed`], [`Error::SignatureMalformed`] or
    /// [`Error::SignatureInvalid`].
    pub(super) fn verify(&self, key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
        if self.takes(key) { (self.check)(key, message, signature) } else { Err(Error::KeyWrongKind) }
    }
}
