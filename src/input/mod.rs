//! Bytes to what is in them, told by their content and never by a file's name or declared type.
//!
//! Pictures, data URLs and JSON envelopes are opened, at most [`LAYERS`] deep; what comes out is one JSON document,
//! one token, one link, or a file of files (`packed.rs`). Nothing here looks at a signature.

mod among;
mod baked;
mod carried;
mod envelope;
mod error;
pub(crate) mod html;
mod listed;
pub(crate) mod packed;
mod pdf;
mod png;
mod svg;
mod tar;
mod token;
mod xml;
mod zip;

pub(crate) use among::among;
pub(crate) use carried::carried;
pub(crate) use envelope::data_url_parts;
pub use error::{Error, Fault, Note};
pub(crate) use listed::listed;
pub use packed::Packing;

use baked::Baked;

use crate::budget;
use crate::json::{self, Json};
use crate::report::Container;

/// How many wrappings are opened: a picture that holds an envelope, or a data URL that holds a picture.
const LAYERS: u8 = 2;

/// What an input turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// How the credential came: the picture it was in, else its own form.
    pub container: Container,
    /// The credential, or where it is.
    pub content: Content,
    /// What a reader should know of how it came.
    pub notes: Vec<Note>,
}

/// One credential, several, or a link to one.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A JSON object or array, and its text without the blanks around it; the canonical text (RFC 8785) where it was
    /// a member of an envelope.
    Json(Json, Vec<u8>),
    /// A compact JWS: three parts, of which the first is a JSON object's base64url. The last may be empty.
    Jwt(String),
    /// A compact JWS followed by `~` and disclosures.
    SdJwt(String),
    /// An `http:` or `https:` address.
    Url(String),
    /// Files in one file, not looked into yet.
    Packed(Packing, Vec<u8>),
}

/// Reads an input of any kind.
///
/// # Errors
/// Why there is nothing to verify in it.
pub fn read(bytes: &[u8]) -> Result<Input, Error> {
    if bytes.len() > budget::MAX_INPUT {
        return Err(Fault::TooLarge.into());
    }
    Reader { layers: LAYERS, pictures: true, largest: budget::MAX_CREDENTIAL }.open(bytes)
}

/// Reads a fetched credential that another one names, such as a status list: JSON or a token, which may be larger than
/// other credentials.
///
/// # Errors
/// Why there is nothing to verify in it.
pub fn read_fetched(bytes: &[u8]) -> Result<Input, Error> {
    Reader { layers: 1, pictures: false, largest: budget::MAX_STATUS_LIST as usize }.open(bytes)
}

/// How one layer is read.
#[derive(Clone, Copy, Debug)]
struct Reader {
    /// How many wrappings may still be opened.
    layers: u8,
    /// Whether a picture may be met.
    pictures: bool,
    /// Most bytes of one credential.
    largest: usize,
}

impl Reader {
    fn open(self, bytes: &[u8]) -> Result<Input, Error> {
        if self.pictures {
            if bytes.starts_with(png::SIGNATURE) {
                return self.picture(Container::Png, png::find(bytes));
            }
            if let Some(fault) = other_picture(bytes) {
                return Err(fault.into());
            }
        }
        if self.pictures && tar::is_tar(bytes) {
            return Ok(packed(Container::Tar, Packing::Tar, bytes));
        }
        let text = match text(bytes) {
            Err(Fault::Pdf) if self.pictures => return Ok(packed(Container::Pdf, Packing::Pdf, bytes)),
            _ if self.pictures && zip::is_zip(bytes) => {
                return Ok(packed(Container::Zip, Packing::Zip, bytes));
            }
            text => text?,
        };
        match text.bytes().next() {
            None => Err(Fault::Empty.into()),
            Some(b'<') if self.pictures => match svg::find(text) {
                Err(fault @ (Fault::Html | Fault::NotRecognized | Fault::Europass)) => Err(fault.into()),
                found => self.picture(Container::Svg, found),
            },
            Some(b'{' | b'[') => self.document(text),
            Some(b'"') => match parse(text)? {
                Json::String(inner) => self.inner()?.open(inner.as_bytes()),
                _ => Err(Fault::NotRecognized.into()),
            },
            _ => self.plain(text),
        }
    }

    /// How what a layer holds is read.
    fn inner(self) -> Result<Self, Fault> {
        let layers = self.layers.checked_sub(1).ok_or(Fault::NotRecognized)?;
        Ok(Reader { layers, ..self })
    }

