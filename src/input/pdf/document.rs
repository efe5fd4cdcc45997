//! Where the objects of a PDF are: by its cross-reference tables and streams (ISO 32000-2, sections 7.5.4 and 7.5.8),
//! or, where these are damaged, by looking through the whole file.

use core::cell::Cell;

use super::object::{Dictionary, Object, Parser, is_space};
use super::stream;
use crate::budget::Budget;

/// Highest number of an object, and one more.
const OBJECTS: usize = 1 << 18;
/// Most tables of one file: a new one comes with each change that is saved.
const TABLES: usize = 512;
/// Bytes that are read as objects in one file, those that are read again counted again.
const WORK: usize = 64 << 20;

/// Where an object is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Place {
    /// Nothing is said of it.
    #[default]
    Unknown,
    /// It was deleted.
    Free,
    /// At this position.
    At(usize),
    /// In the object stream of this number.
    In(u32),
}

/// A PDF whose objects are being looked up.
#[derive(Debug)]
pub(super) struct Document<'a> {
    bytes: &'a [u8],
    budget: &'a Budget,
    places: Vec<Place>,
    /// The number of the catalog, where everything begins.
    pub(super) root: Option<u32>,
    /// The number of the dictionary with title and author.
    pub(super) info: Option<u32>,
    pub(super) encrypted: bool,
    /// Bytes that may still be read.
    work: Cell<usize>,
}

/// An object that has a number.
#[derive(Debug)]
pub(super) struct Indirect<'a> {
    pub(super) number: usize,
    /// The object; `None` where it is damaged or too large.
    pub(super) object: Option<Object<'a>>,
    /// What follows it, should it be a stream.
    pub(super) data: Option<&'a [u8]>,
    end: usize,
}

impl<'a> Document<'a> {
    pub(super) const fn new(bytes: &'a [u8], budget: &'a Budget) -> Self {
        Document {
            bytes,
            budget,
            places: Vec::new(),
            root: None,
            info: None,
            encrypted: false,
            work: Cell::new(WORK),
        }
    }

    pub(super) fn places(&self) -> impl Iterator<Item = (u32, Place)> {
        (0..).zip(self.places.iter().copied())
    }

    pub(super) fn place(&self, number: u32) -> Place {
        self.places.get(number as usize).copied().unwrap_or_default()
    }

    /// Notes where an object is. What was said first stands, for newer tables are read first.
    fn put(&mut self, number: usize, place: Place) -> Option<()> {
        if number >= OBJECTS {
            return None;
        }
        if self.places.len() <= number {
            self.places.resize(number + 1, Place::Unknown);
        }
        let slot = self.places.get_mut(number)?;
        if *slot == Place::Unknown {
            *slot = place;
        }
        Some(())
    }

    /// Counts what was read; `None` where it was too much.
    pub(super) fn spend(&self, bytes: usize) -> Option<()> {
        let left = self.work.get().checked_sub(bytes);
        self.work.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    /// Whether more was asked than is read of one file.
    pub(super) fn exhausted(&self) -> bool {
        self.work.get() == 0
    }

    /// The object at this position; `None` where none begins there.
    pub(super) fn indirect(&self, at: usize) -> Option<Indirect<'a>> {
        let mut parser = Parser::new(self.bytes, at);
        let header = head(&mut parser);
        let found = header.map(|number| self.body(number, &mut parser));
        self.spend(parser.at.saturating_sub(at).saturating_add(1))?;
        found
    }

    fn body(&self, number: usize, parser: &mut Parser<'a>) -> Indirect<'a> {
        let mut object = parser.object();
        let mut data = None;
        if let Some(Object::Dictionary(dictionary)) = &mut object
            && parser.keyword("stream")
        {
            for name in ["Filter", "DecodeParms"] {
                if let Some(number) = dictionary.reference(name)
                    && let Some(direct) = self.direct(number)
                {
                    dictionary.set(name, direct);
                }
            }
            data = self.data(dictionary, parser);
        }
        Indirect { number, object, data, end: parser.at }
    }

    /// The object of this number where it stands by itself, and is no stream.
    fn direct(&self, number: u32) -> Option<Object<'a>> {
        let Place::At(at) = self.place(number) else { return None };
        let mut parser = Parser::new(self.bytes, at);
        let object = head(&mut parser).filter(|n| *n == number as usize).and_then(|_| parser.object());
        self.spend(parser.at.saturating_sub(at).saturating_add(1))?;
        object
    }

