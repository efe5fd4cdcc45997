//! Bounds on work, each with where it comes from. Counted, never timed: the same input always gives the same answer.

use core::cell::Cell;

/// Largest input: a baked badge's picture with room to spare.
pub const MAX_INPUT: usize = 8 << 20;
/// Largest credential text inside an input: a learner's whole record, pictures embedded.
pub const MAX_CREDENTIAL: usize = 4 << 20;
/// Largest fetched document that is not a status list.
pub const MAX_DOCUMENT: u32 = 2 << 20;
/// Largest fetched status list: 16 MiB of bits, compressed and encoded.
pub const MAX_STATUS_LIST: u32 = 12 << 20;
/// Largest inflated status list, in bytes (w3c/vc-bitstring-status-list#208 advises 2^26 entries).
pub const MAX_STATUS_BITS: usize = 8 << 20;
/// Most bytes that come out of archives and documents in one verification: a large export, four times over.
pub const MAX_UNPACKED: u32 = 32 << 20;
/// Most files of one archive or document that are looked at.
pub const MAX_FILES: usize = 1_000;
/// Deepest nesting of archives, documents and lists in each other.
pub const MAX_NESTING: u8 = 3;
/// Most pictures in one input that are searched for QR codes; each may take a host seconds.
pub const MAX_PICTURES: usize = 10;
/// Most documents that one verification asks for.
pub const MAX_NEEDS: usize = 16;
/// Most proofs on one credential.
pub const MAX_PROOFS: usize = 10;
/// Most credentials in one input, nested ones counted.
pub const MAX_ITEMS: u32 = 100;
/// Most statements with a signature each in one verification: far more than a credential has, and a second or two.
pub const MAX_STATEMENTS: u32 = 500;
/// Most endorsements in one input, and endorsements of endorsers counted.
pub const MAX_ENDORSEMENTS: u32 = 24;
/// Steps of RDFC-1.0's hash-n-degree algorithm in one verification; real badges need none or a few dozen.
pub const MAX_CANONICAL_STEPS: u32 = 4_000;
/// Quads in one canonicalisation.
pub const MAX_QUADS: usize = 20_000;
/// Messages under BBS signatures in one verification, where a proof itself counts as [`BBS_PROOF`] of them: two or three
/// seconds. Real badges have a few dozen.
pub const MAX_BBS_MESSAGES: u32 = 5_000;
/// The work of verifying a BBS proof without any messages, in messages.
const BBS_PROOF: u32 = 30;

/// Steps of evaluating JSON schemas in one verification; the schemas of badges take some thousands.
pub const MAX_SCHEMA_STEPS: u32 = 1_000_000;

/// What is left of one verification's work.
#[derive(Debug)]
pub struct Budget {
    canonical_steps: Cell<u32>,
    items: Cell<u32>,
    statements: Cell<u32>,
    bbs_messages: Cell<u32>,
    schema_steps: Cell<u32>,
    unpacked: Cell<u32>,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            canonical_steps: Cell::new(MAX_CANONICAL_STEPS),
            items: Cell::new(MAX_ITEMS),
            statements: Cell::new(MAX_STATEMENTS),
            bbs_messages: Cell::new(MAX_BBS_MESSAGES),
            schema_steps: Cell::new(MAX_SCHEMA_STEPS),
            unpacked: Cell::new(MAX_UNPACKED),
        }
    }
}

impl Budget {
    /// The budget of what no verdict depends on: endorsements.
    pub fn aside() -> Self {
        Budget { items: Cell::new(MAX_ENDORSEMENTS), ..Budget::default() }
    }

    /// Takes one step of canonicalisation; `false` when none is left.
    pub fn canonical_step(&self) -> bool {
        take(&self.canonical_steps, 1)
    }

    /// What is left for evaluating schemas.
    pub(crate) fn schema_steps(&self) -> &Cell<u32> {
        &self.schema_steps
    }

    /// Bytes that may still come out of archives and documents.
    pub(crate) fn unpacked_left(&self) -> usize {
        self.unpacked.get() as usize
    }

    /// Takes so many bytes that come out of an archive or document; `false` when not so many are left.
    pub(crate) fn unpack(&self, bytes: usize) -> bool {
        take(&self.unpacked, u32::try_from(bytes).unwrap_or(u32::MAX))
    }

    /// Takes one credential; `false` when none is left.
    pub fn item(&self) -> bool {
        take(&self.items, 1)
    }

    /// Takes one statement with a signature of its own; `false` when none is left.
    pub fn statement(&self) -> bool {
        take(&self.statements, 1)
    }

    /// Takes a BBS proof over so many messages; `false` when not enough is left.
    pub fn bbs_proof(&self, messages: usize) -> bool {
        take(&self.bbs_messages, u32::try_from(messages).unwrap_or(u32::MAX).saturating_add(BBS_PROOF))
    }
}

fn take(cell: &Cell<u32>, amount: u32) -> bool {
    let left = cell.get();
    cell.set(left.saturating_sub(amount));
    left >= amount
}
