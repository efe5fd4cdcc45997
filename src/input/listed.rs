//! Several credentials one after the other in a text: one a line, or with commas between them.

use super::among::unquoted;
use super::token;
use crate::budget::MAX_ITEMS;

/// The JSON documents, tokens and links that `text` consists of, at least two; one more than is looked at is enough.
/// `None` where anything but blanks and commas stands between them, or where no more is there than a token in pieces.
pub(crate) fn listed(text: &str) -> Option<Vec<&str>> {
    let (mut parts, mut rest, mut is_any_whole) = (Vec::new(), text, false);
    while parts.len() <= MAX_ITEMS as usize {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let is_document = rest.starts_with(['{', '[']);
        let (part, after) = rest.split_at_checked(if is_document { document(rest) } else { word(rest) })?;
        let part = if is_document { part } else { unquoted(part) };
        let is_whole = is_document || token::kind(part).is_ok();
        if !is_whole && !token::is_part(part) {
            return None;
        }
        is_any_whole |= is_whole;
        parts.push(part);
        rest = after;
    }
    (is_any_whole && parts.len() > 1).then_some(parts)
}

/// Length of the JSON document that `text` begins with: to the bracket that closes its first one. One that is not closed
/// goes to the end of the line, and what follows is read by itself.
fn document(text: &str) -> usize {
    let line = text.find('\n').unwrap_or(text.len());
    let (mut depth, mut in_string, mut is_escaped) = (0_u32, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'\n' if in_string => return line,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return at + 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    line
}

/// Length of the word that `text` begins with. A comma ends a token, but may stand in a link.
fn word(text: &str) -> usize {
    let is_link = token::is_link(text.split_whitespace().next().unwrap_or_default());
    text.find(|c: char| c.is_whitespace() || (c == ',' && !is_link)).unwrap_or(text.len())
}
