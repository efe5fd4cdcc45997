//! Selective disclosure: the cryptosuites `ecdsa-sd-2023` (VC-DI-ECDSA 1.0, section 3.6) and `bbs-2023` (VC-DI-BBS 1.0,
//! section 3.4).
//!
//! The issuer signs each statement of the credential's RDF by itself, but for the *mandatory* ones, which are signed
//! together. The holder derives a credential with all mandatory statements and some of the others. Blank nodes get
//! their signed names back from a map in the proof. How many statements there were, ecdsa-sd-2023 does not tell.

mod value;

use sha2::{Digest, Sha256};

use super::suite::Form;
use super::{Proof, Signature, transform};
use crate::budget::Budget;
use crate::json::Object;
use crate::key::{KeyKind, PublicKey};
use crate::proof::algorithm::{self, bbs};
use crate::proof::{Error, Shown, VerifiedProof};
use value::{Bbs, EcdsaSd, Indexes, Labels};

/// A proof value whose header is known, as CBOR.
#[derive(Clone, Debug)]
pub(super) struct Derived(Vec<u8>);

impl Derived {
    /// Reads the header of a proof value. Base proofs stay with the holder; a verifier accepts derived ones alone.
    ///
    /// # Errors
    /// [`Error::BaseProof`]; [`Error::Unsupported`] for the features of bbs-2023 that are still drafts;
    /// [`Error::SignatureMalformed`] for another header.
    pub(super) fn read(bytes: &[u8], form: Form) -> Result<Self, Error> {
        let [0xd9, 0x5d, kind, value @ ..] = bytes else { return Err(Error::SignatureMalformed) };
        match (form, kind) {
            (Form::EcdsaSd, 0) | (Form::Bbs, 2 | 4 | 6 | 8) => Err(Error::BaseProof),
            (Form::EcdsaSd, 1) | (Form::Bbs, 3) => Ok(Derived(value.to_vec())),
            (Form::Bbs, 5) => Err(Error::Unsupported("bbs-2023 with holder binding".into())),
            // The drafts do not agree which of these has a holder binding as well.
            (Form::Bbs, 7 | 9) => Err(Error::Unsupported("bbs-2023 with pseudonym".into())),
            _ => Err(Error::SignatureMalformed),
        }
    }
}

/// The statements of a revealed document under their signed names: N-Quads, each with its line feed, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statements {
    /// SHA-256 of the proof's options.
    pub proof_hash: [u8; 32],
    /// Those that every holder must show.
    pub mandatory: Vec<String>,
    /// Those that this holder chose to show.
    pub optional: Vec<String>,
}

impl Statements {
    fn of(
        document: &Object,
        proof: &Proof<'_>,
        labels: &Labels,
        mandatory: &Indexes,
        budget: &Budget,
    ) -> Result<Self, Error> {
        let (options, lines) = transform::relabelled(document, proof, &labels.0, budget)?;
        let proof_hash = Sha256::digest(options).into();
        let mut statements = Statements { proof_hash, mandatory: Vec::new(), optional: Vec::new() };
        let mut indexes = mandatory.0.iter().peekable();
        for (number, line) in lines.split_inclusive('\n').enumerate() {
            let chosen = match indexes.next_if_eq(&&number) {
                Some(_) => &mut statements.mandatory,
                None => &mut statements.optional,
            };
            chosen.push(line.into());
        }
        // A statement that is named and not there was taken out.
        if indexes.next().is_none() { Ok(statements) } else { Err(Error::SignatureInvalid) }
    }

    /// SHA-256 of the mandatory statements, which are signed as one.
    pub fn mandatory_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        self.mandatory.iter().for_each(|line| hash.update(line));
        hash.finalize().into()
    }

    /// Whether every holder must show the status: all that is said to be one, and all that is said of it.
    fn compel_status(&self) -> bool {
        let statuses: Vec<&str> = self.mandatory.iter().filter_map(|line| object_of(line, STATUS)).collect();
        let is_about = |line: &String| {
            let subject = line.split(' ').next();
            object_of(line, STATUS).is_some() || statuses.iter().any(|status| subject == Some(status))
        };
        !statuses.is_empty() && !self.optional.iter().any(is_about)
    }
}