    /// The credential that was baked into a picture.
    fn picture(self, container: Container, found: Result<Baked<'_>, Fault>) -> Result<Input, Error> {
        let named = |fault| match fault {
            // An empty place for a credential.
            Fault::Empty => Error { container, fault: Fault::ImageWithoutCredential },
            fault => Error { container, fault },
        };
        let (payload, notes) = found.and_then(Baked::into_payload).map_err(named)?;
        let inner = Reader { pictures: false, ..self.inner().map_err(named)? };
        let opened = inner.open(&payload).map_err(|e| named(e.fault))?;
        Ok(Input { container, notes, ..opened })
    }

    /// A JSON object or array, or what an envelope of one kind or another holds.
    fn document(self, text: &str) -> Result<Input, Error> {
        let value = parse(text)?;
        let opened = match (value.as_object().and_then(envelope::find), self.inner()) {
            (Some(Json::String(text)), Ok(inner)) => inner.open(text.as_bytes()),
            (Some(object), Ok(_)) => self.json(object.clone(), &json::canonicalize(object)),
            _ => Err(Fault::NotRecognized.into()),
        };
        match opened {
            // No envelope, or a member that only shares an envelope's name.
            Err(Error { fault: Fault::NotRecognized | Fault::Empty, .. }) => self.json(value, text),
            opened => opened,
        }
    }

    fn json(self, value: Json, text: &str) -> Result<Input, Error> {
        // Several credentials together may be as large as an input.
        if text.len() > self.largest && value.as_array().is_none() {
            return Err(Error { container: Container::Json, fault: Fault::TooLarge });
        }
        Ok(input(Container::Json, Content::Json(value, text.into())))
    }

    /// Text that is neither JSON nor XML: a token, a data URL or a link.
    fn plain(self, text: &str) -> Result<Input, Error> {
        let text = token::bare(text);
        if let Some(whole) = token::unwrapped(text) {
            return self.plain(&whole);
        }
        if let Some(decoded) = envelope::data_url(text) {
            return match decoded {
                Ok(bytes) => self.inner()?.open(&bytes),
                Err(_) => Err(Fault::NotRecognized.into()),
            };
        }
        let (container, content): (_, fn(String) -> Content) = match token::kind(text)? {
            token::Kind::Url => (Container::Url, Content::Url),
            token::Kind::Jwt => (Container::Jwt, Content::Jwt),
            token::Kind::SdJwt => (Container::SdJwt, Content::SdJwt),
        };
        if text.len() > self.largest {
            return Err(Error { container, fault: Fault::TooLarge });
        }
        Ok(input(container, content(text.into())))
    }
}

const fn input(container: Container, content: Content) -> Input {
    Input { container, content, notes: Vec::new() }
}

fn packed(container: Container, packing: Packing, bytes: &[u8]) -> Input {
    input(container, Content::Packed(packing, bytes.into()))
}

/// The text of `bytes` without byte order mark and surrounding blanks.
fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return Err(Fault::Pdf);
    }
    let opening = |b: &u8| matches!(b, b'{' | b'[' | b'"' | b'<');
    let utf16 = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, c, ..] | [c, 0, ..] => opening(c),
        _ => false,
    };
    match core::str::from_utf8(bytes) {
        Ok(text) if !utf16 => Ok(text.trim()),
        _ if start.starts_with(b"<") && svg::is_html(start) => Err(Fault::Html),
        _ if utf16 || start.first().is_some_and(opening) => Err(Fault::NotUtf8),
        // Readers of PDF accept junk before its header (ISO 32000-1, annex H.3).
        _ if pdf::header(bytes).is_some() => Err(Fault::Pdf),
        _ => Err(Fault::NotRecognized),
    }
}

/// Pictures that no standard bakes badges into, and PNG files damaged on their way.
fn other_picture(bytes: &[u8]) -> Option<Fault> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => Some(Fault::ImageWithoutCredential),
        // WebP; AVIF and HEIC, as telephones write them.
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..]
        | [0, 0, 0, _, b'f', b't', b'y', b'p', b'a' | b'h' | b'm', b'v' | b'e' | b'i', b'i' | b'f', ..] => {
            Some(Fault::ImageWithoutCredential)
        }
        [_, b'P', b'N', b'G', b'\r' | b'\n', ..] | [b'P', b'N', b'G', b'\r' | b'\n', ..] => {
            Some(Fault::ImageDamaged)
        }
        _ => None,
    }
}

fn parse(text: &str) -> Result<Json, Error> {
    json::parse(text.as_bytes())
        .map_err(|e| Error { container: Container::Json, fault: Fault::json(e, text) })
}
