//! Block headers, and that a transaction is in a block: BIP 37's `merkleblock` of one transaction.

use super::read::{Hash, Reader, double_sha256};
use super::transaction::Transaction;

/// A block's header, as far as it counts here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The block's hash.
    pub(super) hash: Hash,
    /// The root of the tree of its transactions.
    pub(super) root: Hash,
    /// When it was made, in seconds since 1970. Nodes accept what is later than half of the eleven blocks before and at
    /// most two hours ahead.
    pub(super) time: u32,
    /// The target that its hash must not exceed, in compact form.
    pub(super) bits: u32,
}

/// Length of a header.
const HEADER: usize = 80;
/// More transactions do not fit into a block: each takes 60 bytes at least, and a block four million.
const MOST_TRANSACTIONS: usize = 4_000_000 / 60;

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        reader.bytes(4 + 32)?;
        let (root, time, bits) = (reader.array()?, reader.number()?, reader.number()?);
        Some(Header { hash: double_sha256(bytes), root, time, bits })
    }
}

/// Reads a `merkleblock` and gives the header of the block that the transaction `id` is in.
///
/// The number of transactions gives the tree's height. Nothing proves that number; so no two hashes on the way may be
/// taken for a transaction of 64 bytes, by which a tree could be made to seem higher than it is. Nor may both hashes be
/// the same where there are two (CVE-2012-2459).
pub(super) fn inclusion(bytes: &[u8], id: &Hash) -> Option<Header> {
    let mut reader = Reader(bytes);
    let header = Header::read(reader.bytes(HEADER)?)?;
    let transactions = usize::try_from(reader.number()?).ok()?;
    if !(1..=MOST_TRANSACTIONS).contains(&transactions) {
        return None;
    }
    let hashes = reader.size()?;
    let hashes = Reader(reader.bytes(hashes.checked_mul(32)?)?);
    let flags = reader.sized()?;
    if !reader.0.is_empty() {
        return None;
    }
    let mut tree = Tree { hashes, flags, used: 0, transactions, id, found: 0 };
    let root = tree.node(transactions.next_power_of_two().trailing_zeros(), 0)?;
    // Everything is used, and what is left of the last byte of flags is noughts.
    let is_clear =
        flags.last().is_some_and(|last| tree.used.is_multiple_of(8) || last >> (tree.used % 8) == 0);
    let complete = tree.hashes.0.is_empty() && flags.len() == tree.used.div_ceil(8) && is_clear;
    (complete && tree.found == 1 && root == header.root).then_some(header)
}

/// A partial tree, whose nodes come depth first (BIP 37, "Partial Merkle branch format").
struct Tree<'a> {
    hashes: Reader<'a>,
    flags: &'a [u8],
    used: usize,
    transactions: usize,
    id: &'a Hash,
    /// How many leaves are what is looked for.
    found: u32,
}

impl Tree<'_> {
    /// The hash of the node at `position` in the row of that `height`. A flag that is set leads on; there are as many
    /// as flags, and the recursion is no deeper than the tree is high.
    fn node(&mut self, height: u32, position: usize) -> Option<Hash> {
        let byte = *self.flags.get(self.used / 8)?;
        let leads_on = byte >> (self.used % 8) & 1 == 1;
        self.used += 1;
        if !leads_on {
            return self.hashes.array();
        }
        if height == 0 {
            let hash = self.hashes.array()?;
            // Nothing else was asked for.
            return (hash == *self.id).then(|| {
                self.found += 1;
                hash
            });
        }
        let left = self.node(height - 1, 2 * position)?;
        let width = self.transactions.div_ceil(1 << (height - 1));
        let right = if 2 * position + 1 < width {
            self.node(height - 1, 2 * position + 1).filter(|right| *right != left)?
        } else {
            left
        };
        let both = [left, right].concat();
        if Transaction::read_any(&both).is_some() {
            return None;
        }
        Some(double_sha256(&both))
    }
}
