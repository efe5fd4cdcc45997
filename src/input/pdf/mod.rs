//! PDF documents (ISO 32000-2): the files attached to one, and what its metadata hold. No page is looked at.
//!
//! A file is whatever the catalog leads to that has an embedded stream (section 7.11.4): entries of the tree
//! `/EmbeddedFiles`, associated files (`/AF`), attachments on pages. So no tree of names or pages has to be walked.

mod document;
mod object;
mod stream;

use super::Fault;
use super::packed::{File, Files, label};
use super::xml::{Event, Xml, unescape};
use crate::budget::Budget;

use document::{Document, Indirect, Place};
use object::{Dictionary, Object, Parser};

/// Where the header is. Readers accept junk before it (ISO 32000-1, annex H.3).
pub(super) fn header(bytes: &[u8]) -> Option<usize> {
    bytes.windows(5).take(1_024).position(|w| w == b"%PDF-")
}

/// The files that are attached to a PDF or stand in its metadata.
pub(super) fn files(bytes: &[u8], budget: &Budget) -> Result<Files, Fault> {
    let bytes = header(bytes).and_then(|start| bytes.get(start..)).ok_or(Fault::Pdf)?;
    let mut document = Document::new(bytes, budget);
    let mut survey = match document.read_tables() {
        Some(()) if !document.encrypted => Survey::of(&document),
        _ => None,
    };
    if survey.is_none() && !document.encrypted {
        document = Document::new(bytes, budget);
        document.scan();
        survey = Survey::of(&document);
    }
    if document.encrypted {
        return Err(Fault::PdfLocked);
    }
    let root = document.root.filter(|root| document.place(*root) != Place::Unknown).ok_or(Fault::Pdf)?;
    Ok(survey.ok_or(Fault::Pdf)?.files(root, &document))
}

/// What the objects of a document are, by their numbers.
struct Survey {
    nodes: Vec<Node>,
    /// The number of the stream with the document's metadata.
    metadata: Option<u32>,
    /// Texts of the document's information that may be credentials.
    texts: Vec<Vec<u8>>,
    gaps: bool,
}

/// What matters of one object.
#[derive(Clone, Default)]
struct Node {
    links: Vec<u32>,
    attached: Vec<Attached>,
}

/// A file specification with something embedded.
#[derive(Clone)]
struct Attached {
    name: Option<String>,
    streams: Streams,
}

/// The numbers of the streams that are embedded for one system or another.
#[derive(Clone)]
enum Streams {
    Here(Vec<u32>),
    /// In another object.
    ListedIn(u32),
}

impl Survey {
    /// Looks at each object once; `None` where one is not where the tables say.
    fn of(document: &Document<'_>) -> Option<Survey> {
        let mut survey = Survey { nodes: Vec::new(), metadata: None, texts: Vec::new(), gaps: false };
        survey.nodes.resize(document.places().count(), Node::default());
        let mut containers = vec![false; survey.nodes.len()];
        for (number, place) in document.places() {
            match place {
                Place::At(at) => {
                    let found = document.indirect(at).filter(|found| found.number == number as usize)?;
                    survey.look_at(number, found.object.as_ref(), document);
                }
                Place::In(container) => match containers.get_mut(container as usize) {
                    Some(is_container) => *is_container = true,
                    None => return None,
                },
                Place::Unknown | Place::Free => {}
            }
        }
        for (container, _) in (0..).zip(&containers).filter(|(_, is_container)| **is_container) {
            survey.look_into(container, document);
        }
        survey.gaps |= document.exhausted();
        Some(survey)
    }

    /// Looks at the objects in an object stream.
    fn look_into(&mut self, container: u32, document: &Document<'_>) {
        let Place::At(at) = document.place(container) else {
            self.gaps = true;
            return;
        };
        let stream = document.indirect(at);
        let contents = stream.as_ref().and_then(|stream| document.decode(stream));
        let (Some(contents), Some(Indirect { object: Some(Object::Dictionary(dictionary)), .. })) =
            (contents, &stream)
        else {
            self.gaps = true;
            return;
        };
        for (number, at) in document::packed(&contents, dictionary) {
            if document.place(number) == Place::In(container) {
                let mut parser = Parser::new(&contents, at);
                let object = parser.object();
                if document.spend(parser.at.saturating_sub(at).saturating_add(1)).is_none() {
                    return;
                }
                self.look_at(number, object.as_ref(), document);
            }
        }
    }

    fn look_at(&mut self, number: u32, object: Option<&Object<'_>>, document: &Document<'_>) {
        let (Some(object), Some(node)) = (object, self.nodes.get_mut(number as usize)) else {
            self.gaps = true;
            return;
        };
        *node = Node::default();
        node.look_at(object);
        let Object::Dictionary(dictionary) = object else { return };
        if document.root == Some(number) {
            self.metadata = dictionary.reference("Metadata");
        }
        if document.info == Some(number) {
            self.texts = dictionary.values().filter_map(secured).collect();
        }
    }

