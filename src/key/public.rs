//! One public key, whatever it was written as.

use super::{Error, jwk, pem, rsa};
use crate::codec;
use crate::json::{self, Json, Object};

/// A public key whose form was checked. Whether an elliptic-curve point lies on its curve is left to the algorithm
/// that uses it.
#[derive(Clone, Debug)]
pub struct PublicKey {
    kind: KeyKind,
    bytes: Vec<u8>,
    algorithm: Option<String>,
}

/// The kinds of public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyKind {
    /// Ed25519: 32 bytes (RFC 8032, section 5.1.5).
    Ed25519,
    /// X25519: 32 bytes; agrees on keys and never signs.
    X25519,
    /// NIST P-256: a SEC 1 point.
    P256,
    /// NIST P-384: a SEC 1 point.
    P384,
    /// NIST P-521: a SEC 1 point.
    P521,
    /// secp256k1: a SEC 1 point.
    Secp256k1,
    /// RSA: DER of `RSAPublicKey` (RFC 8017, appendix A.1.1).
    Rsa,
    /// BLS12-381, group G1: a compressed point of 48 bytes.
    Bls12381G1,
    /// BLS12-381, group G2: a compressed point of 96 bytes.
    Bls12381G2,
    /// An address in a blockchain, as its text: what a key is called there. It verifies no signature by itself.
    Address,
}

/// Multicodec prefixes as they are written: unsigned varints in their shortest form (CID 1.0, section 2.2.2, and the
/// did:key method).
const MULTICODEC: [([u8; 2], KeyKind); 9] = [
    ([0xed, 0x01], KeyKind::Ed25519),
    ([0xec, 0x01], KeyKind::X25519),
    ([0x80, 0x24], KeyKind::P256),
    ([0x81, 0x24], KeyKind::P384),
    ([0x82, 0x24], KeyKind::P521),
    ([0xe7, 0x01], KeyKind::Secp256k1),
    ([0x85, 0x24], KeyKind::Rsa),
    ([0xea, 0x01], KeyKind::Bls12381G1),
    ([0xeb, 0x01], KeyKind::Bls12381G2),
];

/// The prefix of a JWK in canonical JSON (`jwk_jcs-pub`), which EBSI's natural persons use.
const MULTICODEC_JWK: [u8; 3] = [0xd1, 0xd6, 0x03];

impl PublicKey {
    /// A key of `kind` from its bytes, in the form that [`KeyKind`] states; a point may be compressed or not.
    ///
    /// # Errors
    /// [`Error::Malformed`] where the bytes have another length or form, [`Error::Weak`] and
    /// [`Error::MethodUnsupported`] for RSA keys that are too short or too long.
    pub fn new(kind: KeyKind, bytes: Vec<u8>) -> Result<Self, Error> {
        let fits = match kind {
            KeyKind::Ed25519 | KeyKind::X25519 => bytes.len() == 32,
            KeyKind::Rsa => rsa::parse(&bytes).ok_or(Error::Malformed)?.check().map(|()| true)?,
            // The top bits say: compressed, and not the point at infinity.
            KeyKind::Bls12381G1 => bytes.len() == 48 && bytes.first().is_some_and(|b| b >> 6 == 0b10),
            KeyKind::Bls12381G2 => bytes.len() == 96 && bytes.first().is_some_and(|b| b >> 6 == 0b10),
            _ => kind.coordinate().is_some_and(|size| match bytes.first() {
                Some(2 | 3) => bytes.len() == size + 1,
                Some(4) => bytes.len() == 2 * size + 1,
                _ => false,
            }),
        };
        if fits { Ok(PublicKey { kind, bytes, algorithm: None }) } else { Err(Error::Malformed) }
    }

    /// What is known of a key by its address in a blockchain.
    pub(crate) fn address(text: &str) -> Self {
        PublicKey { kind: KeyKind::Address, bytes: text.into(), algorithm: None }
    }

    /// The same key, for one JOSE algorithm alone.
    pub(super) fn only_for(self, algorithm: Option<&str>) -> Self {
        PublicKey { algorithm: algorithm.map(Into::into), ..self }
    }

