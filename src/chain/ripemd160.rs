//! RIPEMD-160 (Dobbertin, Bosselaers, Preneel: RIPEMD-160, a strengthened version of RIPEMD), for Bitcoin's addresses.
//! By tables and loops: it runs over 32 bytes a few times, and unrolled it would weigh many times as much.

/// Which word of the block each step takes, on the left line and on the right.
const WORDS: [[u8; 80]; 2] = [
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14,
        11, 8, 3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15,
        14, 5, 6, 2, 4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ],
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9,
        1, 2, 15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13,
        9, 7, 10, 14, 12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ],
];
/// How far each step turns.
const TURNS: [[u8; 80]; 2] = [
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11,
        7, 13, 12, 11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15, 9, 8, 9,
        14, 5, 6, 8, 6, 5, 12, 9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ],
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6,
        15, 13, 11, 9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6, 14, 6,
        9, 12, 9, 12, 5, 15, 8, 8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ],
];
/// What each round adds.
const ADDED: [[u32; 5]; 2] = [
    [0, 0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xa953_fd4e],
    [0x50a2_8be6, 0x5c4d_d124, 0x6d70_3ef3, 0x7a6d_76e9, 0],
];

/// The RIPEMD-160 digest of `message`.
pub(super) fn ripemd160(message: &[u8]) -> [u8; 20] {
    let mut padded = [message, &[0x80]].concat();
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend((8 * message.len() as u64).to_le_bytes());
    let mut state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded.chunks_exact(64) {
        compress(&mut state, block);
    }
    let mut digest = [0; 20];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    digest
}

fn compress(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0; 16];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().rev().fold(0, |word: u32, byte| word << 8 | u32::from(*byte));
    }
    let lines = [0, 1].map(|line| {
        let [mut a, mut b, mut c, mut d, mut e] = *state;
        let steps = WORDS.iter().zip(&TURNS).zip(&ADDED).nth(line);
        let Some(((order, turns), added)) = steps else { return *state };
        for (step, (word, turn)) in order.iter().zip(turns).enumerate() {
            let round = step / 16;
            // The right line has the functions in the opposite order.
            let mix = match if line == 0 { round } else { 4 - round } {
                0 => b ^ c ^ d,
                1 => (b & c) | (!b & d),
                2 => (b | !c) ^ d,
                3 => (b & d) | (c & !d),
                _ => b ^ (c | !d),
            };
            let word = words.get(usize::from(*word)).copied().unwrap_or_default();
            let added = added.get(round).copied().unwrap_or_default();
            let sum = a.wrapping_add(mix).wrapping_add(word).wrapping_add(added);
            let turned = sum.rotate_left(u32::from(*turn)).wrapping_add(e);
            (a, e, d, c, b) = (e, d, c.rotate_left(10), b, turned);
        }
        [a, b, c, d, e]
    });
    let [[_, lb, lc, ld, le], [..]] = lines;
    let [[la, ..], [ra, rb, rc, rd, re]] = lines;
    let [a, b, c, d, e] = *state;
    *state = [
        b.wrapping_add(lc).wrapping_add(rd),
        c.wrapping_add(ld).wrapping_add(re),
        d.wrapping_add(le).wrapping_add(ra),
        e.wrapping_add(la).wrapping_add(rb),
        a.wrapping_add(lb).wrapping_add(rc),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::to_hex;

    /// The examples of the publication.
    #[test]
    fn digests_are_those_of_the_publication() {
        for (message, digest) in [
            ("", "9c1185a5c5e9fc54612808977ee8f548b2258d31"),
            ("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
            ("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "12a053384a9c0c88e405a06c27dcf49ada62eb2b",
            ),
            (&"1234567890".repeat(8), "9b752e45573d4b39f4dbd3323cab82bf63326bfb"),
        ] {
            assert_eq!(to_hex(&ripemd160(message.as_bytes())), digest, "{message}");
        }
    }
}
