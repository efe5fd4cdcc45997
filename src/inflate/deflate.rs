//! DEFLATE (RFC 1951), by the book. Status lists are long runs of one byte, so that the decoder's size matters and its
//! speed hardly does.

use super::Error;

/// Inflates one stream to at most `max` bytes, and gives what follows it.
pub(super) fn inflate(bytes: &[u8], max: usize) -> Result<(Vec<u8>, &[u8]), Error> {
    let mut stream = Stream { bits: Bits { rest: bytes, held: 0, count: 0 }, out: Vec::new(), max };
    loop {
        let last = stream.bits.take(1)? == 1;
        match stream.bits.take(2)? {
            0 => stream.stored()?,
            1 => stream.coded(&Code::fixed_literals()?, &Code::fixed_distances()?)?,
            2 => {
                let (literals, distances) = stream.bits.codes()?;
                stream.coded(&literals, &distances)?;
            }
            _ => return Err(Error::Damaged),
        }
        if last {
            return Ok((stream.out, stream.bits.rest));
        }
    }
}

struct Stream<'a> {
    bits: Bits<'a>,
    out: Vec<u8>,
    max: usize,
}

impl Stream<'_> {
    /// A block that is not compressed (section 3.2.4).
    fn stored(&mut self) -> Result<(), Error> {
        let ([l0, l1, n0, n1], rest) = self.bits.rest.split_first_chunk::<4>().ok_or(Error::Damaged)?;
        let length = u16::from_le_bytes([*l0, *l1]);
        let (block, rest) = rest.split_at_checked(usize::from(length)).ok_or(Error::Damaged)?;
        if length != !u16::from_le_bytes([*n0, *n1]) {
            return Err(Error::Damaged);
        }
        self.room(block.len())?;
        self.out.extend_from_slice(block);
        // What is left of the last byte is skipped.
        self.bits = Bits { rest, held: 0, count: 0 };
        Ok(())
    }

    /// A block of literals and of copies of what came before (section 3.2.5).
    fn coded(&mut self, literals: &Code, distances: &Code) -> Result<(), Error> {
        loop {
            let symbol = self.bits.symbol(literals)?;
            if symbol < 256 {
                self.room(1)?;
                self.out.push(symbol as u8);
            } else if symbol == 256 {
                return Ok(());
            } else {
                let length = self.bits.length(symbol - 257)?;
                let symbol = self.bits.symbol(distances)?;
                let distance = self.bits.distance(symbol)?;
                self.copy(length, distance)?;
            }
        }
    }

    fn copy(&mut self, mut length: usize, distance: usize) -> Result<(), Error> {
        self.room(length)?;
        let start = self.out.len().checked_sub(distance).ok_or(Error::Damaged)?;
        // A copy may reach into itself: what there is doubles each time.
        while length > 0 {
            let part = length.min(self.out.len() - start);
            self.out.extend_from_within(start..start + part);
            length -= part;
        }
        Ok(())
    }

    fn room(&self, length: usize) -> Result<(), Error> {
        if self.out.len() + length > self.max { Err(Error::TooLarge) } else { Ok(()) }
    }
}

/// The bits of a stream, the lowest of each byte first; fewer than eight are held between calls.
struct Bits<'a> {
    rest: &'a [u8],
    held: u32,
    count: u32,
}

impl Bits<'_> {
    /// The next `count` bits as a number, at most 16.
    fn take(&mut self, count: u32) -> Result<usize, Error> {
        while self.count < count {
            let (first, rest) = self.rest.split_first().ok_or(Error::Damaged)?;
            self.held |= u32::from(*first) << self.count;
            self.count += 8;
            self.rest = rest;
        }
        let value = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        Ok(value as usize)
    }

    /// The next symbol: of each length, the codes follow on those of the lengths before.
    fn symbol(&mut self, code: &Code) -> Result<usize, Error> {
        let (mut value, mut first, mut before) = (0, 0, 0);
        for count in code.counts.iter().skip(1) {
            value |= self.take(1)?;
            let count = usize::from(*count);
            if value < first + count {
                let symbol = code.symbols.get(before + value - first);
                return symbol.map(|symbol| usize::from(*symbol)).ok_or(Error::Damaged);
            }
            before += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        Err(Error::Damaged)
    }

    /// The length that a symbol after 256 begins.
    fn length(&mut self, symbol: usize) -> Result<usize, Error> {
        match symbol {
            0..8 => Ok(symbol + 3),
            8..28 => self.ranged(symbol, 4).map(|above| above + 3),
            28 => Ok(258),
            _ => Err(Error::Damaged),
        }
    }

    fn distance(&mut self, symbol: usize) -> Result<usize, Error> {
        match symbol {
            0..4 => Ok(symbol + 1),
            4..30 => self.ranged(symbol, 2).map(|above| above + 1),
            _ => Err(Error::Damaged),
        }
    }

    /// `steps` symbols share each number of further bits, which grows by one from group to group.
    fn ranged(&mut self, symbol: usize, steps: usize) -> Result<usize, Error> {
        let extra = symbol / steps - 1;
        Ok(((steps + symbol % steps) << extra) + self.take(extra as u32)?)
    }

    /// The codes that stand before a block (section 3.2.7): of literals and lengths, and of distances.
    fn codes(&mut self) -> Result<(Code, Code), Error> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let (literals, distances) = (self.take(5)? + 257, self.take(5)? + 1);
        let mut lengths = [0; 19];
        let given = self.take(4)? + 4;
        for at in ORDER.iter().take(given) {
            let length = self.take(3)? as u8;
            lengths.get_mut(*at).map(|slot| *slot = length).ok_or(Error::Damaged)?;
        }
        let code = Code::new(&lengths)?;
        let mut lengths: Vec<u8> = Vec::new();
        while lengths.len() < literals + distances {
            let (value, times) = match self.symbol(&code)? {
                16 => (*lengths.last().ok_or(Error::Damaged)?, self.take(2)? + 3),
                17 => (0, self.take(3)? + 3),
                18 => (0, self.take(7)? + 11),
                length => (length as u8, 1),
            };
            lengths.extend(core::iter::repeat_n(value, times));
        }
        match lengths.split_at_checked(literals) {
            // Without a code for the end of the block there is none.
            Some((first, second))
                if second.len() == distances && literals <= 286 && first.get(256) != Some(&0) =>
            {
                Ok((Code::new(first)?, Code::new(second)?))
            }
            _ => Err(Error::Damaged),
        }
    }
}

