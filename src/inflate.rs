//! Inflating under a bound: gzip (RFC 1952) and zlib (RFC 1950). One stream, right sums, nothing after it.
//!
//! Written for size: the decoder is a third of what the usual libraries weigh in the module, and status lists are few.
//! The tests compare it with one of those libraries.

/// Why nothing came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// Not one whole stream of the kind asked for.
    Damaged,
    /// More comes out than was allowed.
    TooLarge,
}

/// Inflates one zlib stream of at most `max` bytes.
pub(crate) fn zlib(bytes: &[u8], max: usize) -> Result<Vec<u8>, Error> {
    let (body, sum) =
        skip_zlib_header(bytes).and_then(|rest| rest.split_last_chunk::<4>()).ok_or(Error::Damaged)?;
    let out = inflate(body, bytes.len().saturating_mul(4), max)?;
    if adler32(&out) == u32::from_be_bytes(*sum) { Ok(out) } else { Err(Error::Damaged) }
}

/// Inflates one gzip member of at most `max` bytes. A size that the trailer admits to be too large is refused
/// before any work; one that it lies about ends the work at the size it gave.
pub(crate) fn gzip(bytes: &[u8], max: usize) -> Result<Vec<u8>, Error> {
    let (body, size) =
        skip_gzip_header(bytes).and_then(|rest| rest.split_last_chunk::<4>()).ok_or(Error::Damaged)?;
    let (body, sum) = body.split_last_chunk::<4>().ok_or(Error::Damaged)?;
    let size = u32::from_le_bytes(*size) as usize;
    if size > max {
        return Err(Error::TooLarge);
    }
    match inflate(body, size, size) {
        Ok(out) if out.len() == size && crc32(&out) == u32::from_le_bytes(*sum) => Ok(out),
        _ => Err(Error::Damaged),
    }
}

/// What follows a zlib stream's header (RFC 1950, section 2.2): deflate, a window of at most 32 KiB, no dictionary.
fn skip_zlib_header(bytes: &[u8]) -> Option<&[u8]> {
    let ([method, flags], rest) = bytes.split_first_chunk::<2>()?;
    let sound = u16::from_be_bytes([*method, *flags]) % 31 == 0;
    (sound && method & 15 == 8 && method >> 4 <= 7 && flags & 0x20 == 0).then_some(rest)
}

/// What follows a gzip member's header (RFC 1952, section 2.3).
fn skip_gzip_header(bytes: &[u8]) -> Option<&[u8]> {
    const HEADER_CRC: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let ([0x1f, 0x8b, 8, flags, ..], mut rest) = bytes.split_first_chunk::<10>()? else { return None };
    if flags & 0xE0 != 0 {
        return None;
    }
    if flags & EXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|b| *b == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & HEADER_CRC != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}

/// Inflates `bytes`, which are one deflate stream and nothing else (RFC 1951).
fn inflate(bytes: &[u8], guess: usize, max: usize) -> Result<Vec<u8>, Error> {
    let mut stream = Stream { rest: bytes, bits: 0, have: 0, out: Vec::with_capacity(guess.min(max)), max };
    loop {
        let last = stream.take(1)? == 1;
        match stream.take(2)? {
            0 => stream.stored()?,
            1 => {
                let lengths: [u8; 288] = core::array::from_fn(|symbol| match symbol {
                    144..=255 => 9,
                    256..=279 => 7,
                    _ => 8,
                });
                // Two of the 32 distances stand for nothing, but are part of the code.
                stream.block(&Code::of(&lengths)?, &Code::of(&[5; 32])?)?;
            }
            2 => {
                let (lengths, distances) = stream.codes()?;
                stream.block(&lengths, &distances)?;
            }
            _ => return Err(Error::Damaged),
        }
        if last {
            return if stream.rest.is_empty() { Ok(stream.out) } else { Err(Error::Damaged) };
        }
    }
}

struct Stream<'a> {
    rest: &'a [u8],
    /// Bits of the byte before `rest` that were not taken yet, lowest first.
    bits: u32,
    have: u32,
    out: Vec<u8>,
    max: usize,
}