    /// The data of a stream: as long as it says, or up to the word at its end where that does not fit.
    fn data(&self, dictionary: &Dictionary<'a>, parser: &mut Parser<'a>) -> Option<&'a [u8]> {
        let rest = parser.rest();
        let start = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        parser.at += start;
        let rest = parser.rest();
        let length = match dictionary.get("Length") {
            Some(Object::Reference(number)) => match self.direct(*number) {
                Some(Object::Number(length)) => usize::try_from(length).ok(),
                _ => None,
            },
            _ => dictionary.size("Length"),
        };
        if let Some(data) = length.and_then(|length| rest.get(..length)) {
            let mut after = Parser::new(self.bytes, parser.at + data.len());
            if after.keyword("endstream") {
                parser.at = after.at;
                return Some(data);
            }
        }
        let length = rest.windows(9).position(|w| w == b"endstream").unwrap_or(rest.len());
        parser.at += length;
        let data = rest.get(..length)?;
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        Some(data.strip_suffix(b"\r").unwrap_or(data))
    }

    /// The bytes of a stream without its filters.
    pub(super) fn decode(&self, stream: &Indirect<'a>) -> Option<Vec<u8>> {
        match (&stream.object, stream.data) {
            (Some(Object::Dictionary(dictionary)), Some(data)) => {
                stream::decode(dictionary, data, self.budget)
            }
            _ => None,
        }
    }

    /// Reads the tables, the newest first; `None` where any of them is damaged.
    pub(super) fn read_tables(&mut self) -> Option<()> {
        let tail = self.bytes.len().saturating_sub(2_048);
        let last = self.bytes.get(tail..)?.windows(9).rposition(|w| w == b"startxref")?;
        let mut parser = Parser::new(self.bytes, tail + last + 9);
        let mut next = vec![parser.integer()?];
        for _ in 0..TABLES {
            let Some(at) = next.pop() else { return self.root.map(|_| ()) };
            let trailer = self.read_table(at)?;
            self.note(&trailer);
            next.extend(trailer.size("Prev"));
            // What old readers do not see comes before what they do.
            next.extend(trailer.size("XRefStm"));
        }
        None
    }

    /// Notes what a trailer says of the whole file.
    fn note(&mut self, trailer: &Dictionary<'a>) {
        self.root = self.root.or(trailer.reference("Root"));
        self.info = self.info.or(trailer.reference("Info"));
        self.encrypted |= trailer.get("Encrypt").is_some();
    }

    /// Reads the table or cross-reference stream at this position.
    fn read_table(&mut self, at: usize) -> Option<Dictionary<'a>> {
        let mut parser = Parser::new(self.bytes, at);
        if !parser.keyword("xref") {
            let stream = self.indirect(at)?;
            self.read_stream(&stream)?;
            return match stream.object {
                Some(Object::Dictionary(dictionary)) => Some(dictionary),
                _ => None,
            };
        }
        while !parser.keyword("trailer") {
            let (first, count) = (parser.integer()?, parser.integer()?);
            for number in first..first.checked_add(count)? {
                let (position, _generation) = (parser.integer()?, parser.integer()?);
                let free = !parser.keyword("n");
                if free && !parser.keyword("f") {
                    return None;
                }
                self.put(number, if free { Place::Free } else { Place::At(position) })?;
            }
        }
        let trailer = parser.object();
        self.spend(parser.at.saturating_sub(at))?;
        match trailer {
            Some(Object::Dictionary(trailer)) => Some(trailer),
            _ => None,
        }
    }

    /// Reads a cross-reference stream.
    fn read_stream(&mut self, stream: &Indirect<'a>) -> Option<()> {
        let Some(Object::Dictionary(dictionary)) = &stream.object else { return None };
        if !dictionary.is("Type", "XRef") {
            return None;
        }
        let table = self.decode(stream)?;
        self.spend(table.len())?;
        let widths = sizes(dictionary.get("W")?)?;
        let [kind, second, third] = widths.first_chunk::<3>()?;
        if widths.iter().any(|width| *width > 8) {
            return None;
        }
        let mut rows = table.chunks_exact((widths.iter().sum::<usize>()).max(1));
        let ranges = match dictionary.get("Index") {
            Some(index) => sizes(index)?,
            None => vec![0, dictionary.size("Size")?],
        };
        for range in ranges.chunks_exact(2) {
            let [first, count] = range.first_chunk::<2>()?;
            // The table is at most as long as it says.
            for (number, row) in (*first..first.checked_add(*count)?).zip(&mut rows) {
                let (of_kind, rest) = row.split_at_checked(*kind)?;
                let (of_second, rest) = rest.split_at_checked(*second)?;
                let (position, _third) = (big_endian(of_second), rest.get(..*third)?);
                let place = match if *kind == 0 { 1 } else { big_endian(of_kind) } {
                    0 => Place::Free,
                    1 => Place::At(usize::try_from(position).ok()?),
                    2 => Place::In(u32::try_from(position).ok()?),
                    _ => continue,
                };
                self.put(number, place)?;
            }
        }
        Some(())
    }

    /// Looks for objects through the whole file. The last of each number is the one that counts.
    pub(super) fn scan(&mut self) {
        let (mut at, mut catalog) = (0, None);
        while let Some(mark) = landmark(self.bytes, at) {
            if self.exhausted() {
                break;
            }
            at = mark + 3;
            let Some(head) = head_before(self.bytes, mark) else {
                self.note_trailer(mark);
                continue;
            };
            let Some(found) = self.indirect(head) else { continue };
            let Some(object) = &found.object else { continue };
            at = at.max(found.end);
            self.replace(found.number, Place::At(head));
            let Object::Dictionary(dictionary) = object else { continue };
            let number = u32::try_from(found.number).unwrap_or_default();
            if dictionary.is("Type", "Catalog") {
                catalog = Some(number);
            } else if dictionary.is("Type", "XRef") {
                self.note_newer(dictionary);
            } else if dictionary.is("Type", "ObjStm")
                && let Some(contents) = self.decode(&found)
            {
                for (packed, _) in packed(&contents, dictionary) {
                    self.replace(packed as usize, Place::In(number));
                }
            }
        }
        self.root = self.root.or(catalog);
    }

    fn replace(&mut self, number: usize, place: Place) {
        if let Some(slot) = self.places.get_mut(number) {
            *slot = Place::Unknown;
        }
        let _ = self.put(number, place);
    }

    /// Notes what the trailer at this position says, should there be one.
    fn note_trailer(&mut self, at: usize) {
        let mut parser = Parser::new(self.bytes, at);
        if parser.keyword("trailer")
            && let Some(Object::Dictionary(trailer)) = parser.object()
        {
            self.note_newer(&trailer);
        }
        let _ = self.spend(parser.at.saturating_sub(at));
    }

    fn note_newer(&mut self, trailer: &Dictionary<'a>) {
        self.root = trailer.reference("Root").or(self.root);
        self.info = trailer.reference("Info").or(self.info);
        self.encrypted |= trailer.get("Encrypt").is_some();
    }
}

