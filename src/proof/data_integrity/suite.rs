//! The table of cryptosuites.

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
    /// Bytes of a signature.
    pub(super) signature: usize,
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
}

const EDDSA_RDFC: Suite = Suite {
    type_name: "DataIntegrityProof",
    cryptosuite: Some("eddsa-rdfc-2022"),
    name: "eddsa-rdfc-2022",
    form: Form::Rdfc,
    signature: 64,
    algorithms: &[(algorithm::EDDSA, Hash::Sha256)],
};

/// The suites, by their exact `type` and `cryptosuite`.
const SUITES: [Suite; 4] = [
    EDDSA_RDFC,
    // The draft's name for it.
    Suite { cryptosuite: Some("eddsa-2022"), ..EDDSA_RDFC },
    Suite { cryptosuite: Some("eddsa-jcs-2022"), name: "eddsa-jcs-2022", form: Form::Jcs, ..EDDSA_RDFC },
    Suite {
        type_name: "Ed25519Signature2020",
        cryptosuite: None,
        name: "Ed25519Signature2020",
        ..EDDSA_RDFC
    },
];

impl Suite {
    /// The suite of this exact `type` and `cryptosuite`.
    pub(super) fn find(type_name: &str, cryptosuite: Option<&str>) -> Option<&'static Suite> {
        const { &SUITES }.iter().find(|s| s.type_name == type_name && s.cryptosuite == cryptosuite)
    }

    /// The standard's name for it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the proof calls it by a name from before it was a standard.
    pub fn is_old_name(&self) -> bool {
        self.cryptosuite.is_some_and(|name| name != self.name)
    }

    /// The algorithm and the hash for `key`.
    pub(super) fn algorithm(&self, key: &PublicKey) -> Option<&'static (Algorithm, Hash)> {
        self.algorithms.iter().find(|(algorithm, _)| algorithm.takes(key))
    }
}

impl core::fmt::Debug for Suite {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name)
    }
}