impl Stream<'_> {
    fn take(&mut self, count: u32) -> Result<u32, Error> {
        while self.have < count {
            let (byte, rest) = self.rest.split_first().ok_or(Error::Damaged)?;
            self.bits |= u32::from(*byte) << self.have;
            self.have += 8;
            self.rest = rest;
        }
        let taken = self.bits & ((1 << count) - 1);
        self.bits >>= count;
        self.have -= count;
        Ok(taken)
    }

    fn put(&mut self, byte: u8) -> Result<(), Error> {
        if self.out.len() == self.max {
            return Err(Error::TooLarge);
        }
        self.out.push(byte);
        Ok(())
    }

    /// A block as it is (section 3.2.4).
    fn stored(&mut self) -> Result<(), Error> {
        (self.bits, self.have) = (0, 0);
        let length = self.take(16)?;
        if self.take(16)? != length ^ 0xFFFF {
            return Err(Error::Damaged);
        }
        let (plain, rest) = self.rest.split_at_checked(length as usize).ok_or(Error::Damaged)?;
        self.rest = rest;
        if plain.len() > self.max - self.out.len() {
            return Err(Error::TooLarge);
        }
        self.out.extend_from_slice(plain);
        Ok(())
    }

    /// The codes of a block that brings its own (section 3.2.7).
    fn codes(&mut self) -> Result<(Code, Code), Error> {
        const ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let literals = self.take(5)? as usize + 257;
        let distances = self.take(5)? as usize + 1;
        let count = self.take(4)? as usize + 4;
        if literals > 286 || distances > 30 {
            return Err(Error::Damaged);
        }
        let mut lengths = [0; 19];
        for symbol in ORDER.iter().take(count) {
            let length = self.take(3)? as u8;
            if let Some(at) = lengths.get_mut(usize::from(*symbol)) {
                *at = length;
            }
        }
        let code = Code::of(&lengths)?;
        let mut lengths = Vec::with_capacity(320);
        while lengths.len() < literals + distances {
            let (length, times) = match self.symbol(&code)? {
                16 => (*lengths.last().ok_or(Error::Damaged)?, 3 + self.take(2)?),
                17 => (0, 3 + self.take(3)?),
                18 => (0, 11 + self.take(7)?),
                length => (length as u8, 1),
            };
            lengths.resize(lengths.len() + times as usize, length);
        }
        match lengths.split_at_checked(literals) {
            // Without an end, there is no block.
            Some((literals, rest)) if rest.len() == distances && literals.get(256) != Some(&0) => {
                Ok((Code::of(literals)?, Code::of(rest)?))
            }
            _ => Err(Error::Damaged),
        }
    }

    /// A compressed block (section 3.2.3).
    fn block(&mut self, literals: &Code, distances: &Code) -> Result<(), Error> {
        loop {
            let symbol = self.symbol(literals)?;
            let Some(long) = symbol.checked_sub(257) else {
                if symbol == 256 {
                    return Ok(());
                }
                self.put(symbol as u8)?;
                continue;
            };
            // Lengths grow by steps that double every four symbols; distances, every two (section 3.2.5).
            let length = match long {
                0..=7 => 3 + long,
                8..=27 => {
                    let extra = long / 4 - 1;
                    3 + ((4 + long % 4) << extra) + self.take(extra)?
                }
                28 => 258,
                _ => return Err(Error::Damaged),
            };
            let far = self.symbol(distances)?;
            let distance = match far {
                0..=3 => 1 + far,
                4..=29 => {
                    let extra = far / 2 - 1;
                    1 + ((2 + far % 2) << extra) + self.take(extra)?
                }
                _ => return Err(Error::Damaged),
            };
            let start = self.out.len().checked_sub(distance as usize).ok_or(Error::Damaged)?;
            for at in start..start + length as usize {
                // What is copied may be a copy itself.
                let byte = self.out.get(at).copied().unwrap_or_default();
                self.put(byte)?;
            }
        }
    }

    /// One symbol of `code`, bit by bit.
    fn symbol(&mut self, code: &Code) -> Result<u32, Error> {
        // Of the codes of one length, in order of their symbols, each is the one before plus one.
        let (mut bits, mut first, mut before) = (0, 0, 0);
        for count in code.counts {
            bits |= self.take(1)?;
            let count = u32::from(count);
            if bits < first + count {
                let at = before + bits - first;
                return code.symbols.get(at as usize).map(|symbol| u32::from(*symbol)).ok_or(Error::Damaged);
            }
            before += count;
            first = (first + count) << 1;
            bits <<= 1;
        }
        Err(Error::Damaged)
    }
}

/// A Huffman code (section 3.2.2).
struct Code {
    /// How many symbols there are of each length, from one bit on.
    counts: [u16; 15],
    /// The symbols, by length and number.
    symbols: Vec<u16>,
}

impl Code {
    /// The code with symbols of these lengths; zero: not used. No bits may be left without a meaning, except in a
    /// code of at most one symbol.
    fn of(lengths: &[u8]) -> Result<Self, Error> {
        let (mut counts, mut symbols) = ([0; 15], Vec::new());
        let mut free = 1;
        for (length, of_length) in (1..).zip(&mut counts) {
            let with = (0..).zip(lengths).filter(|(_, l)| **l == length).map(|(symbol, _): (u16, _)| symbol);
            let before = symbols.len();
            symbols.extend(with);
            *of_length = (symbols.len() - before) as u16;
            free = free * 2 - i32::from(*of_length);
            if free < 0 {
                return Err(Error::Damaged);
            }
        }
        if free > 0 && symbols.len() > 1 { Err(Error::Damaged) } else { Ok(Code { counts, symbols }) }
    }
}

/// The checksum of RFC 1950.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (mut a, mut b) = (1, 0);
    // The longest run whose sums stay below 2^32.
    for run in bytes.chunks(5_552) {
        for byte in run {
            a += u32::from(*byte);
            b += a;
        }
        a %= MODULUS;
        b %= MODULUS;
    }
    b << 16 | a
}

