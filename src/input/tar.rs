//! TAR archives (POSIX.1-2017, pax, "ustar Interchange Format"), as wallets write them: each header with its sum checked.

use super::Fault;
use super::packed::{File, Files, label};
use crate::budget::Budget;

/// Headers are this long, and what follows them is filled up to a multiple of it.
const BLOCK: usize = 512;

/// Where the sum is in a header.
const SUM: core::ops::Range<usize> = 148..156;

/// Whether `bytes` begin with the header of a file.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// The files in an archive. What only describes a file, links and folders are none.
pub(super) fn files(bytes: &[u8], budget: &Budget) -> Result<Files, Fault> {
    let (mut files, mut rest) = (Files::default(), bytes);
    loop {
        // Blocks of zeros end an archive: without any it was cut, and files may be missing.
        let (header, after) = rest.split_at_checked(BLOCK).ok_or(Fault::ArchiveDamaged)?;
        if header.iter().all(|b| *b == 0) {
            return Ok(files);
        }
        let size = size(header).ok_or(Fault::ArchiveDamaged)?;
        let (data, next) = after.split_at_checked(size).ok_or(Fault::ArchiveDamaged)?;
        if matches!(header.get(156), Some(b'0' | 0)) {
            let bytes = if budget.unpack(size) { Ok(data.to_vec()) } else { Err(Fault::TooMany) };
            if !files.push(File { name: name(header), bytes }) {
                return Ok(files);
            }
        }
        rest = next.get(size.next_multiple_of(BLOCK) - size..).unwrap_or_default();
    }
}

/// The size of a file, where its header is whole.
fn size(header: &[u8]) -> Option<usize> {
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    let stated = header.get(SUM)?;
    let blank = 8 * u32::from(b' ');
    let without: u32 = stated.iter().map(|b| u32::from(*b)).sum();
    let is_whole = is_tar(header) && octal(stated)? == usize::try_from(sum - without + blank).ok()?;
    if is_whole { octal(header.get(124..136)?) } else { None }
}

/// A number in octal digits, with blanks around it and a zero byte after it.
fn octal(field: &[u8]) -> Option<usize> {
    let text = core::str::from_utf8(field.split(|b| *b == 0).next()?).ok()?;
    usize::from_str_radix(text.trim(), 8).ok()
}

/// The name of a file: the folders that stand apart are left out, as it is no more than a label.
fn name(header: &[u8]) -> Option<String> {
    let name = header.get(..100)?.split(|b| *b == 0).next()?;
    label(&String::from_utf8_lossy(name))
}
