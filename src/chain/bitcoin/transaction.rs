//! Bitcoin transactions, with and without witnesses (BIP 144).

use super::read::{Hash, Reader, double_sha256};

/// What counts here of a transaction. All of it is covered by its id.
#[derive(Debug)]
pub(super) struct Transaction {
    /// The double SHA-256 of everything but the witnesses (BIP 141, "Transaction ID").
    pub(super) id: Hash,
    /// Which output the first input spends: a transaction's id and the output's number there.
    pub(super) first_input: (Hash, u32),
    /// The scripts of the outputs.
    pub(super) outputs: Vec<Vec<u8>>,
}

/// `OP_RETURN`, and the opcode that pushes the 32 bytes behind it.
const RETURN_32: [u8; 2] = [0x6a, 32];

/// A transaction of this length could be two hashes inside a Merkle tree, or be taken for them.
const TWO_HASHES: usize = 64;

impl Transaction {
    /// Reads a transaction that takes all `bytes`.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() == TWO_HASHES { None } else { Self::read_any(bytes) }
    }

    /// As [`Transaction::read`], of any length.
    pub(super) fn read_any(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let version = reader.bytes(4)?;
        // No transaction is without inputs: a nought in place of their number announces witnesses.
        let witnesses = reader.0.starts_with(&[0, 1]);
        if witnesses {
            reader.bytes(2)?;
        }
        let contents = reader.0;
        let inputs = reader.size()?;
        let mut first_input = None;
        for _ in 0..inputs {
            let spends = (reader.array()?, reader.number()?);
            first_input = first_input.or(Some(spends));
            reader.sized()?;
            reader.bytes(4)?;
        }
        let outputs = (0..reader.size()?)
            .map(|_| {
                reader.bytes(8)?;
                reader.sized().map(<[u8]>::to_vec)
            })
            .collect::<Option<Vec<_>>>()?;
        let contents = contents.get(..contents.len() - reader.0.len())?;
        for _ in 0..if witnesses { inputs } else { 0 } {
            for _ in 0..reader.size()? {
                reader.sized()?;
            }
        }
        let lock_time = reader.bytes(4)?;
        if !reader.0.is_empty() {
            return None;
        }
        let id = double_sha256(&[version, contents, lock_time].concat());
        Some(Transaction { id, first_input: first_input?, outputs })
    }

    /// Whether an output holds `root` and nothing else: `OP_RETURN` and one push of its 32 bytes, which is how all
    /// issuers of Blockcerts write it. Which output it is does not matter.
    pub(super) fn holds(&self, root: &[u8]) -> bool {
        self.outputs.iter().any(|script| root.len() == 32 && script.strip_prefix(&RETURN_32) == Some(root))
    }
}
