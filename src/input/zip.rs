//! ZIP archives (PKWARE APPNOTE 6.3): what the central directory lists, stored or deflated, each with its sum checked.

use super::Fault;
use super::packed::{File, Files, label};
use crate::budget::{self, Budget};
use crate::inflate::{self, crc32};

/// Whether `bytes` begin as an archive does: with a file, with the end of an empty one, or as one that was split once.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    [b"PK\x03\x04".as_slice(), b"PK\x05\x06", b"PK\x07\x08PK"].iter().any(|start| bytes.starts_with(start))
}

/// The files in an archive. Folders, and what macOS adds, are none.
pub(super) fn files(bytes: &[u8], budget: &Budget) -> Result<Files, Fault> {
    let end = end(bytes).ok_or(Fault::ArchiveDamaged)?;
    let record = bytes.get(end..).unwrap_or_default();
    let number = |at| u16_at(record, at).ok_or(Fault::ArchiveDamaged);
    let (count, size, start) = (number(10)?, u32_at(record, 12), u32_at(record, 16));
    // Larger archives keep their numbers elsewhere (section 4.3.14); parts of one are on other disks.
    if count == 0xFFFF || size == Some(NOT_HERE) || start == Some(NOT_HERE) {
        return Err(Fault::ArchiveUnsupported);
    }
    if number(4)? != 0 || number(6)? != 0 || number(8)? != count {
        return Err(Fault::ArchiveUnsupported);
    }
    let mut directory = start.and_then(|start| bytes.get(start..end)).ok_or(Fault::ArchiveDamaged)?;
    let mut files = Files::default();
    for _ in 0..count {
        let entry;
        (entry, directory) = Entry::split(directory).ok_or(Fault::ArchiveDamaged)?;
        if entry.is_file() {
            let name = label(&String::from_utf8_lossy(entry.name));
            if !files.push(File { name, bytes: entry.contents(bytes, budget) }) {
                break;
            }
        }
    }
    Ok(files)
}

/// A number that stands in the record for ZIP64 instead.
const NOT_HERE: usize = 0xFFFF_FFFF;
/// Length of the end record, and of what a file has in the directory and before its contents, without their names.
const END: usize = 22;
const LISTED: usize = 46;
const LOCAL: usize = 30;

/// Where the end record is: the last one whose comment goes to the end of the file, else the last one.
fn end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END)?;
    let found = |fits: fn(usize, usize) -> bool| {
        (last.saturating_sub(0xFFFF)..=last).rev().find(|at| {
            let record = bytes.get(*at..).unwrap_or_default();
            record.starts_with(b"PK\x05\x06")
                && u16_at(record, 20).is_some_and(|comment| fits(END + comment, record.len()))
        })
    };
    found(|length, left| length == left).or_else(|| found(|length, left| length < left))
}

/// What the directory says of a file.
struct Entry<'a> {
    name: &'a [u8],
    flags: usize,
    method: usize,
    crc: usize,
    packed: usize,
    size: usize,
    local: usize,
}

impl<'a> Entry<'a> {
    /// The first entry, and what follows it (section 4.3.12).
    fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        if !bytes.starts_with(b"PK\x01\x02") {
            return None;
        }
        let (name, extra, comment) = (u16_at(bytes, 28)?, u16_at(bytes, 30)?, u16_at(bytes, 32)?);
        let entry = Entry {
            name: bytes.get(LISTED..LISTED + name)?,
            flags: u16_at(bytes, 8)?,
            method: u16_at(bytes, 10)?,
            crc: u32_at(bytes, 16)?,
            packed: u32_at(bytes, 20)?,
            size: u32_at(bytes, 24)?,
            local: u32_at(bytes, 42)?,
        };
        Some((entry, bytes.get(LISTED + name + extra + comment..)?))
    }

    fn is_file(&self) -> bool {
        let last = self.name.rsplit(|b| *b == b'/').next().unwrap_or_default();
        !last.is_empty() && !last.starts_with(b"._") && !self.name.starts_with(b"__MACOSX/")
    }

    /// The file itself.
    fn contents(&self, archive: &[u8], budget: &Budget) -> Result<Vec<u8>, Fault> {
        // Encrypted, strongly encrypted, or with a hidden directory (section 4.4.4).
        if self.flags & 0x2041 != 0 {
            return Err(Fault::ArchiveLocked);
        }
        if !matches!(self.method, 0 | 8) || [self.packed, self.size, self.local].contains(&NOT_HERE) {
            return Err(Fault::ArchiveUnsupported);
        }
        if self.size > budget::MAX_INPUT {
            return Err(Fault::TooLarge);
        }
        let data = self.data(archive).ok_or(Fault::ArchiveDamaged)?;
        if !budget.unpack(self.size) {
            return Err(Fault::TooMany);
        }
        let contents = match self.method {
            0 => data.to_vec(),
            _ => match inflate::raw(data, self.size) {
                Ok((contents, [])) => contents,
                _ => return Err(Fault::ArchiveDamaged),
            },
        };
        let whole = contents.len() == self.size && crc32(&contents) as usize == self.crc;
        if whole { Ok(contents) } else { Err(Fault::ArchiveDamaged) }
    }

    /// The packed bytes, which stand after a record that must agree with the directory (section 4.3.7). Its sizes may
    /// be missing: then they follow the data, and the directory has them too.
    fn data(&self, archive: &'a [u8]) -> Option<&'a [u8]> {
        let local = archive.get(self.local..)?;
        let (name, extra) = (u16_at(local, 26)?, u16_at(local, 28)?);
        let agrees = local.starts_with(b"PK\x03\x04")
            && local.get(LOCAL..LOCAL + name) == Some(self.name)
            && u16_at(local, 8) == Some(self.method);
        let data = local.get(LOCAL + name + extra..)?.get(..self.packed)?;
        agrees.then_some(data)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(usize::from(u16::from_le_bytes(*bytes)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}
