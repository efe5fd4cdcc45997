//! W3C Data Integrity proofs (VC Data Integrity 1.0) and the older proofs of the same make.

mod set;
mod suite;
mod transform;

pub use set::ProofSet;
pub use suite::Suite;

use super::{Error, Note, VerifiedProof};
use crate::budget::Budget;
use crate::codec;
use crate::json::{Json, Object};
use crate::key::{PublicKey, Relationship};
use crate::rdf::Edition;
use crate::time::{Parsed, Timestamp};

/// A proof of a known suite whose members have the form that the standard demands. Nothing is verified yet.
#[derive(Clone, Debug)]
pub struct Proof<'a> {
    object: &'a Object,
    suite: &'static Suite,
    id: Option<&'a str>,
    verification_method: &'a str,
    purpose: &'a str,
    created: Option<Parsed>,
    expires: Option<Parsed>,
    domain: Vec<&'a str>,
    challenge: Option<&'a str>,
    signature: Vec<u8>,
}

/// What the verifier demands of a proof besides a good signature.
#[derive(Clone, Copy, Debug)]
pub struct Demand<'a> {
    /// What it must have been made for.
    pub purpose: Relationship,
    /// The one domain that it must name; any where `None`.
    pub domain: Option<&'a str>,
    /// The challenge that it must answer; any where `None`.
    pub challenge: Option<&'a str>,
    /// The time at which it must not have expired.
    pub now: Timestamp,
}

/// Members that a proof may have (VC Data Integrity 1.0, section 2.1). The signature covers no other for certain.
const MEMBERS: [&str; 13] = [
    "@context",
    "id",
    "type",
    "cryptosuite",
    "created",
    "expires",
    "verificationMethod",
    "proofPurpose",
    "domain",
    "challenge",
    "nonce",
    "previousProof",
    "proofValue",
];

impl<'a> Proof<'a> {
    /// Reads a proof.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a suite that is not known here; [`Error::Malformed`] for a member that is missing,
    /// unknown or of another form; [`Error::SignatureMalformed`] for a `proofValue` that is not base58btc multibase of
    /// the suite's length.
    pub fn parse(value: &'a Object) -> Result<Self, Error> {
        let type_name = required(value, "type")?;
        let cryptosuite = optional(value, "cryptosuite")?;
        let Some(suite) = Suite::find(type_name, cryptosuite) else {
            return Err(match (type_name, cryptosuite) {
                ("DataIntegrityProof", None) => malformed("cryptosuite"),
                ("DataIntegrityProof", Some(name)) => Error::Unsupported(name.into()),
                _ => Error::Unsupported(type_name.into()),
            });
        };
        if let Some((unknown, _)) = value.iter().find(|(name, _)| !MEMBERS.contains(name)) {
            return Err(malformed(unknown));
        }
        optional(value, "nonce")?;
        strings(value, "previousProof")?;
        Ok(Proof {
            object: value,
            suite,
            id: optional(value, "id")?,
            verification_method: required(value, "verificationMethod")?,
            purpose: required(value, "proofPurpose")?,
            created: date(value, "created")?,
            expires: date(value, "expires")?,
            domain: strings(value, "domain")?,
            challenge: optional(value, "challenge")?,
            signature: signature(required(value, "proofValue")?, suite.signature)?,
        })
    }

    /// The proof's `id`.
    pub fn id(&self) -> Option<&'a str> {
        self.id
    }

    /// The suite that it was made with.
    pub fn suite(&self) -> &'static Suite {
        self.suite
    }

    /// The name of the key.
    pub fn verification_method(&self) -> &'a str {
        self.verification_method
    }

    /// `proofPurpose`
    pub fn purpose(&self) -> &'a str {
        self.purpose
    }

    /// When it was made.
    pub fn created(&self) -> Option<Parsed> {
        self.created
    }

    /// When it expires.
    pub fn expires(&self) -> Option<Parsed> {
        self.expires
    }

    /// The domains that it was made for.
    pub fn domain(&self) -> &[&'a str] {
        &self.domain
    }

    /// The challenge that it answers.
    pub fn challenge(&self) -> Option<&'a str> {
        self.challenge
    }

    /// Checks what does not need the key (VC Data Integrity 1.0, section 4.4, steps 5 to 8).
    ///
    /// # Errors
    /// [`Error::Purpose`], [`Error::Domain`], [`Error::Challenge`] or [`Error::Expired`].
    pub fn meets(&self, demand: &Demand) -> Result<(), Error> {
        if self.purpose != demand.purpose.name() {
            return Err(Error::Purpose);
        }
        // Both are sets: the same domain twice is still one.
        if let Some(domain) = demand.domain
            && (self.domain.is_empty() || self.domain.iter().any(|stated| *stated != domain))
        {
            return Err(Error::Domain);
        }
        if demand.challenge.is_some() && self.challenge != demand.challenge {
            return Err(Error::Challenge);
        }
        match self.expires {
            Some(expires) if demand.now > expires.at => {
                Err(Error::Expired(self.object.str("expires").unwrap_or_default().into()))
            }
            _ => Ok(()),
        }
    }
}

