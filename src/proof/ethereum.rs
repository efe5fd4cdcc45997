//! What Ethereum signs with: Keccak-256, and signatures that tell the signer's address by themselves.

use super::algorithm::recovery;
use crate::part::{self, NotLoaded, Part};

/// Bytes of a digest.
pub const DIGEST: usize = 32;

/// An address: the last 20 bytes of the digest of a public key.
pub type Address = [u8; 20];

/// Bytes that are taken in at once, for digests of 256 bits.
const RATE: usize = 136;

/// The rounds' constants (FIPS 202, section 3.2.5).
static ROUNDS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

/// By how much each lane is turned, and where it goes, beginning with lane 1 (FIPS 202, sections 3.2.2 and 3.2.3).
static TURNS: [(u32, usize); 24] = [
    (1, 10),
    (3, 7),
    (6, 11),
    (10, 17),
    (15, 18),
    (21, 3),
    (28, 5),
    (36, 16),
    (45, 8),
    (55, 21),
    (2, 24),
    (14, 4),
    (27, 15),
    (41, 23),
    (56, 19),
    (8, 13),
    (25, 12),
    (43, 2),
    (62, 20),
    (18, 14),
    (39, 22),
    (61, 9),
    (20, 6),
    (44, 1),
];

/// Keccak-256 as Ethereum has it: SHA3-256 (FIPS 202) but for the first byte of the padding.
pub fn keccak256(bytes: &[u8]) -> [u8; DIGEST] {
    let mut state = [0; 25];
    let mut blocks = bytes.chunks_exact(RATE);
    for block in &mut blocks {
        absorb(&mut state, block);
    }
    let rest = blocks.remainder();
    let mut last = [0; RATE];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    last.iter_mut().skip(rest.len()).take(1).for_each(|end| *end = 1);
    last.iter_mut().skip(RATE - 1).for_each(|end| *end |= 0x80);
    absorb(&mut state, &last);
    let mut digest = [0; DIGEST];
    digest.iter_mut().zip(state.iter().flat_map(|lane| lane.to_le_bytes())).for_each(|(to, from)| *to = from);
    digest
}

fn absorb(state: &mut [u64; 25], block: &[u8]) {
    for (lane, word) in state.iter_mut().zip(block.chunks_exact(8)) {
        *lane ^= word.iter().rev().fold(0, |lane, byte| lane << 8 | u64::from(*byte));
    }
    for constant in ROUNDS {
        round(state, constant);
    }
}

/// One round of Keccak-f[1600] (FIPS 202, section 3.3).
fn round(state: &mut [u64; 25], constant: u64) {
    let lane = |lanes: &[u64], at: usize| lanes.get(at).copied().unwrap_or_default();
    let mut columns = [0; 5];
    for (at, column) in columns.iter_mut().enumerate() {
        *column = state.iter().skip(at).step_by(5).fold(0, |sum, lane| sum ^ lane);
    }
    for (at, cell) in state.iter_mut().enumerate() {
        *cell ^= lane(&columns, (at + 4) % 5) ^ lane(&columns, (at + 1) % 5).rotate_left(1);
    }
    let mut moving = lane(state, 1);
    for (turn, to) in TURNS {
        if let Some(cell) = state.get_mut(to) {
            moving = core::mem::replace(cell, moving.rotate_left(turn));
        }
    }
    for row in state.chunks_exact_mut(5) {
        let mut before = [0; 5];
        before.copy_from_slice(row);
        for (at, cell) in row.iter_mut().enumerate() {
            *cell ^= !lane(&before, (at + 1) % 5) & lane(&before, (at + 2) % 5);
        }
    }
    state.iter_mut().take(1).for_each(|first| *first ^= constant);
}

/// The address of a public key, a SEC 1 point on secp256k1 in either form; `None` where it is none.
///
/// # Errors
/// [`NotLoaded`]
pub fn address(point: &[u8]) -> Result<Option<Address>, NotLoaded> {
    part::need(Part::Wide)?;
    Ok(recovery::uncompressed(point).as_deref().and_then(of_point))
}

/// Whose signature of the digest of a message this is: two numbers of 32 bytes, and one byte that tells which of the
/// possible keys made it, 0 or 1, or 27 or 28. Any signature is somebody's: it proves something only where the address
/// is the one that was expected. `None` where it is nobody's.
///
/// # Errors
/// [`NotLoaded`]
pub fn signer(digest: &[u8; DIGEST], signature: &[u8]) -> Result<Option<Address>, NotLoaded> {
    let Some((numbers, [which])) = signature.split_first_chunk::<64>() else { return Ok(None) };
    let odd = match which {
        0 | 27 => false,
        1 | 28 => true,
        _ => return Ok(None),
    };
    part::need(Part::Wide)?;
    Ok(recovery::recover(digest, numbers, odd).as_deref().and_then(of_point))
}

/// The digest of a message as wallets sign it (ERC-191, version 0x45).
pub fn personal(message: &[u8; DIGEST]) -> [u8; DIGEST] {
    keccak256(&[b"\x19Ethereum Signed Message:\n32", message.as_slice()].concat())
}

fn of_point(uncompressed: &[u8]) -> Option<Address> {
    let digest = keccak256(uncompressed.get(1..)?);
    digest.last_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{hex, to_hex};

    /// Digests that the Keccak team published, and lengths around a block against another implementation's.
    #[test]
    fn digests_are_keccaks() {
        let digest = |text: &str| to_hex(&keccak256(text.as_bytes()));
        assert_eq!(digest(""), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        assert_eq!(digest("abc"), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
        assert_eq!(
            digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "45d3b367a6904e6e8d502ee04999a7c27647f91fa845d456525fd352ae3d7371"
        );
        assert_eq!(
            digest("The quick brown fox jumps over the lazy dog"),
            "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"
        );
    }

    /// A million times the letter a: many blocks (the Keccak team's vector).
    #[test]
    fn long_messages_are_taken_in_whole() {
        let digest = keccak256(&vec![b'a'; 1_000_000]);
        assert_eq!(to_hex(&digest), "fadae6b49f129bbb812be8407b7b2894f34aecf6dbd1f9b0f0c7e9853098fc96");
    }

    /// The example of Ethereum's client library: "Some data" signed by a published key.
    #[test]
    fn a_signer_is_recovered() {
        let digest = hex("1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655").unwrap();
        let signature = hex("b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd\
             6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c")
        .unwrap();
        let digest = digest.try_into().unwrap();
        let who = signer(&digest, &signature).unwrap().unwrap();
        assert_eq!(to_hex(&who), "2c7536e3605d9c16a7a3d7b1898e529396a65c23");
        let mut other = signature.clone();
        other[64] = 0x1b;
        assert_ne!(signer(&digest, &other).unwrap(), Some(who));
        other[64] = 29;
        assert_eq!(signer(&digest, &other).unwrap(), None);
        assert_eq!(signer(&digest, &signature[..64]).unwrap(), None);
        assert_eq!(signer(&digest, &[0; 65]).unwrap(), None);
    }

    #[test]
    fn keys_have_one_address_in_either_form() {
        let key = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
        let whole = "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798\
                     483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
        for point in [key, whole] {
            let address = address(&hex(point).unwrap()).unwrap().unwrap();
            assert_eq!(to_hex(&address), "7e5f4552091a69125d5dfcb7b8c2659029395bdf");
        }
        assert_eq!(address(&[2; 33]).unwrap().is_some(), recovery::uncompressed(&[2; 33]).is_some());
        assert_eq!(address(b"").unwrap(), None);
    }
}
