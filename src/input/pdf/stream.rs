//! The contents of streams (ISO 32000-2, section 7.4): filters, and the predictors of tables.

use super::object::{Dictionary, Object, hex, is_space};
use crate::budget::{self, Budget};
use crate::inflate;

/// Most filters of one stream.
const FILTERS: usize = 4;

/// The bytes of a stream without its filters; `None` where one is damaged, too large, or of a kind that no attachment
/// needs.
pub(super) fn decode(dictionary: &Dictionary<'_>, data: &[u8], budget: &Budget) -> Option<Vec<u8>> {
    let filters = several(dictionary.get("Filter"));
    let parameters = several(dictionary.get("DecodeParms"));
    // In a file of its own.
    if filters.len() > FILTERS || dictionary.get("F").is_some() || data.len() > budget::MAX_INPUT {
        return None;
    }
    if filters.is_empty() && !budget.unpack(data.len()) {
        return None;
    }
    let mut bytes = data.to_vec();
    for (at, filter) in filters.iter().enumerate() {
        let Object::Name(name) = filter else { return None };
        let max = budget.unpacked_left().min(budget::MAX_INPUT);
        bytes = match &**name {
            b"FlateDecode" => {
                // What is missing at the end of a stream, or follows it, readers of PDF overlook.
                let (bytes, _) = inflate::zlib_unchecked(&bytes, max).ok()?;
                match parameters.get(at) {
                    Some(Object::Dictionary(parameters)) => predicted(bytes, parameters)?,
                    _ => bytes,
                }
            }
            b"ASCIIHexDecode" => hex(bytes.split(|b| *b == b'>').next().unwrap_or_default())?,
            b"ASCII85Decode" => ascii85(&bytes)?,
            _ => return None,
        };
        if bytes.len() > max || !budget.unpack(bytes.len()) {
            return None;
        }
    }
    Some(bytes)
}

/// One object, an array of them, or none.
fn several<'o, 'a>(object: Option<&'o Object<'a>>) -> &'o [Object<'a>] {
    match object {
        Some(Object::Array(objects)) => objects,
        Some(object) => core::slice::from_ref(object),
        None => &[],
    }
}

/// Undoes a predictor (section 7.4.4.4).
fn predicted(bytes: Vec<u8>, parameters: &Dictionary<'_>) -> Option<Vec<u8>> {
    let or = |name, usual| match parameters.get(name) {
        None => Some(usual),
        Some(_) => parameters.size(name).filter(|size| *size <= budget::MAX_INPUT),
    };
    let kind = or("Predictor", 1)?;
    if kind < 2 {
        return Some(bytes);
    }
    let (colors, bits, columns) = (or("Colors", 1)?, or("BitsPerComponent", 8)?, or("Columns", 1)?);
    // Tables and texts are made of bytes; the other kinds are those of pictures.
    if !(10..=15).contains(&kind) || bits != 8 {
        return None;
    }
    let row = colors.checked_mul(columns).filter(|row| *row > 0)?;
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row.checked_add(1)?) {
        let (filter, line) = line.split_first()?;
        let start = out.len();
        for (at, byte) in line.iter().enumerate() {
            let left = at.checked_sub(colors).and_then(|left| out.get(start + left)).copied().unwrap_or(0);
            let above = |back: usize| {
                let place = (start + at).checked_sub(row)?.checked_sub(back)?;
                out.get(place).copied()
            };
            let up = above(0).unwrap_or(0);
            let corner = if at < colors { 0 } else { above(colors).unwrap_or(0) };
            let guess = match filter {
                0 => 0,
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => return None,
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    Some(out)
}

/// The neighbour that comes nearest to their plane (W3C PNG, section 9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let distance = |neighbour: u8| {
        let plane = i16::from(left) + i16::from(up) - i16::from(corner);
        (plane - i16::from(neighbour)).unsigned_abs()
    };
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

/// Section 7.4.3: five digits of 85 to four bytes.
fn ascii85(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut value, mut count) = (0_u64, 0);
    for digit in text.iter().filter(|b| !is_space(**b)).take_while(|b| **b != b'~') {
        match digit {
            b'z' if count == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                value = value * 85 + u64::from(digit - b'!');
                count += 1;
                if count == 5 {
                    bytes.extend(u32::try_from(value).ok()?.to_be_bytes());
                    (value, count) = (0, 0);
                }
            }
            _ => return None,
        }
    }
    if count > 0 {
        for _ in count..5 {
            value = value * 85 + 84;
        }
        bytes.extend(u32::try_from(value).ok()?.to_be_bytes().iter().take(count - 1));
    }
    Some(bytes)
}
