//! JAdES seals (ETSI TS 119 182-1): JWS in any serialization (RFC 7515, section 7) that bring along the certificate of
//! whoever sealed. What time stamps and revocation data the unprotected header adds (`etsiU`) is not looked at.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{bytes, forbidden, is_string, object};
use crate::codec;
use crate::json::{Json, Object};
use crate::key::PublicKey;
use crate::proof::{Error, VerifiedProof, verify_bytes};
use crate::time::{SKEW, Timestamp};

/// Most seals on one document.
const MAX_SEALS: usize = 8;
/// Most certificates that come with a seal.
const MAX_CERTIFICATES: usize = 8;

/// Header members that may be critical: `b64` is minded, and the others, times, places and the sealer's roles, are
/// statements under the seal, which change neither what is sealed nor how (clause 5.2). `sigD` does, and is refused.
const UNDERSTOOD: [&str; 11] =
    ["b64", "sigT", "iat", "sigX5ts", "x5t#o", "x5ts", "srCms", "sigPl", "srAts", "adoTst", "sigPId"];

/// One seal. Nothing is verified yet.
#[derive(Clone, Debug)]
pub struct Seal {
    header: Object,
    /// Header and payload as they were sealed.
    input: Vec<u8>,
    signature: Vec<u8>,
    certificates: Vec<Vec<u8>>,
}

/// A sealed payload, and its seals.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The payload's bytes.
    pub payload: Vec<u8>,
    /// At least one; in place of each that is not made as it must be, or in a way that is not checked here, what is
    /// wrong: [`Error::JwtAlgorithm`], [`Error::JwtHeader`], [`Error::Malformed`] or [`Error::Unsupported`].
    pub seals: Vec<Result<Seal, Error>>,
}

impl Sealed {
    /// Reads a JWS in JSON serialization, general or flattened.
    ///
    /// # Errors
    /// [`Error::Malformed`] with the member that is missing or of a wrong form, [`Error::TooMany`],
    /// [`Error::Unsupported`] for a payload that is somewhere else, [`Error::JwtMalformed`].
    pub fn of(document: &Object) -> Result<Self, Error> {
        let signatures: Vec<&Object> = match document.get("signatures") {
            // Readers would differ on which of the two counts.
            Some(_) if document.has("signature") => return Err(malformed("signatures")),
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_object).collect(),
            Some(_) => return Err(malformed("signatures")),
            None => vec![document],
        };
        let stated = document.get("signatures").map_or(1, |all| all.each().len());
        if signatures.is_empty() || signatures.len() != stated {
            return Err(malformed("signatures"));
        }
        if signatures.len() > MAX_SEALS {
            return Err(Error::TooMany);
        }
        let payload = match document.get("payload") {
            Some(Json::String(payload)) => Some(payload.as_str()),
            None => None,
            Some(_) => return Err(malformed("payload")),
        };
        let mut seals = Vec::new();
        let mut sealed: Option<Vec<u8>> = None;
        for signature in signatures {
            let protected = signature.str("protected").ok_or_else(|| malformed("protected"))?;
            let value = signature.str("signature").ok_or_else(|| malformed("signature"))?;
            let (seal, bytes) = Seal::read(protected, payload, value, signature.get("header"))?;
            // All seals are on the same bytes (RFC 7797, section 3).
            if sealed.as_ref().is_some_and(|before| *before != bytes) {
                return Err(malformed("b64"));
            }
            sealed = Some(bytes);
            seals.push(seal);
        }
        Ok(Sealed { payload: sealed.unwrap_or_default(), seals })
    }

    /// Reads a compact JWS.
    ///
    /// # Errors
    /// As [`Sealed::of`].
    pub fn compact(text: &str) -> Result<Self, Error> {
        let mut parts = text.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::JwtMalformed);
        };
        let (seal, payload) = Seal::read(header, Some(payload), signature, None)?;
        Ok(Sealed { payload, seals: vec![seal] })
    }
}

impl Seal {
    /// One seal, and the bytes that it is on.
    fn read(
        protected: &str,
        payload: Option<&str>,
        signature: &str,
        unprotected: Option<&Json>,
    ) -> Result<(Result<Self, Error>, Vec<u8>), Error> {
        let header = object(protected)?;
        let Some(payload) = payload.filter(|_| !header.has("sigD")) else {
            return Err(Error::Unsupported("sigD".into()));
        };
        let input = [protected, payload].join(".").into_bytes();
        let is_plain = header.get("b64") == Some(&Json::Bool(false));
        let sealed = if is_plain { payload.as_bytes().to_vec() } else { bytes(payload)? };
        let signature = bytes(signature)?;
        let seal = check(&header, unprotected).and_then(|()| {
            let seal = Seal { input, signature, certificates: certificates(&header)?, header };
            seal.check_certificate()?;
            Ok(seal)
        });
        Ok((seal, sealed))
    }

    /// `alg`: the algorithm that the sealer claims.
    pub fn alg(&self) -> &str {
        self.header.str("alg").unwrap_or_default()
    }