/// The number of the object that begins here.
fn head(parser: &mut Parser<'_>) -> Option<usize> {
    let (number, _generation) = (parser.integer()?, parser.integer()?);
    parser.keyword("obj").then_some(number)
}

/// Where the next word is that an object or a trailer begins with.
fn landmark(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let is_mark = |w: &[u8]| w.starts_with(b"obj") || w == b"trailer";
    rest.windows(7).position(is_mark).map(|at| from + at)
}

/// Where the two numbers begin that stand before the word at `mark`.
fn head_before(bytes: &[u8], mark: usize) -> Option<usize> {
    let mut at = mark;
    for _ in 0..2 {
        let before = at;
        at = back(bytes, at, is_space)?;
        let after_digits = at;
        at = back(bytes, at, |b| b.is_ascii_digit())?;
        if after_digits == before || at == after_digits {
            return None;
        }
    }
    Some(at)
}

/// Goes back over bytes of one kind, but not for long.
fn back(bytes: &[u8], from: usize, is: fn(u8) -> bool) -> Option<usize> {
    let before = bytes.get(..from)?;
    let count = before.iter().rev().take(16).take_while(|b| is(**b)).count();
    Some(from - count)
}

/// The numbers of the objects in an object stream, and where in `contents` they begin (section 7.5.7).
pub(super) fn packed(contents: &[u8], dictionary: &Dictionary<'_>) -> Vec<(u32, usize)> {
    let mut all = Vec::new();
    let Some(first) = dictionary.size("First") else { return all };
    let mut header = Parser::new(contents.get(..first).unwrap_or_default(), 0);
    while let (Some(number), Some(offset)) = (header.integer(), header.integer()) {
        if let (Ok(number), Some(at)) = (u32::try_from(number), first.checked_add(offset)) {
            all.push((number, at));
        }
        if all.len() >= OBJECTS {
            break;
        }
    }
    all
}

/// An array of sizes.
fn sizes(object: &Object<'_>) -> Option<Vec<usize>> {
    let Object::Array(items) = object else { return None };
    let size = |item: &Object<'_>| match item {
        Object::Number(number) => usize::try_from(*number).ok(),
        _ => None,
    };
    items.iter().map(size).collect()
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}
