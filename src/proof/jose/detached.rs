//! JWS without their payload and without base64url of it (RFC 7515, appendix F; RFC 7797): how older proofs sign.

use super::{forbidden, is_string, object};
use crate::codec;
use crate::json::Json;
use crate::proof::Error;

/// The two parts that such a signature has.
#[derive(Clone, Debug)]
pub(in crate::proof) struct Detached<'a> {
    header: &'a str,
    alg: String,
    signature: Vec<u8>,
}

impl<'a> Detached<'a> {
    /// Reads `text`, whose header must say that the payload is not encoded, and nothing that could lead to a key.
    ///
    /// # Errors
    /// [`Error::SignatureMalformed`], or [`Error::JwtAlgorithm`] for an algorithm without a key or with a shared one.
    pub(in crate::proof) fn parse(text: &'a str) -> Result<Self, Error> {
        let (encoded, signature) = codec::split_once(text, "..").ok_or(Error::SignatureMalformed)?;
        let header = object(encoded).map_err(|_| Error::SignatureMalformed)?;
        let plain = header.iter().all(|(name, value)| match name {
            "alg" | "kid" | "typ" => is_string(value),
            "b64" => value == &Json::Bool(false),
            "crit" => matches!(value.as_array(), Some([only]) if only.is("b64")),
            _ => false,
        });
        let (true, Some(alg)) = (plain && header.has("b64") && header.has("crit"), header.str("alg")) else {
            return Err(Error::SignatureMalformed);
        };
        if forbidden(alg) {
            return Err(Error::JwtAlgorithm(alg.into()));
        }
        let signature = codec::base64url(signature).map_err(|_| Error::SignatureMalformed)?;
        Ok(Detached { header: encoded, alg: alg.into(), signature })
    }

    /// The algorithm that the signer claims.
    pub(in crate::proof) fn alg(&self) -> &str {
        &self.alg
    }

    /// The signature's bytes.
    pub(in crate::proof) fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What is signed where `payload` is: header and payload with a dot between them.
    pub(in crate::proof) fn input(&self, payload: &[u8]) -> Vec<u8> {
        [self.header.as_bytes(), b".", payload].concat()
    }
}
