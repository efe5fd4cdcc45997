//! The objects of a PDF (ISO 32000-2, section 7.3), read from where they stand.

use std::borrow::Cow;

/// Deepest nesting of arrays and dictionaries.
const DEPTH: u8 = 32;
/// Most objects within one: what a page's longest tables have, many times over.
const VALUES: u32 = 200_000;

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object<'a> {
    Number(i64),
    Name(Cow<'a, [u8]>),
    Text(Vec<u8>),
    Array(Vec<Object<'a>>),
    Dictionary(Dictionary<'a>),
    /// The object with this number, wherever it stands.
    Reference(u32),
    /// A truth value, a broken number, or nothing: none of them leads to a file.
    Other,
}

impl Object<'_> {
    /// The number of the object that it refers to.
    pub(super) const fn reference(&self) -> Option<u32> {
        match self {
            Object::Reference(number) => Some(*number),
            _ => None,
        }
    }

    /// The bytes of a string.
    pub(super) fn text(&self) -> Option<&[u8]> {
        match self {
            Object::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Names and objects, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary<'a>(Vec<(Cow<'a, [u8]>, Object<'a>)>);

impl<'a> Dictionary<'a> {
    /// The object of this name; the first, where there are several.
    pub(super) fn get(&self, name: &str) -> Option<&Object<'a>> {
        self.0.iter().find(|(n, _)| **n == *name.as_bytes()).map(|(_, object)| object)
    }

    /// Puts `object` in the place of what has this name.
    pub(super) fn set(&mut self, name: &str, object: Object<'a>) {
        if let Some(entry) = self.0.iter_mut().find(|(n, _)| **n == *name.as_bytes()) {
            entry.1 = object;
        }
    }

    fn number(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Object::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The number of this name as a length or position.
    pub(super) fn size(&self, name: &str) -> Option<usize> {
        usize::try_from(self.number(name)?).ok()
    }

    pub(super) fn reference(&self, name: &str) -> Option<u32> {
        self.get(name)?.reference()
    }

    /// Whether the entry `name` is the name `value`.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        matches!(self.get(name), Some(Object::Name(name)) if **name == *value.as_bytes())
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Object<'a>> {
        self.0.iter().map(|(_, object)| object)
    }
}

/// A reader of objects.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    /// Where it is.
    pub(super) at: usize,
    /// Objects that may still be made.
    left: u32,
}

impl<'a> Parser<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Parser { bytes, at, left: VALUES }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Skips white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| !matches!(b, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Skips the word `keyword`, should it be next.
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        self.skip_space();
        let is_next = self.rest().starts_with(keyword.as_bytes())
            && self.rest().get(keyword.len()).is_none_or(|after| !is_regular(*after));
        if is_next {
            self.at += keyword.len();
        }
        is_next
    }

    /// A whole number without a sign, should it be next.
    pub(super) fn integer(&mut self) -> Option<usize> {
        self.skip_space();
        let before = self.at;
        let word = self.word();
        let digits = core::str::from_utf8(word).ok().filter(|w| w.bytes().all(|b| b.is_ascii_digit()));
        let number = digits.and_then(|digits| digits.parse().ok());
        if number.is_none() {
            self.at = before;
        }
        number
    }

    /// Everything up to white space or a delimiter.
    fn word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|b| !is_regular(*b)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// The next object; `None` where there is none, or more of it than is read.
    pub(super) fn object(&mut self) -> Option<Object<'a>> {
        self.nested(DEPTH)
    }

    fn nested(&mut self, depth: u8) -> Option<Object<'a>> {
        self.skip_space();
        self.left = self.left.checked_sub(1)?;
        match self.peek()? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.text().map(Object::Text),
            b'[' => {
                self.at += 1;
                self.array(depth.checked_sub(1)?).map(Object::Array)
            }
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                self.dictionary(depth.checked_sub(1)?).map(Object::Dictionary)
            }
            b'<' => self.hex().map(Object::Text),
            byte if is_regular(byte) => self.number_or_word(),
            _ => None,
        }
    }

    fn array(&mut self, depth: u8) -> Option<Vec<Object<'a>>> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek()? == b']' {
                self.at += 1;
                return Some(items);
            }
            items.push(self.nested(depth)?);
        }
    }

    fn dictionary(&mut self, depth: u8) -> Option<Dictionary<'a>> {
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Some(Dictionary(entries));
            }
            if self.peek()? != b'/' {
                return None;
            }
            let name = self.name()?;
            entries.push((name, self.nested(depth)?));
        }
    }

    /// A name, with its escapes replaced (section 7.3.5).
    fn name(&mut self) -> Option<Cow<'a, [u8]>> {
        self.at += 1;
        let word = self.word();
        if !word.contains(&b'#') {
            return Some(Cow::Borrowed(word));
        }
        let mut name = Vec::new();
        let mut rest = word;
        while let Some((first, after)) = rest.split_first() {
            match (first, after) {
                (b'#', [high, low, after @ ..]) => {
                    name.push(hex_digit(*high)? << 4 | hex_digit(*low)?);
                    rest = after;
                }
                _ => {
                    name.push(*first);
                    rest = after;
                }
            }
        }
        Some(Cow::Owned(name))
    }

    /// A text in parentheses, which may hold others (section 7.3.4.2).
    fn text(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_u32);
        loop {
            let byte = match self.bump()? {
                b'\\' => match self.escape()? {
                    Some(byte) => byte,
                    None => continue,
                },
                b'(' => {
                    open += 1;
                    b'('
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                    b')'
                }
                byte => byte,
            };
            text.push(byte);
        }
    }

    /// What stands after a backslash; `Some(None)` where that is the end of a line.
    fn escape(&mut self) -> Option<Option<u8>> {
        let byte = match self.bump()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return Some(None);
            }
            b'\n' => return Some(None),
            digit @ b'0'..=b'7' => {
                let mut value = digit - b'0';
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            // Overflow beyond a byte is ignored.
                            value = value << 3 | (digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                value
            }
            byte => byte,
        };
        Some(Some(byte))
    }

    /// A text in hexadecimal digits; the last may be missing (section 7.3.4.3).
    fn hex(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let length = self.rest().iter().position(|b| *b == b'>')?;
        let text = hex(self.rest().get(..length)?);
        self.at += length + 1;
        text
    }

    fn number_or_word(&mut self) -> Option<Object<'a>> {
        if let Some(number) = self.integer() {
            let after = self.at;
            // Two numbers and a letter refer to an object.
            if self.integer().is_some() && self.keyword("R") {
                return u32::try_from(number).ok().map(Object::Reference);
            }
            self.at = after;
            return i64::try_from(number).ok().map(Object::Number);
        }
        let word = self.word();
        let signed = core::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
        match (word, signed) {
            (_, Some(number)) => Some(Object::Number(number)),
            (b"true" | b"false" | b"null", _) => Some(Object::Other),
            _ if word.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+')) => {
                Some(Object::Other)
            }
            // Where an object ends too early.
            _ => None,
        }
    }
}

/// Bytes from hexadecimal digits, white space among them.
pub(super) fn hex(digits: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut high = None;
    for digit in digits.iter().filter(|b| !is_space(**b)) {
        let digit = hex_digit(*digit)?;
        match high.take() {
            None => high = Some(digit << 4),
            Some(high) => bytes.push(high | digit),
        }
    }
    bytes.extend(high);
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|digit| digit as u8)
}

/// White space (section 7.2.3).
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// Neither white space nor a delimiter.
const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