/// The CRC-32 of ISO 3309, as gzip and PNG use it. Its table is made anew each time: 2,048 steps cost less than a
/// kilobyte of download.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = core::array::from_fn(|i| {
        (0..8).fold(i as u32, |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ crc >> 1 } else { crc >> 1 })
    });
    let step = |crc: u32, byte: &u8| {
        let index = (crc ^ u32::from(*byte)) & 255;
        table.get(index as usize).copied().unwrap_or_default() ^ crc >> 8
    };
    !bytes.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    fn gzipped(header: &[u8], plain: &[u8]) -> Vec<u8> {
        let size = (plain.len() as u32).to_le_bytes();
        [header, &compress_to_vec(plain, 6), &crc32(plain).to_le_bytes(), &size].concat()
    }

    const BARE: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03";

    #[test]
    fn crc32_check_value() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn gzip_forms() {
        let all_fields = b"\x1f\x8b\x08\x1e\0\0\0\0\0\x03\x03\0abcname\0comment\0\xAA\xBB";
        for plain in [&b""[..], b"x", &[7; 5_000]] {
            for header in [BARE, all_fields] {
                assert_eq!(gzip(&gzipped(header, plain), 5_000).as_deref(), Ok(plain));
            }
        }
    }

    #[test]
    fn gzip_refusals() {
        let good = gzipped(BARE, &[7; 5_000]);
        for end in 0..good.len() {
            assert!(gzip(&good[..end], 5_000).is_err(), "cut at {end}");
        }
        for at in 0..good.len() {
            // Time, extra flags and operating system carry no meaning.
            if !(4..10).contains(&at) {
                let mut bad = good.clone();
                bad[at] ^= 0x60;
                assert!(gzip(&bad, 5_000).is_err(), "changed at {at}");
            }
        }
        assert_eq!(gzip(&good, 4_999), Err(Error::TooLarge));
        assert_eq!(gzip(&[&good[..], b"\0"].concat(), 5_000), Err(Error::Damaged));
        assert_eq!(gzip(&[&good[..], &good].concat(), 5_000), Err(Error::Damaged));
    }

    #[test]
    fn zlib_forms_and_refusals() {
        for size in [0, 1, 100_000] {
            let plain = vec![b'a'; size];
            let good = compress_to_vec_zlib(&plain, 6);
            assert_eq!(zlib(&good, 100_000), Ok(plain));
            assert_eq!(zlib(&[&good[..], b"x"].concat(), 100_000), Err(Error::Damaged));
            assert_eq!(zlib(&good[..good.len() - 1], 100_000), Err(Error::Damaged));
        }
        assert_eq!(zlib(&compress_to_vec_zlib(&[0; 1 << 20], 6), 1 << 19), Err(Error::TooLarge));
    }

    /// The library and we agree on every stream: sound ones of every level, cut ones and damaged ones.
    #[test]
    fn agrees_with_a_library() {
        let mut state = 1u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let texts: [Vec<u8>; 4] = [
            (0..3_000).map(|_| noise()).collect(),
            (0..3_000).map(|_| b'a' + noise() % 9).collect(),
            (0..70_000u32).map(|i| (i % 251) as u8 ^ u8::from(noise() == 0)).collect(),
            include_bytes!("inflate.rs").to_vec(),
        ];
        for (text, level) in texts.iter().flat_map(|text| (0..=10).map(move |level| (text, level))) {
            let good = compress_to_vec_zlib(text, level);
            assert_eq!(zlib(&good, text.len()).as_deref(), Ok(text.as_slice()));
            assert_eq!(zlib(&good, text.len() - 1), Err(Error::TooLarge));
            // Bodies are compared without their sums, which would hide what becomes of damage.
            let body = &good[2..good.len() - 4];
            for at in (0..body.len()).step_by(1 + body.len() / 150).chain(0..body.len().min(90)) {
                for change in [1 << (at % 8), 0xFF, noise()] {
                    let mut bad = body.to_vec();
                    bad[at] ^= change;
                    let theirs = miniz_oxide::inflate::decompress_to_vec_with_limit(&bad, 1 << 20);
                    match (inflate(&bad, 0, 1 << 20), theirs) {
                        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
                        (Err(Error::Damaged), Err(_)) => {}
                        // Theirs does not mind what follows the stream.
                        (Err(Error::Damaged), Ok(_)) => assert_ne!(used(&bad), bad.len()),
                        (ours, theirs) => panic!("{:?} {:?}", ours.map(|o| o.len()), theirs.map(|t| t.len())),
                    }
                }
                assert!(inflate(&body[..at], 0, 1 << 20).is_err());
            }
        }
    }

    /// How many bytes of `body` the library reads as one stream.
    fn used(body: &[u8]) -> usize {
        use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};
        let mut out = vec![0; 1 << 20];
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        decompress(&mut Box::<DecompressorOxide>::default(), body, &mut out, 0, flags).1
    }
}
