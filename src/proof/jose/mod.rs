//! Compact JSON Web Signatures (RFC 7515) and the JSON Web Tokens made of them (RFC 7519).
//!
//! One spelling of each: three parts in canonical base64url, strict JSON inside. The algorithm is taken from the key;
//! the header must agree with it. No header member ever leads to a key that somebody else must vouch for: `jku`,
//! `x5u` and `x5c` are not read, and an embedded `jwk` is only what the signer says of itself.

mod detached;
pub mod jades;
pub mod key_binding;
pub mod sd_jwt;

pub(super) use detached::Detached;
pub use sd_jwt::SdJwt;

use super::{Error, VerifiedProof, verify_bytes};
use crate::codec;
use crate::json::{self, Json, Object};
use crate::key::{self, PublicKey};

/// A compact JWS. Nothing is verified yet.
#[derive(Clone, Debug)]
pub struct Jws<'a> {
    /// Header and payload with the dot between them, as they were signed.
    input: &'a str,
    header: Object,
    payload: &'a str,
    signature: Vec<u8>,
}

/// A compact JWS with a JSON object in it: a JWT.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    jws: Jws<'a>,
    payload: Json,
    is_disclosed: bool,
}

impl<'a> Jws<'a> {
    /// Reads the three parts and the header; the payload stays as it is.
    ///
    /// # Errors
    /// [`Error::JwtMalformed`] for another number of parts, for text that is not the one base64url of its bytes, for
    /// a header that is not a strict JSON object, and for an `alg`, `kid`, `typ` or `cty` that is not a string or a
    /// `jwk` that is not an object.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let (input, signature) = text.rsplit_once('.').ok_or(Error::JwtMalformed)?;
        let (header, payload) = input.split_once('.').ok_or(Error::JwtMalformed)?;
        let header = object(header)?;
        let signature = bytes(signature)?;
        let strings = ["alg", "kid", "typ", "cty"].iter().all(|name| header.get(name).is_none_or(is_string));
        let well_formed = strings && header.has("alg") && header.get("jwk").is_none_or(is_object);
        if well_formed && !payload.contains('.') {
            Ok(Jws { input, header, payload, signature })
        } else {
            Err(Error::JwtMalformed)
        }
    }

    /// The protected header.
    pub fn header(&self) -> &Object {
        &self.header
    }

    /// The payload's bytes.
    ///
    /// # Errors
    /// [`Error::JwtMalformed`] where the part is not the one base64url of any bytes.
    pub fn payload(&self) -> Result<Vec<u8>, Error> {
        bytes(self.payload)
    }

    /// `alg`: the algorithm that the signer claims.
    pub fn alg(&self) -> &str {
        self.header.str("alg").unwrap_or_default()
    }

    /// `kid`: the name of the key.
    pub fn kid(&self) -> Option<&str> {
        self.header.str("kid")
    }

    /// `typ`: the media type of the whole.
    pub fn typ(&self) -> Option<&str> {
        self.header.str("typ")
    }

    /// `jwk`: a key that came along. It shows who signed only where it is known by other means to be the signer's.
    pub fn embedded_key(&self) -> Option<PublicKey> {
        self.header.get("jwk")?.as_object().and_then(|jwk| PublicKey::from_jwk(jwk).ok())
    }

    /// Refuses what no key could put right: an algorithm without a key or with a shared one, and header members that
    /// change what is signed or how (RFC 7515, section 4.1.11; RFC 7516; RFC 7797).
    ///
    /// # Errors
    /// [`Error::JwtAlgorithm`] or [`Error::JwtHeader`].
    pub fn check_header(&self) -> Result<(), Error> {
        let alg = self.alg();
        if forbidden(alg) {
            return Err(Error::JwtAlgorithm(alg.into()));
        }
        // No extension is understood here, so none may be critical; and a payload that is not base64url, compressed,
        // encrypted or itself a token is never taken for a credential.
        if let Some(member) = ["crit", "b64", "zip", "enc"].into_iter().find(|name| self.header.has(name)) {
            return Err(Error::JwtHeader(member));
        }
        if self.header.str("cty").is_some_and(|cty| is_media_type(cty, "jwt")) {
            return Err(Error::JwtHeader("cty"));
        }
        match self.header.get("jwk").and_then(Json::as_object).map(PublicKey::from_jwk) {
            None | Some(Ok(_) | Err(key::Error::MethodUnsupported(_))) => Ok(()),
            Some(Err(_)) => Err(Error::JwtHeader("jwk")),
        }
    }

    /// Whether `typ` is one of `types`, or absent. Media types are compared without case and without `application/`
    /// (RFC 7515, section 4.1.9).
    pub fn is_of_type(&self, types: &[&str]) -> bool {
        self.typ().is_none_or(|typ| types.iter().any(|allowed| is_media_type(typ, allowed)))
    }

    /// Verifies the signature with `key`.
    ///
    /// # Errors
    /// What [`Jws::check_header`] refuses; [`Error::Unsupported`] for an algorithm that is not checked here;
    /// [`Error::KeyWrongKind`] where `alg` is not the key's algorithm; [`Error::SignatureMalformed`] and
    /// [`Error::SignatureInvalid`] where the signature does not fit.
    pub fn verify(&self, key: &PublicKey) -> Result<VerifiedProof, Error> {
        self.check_header()?;
        verify_bytes(self.alg(), key, self.input.as_bytes(), &self.signature)
    }
}

impl<'a> Token<'a> {
    /// Reads a compact JWS whose payload is a strict JSON object.
    ///
    /// # Errors
    /// As [`Jws::parse`]; also [`Error::JwtMalformed`] for another payload.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let jws = Jws::parse(text)?;
        let payload = Json::Object(object(jws.payload)?);
        Ok(Token { jws, payload, is_disclosed: false })
    }

    /// The claims.
    pub fn payload(&self) -> &Json {
        &self.payload
    }

    /// Whether it came as an SD-JWT, and the claims are those that were disclosed.
    pub fn is_disclosed(&self) -> bool {
        self.is_disclosed
    }
}

/// A token is read, checked and verified as the JWS that it is.
impl<'a> core::ops::Deref for Token<'a> {
    type Target = Jws<'a>;

    fn deref(&self) -> &Jws<'a> {
        &self.jws
    }
}

/// Whether anybody could sign with `alg`: without a key, or with the one that verifies.
fn forbidden(alg: &str) -> bool {
    alg.eq_ignore_ascii_case("none") || codec::strip_start(alg, "HS").is_some()
}

fn bytes(part: &str) -> Result<Vec<u8>, Error> {
    codec::base64url(part).map_err(|_| Error::JwtMalformed)
}

/// A strict JSON object. Text that begins with a byte order mark is refused: readers differ on it.
fn object(part: &str) -> Result<Object, Error> {
    let bytes = bytes(part)?;
    match json::parse(&bytes) {
        Ok(Json::Object(object)) if !bytes.starts_with(b"\xEF\xBB\xBF") => Ok(object),
        _ => Err(Error::JwtMalformed),
    }
}

fn is_string(value: &Json) -> bool {
    value.as_str().is_some()
}

fn is_object(value: &Json) -> bool {
    value.as_object().is_some()
}

fn is_media_type(stated: &str, name: &str) -> bool {
    codec::strip_start(stated, "application/").unwrap_or(stated).eq_ignore_ascii_case(name)
}
