//! Bitcoin's serialisation: little-endian numbers, and lengths of one to nine bytes ("compact size").

use sha2::{Digest, Sha256};

/// A hash as it is serialised; people write its bytes in reverse.
pub(super) type Hash = [u8; 32];

/// SHA-256 of SHA-256: what names transactions and blocks.
pub(super) fn double_sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(Sha256::digest(bytes)).into()
}

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next `length` bytes.
    pub(super) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    /// A number of four bytes.
    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.array()?))
    }

    /// A compact size, in its shortest form as nodes demand it. No object has more bytes than there are bytes left.
    pub(super) fn size(&mut self) -> Option<usize> {
        let [first] = self.array()?;
        let (value, least) = match first {
            0xfd => (u16::from_le_bytes(self.array()?).into(), 0xfd),
            0xfe => (self.number()?.into(), 0x1_0000),
            0xff => (u64::from_le_bytes(self.array()?), 0x1_0000_0000),
            short => (short.into(), 0),
        };
        usize::try_from(value).ok().filter(|size| value >= least && *size <= self.0.len())
    }

    /// Bytes with their length before them.
    pub(super) fn sized(&mut self) -> Option<&'a [u8]> {
        let size = self.size()?;
        self.bytes(size)
    }
}