/// What relates a credential to its status (VCDM 2.0, section 4.10).
const STATUS: &str = "<https://www.w3.org/2018/credentials#credentialStatus>";

/// The object of a statement with this predicate, where it is a node.
fn object_of<'a>(line: &'a str, predicate: &str) -> Option<&'a str> {
    let mut terms = line.split(' ');
    let _subject = terms.next();
    if terms.next()? == predicate { terms.next() } else { None }
}

/// Verifies a derived proof.
///
/// # Errors
/// As [`super::verify`].
#[inline(never)]
pub(super) fn verify(
    document: &Object,
    proof: &Proof<'_>,
    key: &PublicKey,
    budget: &Budget,
) -> Result<VerifiedProof, Error> {
    let Signature::Derived(Derived(value)) = &proof.signature else { return Err(Error::SignatureMalformed) };
    let (statements, whole) = match proof.suite.form {
        Form::Bbs => verify_bbs(document, proof, &Bbs::parse(value)?, key, budget)?,
        _ => (verify_ecdsa(document, proof, &EcdsaSd::parse(value)?, key, budget)?, false),
    };
    let shown =
        if whole { Shown::Whole } else { Shown::Part { status_compelled: statements.compel_status() } };
    Ok(VerifiedProof { method: proof.suite.name(), notes: Vec::new(), shown })
}

fn verify_ecdsa(
    document: &Object,
    proof: &Proof<'_>,
    value: &EcdsaSd<'_>,
    key: &PublicKey,
    budget: &Budget,
) -> Result<Statements, Error> {
    let statements = Statements::of(document, proof, &value.labels, &value.mandatory, budget)?;
    if value.signatures.len() != statements.optional.len() {
        return Err(Error::SignatureInvalid);
    }
    let signed = signed_by_issuer(&statements, value);
    algorithm::ES256.verify(key, &signed, value.base_signature)?;
    for (line, signature) in statements.optional.iter().zip(&value.signatures) {
        if !budget.statement() {
            return Err(Error::TooMany);
        }
        algorithm::ES256.verify(&value.own_key, line.as_bytes(), signature)?;
    }
    Ok(statements)
}

/// What the issuer's own signature is over (VC-DI-ECDSA 1.0, section 3.5.1).
fn signed_by_issuer(statements: &Statements, value: &EcdsaSd<'_>) -> Vec<u8> {
    [statements.proof_hash.as_slice(), value.public_key, &statements.mandatory_hash()].concat()
}

/// The statements, and whether all that were signed are here.
fn verify_bbs(
    document: &Object,
    proof: &Proof<'_>,
    value: &Bbs<'_>,
    key: &PublicKey,
    budget: &Budget,
) -> Result<(Statements, bool), Error> {
    let key: &[u8; 96] = match key.kind() {
        KeyKind::Bls12381G2 => key.bytes().try_into().map_err(|_| Error::KeyMalformed)?,
        _ => return Err(Error::KeyWrongKind),
    };
    let statements = Statements::of(document, proof, &value.labels, &value.mandatory, budget)?;
    if value.selective.len() != statements.optional.len() {
        return Err(Error::SignatureInvalid);
    }
    let header = [statements.proof_hash, statements.mandatory_hash()].concat();
    let messages: Vec<&[u8]> = statements.optional.iter().map(String::as_bytes).collect();
    bbs::proof_verify(
        key,
        value.proof,
        &header,
        value.presentation_header,
        &messages,
        &value.selective,
        budget,
    )?;
    // Three points and four numbers, and a number for each message that is not shown.
    let whole = value.proof.len() == 3 * 48 + 4 * 32;
    Ok((statements, whole))
}

/// The statements of `document` under the names that `proof` gives to blank nodes.
///
/// # Errors
/// As [`verify`], but for those about signatures.
pub(super) fn statements(document: &Object, proof: &Proof<'_>, budget: &Budget) -> Result<Statements, Error> {
    let Signature::Derived(Derived(value)) = &proof.signature else { return Err(Error::SignatureMalformed) };
    let (labels, mandatory) = match proof.suite.form {
        Form::Bbs => Bbs::parse(value).map(|value| (value.labels, value.mandatory))?,
        _ => EcdsaSd::parse(value).map(|value| (value.labels, value.mandatory))?,
    };
    Statements::of(document, proof, &labels, &mandatory, budget)
}
