//! Strict text encodings: base64url, base64, base58btc, hex, multibase. Each accepts one spelling of a value only.

/// Text that is not the one canonical spelling of any bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadEncoding;

/// Decodes base64url without padding (RFC 4648, section 5); unused bits must be zero.
///
/// # Errors
/// Padding, blanks, other characters, impossible length or non-zero unused bits.
pub fn base64url(text: &str) -> Result<Vec<u8>, BadEncoding> {
    base64(text.bytes(), |c| match c {
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    })
}

/// Decodes base64 or base64url, padded or not: for the older status lists, which use every form.
///
/// # Errors
/// Other characters, impossible length or non-zero unused bits.
pub fn base64_any(text: &str) -> Result<Vec<u8>, BadEncoding> {
    let text = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    base64(text.bytes(), |c| match c {
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => None,
    })
}

fn base64(
    text: impl Iterator<Item = u8>,
    last_two: impl Fn(u8) -> Option<u32>,
) -> Result<Vec<u8>, BadEncoding> {
    let mut out = Vec::with_capacity(text.size_hint().0 / 4 * 3 + 2);
    let (mut bits, mut have) = (0u32, 0u32);
    for c in text {
        let value = match c {
            b'A'..=b'Z' => u32::from(c - b'A'),
            b'a'..=b'z' => u32::from(c - b'a') + 26,
            b'0'..=b'9' => u32::from(c - b'0') + 52,
            c => last_two(c).ok_or(BadEncoding)?,
        };
        bits = bits << 6 | value;
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
            bits &= (1 << have) - 1;
        }
    }
    if have == 6 || bits != 0 { Err(BadEncoding) } else { Ok(out) }
}

/// Encodes base64url without padding.
pub fn to_base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            let index = (word >> (18 - 6 * i)) & 63;
            out.extend(ALPHABET.get(index as usize).map(|b| char::from(*b)));
        }
    }
    out
}

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Longest base58 text that is decoded: the algorithm is quadratic, and RSA keys need 700 characters.
const BASE58_MAX: usize = 2048;

/// Decodes base58btc.
///
/// # Errors
/// A character outside the alphabet, or more than 2,048 characters.
pub fn base58(text: &str) -> Result<Vec<u8>, BadEncoding> {
    if text.len() > BASE58_MAX {
        return Err(BadEncoding);
    }
    let zeros = text.bytes().take_while(|b| *b == b'1').count();
    let mut little: Vec<u8> = Vec::with_capacity(text.len());
    for c in text.bytes() {
        let digit = BASE58.iter().position(|b| *b == c).ok_or(BadEncoding)?;
        let mut carry = digit as u32;
        for byte in &mut little {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            little.push(carry as u8);
        }
    }
    little.resize(little.len() + zeros, 0);
    little.reverse();
    Ok(little)
}

/// Encodes base58btc.
pub fn to_base58(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    let mut digits: Vec<u8> = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry > 0 {
            digits.push((carry % 58) as u8);
            carry /= 58;
        }
    }
    let leading = core::iter::repeat_n('1', zeros);
    leading
        .chain(digits.iter().rev().filter_map(|d| BASE58.get(usize::from(*d)).map(|b| char::from(*b))))
        .collect()
}

/// Decodes multibase: `z` base58btc or `u` base64url without padding, the two that credentials use.
///
/// # Errors
/// Another prefix, or text that the named base does not allow.
pub fn multibase(text: &str) -> Result<Vec<u8>, BadEncoding> {
    if let Some(rest) = text.strip_prefix('z') {
        base58(rest)
    } else if let Some(rest) = text.strip_prefix('u') {
        base64url(rest)
    } else {
        Err(BadEncoding)
    }
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|n| char::from_digit(u32::from(n), 16)).collect()
}

/// Decodes hexadecimal of either case.
///
/// # Errors
/// An odd length or another character.
pub fn hex(text: &str) -> Result<Vec<u8>, BadEncoding> {
    let nibble = |b: &u8| char::from(*b).to_digit(16).ok_or(BadEncoding);
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Ok((nibble(high)? << 4 | nibble(low)?) as u8),
            _ => Err(BadEncoding),
        })
        .collect()
}

/// Undoes percent encoding (RFC 3986, section 2.1).
///
/// # Errors
/// A percent sign without two hexadecimal digits behind it.
pub(crate) fn percent_decode(text: &str) -> Result<Vec<u8>, BadEncoding> {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).ok_or(BadEncoding)?;
        out.extend(hex(digits)?);
        out.extend_from_slice(rest.as_bytes());
    }
    Ok(out)
}

/// What is before and after the first `part` in `text`. The standard library's search for a text in a text is made for
/// long ones, and weighs 4 kB.
pub(crate) fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(part.len()).position(|window| window == part.as_bytes())?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.strip_prefix(part)?))
}

/// What follows `start` in `text`, where it begins so, in capitals or not.
pub(crate) fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (before, rest) = text.split_at_checked(start.len())?;
    before.eq_ignore_ascii_case(start).then_some(rest)
}

/// Whether `part` is in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    split_once(text, part).is_some()
}
