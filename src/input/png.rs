//! PNG: a walk over the chunks (W3C PNG, section 5). No pixel is decoded: the picture proves nothing.

use std::borrow::Cow;

use super::Fault;
use super::baked::{Baked, Payload, Standard};
use crate::inflate::crc32;

/// The first eight bytes of every PNG file.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The badges in a PNG file. Only their own chunks have their sums checked; the file must be whole up to its end
/// chunk, and what follows that is not part of it.
pub(super) fn find(bytes: &[u8]) -> Result<Baked<'_>, Fault> {
    let mut baked = Baked::default();
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    loop {
        let chunk;
        (chunk, rest) = split(rest).ok_or(Fault::ImageDamaged)?;
        let kind = chunk.typed.get(..4).unwrap_or_default();
        let data = chunk.typed.get(4..).unwrap_or_default();
        match kind {
            b"IEND" => return Ok(baked),
            b"iTXt" | b"tEXt" | b"zTXt" => {
                if let Some((standard, text)) = keyword(data) {
                    if crc32(chunk.typed) != chunk.crc {
                        return Err(Fault::ImageDamaged);
                    }
                    let payload = payload(kind, standard, text).ok_or(Fault::ImageDamaged)?;
                    baked.add(standard, payload)?;
                }
            }
            _ => {}
        }
    }
}

struct Chunk<'a> {
    /// Type and data: what the sum is over.
    typed: &'a [u8],
    crc: u32,
}

fn split(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (typed, rest) = rest.split_at_checked(length.checked_add(4)?)?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    Some((Chunk { typed, crc: u32::from_be_bytes(*crc) }, rest))
}

/// The standard that a text chunk's keyword names, and what follows the keyword.
fn keyword(data: &[u8]) -> Option<(Standard, &[u8])> {
    let (keyword, rest) = cut(data)?;
    match keyword {
        b"openbadgecredential" => Some((Standard::OpenBadges3, rest)),
        b"openbadges" => Some((Standard::OpenBadges2, rest)),
        _ => None,
    }
}

/// The text of a chunk after its keyword (sections 11.3.3.2 to 11.3.3.4).
fn payload<'a>(kind: &[u8], standard: Standard, rest: &'a [u8]) -> Option<Payload<'a>> {
    let (deflated, bytes) = match kind {
        b"iTXt" => {
            let ([flag @ (0 | 1), 0], rest) = rest.split_first_chunk::<2>()? else { return None };
            let (_language, rest) = cut(rest)?;
            let (_translated_keyword, text) = cut(rest)?;
            (*flag == 1, text)
        }
        b"zTXt" => (true, rest.strip_prefix(&[0])?),
        _ => (false, rest),
    };
    // Open Badges 3.0 knows iTXt only; the older standard began with tEXt.
    let irregular = standard == Standard::OpenBadges3 && kind != b"iTXt";
    Some(Payload { bytes: Cow::Borrowed(bytes), deflated, irregular })
}

/// Splits at the first zero byte.
fn cut(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|b| *b == 0)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}
