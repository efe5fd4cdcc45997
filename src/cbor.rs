//! Strict CBOR (RFC 8949), of which proofs use little: integers, byte strings, texts, arrays and maps.
//!
//! Every value has one spelling: definite lengths, each number in its shortest form, no key of a map twice, nothing
//! after the end. One tag is read: proofs should have none (VC-DI-ECDSA 1.0, section 3.5.7), but JavaScript's
//! encoders mark byte strings as arrays of bytes (RFC 8746, section 2.1), and proofs so written are about.

use crate::order;

/// Values inside values: proofs need three.
const MAX_DEPTH: u8 = 8;

/// The tag of an array of bytes.
const BYTES: u64 = 64;

/// A data item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cbor<'a> {
    /// An integer from 0.
    Unsigned(u64),
    /// An integer below 0: −1 less the number here.
    Negative(u64),
    /// A byte string.
    Bytes(&'a [u8]),
    /// A text.
    Text(&'a str),
    /// An array.
    Array(Vec<Cbor<'a>>),
    /// A map, in the order written.
    Map(Vec<(Cbor<'a>, Cbor<'a>)>),
}

/// Why bytes are not CBOR as it is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// The bytes end too early.
    Truncated,
    /// Bytes after the end.
    Trailing,
    /// A length that is not stated at the beginning.
    Indefinite,
    /// A number in more bytes than it needs.
    NotShortest,
    /// A key of a map twice.
    DuplicateKey,
    /// A text that is not UTF-8.
    NotUtf8,
    /// A float, a simple value, or a tag but the one for arrays of bytes.
    Unsupported,
    /// Nested too deeply.
    TooDeep,
}

/// Reads the one data item that `bytes` are.
///
/// # Errors
/// See [`Error`].
pub(crate) fn parse(bytes: &[u8]) -> Result<Cbor<'_>, Error> {
    let mut reader = Reader { rest: bytes };
    let item = reader.item(MAX_DEPTH)?;
    if reader.rest.is_empty() { Ok(item) } else { Err(Error::Trailing) }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn item(&mut self, depth: u8) -> Result<Cbor<'a>, Error> {
        let depth = depth.checked_sub(1).ok_or(Error::TooDeep)?;
        let (kind, number) = self.head()?;
        Ok(match kind {
            0 => Cbor::Unsigned(number),
            1 => Cbor::Negative(number),
            2 => Cbor::Bytes(self.take(number)?),
            3 => Cbor::Text(core::str::from_utf8(self.take(number)?).map_err(|_| Error::NotUtf8)?),
            // What is stated of a length is not believed before the items are there.
            4 => {
                let mut items = Vec::new();
                for _ in 0..number {
                    items.push(self.item(depth)?);
                }
                Cbor::Array(items)
            }
            5 => {
                let mut entries = Vec::new();
                for _ in 0..number {
                    entries.push((self.item(depth)?, self.item(depth)?));
                }
                if has_duplicate(&entries) {
                    return Err(Error::DuplicateKey);
                }
                Cbor::Map(entries)
            }
            6 if number == BYTES => match self.head()? {
                (2, number) => Cbor::Bytes(self.take(number)?),
                _ => return Err(Error::Unsupported),
            },
            _ => return Err(Error::Unsupported),
        })
    }

    /// The major type and the number of an initial byte and those that belong to it (RFC 8949, section 3).
    fn head(&mut self) -> Result<(u8, u64), Error> {
        let first = self.take(1)?.first().copied().ok_or(Error::Truncated)?;
        let (kind, info) = (first >> 5, first & 0x1f);
        let (size, least) = match info {
            0..24 => return Ok((kind, u64::from(info))),
            _ if kind > 6 => return Err(Error::Unsupported),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            31 if (2..6).contains(&kind) => return Err(Error::Indefinite),
            _ => return Err(Error::Unsupported),
        };
        let number = self.take(size)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        if number < least { Err(Error::NotShortest) } else { Ok((kind, number)) }
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], Error> {
        let count = usize::try_from(count).map_err(|_| Error::Truncated)?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Error::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }
}