    /// The files that `root` leads to, in the order in which it does, each once.
    fn files(self, root: u32, document: &Document<'_>) -> Files {
        let mut files = Files { files: Vec::new(), gaps: self.gaps };
        let mut met = vec![false; self.nodes.len()];
        let mut taken = met.clone();
        let mut queue = vec![root];
        let mut next = 0;
        while let Some(number) = queue.get(next).copied() {
            next += 1;
            let Some(node) = self.nodes.get(number as usize) else { continue };
            for link in &node.links {
                if first_time(&mut met, *link) {
                    queue.push(*link);
                }
            }
            for attached in &node.attached {
                for stream in self.streams(attached) {
                    if !first_time(&mut taken, *stream) {
                        continue;
                    }
                    let file = File { name: attached.name.clone(), bytes: embedded(*stream, document) };
                    if !files.push(file) {
                        return files;
                    }
                }
            }
        }
        let metadata = self.metadata.and_then(|number| embedded(number, document).ok());
        let in_metadata = metadata.as_deref().map(from_metadata).unwrap_or_default();
        for text in self.texts.into_iter().chain(in_metadata) {
            // Most producers write the same into both.
            let twice = files.files.iter().any(|file| file.bytes.as_ref() == Ok(&text));
            if !twice && !files.push(File { name: None, bytes: Ok(text) }) {
                break;
            }
        }
        files
    }

    /// The streams of an attachment, each of which may be another edition of the same file.
    fn streams<'s>(&'s self, attached: &'s Attached) -> &'s [u32] {
        match &attached.streams {
            Streams::Here(streams) => streams,
            Streams::ListedIn(number) => self.nodes.get(*number as usize).map_or(&[], |node| &node.links),
        }
    }
}

fn first_time(met: &mut [bool], number: u32) -> bool {
    met.get_mut(number as usize).is_some_and(|met| !core::mem::replace(met, true))
}

impl Node {
    /// Notes references and attachments. Objects are not nested deeply.
    fn look_at(&mut self, object: &Object<'_>) {
        match object {
            Object::Reference(number) => self.links.push(*number),
            Object::Array(items) => items.iter().for_each(|item| self.look_at(item)),
            Object::Dictionary(dictionary) => {
                if let Some(embedded) = dictionary.get("EF") {
                    self.attached.extend(Attached::of(dictionary, embedded));
                }
                dictionary.values().for_each(|value| self.look_at(value));
            }
            Object::Number(_) | Object::Name(_) | Object::Text(_) | Object::Other => {}
        }
    }
}

impl Attached {
    /// A file specification whose entry `EF` is `embedded`.
    fn of(dictionary: &Dictionary<'_>, embedded: &Object<'_>) -> Option<Self> {
        let streams = match embedded {
            Object::Dictionary(all) => Streams::Here(all.values().filter_map(Object::reference).collect()),
            Object::Reference(number) => Streams::ListedIn(*number),
            _ => return None,
        };
        let name = ["UF", "F"].iter().find_map(|key| dictionary.get(key).and_then(Object::text));
        Some(Attached { name: name.and_then(|name| label(&text(name))), streams })
    }
}

/// The bytes of an embedded file.
fn embedded(number: u32, document: &Document<'_>) -> Result<Vec<u8>, Fault> {
    let Place::At(at) = document.place(number) else { return Err(Fault::Pdf) };
    let stream = document.indirect(at).ok_or(Fault::Pdf)?;
    document.decode(&stream).ok_or(Fault::Pdf)
}

/// A text string (section 7.9.2.2), the older encoding read as Latin-1.
fn text(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(b"\xFE\xFF") {
        let units =
            utf16.chunks(2).map(|unit| unit.iter().fold(0, |value, byte| value << 8 | u16::from(*byte)));
        return char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match core::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// A text of the document's information, should it be like a credential.
fn secured(object: &Object<'_>) -> Option<Vec<u8>> {
    let text = text(object.text()?);
    is_secured(&text).then(|| text.trim().into())
}

/// Whether a text begins as JSON, a token or a data URL does.
fn is_secured(text: &str) -> bool {
    let text = text.trim_start();
    ["{", "[", "eyJ", "data:"].iter().any(|start| text.starts_with(start))
}

/// The texts in a document's metadata (XMP, ISO 16684-1) that are like a credential, in attributes and elements.
fn from_metadata(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut add = |text: &str| {
        if is_secured(text) {
            found.push(text.trim().into());
        }
    };
    let Ok(whole) = core::str::from_utf8(bytes) else { return found };
    let whole = whole.trim_start_matches('\u{feff}');
    let mut xml = Xml::new(whole.trim());
    let mut body = String::new();
    // What is no XML holds nothing: it was not attached, and nobody missed it.
    while let Ok(Some(event)) = xml.next() {
        match event {
            Event::Text(raw) => body.push_str(&unescape(raw, false).unwrap_or_default()),
            Event::Literal(text) => body.push_str(text),
            Event::Open(_) => {
                body.clear();
                for raw in xml.values() {
                    add(&unescape(raw, true).unwrap_or_default());
                }
            }
            Event::Close => {
                add(&body);
                body.clear();
            }
            Event::Doctype(_) => {}
        }
    }
    found
}
