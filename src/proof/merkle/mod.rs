//! Merkle proofs: the hash of a document is a leaf of a tree, whose root its issuer wrote into a blockchain
//! (MerkleProof2017, MerkleProof2019, Chainpoint 2.0).
//!
//! A receipt shows that one document belongs to one root. Whether the root stands where the receipt says, and who wrote
//! it there, is for the chain to tell. Nothing of the receipt itself is signed: nothing of it is to be believed but what
//! is found again, in the document and in the chain.

mod compact;
mod receipt;
mod target;

pub(crate) use compact::decode;
pub(crate) use receipt::{Anchor, Ledger, Receipt};
pub(crate) use target::{Target, targets};

use super::Error;

/// A SHA-256 hash.
pub(crate) type Digest = [u8; 32];

/// Most steps from a leaf to a root: no tree has more leaves.
const MAX_PATH: usize = 64;

/// Most places that one root is said to be recorded at.
const MAX_ANCHORS: usize = 4;

/// The hash that the hexadecimal `text` is, in small letters: the one spelling that issuers use.
fn digest(text: &str) -> Option<Digest> {
    let small = !text.bytes().any(|b| b.is_ascii_uppercase());
    crate::codec::hex(text).ok().filter(|_| small)?.try_into().ok()
}

fn malformed(member: &str) -> Error {
    Error::Malformed(member.into())
}
