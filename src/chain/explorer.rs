//! Public explorers, and how much of what they say is believed: nothing but what can be checked, or what two of them
//! say alike.

use super::Error;
use crate::codec;
use crate::evidence::{Lookups, Missing};
use crate::report::{CheckId, NeedKind, Vouched};

/// What the explorer at `address` answers.
///
/// # Errors
/// [`Error::Missing`].
pub(super) fn ask<'a>(lookups: &Lookups<'a>, kind: NeedKind, address: &[&str]) -> Result<&'a [u8], Error> {
    Ok(lookups.get(kind, &address.concat(), CheckId::Anchor)?)
}

/// Asks `explorers`, one after another, for what `read` finds to be right; gives it with the explorer's place. A further
/// one is asked only where what came from those before is of no use.
///
/// # Errors
/// [`Error::Unproven`] where there were answers and none was right; [`Error::Missing`] where there was none, or it is
/// still to come.
pub(super) fn first<T>(
    lookups: &Lookups<'_>,
    kind: NeedKind,
    explorers: &[&str],
    path: &[&str],
    read: impl Fn(&[u8]) -> Option<T>,
) -> Result<(T, usize), Error> {
    let mut error = None;
    for (at, explorer) in explorers.iter().enumerate() {
        let url = [explorer, path.concat().as_str()].concat();
        match lookups.get(kind, &url, CheckId::Anchor) {
            Ok(answer) => {
                if let Some(value) = read(answer) {
                    // It was compared with a hash that the credential leads to.
                    lookups.vouch(&url, Vouched::Digest);
                    return Ok((value, at));
                }
                error = Some(Error::Unproven);
            }
            Err(missing @ Missing { cause: None, .. }) => return Err(missing.into()),
            Err(missing) => {
                error.get_or_insert(missing.into());
            }
        }
    }
    Err(error.unwrap_or(Error::Unproven))
}

/// What two say alike. Each that is `asked` is an explorer's word, or what keeps us from having it; a third is asked only
/// where one of the first two is of no use.
///
/// # Errors
/// [`Error::Disagree`] where two say different things; what is in the way where there are no two.
pub(super) fn agreed<T: PartialEq>(asked: impl Iterator<Item = Result<T, Error>>) -> Result<[T; 2], Error> {
    let (mut said, mut to_come, mut error) = (None, None, None);
    for word in asked {
        match (word, said.take()) {
            (Ok(second), Some(first)) => {
                return if first == second { Ok([first, second]) } else { Err(Error::Disagree) };
            }
            (Ok(word), None) => said = Some(word),
            (Err(waiting @ Error::Missing(Missing { cause: None, .. })), before) => {
                said = before;
                if to_come.is_some() {
                    break;
                }
                to_come = Some(waiting);
            }
            (Err(other), before) => {
                said = before;
                error.get_or_insert(other);
            }
        }
        if said.is_some() && to_come.is_some() {
            break;
        }
    }
    Err(to_come.or(error).unwrap_or(Error::Unproven))
}

/// Hexadecimal text, white space around it left out.
pub(super) fn hex(text: &[u8]) -> Option<Vec<u8>> {
    codec::hex(core::str::from_utf8(text.trim_ascii()).ok()?).ok()
}

/// The bytes and the lower-case text of a hash of 32 bytes.
///
/// # Errors
/// [`Error::Malformed`].
pub(super) fn hash(text: &str) -> Result<([u8; 32], String), Error> {
    let bytes =
        codec::hex(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).ok_or(Error::Malformed)?;
    Ok((bytes, codec::to_hex(&bytes)))
}
