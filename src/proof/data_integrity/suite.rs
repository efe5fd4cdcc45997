//! The table of cryptosuites.

use crate::json::Object;
use crate::key::PublicKey;
use crate::proof::algorithm::{self, Algorithm};
use crate::rdf::Hash;

/// A cryptosuite: how a proof of one type and name is made.
pub struct Suite {
    /// The proof's `type`.
    type_name: &'static str,
    /// The proof's `cryptosuite`; older types are suites themselves.
    cryptosuite: Option<&'static str>,
    /// The standard's name for it.
    name: &'static str,
    /// What is hashed.
    pub(super) form: Form,
    /// Where the signature may be.
    values: &'static [Value],
    /// The algorithm for each kind of key, and the hash inside and around the canonical form.
    algorithms: &'static [(Algorithm, Hash)],
}

/// What is hashed: the document's canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Canonical N-Quads of the RDF dataset (RDFC-1.0).
    Rdfc,
    /// Canonical JSON (RFC 8785).
    Jcs,
    /// Canonical N-Quads one by one, with ECDSA (VC-DI-ECDSA 1.0, section 3.6).
    EcdsaSd,
    /// Canonical N-Quads one by one, with BBS (VC-DI-BBS 1.0, section 3.4).
    Bbs,
}

/// Where the signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// `proofValue`: the signature's bytes in base58btc multibase.
    Multibase,
    /// `proofValue`: what a holder derived, as CBOR in base64url multibase.
    Derived,
    /// `jws`: a JWS without its payload (RFC 7797).
    Jws,
    /// `signatureValue`: the signature's bytes in base64, as the first libraries wrote it.
    Base64,
}

impl Value {
    /// The member that holds it.
    pub(super) const fn member(self) -> &'static str {
        match self {
            Value::Multibase | Value::Derived => "proofValue",
            Value::Jws => "jws",
            Value::Base64 => "signatureValue",
        }
    }
}

const MULTIBASE: &[Value] = &[Value::Multibase];
const DERIVED: &[Value] = &[Value::Derived];
/// Suites of 2018 and 2019 sign with a JWS; some libraries write the bare signature instead.
const EITHER: &[Value] = &[Value::Jws, Value::Multibase];
const EDDSA: &[(Algorithm, Hash)] = &[(algorithm::EDDSA, Hash::Sha256)];
const ECDSA: &[(Algorithm, Hash)] = &[(algorithm::ES256, Hash::Sha256), (algorithm::ES384, Hash::Sha384)];

/// The algorithm of JsonWebSignature2020 for each kind of key; all hash the document with SHA-256.
const JWS: &[(Algorithm, Hash)] = &[
    (algorithm::EDDSA, Hash::Sha256),
    (algorithm::ES256, Hash::Sha256),
    (algorithm::ES384, Hash::Sha256),
    (algorithm::ES256K, Hash::Sha256),
    (algorithm::PS256, Hash::Sha256),
];

const fn data_integrity(
    cryptosuite: &'static str,
    name: &'static str,
    form: Form,
    algorithms: &'static [(Algorithm, Hash)],
) -> Suite {
    let (type_name, cryptosuite) = ("DataIntegrityProof", Some(cryptosuite));
    Suite { type_name, cryptosuite, name, form, values: MULTIBASE, algorithms }
}

/// A suite of selective disclosure, whose keys are checked where it is.
const fn selective(name: &'static str, form: Form) -> Suite {
    Suite { values: DERIVED, ..data_integrity(name, name, form, &[]) }
}

const fn legacy(
    name: &'static str,
    values: &'static [Value],
    algorithms: &'static [(Algorithm, Hash)],
) -> Suite {
    Suite { type_name: name, cryptosuite: None, name, form: Form::Rdfc, values, algorithms }
}

/// The suites, by their exact `type` and `cryptosuite`. Names that differ are those of drafts.
static SUITES: &[Suite] = &[
    data_integrity("eddsa-rdfc-2022", "eddsa-rdfc-2022", Form::Rdfc, EDDSA),
    data_integrity("eddsa-2022", "eddsa-rdfc-2022", Form::Rdfc, EDDSA),
    data_integrity("eddsa-jcs-2022", "eddsa-jcs-2022", Form::Jcs, EDDSA),
    legacy("Ed25519Signature2020", MULTIBASE, EDDSA),
    legacy("Ed25519Signature2018", EITHER, EDDSA),
    legacy("JsonWebSignature2020", &[Value::Jws], JWS),
    data_integrity("ecdsa-rdfc-2019", "ecdsa-rdfc-2019", Form::Rdfc, ECDSA),
    data_integrity("ecdsa-2019", "ecdsa-rdfc-2019", Form::Rdfc, ECDSA),
    data_integrity("ecdsa-jcs-2019", "ecdsa-jcs-2019", Form::Jcs, ECDSA),
    selective("ecdsa-sd-2023", Form::EcdsaSd),
    selective("bbs-2023", Form::Bbs),
    legacy("EcdsaSecp256k1Signature2019", EITHER, &[(algorithm::ES256K, Hash::Sha256)]),
    legacy("EcdsaSecp256r1Signature2019", EITHER, &[(algorithm::ES256, Hash::Sha256)]),
    legacy(
        "RsaSignature2018",
        &[Value::Jws, Value::Multibase, Value::Base64],
        &[(algorithm::RS256, Hash::Sha256), (algorithm::PS256, Hash::Sha256)],
    ),
];

impl Suite {
    /// The suite of this exact `type` and `cryptosuite`.
    pub(super) fn find(type_name: &str, cryptosuite: Option<&str>) -> Option<&'static Suite> {
        SUITES.iter().find(|s| s.type_name == type_name && s.cryptosuite == cryptosuite)
    }

    /// The standard's name for it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the proof calls it by a name from before it was a standard.
    pub fn is_old_name(&self) -> bool {
        self.cryptosuite.is_some_and(|name| name != self.name)
    }

    /// Where the signature of `proof` is: the first of the places that it may have, or the one that is there.
    pub(super) fn value(&self, proof: &Object) -> Option<Value> {
        let there = self.values.iter().find(|value| proof.has(value.member()));
        there.or(self.values.first()).copied()
    }

    /// Whether the suite is from before Data Integrity, and signs with a JWS.
    pub(super) fn signs_with_jws(&self) -> bool {
        self.values.contains(&Value::Jws)
    }

    /// The algorithm and the hash for `key`; where the proof names its `alg`, that one alone.
    pub(super) fn algorithm(&self, key: &PublicKey, alg: Option<&str>) -> Option<&'static (Algorithm, Hash)> {
        let fits = |a: &Algorithm| a.takes(key) && alg.is_none_or(|alg| alg == a.name);
        self.algorithms.iter().find(|(algorithm, _)| fits(algorithm))
    }
}

impl core::fmt::Debug for Suite {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name)
    }
}