    /// The certificates that came along, DER: the sealer's own first, each followed by the one that vouches for it.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// When it was sealed, as the sealer says (`sigT`, or `iat` since version 1.2.1). Before `now`, or it is false.
    ///
    /// # Errors
    /// [`Error::Malformed`] for a time that is none or has not come yet.
    pub fn time(&self, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        let at = match (self.header.get("sigT"), self.header.get("iat")) {
            (Some(time), _) => {
                let time = time.as_str().and_then(Timestamp::parse).filter(|time| time.zoned);
                time.map(|time| time.at).ok_or_else(|| malformed("sigT"))?
            }
            (None, Some(time)) => {
                time.as_f64().and_then(Timestamp::from_numeric).ok_or_else(|| malformed("iat"))?
            }
            (None, None) => return Ok(None),
        };
        if at.since(now) > SKEW { Err(malformed("sigT")) } else { Ok(Some(at)) }
    }

    /// Verifies the seal with the key of its certificate.
    ///
    /// # Errors
    /// As [`verify_bytes`].
    pub fn verify(&self, key: &PublicKey) -> Result<VerifiedProof, Error> {
        verify_bytes(self.alg(), key, &self.input, &self.signature)
    }

    /// Whether the certificate is the one that the sealer signed for (clauses 5.1.7 and 5.2.2).
    fn check_certificate(&self) -> Result<(), Error> {
        let Some(own) = self.certificates.first() else { return Ok(()) };
        if let Some(digest) = self.header.get("x5t#S256")
            && digest.as_str().and_then(|text| codec::base64url(text).ok()).as_deref()
                != Some(Sha256::digest(own).as_slice())
        {
            return Err(malformed("x5t#S256"));
        }
        for (name, several) in [("x5t#o", false), ("x5ts", true), ("sigX5ts", true)] {
            let Some(value) = self.header.get(name) else { continue };
            // Of several, the first is the sealer's own.
            let entry = if several { value.each().first() } else { Some(value) };
            let entry = entry.and_then(Json::as_object).ok_or_else(|| malformed(name))?;
            let stated = entry.str("digVal").and_then(|text| codec::base64url(text).ok());
            let stated = stated.ok_or_else(|| malformed(name))?;
            let fits = match entry.str("digAlg") {
                Some("S256") => Sha256::digest(own).as_slice() == stated,
                Some("S384") => Sha384::digest(own).as_slice() == stated,
                Some("S512") => Sha512::digest(own).as_slice() == stated,
                // The certificate itself is in the protected header.
                _ => true,
            };
            if !fits {
                return Err(malformed(name));
            }
        }
        Ok(())
    }
}

/// Refuses what no key could put right, and what is not minded here.
fn check(header: &Object, unprotected: Option<&Json>) -> Result<(), Error> {
    // Names are in one header alone (RFC 7515, section 4), and what matters is in the protected one.
    if let Some(unprotected) = unprotected {
        let members = unprotected.as_object().ok_or_else(|| malformed("header"))?;
        if members.iter().any(|(name, _)| header.has(name) || !matches!(name, "etsiU" | "kid")) {
            return Err(malformed("header"));
        }
    }
    let alg = header.str("alg").ok_or_else(|| malformed("alg"))?;
    if forbidden(alg) {
        return Err(Error::JwtAlgorithm(alg.into()));
    }
    if let Some(member) = ["zip", "enc"].into_iter().find(|name| header.has(name)) {
        return Err(Error::JwtHeader(member));
    }
    let critical = match header.get("crit") {
        None => &[][..],
        Some(Json::Array(names)) if !names.is_empty() => names,
        Some(_) => return Err(Error::JwtHeader("crit")),
    };
    for (at, name) in critical.iter().enumerate() {
        let repeated = critical.iter().take(at).any(|before| before == name);
        let name = name.as_str().filter(|name| header.has(name) && !repeated);
        let name = name.ok_or(Error::JwtHeader("crit"))?;
        if !UNDERSTOOD.contains(&name) {
            return Err(Error::Unsupported(name.into()));
        }
    }
    // Who does not know of it would read another payload (RFC 7797, section 6).
    let stated = header.get("b64");
    if stated.is_some_and(|b64| b64.as_bool().is_none())
        || stated == Some(&Json::Bool(false)) && !critical.iter().any(|name| name.is("b64"))
    {
        return Err(Error::JwtHeader("b64"));
    }
    Ok(())
}

/// `x5c` (RFC 7515, section 4.1.6): base64, not base64url.
fn certificates(header: &Object) -> Result<Vec<Vec<u8>>, Error> {
    let wrong = || malformed("x5c");
    let Some(value) = header.get("x5c") else { return Ok(Vec::new()) };
    let all =
        value.as_array().filter(|all| !all.is_empty() && all.iter().all(is_string)).ok_or_else(wrong)?;
    if all.len() > MAX_CERTIFICATES {
        return Err(Error::TooMany);
    }
    let read = |text: &Json| codec::base64_any(text.as_str()?).ok();
    all.iter().map(|text| read(text).ok_or_else(wrong)).collect()
}

fn malformed(member: &str) -> Error {
    Error::Malformed(member.into())
}
