//! Lists of bits: Bitstring Status List 1.0, Status List 2021 and Revocation List 2020.
//!
//! A list's `ttl` says how long a copy may be kept; nothing is kept here, so it is not looked at.

use super::entry::{Bits, Form, Purpose};
use super::{Error, dates};
use crate::budget;
use crate::codec;
use crate::inflate;
use crate::json::{Json, Object};
use crate::time::Timestamp;

/// Fewest entries of a list, so that a look-up tells little about who is looked up (section 6.1).
const MIN_ENTRIES: u64 = 131_072;

/// What a list says of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// 0 is clear.
    pub(super) value: u32,
    /// What is odd about the list.
    pub(super) note: Option<Note>,
}

/// What is odd about a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// It says that its address is another one.
    Moved,
    /// It is shorter than the standard demands.
    Short,
}

impl Form {
    /// The types of the list credential and of its subject.
    const fn types(self) -> (&'static str, &'static str) {
        match self {
            Form::Bitstring => ("BitstringStatusListCredential", "BitstringStatusList"),
            Form::StatusList2021 => ("StatusList2021Credential", "StatusList2021"),
            Form::RevocationList2020 => ("RevocationList2020Credential", "RevocationList2020"),
        }
    }

    /// The bits, most significant first.
    fn decode(self, text: &str) -> Option<Vec<u8>> {
        // The older standards say base64, or base64url; compressed data never begins with `u`, the sign of multibase.
        let bytes = match (self, text.strip_prefix('u')) {
            (Form::Bitstring, rest) => codec::base64url(rest?),
            (_, rest) => codec::base64_any(rest.unwrap_or(text)),
        };
        let bytes = bytes.ok()?;
        match self {
            // Its text says zlib, its lists are gzip.
            Form::RevocationList2020 if !bytes.starts_with(&[0x1f, 0x8b]) => {
                inflate::zlib(&bytes, budget::MAX_STATUS_BITS)
            }
            _ => inflate::gzip(&bytes, budget::MAX_STATUS_BITS),
        }
        .ok()
    }
}

impl Bits<'_> {
    /// What `list`, a verified status list credential found at `url`, says at this place (section 3.2).
    pub(super) fn read(
        &self,
        purpose: Purpose<'_>,
        list: &Object,
        url: &str,
        now: Timestamp,
    ) -> Result<Reading, Error> {
        let (list_type, subject_type) = self.form.types();
        let [Json::Object(subject)] = list.each("credentialSubject") else { return Err(Error::List) };
        if !list.includes("type", list_type) || !subject.includes("type", subject_type) {
            return Err(Error::List);
        }
        if !dates::holds(list, now).ok_or(Error::List)? {
            return Err(Error::ListEnded);
        }
        if self.form != Form::RevocationList2020 && !subject.includes("statusPurpose", purpose.name()) {
            return Err(Error::ListPurpose);
        }
        let bits = subject.str("encodedList").and_then(|text| self.form.decode(text)).ok_or(Error::List)?;
        let value = value(&bits, self.index, self.size).ok_or(Error::IndexRange)?;
        let moved = list.str("id").is_some_and(|id| !same_address(id, url));
        let short = (bits.len() as u64) * 8 / u64::from(self.size) < MIN_ENTRIES;
        Ok(Reading { value, note: if moved { Some(Note::Moved) } else { short.then_some(Note::Short) } })
    }

    /// The issuer's text for `value` (section 2.1).
    pub(super) fn message(&self, value: u32) -> Option<&str> {
        let meant = |message: &&Object| message.str("status").and_then(hex) == Some(value);
        let text = self.messages.iter().filter_map(Json::as_object).find(meant)?.str("message");
        // So issuers mark values that mean nothing yet.
        text.filter(|text| *text != "undefined")
    }
}

/// A number in hexadecimal digits after `0x`.
pub(super) fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x").filter(|digits| !digits.starts_with('+'))?;
    u32::from_str_radix(digits, 16).ok()
}

/// The `size` bits from `index * size` on, the first the most significant; `None` beyond the end.
fn value(bits: &[u8], index: u64, size: u32) -> Option<u32> {
    let start = index.checked_mul(size.into())?;
    (start..start.checked_add(size.into())?).try_fold(0, |value: u32, at| {
        let byte = bits.get(usize::try_from(at / 8).ok()?)?;
        Some(value << 1 | u32::from(byte >> (7 - at % 8) & 1))
    })
}

/// Whether two addresses differ in nothing but their fragments.
fn same_address(a: &str, b: &str) -> bool {
    a.split('#').next() == b.split('#').next()
}