/// A canonical Huffman code (section 3.2.2): how many codes of each length, and their symbols in order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    /// From the length of each symbol's code; zero where it has none.
    fn new(lengths: &[u8]) -> Result<Code, Error> {
        let mut code = Code { counts: [0; 16], symbols: Vec::new() };
        // Codes that are still free, counted in those of the greatest length.
        let mut free = 1_i32 << 15;
        for length in 1..16_u8 {
            let of_length = |(symbol, l): (usize, &u8)| (*l == length).then_some(symbol as u16);
            let before = code.symbols.len();
            code.symbols.extend(lengths.iter().enumerate().filter_map(of_length));
            let count = code.symbols.len() - before;
            if let Some(slot) = code.counts.get_mut(usize::from(length)) {
                *slot = count as u16;
            }
            free -= (count as i32) << (15 - length);
        }
        // Every bit sequence has a meaning, but where there is one code or none.
        if free == 0 || (free > 0 && code.symbols.len() < 2) { Ok(code) } else { Err(Error::Damaged) }
    }

    /// Section 3.2.6.
    fn fixed_literals() -> Result<Code, Error> {
        let lengths: [u8; 288] = core::array::from_fn(|symbol| match symbol {
            0..144 => 8,
            144..256 => 9,
            256..280 => 7,
            _ => 8,
        });
        Code::new(&lengths)
    }

    fn fixed_distances() -> Result<Code, Error> {
        Code::new(&[5; 32])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;
    use miniz_oxide::inflate::decompress_to_vec_with_limit;

    /// Bytes that look random (an xorshift generator), of which only every `stride`-th changes.
    fn bytes(seed: u64, length: usize, stride: usize) -> Vec<u8> {
        let (mut state, mut byte) = (seed | 1, 0);
        let step = |at| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            if at % stride == 0 {
                byte = (state >> 32) as u8;
            }
            byte
        };
        (0..length).map(step).collect()
    }

    #[test]
    fn gives_back_what_was_compressed() {
        for length in [0, 1, 2, 257, 1_000, 70_000] {
            for stride in [1, 2, 7, 100, 70_001] {
                let plain = bytes(length as u64, length, stride);
                for level in 0..=10 {
                    let packed = compress_to_vec(&plain, level);
                    assert_eq!(
                        inflate(&packed, length),
                        Ok((plain.clone(), &[][..])),
                        "{length} {stride} {level}"
                    );
                    let more = [&packed[..], b"rest"].concat();
                    assert_eq!(inflate(&more, length).map(|(_, rest)| rest.len()), Ok(4));
                    if length > 0 {
                        assert_eq!(inflate(&packed, length - 1), Err(Error::TooLarge));
                        assert_eq!(inflate(&packed[..packed.len() - 1], length), Err(Error::Damaged));
                    }
                }
            }
        }
    }

    /// Every changed bit of streams of all three kinds: never another answer than the other decoder's.
    #[test]
    fn agrees_with_another_decoder_on_damage() {
        let (mut accepted, mut refused) = (0, 0);
        for (level, stride) in [(0, 1), (1, 3), (6, 3), (6, 40), (9, 5)] {
            let packed = compress_to_vec(&bytes(9, 600, stride), level);
            for bit in 0..packed.len() * 8 {
                let mut bad = packed.clone();
                bad[bit / 8] ^= 1 << (bit % 8);
                match (inflate(&bad, 100_000), decompress_to_vec_with_limit(&bad, 100_000)) {
                    (Ok((ours, _)), Ok(theirs)) => {
                        assert_eq!(ours, theirs, "level {level}, bit {bit}");
                        accepted += 1;
                    }
                    (Ok(_), Err(error)) => {
                        panic!("level {level}, bit {bit}: accepted; the other says {error:?}")
                    }
                    (Err(_), _) => refused += 1,
                }
            }
        }
        assert!(accepted > 100 && refused > 100, "{accepted} accepted, {refused} refused");
    }

    #[test]
    fn refuses_what_the_format_forbids() {
        for stream in [
            // A kind of block that does not exist.
            &[0b111][..],
            // A stored block whose length is not repeated.
            &[1, 1, 0, 0, 0, 7],
            // A fixed block that copies from before the beginning: length 3, distance 1.
            &[0b0000_0011, 0b0000_0010, 0],
            &[],
        ] {
            assert_eq!(inflate(stream, 100), Err(Error::Damaged), "{stream:?}");
        }
    }

    #[test]
    fn a_bomb_ends_at_the_bound() {
        let packed = compress_to_vec(&vec![0; 10 << 20], 9);
        assert!(packed.len() < 20_000);
        assert_eq!(inflate(&packed, 1 << 20), Err(Error::TooLarge));
    }
}
