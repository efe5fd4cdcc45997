//! What was found baked into a picture: at most one credential of each standard.

use std::borrow::Cow;

use super::{Fault, Note};
use crate::budget;
use crate::inflate;

/// The standards that a picture can be baked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standard {
    /// Open Badges 3.0 (section 5.3).
    OpenBadges3,
    /// Open Badges 2.0 and before.
    OpenBadges2,
}

/// A baked text, not inflated yet.
#[derive(Debug)]
pub(super) struct Payload<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) deflated: bool,
    pub(super) irregular: bool,
}

/// The texts found so far.
#[derive(Debug, Default)]
pub(super) struct Baked<'a> {
    newer: Option<Payload<'a>>,
    older: Option<Payload<'a>>,
}

impl<'a> Baked<'a> {
    /// Adds a text. The same text twice is odd; two texts leave open which one is meant.
    pub(super) fn add(&mut self, standard: Standard, payload: Payload<'a>) -> Result<(), Fault> {
        let slot = match standard {
            Standard::OpenBadges3 => &mut self.newer,
            Standard::OpenBadges2 => &mut self.older,
        };
        match slot {
            None => *slot = Some(payload),
            // Compared as stored: inflating each of many copies would be work without end.
            Some(first) if first.deflated == payload.deflated && first.bytes == payload.bytes => {
                first.irregular = true;
            }
            Some(_) => return Err(Fault::ImageSeveral),
        }
        Ok(())
    }

    /// The text to verify, inflated, and what is odd about it.
    pub(super) fn into_payload(self) -> Result<(Vec<u8>, Vec<Note>), Fault> {
        let both = self.newer.is_some() && self.older.is_some();
        let payload = self.newer.or(self.older).ok_or(Fault::ImageWithoutCredential)?;
        let mut notes = Vec::new();
        if both {
            notes.push(Note::AlsoOlder);
        }
        if payload.irregular || payload.deflated {
            notes.push(Note::Irregular);
        }
        if !payload.deflated {
            return Ok((payload.bytes.into_owned(), notes));
        }
        match inflate::zlib(&payload.bytes, budget::MAX_CREDENTIAL) {
            Ok(text) => Ok((text, notes)),
            Err(inflate::Error::TooLarge) => Err(Fault::TooLarge),
            Err(inflate::Error::Damaged) => Err(Fault::ImageDamaged),
        }
    }
}
