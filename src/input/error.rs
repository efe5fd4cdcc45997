//! Why an input holds nothing to verify, and what is odd about one that does.

use crate::json;
use crate::report::{Args, Container, Explain, Reason, Status};

/// Why there is nothing to verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    pub(super) container: Container,
    pub(super) fault: Fault,
}

impl Error {
    /// What the input is, as far as that was seen.
    pub const fn container(&self) -> Container {
        self.container
    }

    /// What is wrong.
    pub const fn fault(&self) -> Fault {
        self.fault
    }
}

/// What is wrong with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing, or only blanks.
    Empty,
    /// More bytes than an input or a credential may have.
    TooLarge,
    /// No kind of text or file that carries credentials.
    NotRecognized,
    /// Text in another encoding than UTF-8.
    NotUtf8,
    /// JSON with a fault, and where: line and column, from 1, the column in characters.
    Json(json::ErrorKind, usize, usize),
    /// A picture with no credential inside.
    ImageWithoutCredential,
    /// A picture whose parts do not add up.
    ImageDamaged,
    /// A picture with several credentials inside.
    ImageSeveral,
    /// An SVG with declarations that could change its meaning.
    SvgUnsafe,
    /// A PDF document that is damaged, or made in a way that is not read.
    Pdf,
    /// A PDF document that is locked.
    PdfLocked,
    /// An archive, or a file in one, whose parts do not add up.
    ArchiveDamaged,
    /// An archive, or a file in one, that is locked.
    ArchiveLocked,
    /// An archive, or a file in one, that is packed in a way that is not read: ZIP64, another method.
    ArchiveUnsupported,
    /// More files than are looked at, or more in them.
    TooMany,
    /// A token, a wallet or a message that is encrypted.
    Encrypted,
    /// A web page.
    Html,
    /// A European credential in XML, under a seal of another kind.
    Europass,
    /// The beginning of a JWT, but not a whole one.
    Jwt,
    /// A credential in CBOR-LD, made for printing in a QR code.
    CborLd,
    /// A health certificate out of a QR code.
    HealthPass,
}

impl Fault {
    /// The fault that the JSON parser met in `text`.
    pub(super) fn json(error: json::Error, text: &str) -> Self {
        let before = text.get(..error.offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Fault::Json(error.kind, line, column)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let container = match fault {
            Fault::Pdf | Fault::PdfLocked => Container::Pdf,
            Fault::ArchiveDamaged | Fault::ArchiveLocked | Fault::ArchiveUnsupported => Container::Zip,
            Fault::Html => Container::Html,
            Fault::Jwt => Container::Jwt,
            Fault::SvgUnsafe => Container::Svg,
            _ => Container::Unknown,
        };
        Error { container, fault }
    }
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        use json::ErrorKind;
        match self.fault {
            Fault::Empty => Reason::EmptyInput,
            Fault::TooLarge => Reason::InputTooLarge,
            Fault::NotRecognized => Reason::NotRecognized,
            Fault::NotUtf8 => Reason::NotUtf8,
            Fault::Json(kind, ..) => match kind {
                ErrorKind::Utf8 => Reason::NotUtf8,
                ErrorKind::Syntax => Reason::JsonSyntax,
                ErrorKind::Truncated => Reason::JsonTruncated,
                ErrorKind::Trailing => Reason::JsonTrailing,
                ErrorKind::DuplicateName => Reason::JsonDuplicateName,
                ErrorKind::LoneSurrogate => Reason::JsonLoneSurrogate,
                ErrorKind::NumberRange => Reason::JsonNumberRange,
                ErrorKind::TooDeep => Reason::JsonTooDeep,
                ErrorKind::TooMany => Reason::JsonTooMany,
            },
            Fault::ImageWithoutCredential => Reason::ImageWithoutCredential,
            Fault::ImageDamaged => Reason::ImageDamaged,
            Fault::ImageSeveral => Reason::ImageSeveral,
            Fault::SvgUnsafe => Reason::SvgUnsafe,
            Fault::Pdf => Reason::PdfNotRead,
            Fault::PdfLocked => Reason::PdfLocked,
            Fault::ArchiveDamaged => Reason::ArchiveDamaged,
            Fault::ArchiveLocked => Reason::ArchiveLocked,
            Fault::ArchiveUnsupported => Reason::ArchiveUnsupported,
            Fault::TooMany => Reason::TooComplex,
            Fault::Encrypted => Reason::Encrypted,
            Fault::Html => Reason::HtmlPage,
            Fault::Europass => Reason::FamilyUnsupported,
            Fault::Jwt => Reason::JwtMalformed,
            Fault::CborLd => Reason::CborLdNotRead,
            Fault::HealthPass => Reason::HealthPass,
        }
    }

    fn status(&self) -> Status {
        // What was not looked at may be a good credential.
        match self.fault {
            Fault::Europass | Fault::TooMany => Status::Unknown,
            _ => Status::Failed,
        }
    }

    /// `line` and `column` of a fault in JSON.
    fn args(&self) -> Args {
        match self.fault {
            Fault::Json(_, line, column) => {
                Args::from([("line".into(), line.to_string()), ("column".into(), column.to_string())])
            }
            _ => Args::new(),
        }
    }
}

/// What is odd about a picture that holds a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// It is stored in another way than the standard provides for: compressed, repeated, or in another chunk.
    Irregular,
    /// The picture also holds a badge of the older standard, which was not looked at.
    AlsoOlder,
}

impl Explain for Note {
    fn reason(&self) -> Reason {
        match self {
            Note::Irregular => Reason::ImageIrregular,
            Note::AlsoOlder => Reason::ImageAlsoOlder,
        }
    }

    fn status(&self) -> Status {
        Status::Warned
    }
}
