//! The status entries of a credential: where to look, and what for.

use super::Error;
use crate::json::{Json, Object};
use crate::report::{CheckId, NeedKind};

/// Most entries of one credential; real ones have one or two.
const MAX_ENTRIES: usize = 8;

/// One status entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) purpose: Purpose<'a>,
}

/// What a status is for (Bitstring Status List, section 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// Withdrawn for good.
    Revocation,
    /// On hold.
    Suspension,
    /// A message about the credential, which stays in force.
    Message,
    /// A newer credential is to be had.
    Refresh,
    /// Something that the standard does not name.
    Other(&'a str),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    Bits(Bits<'a>),
    /// A 1EdTech revocation list and its address.
    Revocations(&'a str),
    /// A type that is not known here.
    Unsupported(&'a str),
    /// Members of a wrong form.
    Malformed,
}

/// A place in a list of bits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bits<'a> {
    pub(super) form: Form,
    pub(super) url: &'a str,
    pub(super) index: u64,
    /// Bits of one entry, 1 to 32.
    pub(super) size: u32,
    pub(super) messages: &'a [Json],
    /// Where to read about the status.
    pub(super) reference: Option<&'a str>,
}

/// The three standards of bit lists, which differ in names and encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Bitstring Status List 1.0.
    Bitstring,
    /// Status List 2021.
    StatusList2021,
    /// Revocation List 2020.
    RevocationList2020,
}

/// The status entries of `credential`, in order; none where it has no `credentialStatus`. One of a wrong form is an
/// entry without a list: the others still count.
///
/// # Errors
/// Too many entries.
pub fn entries(credential: &Object) -> Result<Vec<Entry<'_>>, Error> {
    let entries = credential.each("credentialStatus");
    if entries.len() > MAX_ENTRIES {
        return Err(Error::TooMany);
    }
    let malformed = || Entry { kind: Kind::Malformed, purpose: Purpose::Revocation };
    Ok(entries.iter().map(|e| e.as_object().and_then(Entry::of).unwrap_or_else(malformed)).collect())
}

impl<'a> Entry<'a> {
    fn of(entry: &'a Object) -> Option<Self> {
        let has = |name| entry.includes("type", name);
        let bits = |form, index, list| {
            Some(Bits {
                form,
                url: entry.str(list)?,
                index: read_index(entry.get(index)?)?,
                size: 1,
                messages: entry.each("statusMessage"),
                reference: entry.each("statusReference").iter().find_map(Json::as_str),
            })
        };
        let (kind, purpose) = if has("BitstringStatusListEntry") {
            let bits = bits(Form::Bitstring, "statusListIndex", "statusListCredential")?;
            let size = entry.get("statusSize").map_or(Some(1), |size| read_index(size)?.try_into().ok())?;
            if !(1..=32).contains(&size) || !explains(entry, size) {
                return None;
            }
            (Kind::Bits(Bits { size, ..bits }), Purpose::of(entry.str("statusPurpose")?))
        } else if has("StatusList2021Entry") {
            let bits = bits(Form::StatusList2021, "statusListIndex", "statusListCredential")?;
            (Kind::Bits(bits), Purpose::of(entry.str("statusPurpose")?))
        } else if has("RevocationList2020Status") {
            let bits = bits(Form::RevocationList2020, "revocationListIndex", "revocationListCredential")?;
            (Kind::Bits(bits), Purpose::Revocation)
        } else if has("1EdTechRevocationList") {
            (Kind::Revocations(entry.str("id")?), Purpose::Revocation)
        } else {
            (Kind::Unsupported(entry.each("type").first()?.as_str()?), Purpose::Revocation)
        };
        Some(Entry { kind, purpose })
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose<'a> {
        self.purpose
    }

    /// The check that its outcome is a row of.
    pub fn check(&self) -> CheckId {
        match self.purpose {
            Purpose::Suspension => CheckId::Suspension,
            _ => CheckId::Revocation,
        }
    }

    /// The document to fetch; `None` where the entry's type is not supported.
    pub fn list(&self) -> Option<(NeedKind, &'a str)> {
        match &self.kind {
            Kind::Bits(bits) => Some((NeedKind::StatusList, bits.url)),
            Kind::Revocations(url) => Some((NeedKind::RevocationList, url)),
            Kind::Unsupported(_) | Kind::Malformed => None,
        }
    }
}

/// Whether `statusMessage` has a message for each of the values that `size` bits can have; with a single bit it need
/// not be there. References are addresses (Bitstring Status List, section 2.1).
fn explains(entry: &Object, size: u32) -> bool {
    let messages = entry.each("statusMessage");
    let values = 1_u64 << size;
    let value_of = |message: &Json| {
        let named = message.as_object().filter(|o| o.str("message").is_some());
        named.and_then(|o| super::list::hex(o.str("status")?)).is_some_and(|value| u64::from(value) < values)
    };
    let complete = messages.len() as u64 == values && messages.iter().all(value_of);
    (complete || (!entry.has("statusMessage") && size == 1))
        && entry.each("statusReference").iter().all(|url| url.as_str().is_some())
}

impl<'a> Purpose<'a> {
    fn of(name: &'a str) -> Self {
        match name {
            "revocation" => Purpose::Revocation,
            "suspension" => Purpose::Suspension,
            "message" => Purpose::Message,
            "refresh" => Purpose::Refresh,
            other => Purpose::Other(other),
        }
    }

    /// The name, as entries and lists have it.
    pub fn name(self) -> &'a str {
        match self {
            Purpose::Revocation => "revocation",
            Purpose::Suspension => "suspension",
            Purpose::Message => "message",
            Purpose::Refresh => "refresh",
            Purpose::Other(name) => name,
        }
    }
}

/// A whole number without sign, blanks or leading zeros. Bitstring Status List has it in a string, Open Badges 3.0 in a
/// number. One beyond all lists is the largest that there is.
fn read_index(value: &Json) -> Option<u64> {
    let Json::String(text) = value else { return whole(value) };
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let plain = digits && (text.len() == 1 || !text.starts_with('0'));
    plain.then(|| text.parse().unwrap_or(u64::MAX))
}

/// A number that is whole, without sign, and exact.
pub(super) fn whole(value: &Json) -> Option<u64> {
    const MAX_EXACT: f64 = 9_007_199_254_740_991.0;
    value.as_f64().filter(|n| (0.0..=MAX_EXACT).contains(n) && n.fract() == 0.0).map(|n| n as u64)
}
