//! Signature algorithms: one file for each family, and an entry in the tables that name it.

pub(super) mod bbs;
mod curve;
mod ecdsa;
mod ed25519;
mod modulus;
pub(super) mod recovery;
mod rsa;

use super::Error;
use crate::key::{KeyKind, PublicKey};
use crate::part::{self, Part};
use rsa::{Hash, Padding};

/// A way to check a signature over a message.
pub(super) struct Algorithm {
    /// Its name in JOSE.
    pub(super) name: &'static str,
    /// The kind of key that it takes.
    key: KeyKind,
    scheme: Scheme,
}

/// How it is checked. Each is called by its name in [`Algorithm::verify`], never through a pointer: what is called by
/// name alone can be left out of the part of the program that every reader loads.
enum Scheme {
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// ECDSA on the key's curve, with the hash that belongs to it.
    Ecdsa,
    /// RSA (RFC 8017).
    Rsa(Padding, Hash),
}

const fn algorithm(name: &'static str, key: KeyKind, scheme: Scheme) -> Algorithm {
    Algorithm { name, key, scheme }
}

const fn ecdsa(name: &'static str, key: KeyKind) -> Algorithm {
    algorithm(name, key, Scheme::Ecdsa)
}

const fn rsa(name: &'static str, padding: Padding, hash: Hash) -> Algorithm {
    algorithm(name, KeyKind::Rsa, Scheme::Rsa(padding, hash))
}

/// Ed25519 (RFC 8032), as RFC 8037 calls it.
pub(super) const EDDSA: Algorithm = algorithm("EdDSA", KeyKind::Ed25519, Scheme::Ed25519);
/// ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4).
pub(super) const ES256: Algorithm = ecdsa("ES256", KeyKind::P256);
/// ECDSA with P-384 and SHA-384 (RFC 7518, section 3.4).
pub(super) const ES384: Algorithm = ecdsa("ES384", KeyKind::P384);
/// ECDSA with secp256k1 and SHA-256 (RFC 8812, section 3.2).
pub(super) const ES256K: Algorithm = ecdsa("ES256K", KeyKind::Secp256k1);
/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
pub(super) const RS256: Algorithm = rsa("RS256", Padding::Pkcs1, Hash::Sha256);
/// RSASSA-PSS with SHA-256 (RFC 7518, section 3.5).
pub(super) const PS256: Algorithm = rsa("PS256", Padding::Pss, Hash::Sha256);

/// The JOSE algorithms.
static JOSE: [Algorithm; 12] = [
    EDDSA,
    // As RFC 9864 calls it.
    algorithm("Ed25519", KeyKind::Ed25519, Scheme::Ed25519),
    ES256,
    ES384,
    ES256K,
    // ECDSA with P-521 and SHA-512 (RFC 7518, section 3.4).
    ecdsa("ES512", KeyKind::P521),
    RS256,
    rsa("RS384", Padding::Pkcs1, Hash::Sha384),
    rsa("RS512", Padding::Pkcs1, Hash::Sha512),
    PS256,
    rsa("PS384", Padding::Pss, Hash::Sha384),
    rsa("PS512", Padding::Pss, Hash::Sha512),
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
        if !matches!(self.scheme, Scheme::Ed25519) {
            part::need(Part::Wide)?;
        }
        match self.scheme {
            Scheme::Ed25519 => ed25519::verify(key, message, signature),
            Scheme::Ecdsa => ecdsa::verify(key, message, signature),
            Scheme::Rsa(padding, hash) => rsa::verify(padding, hash, key, message, signature),
        }
    }
}
