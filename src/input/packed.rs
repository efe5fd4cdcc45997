//! Files in one file: archives, and documents with attachments. What is in them is taken out here and read like any
//! other input, one by one.

use super::{Fault, pdf, tar, zip};
use crate::budget::{self, Budget};

/// What holds files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Packing {
    /// A PDF document.
    Pdf,
    /// A ZIP archive.
    Zip,
    /// A TAR archive.
    Tar,
}

/// A file inside another.
#[derive(Debug, PartialEq)]
pub(crate) struct File {
    /// Its name, which is the word of whoever packed it: no more than a label.
    pub(crate) name: Option<String>,
    /// Its bytes, or why they cannot be had.
    pub(crate) bytes: Result<Vec<u8>, Fault>,
}

/// What was found in an archive or document.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub(crate) files: Vec<File>,
    /// Whether a part of it could not be read, where a file might have been.
    pub(crate) gaps: bool,
}

/// Most bytes of a name that is shown, counted from its end.
const MAX_NAME: usize = 120;

/// Takes the files out of `bytes`.
///
/// # Errors
/// Why none can be had.
pub(crate) fn open(packing: Packing, bytes: &[u8], budget: &Budget) -> Result<Files, Fault> {
    match packing {
        Packing::Pdf => pdf::files(bytes, budget),
        Packing::Zip => zip::files(bytes, budget),
        Packing::Tar => tar::files(bytes, budget),
    }
}

impl Files {
    /// Adds a file, should there be room. What is beyond is one fault, however much it is.
    pub(super) fn push(&mut self, file: File) -> bool {
        let room = self.files.len() < budget::MAX_FILES;
        self.files.push(if room { file } else { File { name: None, bytes: Err(Fault::TooMany) } });
        room
    }
}

/// A name to show: on one line, without marks that turn the direction of what follows, and not too long.
pub(super) fn label(name: &str) -> Option<String> {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut start = name.len().saturating_sub(MAX_NAME);
    while !name.is_char_boundary(start) {
        start += 1;
    }
    let end = name.get(start..).unwrap_or_default();
    let shown: String = end.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let shown = shown.trim();
    match (shown.is_empty(), start) {
        (true, _) => None,
        (_, 0) => Some(shown.into()),
        _ => Some(["…", shown].concat()),
    }
}