/// Verifies `proof` over `document`: the credential without its `proof`, or what [`ProofSet::covered`] gives.
///
/// # Errors
/// [`Error::KeyWrongKind`] where the suite has no use for the key, [`Error::NotCovered`] where the document has
/// members that the signature cannot cover, [`Error::SignatureInvalid`] where the signature does not fit, and others
/// that [`Error`] lists.
pub fn verify(
    document: &Object,
    proof: &Proof,
    key: &PublicKey,
    budget: &Budget,
) -> Result<VerifiedProof, Error> {
    let (algorithm, hash) = proof.suite.algorithm(key).ok_or(Error::KeyWrongKind)?;
    let check = |edition| {
        let bytes = transform::hash_data(document, proof, (*hash, edition), budget)?;
        algorithm.verify(key, &bytes, &proof.signature)
    };
    let mut notes = Vec::new();
    if let Err(fault) = check(Edition::Current) {
        if !transform::has_former(document, proof) || check(Edition::Former).is_err() {
            return Err(fault);
        }
        notes.push(Note::FormerEdition);
    }
    notes.extend(transform::note(document, proof));
    if proof.suite.is_old_name() {
        notes.push(Note::OldName);
    }
    Ok(VerifiedProof { method: proof.suite.name(), notes })
}

/// The bytes that `proof`'s signature must be over, with `key`: for whoever looks for the reason why it is not.
///
/// # Errors
/// As [`verify`], but for those about the signature.
pub fn hash_data(
    document: &Object,
    proof: &Proof,
    key: &PublicKey,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let (_, hash) = proof.suite.algorithm(key).ok_or(Error::KeyWrongKind)?;
    transform::hash_data(document, proof, (*hash, Edition::Current), budget)
}

fn malformed(member: &str) -> Error {
    Error::Malformed(member.into())
}

fn optional<'a>(object: &'a Object, name: &str) -> Result<Option<&'a str>, Error> {
    object.get(name).map(|value| value.as_str().ok_or_else(|| malformed(name))).transpose()
}

fn required<'a>(object: &'a Object, name: &str) -> Result<&'a str, Error> {
    optional(object, name)?.ok_or_else(|| malformed(name))
}

/// A string, or an array of at least one.
fn strings<'a>(object: &'a Object, name: &str) -> Result<Vec<&'a str>, Error> {
    let values = match object.get(name) {
        None => return Ok(Vec::new()),
        Some(Json::Array(values)) if values.is_empty() => return Err(malformed(name)),
        Some(value) => value.each(),
    };
    values.iter().map(|value| value.as_str().ok_or_else(|| malformed(name))).collect()
}

fn date(object: &Object, name: &str) -> Result<Option<Parsed>, Error> {
    optional(object, name)?.map(|text| Timestamp::parse(text).ok_or_else(|| malformed(name))).transpose()
}

/// The bytes of a signature: base58btc, which has one spelling for each (VC Data Integrity EdDSA, section 3.2.1).
fn signature(text: &str, length: usize) -> Result<Vec<u8>, Error> {
    let digits = text.strip_prefix('z').ok_or(Error::SignatureMalformed)?;
    let bytes = codec::base58(digits).map_err(|_| Error::SignatureMalformed)?;
    if bytes.len() == length { Ok(bytes) } else { Err(Error::SignatureMalformed) }
}
