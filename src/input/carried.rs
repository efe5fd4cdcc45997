//! Credentials in the fragment of a link, which browsers never send to a server: the links that the verifier's own
//! pages offer to pass on, on whatever site they stand.

use crate::budget;
use crate::codec;
use crate::inflate;

/// What the fragment of `link` carries: `c=` base64url, or `z=` deflated (RFC 1951) as base64url.
pub(crate) fn carried(link: &str) -> Option<Vec<u8>> {
    let (_, fragment) = link.split_once('#')?;
    fragment.split('&').find_map(|parameter| match parameter.split_once('=')? {
        ("c", plain) => codec::base64_any(plain).ok(),
        ("z", packed) => match inflate::raw(&codec::base64_any(packed).ok()?, budget::MAX_INPUT) {
            Ok((whole, [])) => Some(whole),
            _ => None,
        },
        _ => None,
    })
}
