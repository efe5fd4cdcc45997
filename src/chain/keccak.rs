//! Keccak-256 as Ethereum uses it: the permutation of FIPS 202 with the padding from before it was a standard
//! (Ethereum Yellow Paper, section 4.1 and appendix on notation: KEC).

/// Bytes that one permutation takes in.
const RATE: usize = 136;
const ROUNDS: usize = 24;
/// How far step ρ turns each lane, in the order in which π visits them (FIPS 202, sections 3.2.2 and 3.2.3).
const TURNS: [u32; 24] =
    [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const VISITS: [usize; 24] =
    [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

/// The Keccak-256 digest of `message`.
pub(super) fn keccak256(message: &[u8]) -> [u8; 32] {
    let mut state = [0u64; 25];
    let mut blocks = message.chunks_exact(RATE);
    for block in &mut blocks {
        absorb(&mut state, block);
    }
    let mut last = [0u8; RATE];
    for (byte, message) in last.iter_mut().zip(blocks.remainder().iter().chain(&[1])) {
        *byte = *message;
    }
    if let Some(end) = last.last_mut() {
        *end |= 0x80;
    }
    absorb(&mut state, &last);
    let mut digest = [0; 32];
    for (bytes, lane) in digest.chunks_exact_mut(8).zip(&state) {
        bytes.copy_from_slice(&lane.to_le_bytes());
    }
    digest
}

fn absorb(state: &mut [u64; 25], block: &[u8]) {
    for (lane, bytes) in state.iter_mut().zip(block.chunks_exact(8)) {
        *lane ^= bytes.iter().rev().fold(0, |lane, byte| lane << 8 | u64::from(*byte));
    }
    permute(state);
}

/// Keccak-f\[1600\] (FIPS 202, section 3.3).
fn permute(state: &mut [u64; 25]) {
    let mut constants = 1;
    for _ in 0..ROUNDS {
        // θ
        let mut columns = [0u64; 5];
        for row in state.chunks_exact(5) {
            columns.iter_mut().zip(row).for_each(|(column, lane)| *column ^= lane);
        }
        let mut mixed = columns;
        mixed.rotate_right(1);
        columns.rotate_left(1);
        mixed.iter_mut().zip(columns).for_each(|(mixed, next)| *mixed ^= next.rotate_left(1));
        for row in state.chunks_exact_mut(5) {
            row.iter_mut().zip(mixed).for_each(|(lane, mixed)| *lane ^= mixed);
        }
        // ρ and π
        let [_, mut carried, ..] = *state;
        for (to, turn) in VISITS.iter().zip(TURNS) {
            if let Some(lane) = state.get_mut(*to) {
                carried = core::mem::replace(lane, carried.rotate_left(turn));
            }
        }
        // χ
        for row in state.chunks_exact_mut(5) {
            let (mut next, mut after) = ([0u64; 5], [0u64; 5]);
            next.copy_from_slice(row);
            after.copy_from_slice(row);
            next.rotate_left(1);
            after.rotate_left(2);
            row.iter_mut()
                .zip(next.iter().zip(after))
                .for_each(|(lane, (next, after))| *lane ^= !next & after);
        }
        // ι
        if let Some(first) = state.first_mut() {
            *first ^= round_constant(&mut constants);
        }
    }
}

/// The next constant of step ι, from the register of FIPS 202, section 3.2.5.
fn round_constant(register: &mut u8) -> u64 {
    let mut constant = 0;
    for power in 0..7 {
        if *register & 1 == 1 {
            constant |= 1 << ((1 << power) - 1);
        }
        let overflows = *register & 0x80 != 0;
        *register = *register << 1 ^ if overflows { 0x71 } else { 0 };
    }
    constant
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::to_hex;

    /// The empty message and short ones are known everywhere; the lengths around a block show the padding.
    #[test]
    fn digests_are_those_that_are_known() {
        for (message, digest) in [
            ("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
            ("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
            (
                "Transfer(address,address,uint256)",
                "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
            ),
        ] {
            assert_eq!(to_hex(&keccak256(message.as_bytes())), digest, "{message}");
        }
        for length in [135, 136, 137, 271, 272, 1_000] {
            let message: Vec<u8> = (0..length).map(|i| i as u8).collect();
            let digest: [u8; 32] = <sha3::Keccak256 as sha3::Digest>::digest(&message).into();
            assert_eq!(keccak256(&message), digest, "{length} bytes");
        }
    }
}