fn has_duplicate(entries: &[(Cbor<'_>, Cbor<'_>)]) -> bool {
    let mut keys: Vec<&Cbor<'_>> = entries.iter().map(|(key, _)| key).collect();
    order::sort_by(&mut keys, Ord::cmp);
    keys.windows(2).any(|pair| pair.first() == pair.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;

    fn read(hex: &str) -> Result<String, Error> {
        parse(&codec::hex(hex).unwrap()).map(|item| format!("{item:?}"))
    }

    /// Examples of RFC 8949, appendix A, and what is near them.
    #[test]
    fn items() {
        for (hex, expected) in [
            ("00", "Unsigned(0)"),
            ("17", "Unsigned(23)"),
            ("1818", "Unsigned(24)"),
            ("1903e8", "Unsigned(1000)"),
            ("1a000f4240", "Unsigned(1000000)"),
            ("1bffffffffffffffff", "Unsigned(18446744073709551615)"),
            ("20", "Negative(0)"),
            ("3903e7", "Negative(999)"),
            ("40", "Bytes([])"),
            ("4401020304", "Bytes([1, 2, 3, 4])"),
            ("d8404101", "Bytes([1])"),
            ("60", "Text(\"\")"),
            ("62c3bc", "Text(\"ü\")"),
            ("80", "Array([])"),
            (
                "8301820203820405",
                "Array([Unsigned(1), Array([Unsigned(2), Unsigned(3)]), Array([Unsigned(4), Unsigned(5)])])",
            ),
            ("a0", "Map([])"),
            ("a201020304", "Map([(Unsigned(1), Unsigned(2)), (Unsigned(3), Unsigned(4))])"),
            ("a203040102", "Map([(Unsigned(3), Unsigned(4)), (Unsigned(1), Unsigned(2))])"),
        ] {
            assert_eq!(read(hex), Ok(expected.into()), "{hex}");
        }
    }

    #[test]
    fn what_is_refused() {
        for (hex, expected) in [
            ("", Error::Truncated),
            ("18", Error::Truncated),
            ("1a0001", Error::Truncated),
            ("4201", Error::Truncated),
            ("8201", Error::Truncated),
            ("a101", Error::Truncated),
            ("9bffffffffffffffff00", Error::Truncated),
            ("5bffffffffffffffff00", Error::Truncated),
            ("0000", Error::Trailing),
            ("8100ff", Error::Trailing),
            ("5f4101ff", Error::Indefinite),
            ("7f6161ff", Error::Indefinite),
            ("9f00ff", Error::Indefinite),
            ("bf0001ff", Error::Indefinite),
            ("1800", Error::NotShortest),
            ("1817", Error::NotShortest),
            ("1900ff", Error::NotShortest),
            ("1a0000ffff", Error::NotShortest),
            ("1b00000000ffffffff", Error::NotShortest),
            ("580101", Error::NotShortest),
            ("980100", Error::NotShortest),
            ("b900010001", Error::NotShortest),
            ("a200010002", Error::DuplicateKey),
            ("a3000102030004", Error::DuplicateKey),
            ("61ff", Error::NotUtf8),
            ("c000", Error::Unsupported),
            ("d84000", Error::Unsupported),
            ("d84080", Error::Unsupported),
            ("d840d84040", Error::Unsupported),
            ("d9004040", Error::NotShortest),
            ("d84140", Error::Unsupported),
            ("f5", Error::Unsupported),
            ("f6", Error::Unsupported),
            ("f93c00", Error::Unsupported),
            ("fb3ff0000000000000", Error::Unsupported),
            ("ff", Error::Unsupported),
            ("1c", Error::Unsupported),
            ("1f", Error::Unsupported),
            ("818181818181818100", Error::TooDeep),
        ] {
            assert_eq!(read(hex), Err(expected), "{hex}");
        }
        assert!(read("8181818181818100").is_ok());
    }
}
