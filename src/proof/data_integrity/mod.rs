//! W3C Data Integrity proofs (VC Data Integrity 1.0) and the older proofs of the same make.

mod selective;
mod set;
mod suite;
mod transform;

pub use selective::Statements;
pub use set::ProofSet;
pub use suite::Suite;

use selective::Derived;
use suite::{Form, Value};
use transform::Reading;

use super::algorithm::Algorithm;
use super::jose::Detached;
use super::{Error, Note, Shown, VerifiedProof};
use crate::budget::Budget;
use crate::codec;
use crate::json::{Json, Object};
use crate::key::{PublicKey, Relationship};
use crate::part::{self, Part};
use crate::rdf::Hash;
use crate::time::{Parsed, Timestamp};

/// A proof of a known suite whose members have the form that the standard demands. Nothing is verified yet.
#[derive(Clone, Debug)]
pub struct Proof<'a> {
    object: &'a Object,
    suite: &'static Suite,
    value: Value,
    id: Option<&'a str>,
    verification_method: &'a str,
    purpose: &'a str,
    created: Option<Parsed>,
    expires: Option<Parsed>,
    domain: Vec<&'a str>,
    challenge: Option<&'a str>,
    signature: Signature<'a>,
}

/// A signature in the form that its suite demands.
#[derive(Clone, Debug)]
enum Signature<'a> {
    Bytes(Vec<u8>),
    Jws(Detached<'a>),
    Derived(Derived),
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

/// Members that a proof may have beside its signature (VC Data Integrity 1.0, section 2.1). The signature covers no
/// other for certain.
const MEMBERS: [&str; 12] = [
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
];

impl<'a> Proof<'a> {
    /// Reads a proof.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a suite that is not known here; [`Error::BaseProof`]; [`Error::Malformed`] for a member that is missing,
    /// unknown or of another form; [`Error::SignatureMalformed`] for a `proofValue` that is not base58btc multibase or
    /// a `jws` that is not a detached JWS with an unencoded payload.
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
        let place = suite.value(value).ok_or_else(|| malformed("type"))?;
        let holder = place.member();
        if let Some((unknown, _)) = value.iter().find(|(name, _)| !MEMBERS.contains(name) && *name != holder)
        {
            return Err(malformed(unknown));
        }
        optional(value, "nonce")?;
        strings(value, "previousProof")?;
        Ok(Proof {
            object: value,
            suite,
            value: place,
            id: optional(value, "id")?,
            verification_method: required(value, "verificationMethod")?,
            purpose: required(value, "proofPurpose")?,
            created: date(value, "created")?,
            expires: date(value, "expires")?,
            domain: strings(value, "domain")?,
            challenge: optional(value, "challenge")?,
            signature: Signature::parse(required(value, holder)?, place, suite)?,
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

    /// The algorithm and the hash for `key`.
    fn algorithm(&self, key: &PublicKey) -> Result<&'static (Algorithm, Hash), Error> {
        let alg = match &self.signature {
            Signature::Bytes(_) | Signature::Derived(_) => None,
            Signature::Jws(jws) => Some(jws.alg()),
        };
        self.suite.algorithm(key, alg).ok_or(Error::KeyWrongKind)
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
    if let Signature::Derived(_) = proof.signature {
        // Both at once, so that a page fetches them together.
        let bbs = if proof.suite.form == Form::Bbs { part::need(Part::Bbs) } else { Ok(()) };
        part::need(Part::Wide).and(bbs)?;
        return selective::verify(document, proof, key, budget);
    }
    let (algorithm, hash) = proof.algorithm(key)?;
    let check = |reading| {
        let bytes = transform::hash_data(document, proof, *hash, reading, budget)?;
        match &proof.signature {
            Signature::Bytes(signature) => algorithm.verify(key, &bytes, signature),
            Signature::Derived(_) => Err(Error::SignatureMalformed),
            Signature::Jws(jws) => algorithm.verify(key, &jws.input(&bytes), jws.signature()),
        }
    };
    let mut notes = Vec::new();
    if let Err(fault) = check(Reading::Plain) {
        let other = transform::other_readings(document, proof).find(|reading| check(*reading).is_ok());
        match other.ok_or(fault)? {
            Reading::FormerEdition => notes.push(Note::FormerEdition),
            Reading::Plain | Reading::SecurityOptions => {}
        }
    }
    notes.extend(transform::note(document, proof));
    if proof.suite.is_old_name() {
        notes.push(Note::OldName);
    }
    Ok(VerifiedProof { method: proof.suite.name(), notes, shown: Shown::Whole })
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
    let (_, hash) = proof.algorithm(key)?;
    transform::hash_data(document, proof, *hash, Reading::Plain, budget)
}

/// What is signed of `document` with a proof of selective disclosure, statement by statement: for whoever looks for the
/// reason why it does not verify.
///
/// # Errors
/// [`Error::SignatureMalformed`] for a proof of another kind; else as [`verify`], but for those about the signatures.
pub fn statements(document: &Object, proof: &Proof, budget: &Budget) -> Result<Statements, Error> {
    selective::statements(document, proof, budget)
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

impl<'a> Signature<'a> {
    /// Reads a signature. Base58btc has one spelling for each (VC Data Integrity EdDSA, section 3.2.1).
    fn parse(text: &'a str, place: Value, suite: &Suite) -> Result<Self, Error> {
        match place {
            Value::Multibase => {
                let digits = text.strip_prefix('z').ok_or(Error::SignatureMalformed)?;
                codec::base58(digits).map(Signature::Bytes).map_err(|_| Error::SignatureMalformed)
            }
            Value::Derived => {
                let digits = text.strip_prefix('u').ok_or(Error::SignatureMalformed)?;
                let bytes = codec::base64url(digits).map_err(|_| Error::SignatureMalformed)?;
                Derived::read(&bytes, suite.form).map(Signature::Derived)
            }
            Value::Base64 => {
                codec::base64_any(text).map(Signature::Bytes).map_err(|_| Error::SignatureMalformed)
            }
            Value::Jws => {
                let jws = Detached::parse(text)?;
                match Algorithm::jose(jws.alg()) {
                    Some(_) => Ok(Signature::Jws(jws)),
                    None => Err(Error::Unsupported([suite.name(), " ", jws.alg()].concat())),
                }
            }
        }
    }
}
