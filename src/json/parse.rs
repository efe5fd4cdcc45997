//! The parser: bytes to [`Json`], or the first thing wrong with them.

use super::decimal::nearest_double;
use super::{Json, Object};
use crate::order;

/// Bounds of one parse.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Nesting of arrays and objects.
    pub depth: u32,
    /// Members and array items in the whole document.
    pub items: u32,
}

impl Default for Limits {
    /// 64 levels and 200,000 items: real badges stay under 12 and 2,000.
    fn default() -> Self {
        Limits { depth: 64, items: 200_000 }
    }
}

/// What is wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// The kind of fault.
    pub kind: ErrorKind,
    /// Byte offset of the fault, from 0.
    pub offset: usize,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Not UTF-8 (RFC 8259, section 8.1).
    Utf8,
    /// Not the grammar of RFC 8259.
    Syntax,
    /// The text ends inside a value.
    Truncated,
    /// A second value or other text after the first value.
    Trailing,
    /// Two members of one object share a name (RFC 7493, section 2.3).
    DuplicateName,
    /// `\uD800` to `\uDFFF` without its other half (RFC 7493, section 2.1).
    LoneSurrogate,
    /// A number too large for a double (RFC 7493, section 2.2).
    NumberRange,
    /// Nested more deeply than [`Limits::depth`].
    TooDeep,
    /// More items than [`Limits::items`].
    TooMany,
}

/// Parses one JSON text under the default [`Limits`]. One UTF-8 byte order mark in front is skipped.
///
/// # Errors
/// The first fault met, with its byte offset.
pub fn parse(bytes: &[u8]) -> Result<Json, Error> {
    parse_with(bytes, Limits::default())
}

/// Parses one JSON text under `limits`.
///
/// # Errors
/// The first fault met, with its byte offset.
pub fn parse_with(bytes: &[u8], limits: Limits) -> Result<Json, Error> {
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = core::str::from_utf8(bytes.get(bom..).unwrap_or_default())
        .map_err(|e| Error { kind: ErrorKind::Utf8, offset: bom + e.valid_up_to() })?;
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, left: limits.items };
    let value = parser
        .skip_space()
        .value(limits.depth)
        .and_then(|value| {
            parser.skip_space();
            if parser.at == parser.bytes.len() { Ok(value) } else { Err(ErrorKind::Trailing) }
        })
        .map_err(|kind| Error { kind, offset: bom + parser.at })?;
    Ok(value)
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    left: u32,
}

type Parsed<T> = Result<T, ErrorKind>;

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) -> &mut Self {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self
    }

    fn fault(&self) -> ErrorKind {
        if self.at >= self.bytes.len() { ErrorKind::Truncated } else { ErrorKind::Syntax }
    }

    fn eat(&mut self, byte: u8) -> Parsed<()> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Parsed<Json> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else if word.as_bytes().starts_with(rest) {
            self.at = self.bytes.len();
            Err(ErrorKind::Truncated)
        } else {
            Err(ErrorKind::Syntax)
        }
    }

    fn count(&mut self) -> Parsed<()> {
        self.left = self.left.checked_sub(1).ok_or(ErrorKind::TooMany)?;
        Ok(())
    }

    fn value(&mut self, depth: u32) -> Parsed<Json> {
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Json::String),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.fault()),
        }
    }

    fn array(&mut self, depth: u32) -> Parsed<Json> {
        let depth = depth.checked_sub(1).ok_or(ErrorKind::TooDeep)?;
        self.at += 1;
        let mut items = Vec::new();
        if self.skip_space().peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            self.count()?;
            let item = self.skip_space().value(depth)?;
            items.push(item);
            if self.skip_space().peek() == Some(b',') {
                self.at += 1;
            } else {
                self.eat(b']')?;
                return Ok(Json::Array(items));
            }
        }
    }

    fn object(&mut self, depth: u32) -> Parsed<Json> {
        let depth = depth.checked_sub(1).ok_or(ErrorKind::TooDeep)?;
        self.at += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        if self.skip_space().peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(Object::from_unique(members)));
        }
        loop {
            self.count()?;
            if self.skip_space().peek() != Some(b'"') {
                return Err(self.fault());
            }
            let name = self.string()?;
            self.skip_space().eat(b':')?;
            let value = self.skip_space().value(depth)?;
            members.push((name, value));
            if self.skip_space().peek() == Some(b',') {
                self.at += 1;
            } else {
                self.eat(b'}')?;
                break;
            }
        }
        if has_duplicates(&members) {
            Err(ErrorKind::DuplicateName)
        } else {
            Ok(Json::Object(Object(members)))
        }
    }

    fn string(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while matches!(self.peek(), Some(b) if b != b'"' && b != b'\\' && b >= 0x20) {
                self.at += 1;
            }
            out.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return Err(self.fault()),
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let byte = self.peek().ok_or(ErrorKind::Truncated)?;
        let plain = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let first = self.hex4()?;
                if !(0xD800..0xE000).contains(&first) {
                    return char::from_u32(first).ok_or(ErrorKind::LoneSurrogate);
                }
                let follows = self.bytes.get(self.at..self.at + 2) == Some(b"\\u");
                if first >= 0xDC00 || !follows {
                    return Err(ErrorKind::LoneSurrogate);
                }
                self.at += 2;
                let second = self.hex4()?;
                if !(0xDC00..0xE000).contains(&second) {
                    return Err(ErrorKind::LoneSurrogate);
                }
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code).ok_or(ErrorKind::LoneSurrogate);
            }
            _ => return Err(ErrorKind::Syntax),
        };
        self.at += 1;
        Ok(plain)
    }

    fn hex4(&mut self) -> Parsed<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek().ok_or(ErrorKind::Truncated)?);
            code = code << 4 | digit.to_digit(16).ok_or(ErrorKind::Syntax)?;
            self.at += 1;
        }
        Ok(code)
    }

    fn digits(&mut self) -> Parsed<()> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.fault());
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Parsed<Json> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let lexical = self.text.get(start..self.at).unwrap_or_default();
        nearest_double(lexical).map(Json::Number).ok_or(ErrorKind::NumberRange)
    }
}

/// Linear for the small objects of badges, sorted for the large ones of attackers.
fn has_duplicates(members: &[(String, Json)]) -> bool {
    if members.len() <= 16 {
        return members.iter().enumerate().any(|(i, (n, _))| members.iter().take(i).any(|(m, _)| m == n));
    }
    let mut names: Vec<&str> = members.iter().map(|(n, _)| n.as_str()).collect();
    order::sort_by_key(&mut names, |name| *name);
    names.windows(2).any(|pair| pair.first() == pair.last())
}