    /// Reads a multikey: base58btc multibase of a multicodec prefix and a key (CID 1.0, section 2.2.2).
    ///
    /// # Errors
    /// [`Error::Malformed`] for another base, a length or form that the kind does not have, or a secret key;
    /// [`Error::MethodUnsupported`] for a kind of key that is not known here.
    pub fn from_multikey(text: &str) -> Result<Self, Error> {
        let rest = text.strip_prefix('z').ok_or(Error::Malformed)?;
        let bytes = codec::base58(rest).map_err(|_| Error::Malformed)?;
        if let Some(jwk) = bytes.strip_prefix(&MULTICODEC_JWK) {
            return from_canonical_jwk(jwk);
        }
        let (prefix, key) = bytes.split_first_chunk::<2>().ok_or(Error::Malformed)?;
        let Some((_, kind)) = MULTICODEC.iter().find(|(p, _)| p == prefix) else {
            // Multicodec keeps secret keys from 0x1300 on.
            let secret = matches!(prefix, [_, 0x26]);
            let name = || ["multicodec ", &codec::to_hex(prefix)].concat();
            return Err(if secret { Error::Malformed } else { Error::MethodUnsupported(name()) });
        };
        // A point has one multikey: the compressed one.
        if kind.coordinate().is_some() && key.first() == Some(&4) {
            return Err(Error::Malformed);
        }
        PublicKey::new(*kind, key.into())
    }

    /// Reads a public key in PEM.
    ///
    /// # Errors
    /// As [`PublicKey::new`]; [`Error::Malformed`] for anything but one public key.
    pub(crate) fn from_pem(text: &str) -> Result<Self, Error> {
        pem::read(text)
    }

    /// Reads a JSON Web Key that may verify signatures (RFC 7517, RFC 7518, RFC 8037).
    ///
    /// # Errors
    /// [`Error::Malformed`] for a member of a wrong form, a secret member or an `alg` that does not fit;
    /// [`Error::NotAuthorized`] where `use` or `key_ops` exclude verifying; [`Error::MethodUnsupported`] for an
    /// unknown kind of key.
    pub fn from_jwk(jwk: &Object) -> Result<Self, Error> {
        jwk::read(jwk)
    }

    /// The kind of key.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key's bytes, in the form that [`KeyKind`] states.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the key may verify signatures made with the JOSE algorithm `alg`.
    pub(super) fn can_verify(&self, alg: &str) -> bool {
        let chosen = |name: &str| name == alg || self.kind != KeyKind::Rsa;
        jwk::fits(alg, self.kind) && self.algorithm().is_none_or(chosen)
    }

    /// The only JOSE algorithm that the key is for, where its JWK names one.
    pub fn algorithm(&self) -> Option<&str> {
        self.algorithm.as_deref()
    }

    /// Modulus and exponent of an RSA key.
    pub(crate) fn rsa(&self) -> Option<rsa::RsaKey<'_>> {
        if self.kind == KeyKind::Rsa { rsa::parse(&self.bytes) } else { None }
    }

    /// The bytes in a form that is the same for the same key: points compressed.
    fn normal(&self) -> (Option<u8>, &[u8]) {
        match (self.kind.coordinate(), self.bytes.split_first()) {
            (Some(size), Some((4, point))) => {
                let sign = point.last().map(|y| 2 + (y & 1));
                (sign, point.get(..size).unwrap_or(point))
            }
            (Some(_), Some((sign, x))) => (Some(*sign), x),
            _ => (None, &self.bytes),
        }
    }
}

/// The same key, however it was written.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.normal() == other.normal()
    }
}

impl Eq for PublicKey {}

impl KeyKind {
    /// The length of one coordinate, for curves whose points are written as in SEC 1.
    pub(super) fn coordinate(self) -> Option<usize> {
        match self {
            KeyKind::P256 | KeyKind::Secp256k1 => Some(32),
            KeyKind::P384 => Some(48),
            KeyKind::P521 => Some(66),
            _ => None,
        }
    }
}

fn from_canonical_jwk(text: &[u8]) -> Result<PublicKey, Error> {
    match json::parse(text) {
        Ok(jwk) if json::canonicalize(&jwk).as_bytes() == text => match &jwk {
            Json::Object(jwk) => jwk::read(jwk),
            _ => Err(Error::Malformed),
        },
        _ => Err(Error::Malformed),
    }
}
