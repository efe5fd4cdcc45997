//! MD5 (RFC 1321), which Open Badges still allows for recipients. Broken for signatures; a match is reported as weak.

const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
const START: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// `floor(2^32 * |sin(step + 1)|)` (section 3.4).
#[rustfmt::skip]
const SINES: [u32; 64] = [
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
];

/// The digest of `message`.
pub(super) fn digest(message: &[u8]) -> [u8; 16] {
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize(padded.len() + (120 - padded.len() % 64) % 64, 0);
    padded.extend((message.len() as u64 * 8).to_le_bytes());
    let state = padded.chunks_exact(64).fold(START, |state, block| {
        let mut words = [0u32; 16];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        }
        compress(state, &words)
    });
    let mut out = [0; 16];
    for (byte, value) in out.iter_mut().zip(state.iter().flat_map(|word| word.to_le_bytes())) {
        *byte = value;
    }
    out
}

fn compress(state: [u32; 4], words: &[u32; 16]) -> [u32; 4] {
    let [mut a, mut b, mut c, mut d] = state;
    let shifts = SHIFTS.iter().flat_map(|round| round.iter().cycle().take(16));
    for ((step, shift), sine) in (0..64).zip(shifts).zip(SINES) {
        let (mixed, index) = match step / 16 {
            0 => (d ^ (b & (c ^ d)), step),
            1 => (c ^ (d & (b ^ c)), 5 * step + 1),
            2 => (b ^ c ^ d, 3 * step + 5),
            _ => (c ^ (b | !d), 7 * step),
        };
        let word = words.get(index % 16).copied().unwrap_or_default();
        let sum = a.wrapping_add(mixed).wrapping_add(word).wrapping_add(sine);
        (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(*shift)));
    }
    let [a0, b0, c0, d0] = state;
    [a0.wrapping_add(a), b0.wrapping_add(b), c0.wrapping_add(c), d0.wrapping_add(d)]
}

#[cfg(test)]
mod tests {
    use super::digest;
    use crate::codec::to_hex;

    /// The test suite of RFC 1321, appendix A.5, and the lengths around a block's end.
    #[test]
    fn rfc_1321() {
        for (message, expected) in [
            ("", "d41d8cd98f00b204e9800998ecf8427e"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (&"1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"),
        ] {
            assert_eq!(to_hex(&digest(message.as_bytes())), expected);
        }
        let lengths: Vec<u8> = (0..200).flat_map(|n| digest(&vec![b'a'; n])).collect();
        assert_eq!(to_hex(&digest(&lengths)), "9370237cf2c013418ada10f8f1b5210b");
    }
}
