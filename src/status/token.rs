//! Token Status List (draft-ietf-oauth-status-list): where a token's status is, and what a verified list says of it.

use super::Error;
use super::entry::whole;
use crate::budget;
use crate::codec;
use crate::inflate;
use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Reason, Status};
use crate::time::{SKEW, Timestamp};

/// A place in a status list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The entry's number, from 0.
    pub index: u64,
    /// Where the list is; also its name.
    pub uri: &'a str,
}

/// The place that a token's `status` claim names; `None` where it names other mechanisms alone (section 6.1).
///
/// # Errors
/// [`Error::Entry`] for another form.
pub fn reference(status: &Json) -> Result<Option<Reference<'_>>, Error> {
    let status = status.as_object().ok_or(Error::Entry)?;
    let Some(list) = status.get("status_list") else { return Ok(None) };
    let index = list.get("idx").and_then(whole).ok_or(Error::Entry)?;
    let uri = list.get("uri").and_then(Json::as_str).ok_or(Error::Entry)?;
    Ok(Some(Reference { index, uri }))
}

impl Reference<'_> {
    /// The status that `list` gives: the claims of a status list token whose signature was verified. Type and
    /// signer are others' to check (section 8.3).
    ///
    /// # Errors
    /// [`Error::List`], [`Error::ListEnded`], [`Error::IndexRange`], or [`Error::ListPurpose`] for a list of another name.
    pub fn read(&self, list: &Object, now: Timestamp) -> Result<u8, Error> {
        if list.str("sub").ok_or(Error::List)? != self.uri {
            return Err(Error::ListPurpose);
        }
        let date = |name| match list.get(name) {
            None => Ok(None),
            Some(value) => value.as_f64().and_then(Timestamp::from_numeric).map(Some).ok_or(Error::List),
        };
        let made = date("iat")?.ok_or(Error::List)?;
        let begins = date("nbf")?.unwrap_or(made).max(made);
        // How long a copy may be kept says nothing of one that was just fetched, but it must be a time.
        if list.get("ttl").is_some_and(|ttl| ttl.as_f64().is_none_or(|ttl| ttl <= 0.0)) {
            return Err(Error::List);
        }
        if now.since(begins) < -SKEW || date("exp")?.is_some_and(|end| now >= end) {
            return Err(Error::ListEnded);
        }
        let list = list.get("status_list").and_then(Json::as_object).ok_or(Error::List)?;
        let size = match list.get("bits").and_then(whole) {
            Some(size @ (1 | 2 | 4 | 8)) => size,
            _ => return Err(Error::List),
        };
        let bytes = list.str("lst").and_then(|text| codec::base64url(text).ok()).ok_or(Error::List)?;
        let bits = inflate::zlib(&bytes, budget::MAX_STATUS_BITS).map_err(|_| Error::List)?;
        value(&bits, self.index, size).ok_or(Error::IndexRange)
    }
}

/// The `size` bits of entry `index`, which lie in one byte, the first entry in its lowest bits (section 4.1).
fn value(bits: &[u8], index: u64, size: u64) -> Option<u8> {
    let start = index.checked_mul(size)?;
    let byte = bits.get(usize::try_from(start / 8).ok()?)?;
    let mask = u8::MAX >> (8 - size);
    Some(byte >> (start % 8) & mask)
}

/// What a status means (section 7.1): valid, withdrawn, on hold, or what only the issuer knows.
pub fn rows(value: u8) -> Vec<Check> {
    const ID: CheckId = CheckId::Revocation;
    match value {
        0 => vec![Check::new(ID, Status::Passed)],
        1 => vec![Check::because(ID, Status::Failed, Reason::Revoked)],
        2 => vec![
            Check::new(ID, Status::Passed),
            Check::because(CheckId::Suspension, Status::Failed, Reason::Suspended),
        ],
        other => {
            let row = Check::because(ID, Status::Unknown, Reason::StatusOwnMeaning);
            vec![row.with("value", other.to_string())]
        }
    }
}
