//! Inflating under a bound: gzip (RFC 1952) and zlib (RFC 1950), one stream, right sums, nothing after it; and bare
//! DEFLATE for containers that have sums of their own.

mod deflate;

use deflate::inflate;

/// Why nothing came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// Not one whole stream of the kind asked for.
    Damaged,
    /// More comes out than was allowed.
    TooLarge,
}

/// Inflates one bare DEFLATE stream (RFC 1951) of at most `max` bytes, and gives what follows it.
pub(crate) fn raw(bytes: &[u8], max: usize) -> Result<(Vec<u8>, &[u8]), Error> {
    inflate(bytes, max)
}

/// Inflates one zlib stream of at most `max` bytes.
pub(crate) fn zlib(bytes: &[u8], max: usize) -> Result<Vec<u8>, Error> {
    let ([method, flags], body) = bytes.split_first_chunk::<2>().ok_or(Error::Damaged)?;
    let sum = u16::from_be_bytes([*method, *flags]);
    // Method 8, a window of at most 32 kB, no preset dictionary (section 2.2).
    if method & 15 != 8 || method >> 4 > 7 || sum % 31 != 0 || flags & 32 != 0 {
        return Err(Error::Damaged);
    }
    let (out, trailer) = inflate(body, max)?;
    if trailer == adler32(&out).to_be_bytes() { Ok(out) } else { Err(Error::Damaged) }
}

/// Inflates one gzip member of at most `max` bytes. A size that the trailer admits to be too large is refused
/// before any work; one that it lies about ends the work at the size it gave.
pub(crate) fn gzip(bytes: &[u8], max: usize) -> Result<Vec<u8>, Error> {
    let (body, trailer) = skip_header(bytes)
        .and_then(|rest| rest.split_last_chunk::<8>())
        .map(|(body, [c0, c1, c2, c3, s0, s1, s2, s3])| {
            (body, (u32::from_le_bytes([*c0, *c1, *c2, *c3]), u32::from_le_bytes([*s0, *s1, *s2, *s3])))
        })
        .ok_or(Error::Damaged)?;
    let (crc, size) = (trailer.0, trailer.1 as usize);
    if size > max {
        return Err(Error::TooLarge);
    }
    match inflate(body, size) {
        Ok((out, [])) if out.len() == size && crc32(&out) == crc => Ok(out),
        _ => Err(Error::Damaged),
    }
}

/// What follows a gzip member's header (RFC 1952, section 2.3).
fn skip_header(bytes: &[u8]) -> Option<&[u8]> {
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

/// The checksum of RFC 1950, section 9.
fn adler32(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    // So few bytes that neither sum can overflow.
    for chunk in bytes.chunks(5_552) {
        for byte in chunk {
            low += u32::from(*byte);
            high += low;
        }
        low %= 65_521;
        high %= 65_521;
    }
    high << 16 | low
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
    fn check_values_of_the_sums() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
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
}
