//! XML for SVG: a strict scanner of elements, text and namespaces. No document type is read and no entity defined.

use super::Fault;
use crate::codec;

/// Deepest nesting of elements.
const DEPTH: usize = 256;
/// Most namespace bindings in force at one time.
const BINDINGS: usize = 64;
/// Most attributes of one element.
const ATTRIBUTES: usize = 1_024;

/// What the scanner meets.
#[derive(Debug, PartialEq)]
pub(super) enum Event<'a> {
    /// A start tag; its attributes are in [`Xml::attribute`]. An empty element is closed at once.
    Open(&'a str),
    /// An end tag.
    Close,
    /// Characters, with their references.
    Text(&'a str),
    /// Characters as they stand.
    Literal(&'a str),
    /// A document type declaration, with its root's name. It has no declarations of its own.
    Doctype(&'a str),
}

/// The scanner.
#[derive(Debug)]
pub(super) struct Xml<'a> {
    rest: &'a str,
    open: Vec<&'a str>,
    attributes: Vec<(&'a str, &'a str)>,
    /// Depth, prefix and raw value.
    bindings: Vec<(usize, &'a str, &'a str)>,
    /// Whether the last start tag was an empty element's.
    close_next: bool,
    started: bool,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Xml {
            rest: text,
            open: Vec::new(),
            attributes: Vec::new(),
            bindings: Vec::new(),
            close_next: false,
            started: false,
        }
    }

    /// The next event; `None` at the end of a whole document.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Fault> {
        if core::mem::take(&mut self.close_next) {
            self.close();
            return Ok(Some(Event::Close));
        }
        loop {
            let text = self.until('<');
            if !text.is_empty() {
                if !self.open.is_empty() {
                    return Ok(Some(Event::Text(text)));
                }
                if !text.trim_matches(is_space).is_empty() {
                    return Err(Fault::ImageDamaged);
                }
            }
            if self.rest.is_empty() {
                let whole = self.started && self.open.is_empty();
                return if whole { Ok(None) } else { Err(Fault::ImageDamaged) };
            }
            if self.skip("<!--") {
                self.through("-->")?;
            } else if self.skip("<?") {
                self.through("?>")?;
            } else if self.skip("<![CDATA[") {
                let literal = self.through("]]>")?;
                return if self.open.is_empty() {
                    Err(Fault::ImageDamaged)
                } else {
                    Ok(Some(Event::Literal(literal)))
                };
            } else if self.skip("<!DOCTYPE") {
                return self.doctype().map(Some);
            } else if self.skip("</") {
                let name = self.through(">")?.trim_end_matches(is_space);
                if self.open.last() != Some(&name) {
                    return Err(Fault::ImageDamaged);
                }
                self.close();
                return Ok(Some(Event::Close));
            } else {
                return self.start_tag().map(Some);
            }
        }
    }

    /// The attribute `name` of the last start tag, with its references.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<&'a str>, Fault> {
        let mut values = self.attributes.iter().filter(|(n, _)| *n == name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Fault::ImageDamaged),
            (first, None) => Ok(first.map(|(_, value)| *value)),
        }
    }

    /// The values of all attributes of the last start tag, with their references.
    pub(super) fn values(&self) -> impl Iterator<Item = &'a str> {
        self.attributes.iter().map(|(_, value)| *value)
    }

    /// The namespace that the element `name` is in where it stands.
    pub(super) fn namespace(&self, name: &str) -> Result<String, Fault> {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let bound = self.bindings.iter().rev().find(|(_, p, _)| *p == prefix);
        bound.map_or(Ok(String::new()), |(_, _, value)| unescape(value, true))
    }

    fn close(&mut self) {
        let depth = self.open.len();
        while self.bindings.pop_if(|(at, ..)| *at == depth).is_some() {}
        self.open.pop();
    }

    /// Takes everything up to `end`, or the rest.
    fn until(&mut self, end: char) -> &'a str {
        let at = self.rest.find(end).unwrap_or(self.rest.len());
        self.take(at)
    }

    /// Takes everything up to `end`, and drops `end`.
    fn through(&mut self, end: &str) -> Result<&'a str, Fault> {
        let (before, after) = codec::split_once(self.rest, end).ok_or(Fault::ImageDamaged)?;
        self.rest = after;
        Ok(before)
    }

    fn take(&mut self, at: usize) -> &'a str {
        let (before, after) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }

    fn skip(&mut self, start: &str) -> bool {
        self.rest.strip_prefix(start).map(|after| self.rest = after).is_some()
    }

    fn skip_space(&mut self) -> bool {
        let trimmed = self.rest.trim_start_matches(is_space);
        let skipped = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        skipped
    }

    /// A name: anything without the characters of the markup.
    fn name(&mut self) -> Result<&'a str, Fault> {
        let at = self
            .rest
            .find(|c| is_space(c) || matches!(c, '<' | '>' | '/' | '=' | '"' | '\'' | '&' | '!' | '[' | ']'))
            .unwrap_or(self.rest.len());
        if at == 0 { Err(Fault::ImageDamaged) } else { Ok(self.take(at)) }
    }

    /// A declaration that only names a document type is ignored, as by every reader that does not validate. One
    /// that declares things itself could change what the document says.
    fn doctype(&mut self) -> Result<Event<'a>, Fault> {
        if self.started || !self.skip_space() {
            return Err(Fault::ImageDamaged);
        }
        let name = self.name()?;
        loop {
            self.skip_space();
            if self.skip(">") {
                return Ok(Event::Doctype(name));
            }
            if self.skip("[") {
                return Err(Fault::SvgUnsafe);
            }
            if self.skip("\"") {
                self.through("\"")?;
            } else if self.skip("'") {
                self.through("'")?;
            } else {
                self.name()?;
            }
        }
    }

    fn start_tag(&mut self) -> Result<Event<'a>, Fault> {
        if !self.skip("<") || (self.started && self.open.is_empty()) || self.open.len() == DEPTH {
            return Err(Fault::ImageDamaged);
        }
        self.started = true;
        let name = self.name()?;
        self.open.push(name);
        self.attributes.clear();
        loop {
            let spaced = self.skip_space();
            if self.skip(">") {
                return Ok(Event::Open(name));
            }
            if self.skip("/>") {
                self.close_next = true;
                return Ok(Event::Open(name));
            }
            if !spaced {
                return Err(Fault::ImageDamaged);
            }
            let attribute = self.name()?;
            self.skip_space();
            if !self.skip("=") {
                return Err(Fault::ImageDamaged);
            }
            self.skip_space();
            let quote = if self.skip("\"") { "\"" } else { "'" };
            if quote == "'" && !self.skip("'") {
                return Err(Fault::ImageDamaged);
            }
            let value = self.through(quote)?;
            if value.contains('<') || self.attributes.len() == ATTRIBUTES {
                return Err(Fault::ImageDamaged);
            }
            self.attributes.push((attribute, value));
            if let Some(prefix) = attribute.strip_prefix("xmlns") {
                self.bind(prefix, value)?;
            }
        }
    }

    /// Binds `xmlns` or `xmlns:prefix` for the element that was opened last.
    fn bind(&mut self, prefix: &'a str, value: &'a str) -> Result<(), Fault> {
        let prefix = match prefix.strip_prefix(':') {
            Some(prefix) => prefix,
            None if prefix.is_empty() => "",
            None => return Ok(()),
        };
        let depth = self.open.len();
        let twice =
            self.bindings.iter().rev().take_while(|(at, ..)| *at == depth).any(|(_, p, _)| *p == prefix);
        if twice || self.bindings.len() == BINDINGS {
            return Err(Fault::ImageDamaged);
        }
        self.bindings.push((depth, prefix, value));
        Ok(())
    }
}

/// White space of XML (section 2.3).
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Replaces references by their characters: the five that XML itself defines, and numeric ones. In attributes,
/// white space becomes blanks (section 3.3.3).
pub(super) fn unescape(raw: &str, attribute: bool) -> Result<String, Fault> {
    let mut parts = raw.split('&');
    let mut out = String::with_capacity(raw.len());
    let push = |out: &mut String, text: &str| {
        out.extend(text.chars().map(|c| if attribute && is_space(c) { ' ' } else { c }));
    };
    push(&mut out, parts.next().unwrap_or_default());
    for part in parts {
        let (name, text) = part.split_once(';').ok_or(Fault::ImageDamaged)?;
        out.push(character(name).ok_or(Fault::ImageDamaged)?);
        push(&mut out, text);
    }
    Ok(out)
}

pub(super) fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
            if digits.starts_with('+') {
                return None;
            }
            let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
            (c >= ' ' || is_space(c)).then_some(c)
        }
    }
}
