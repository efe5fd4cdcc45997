//! The DER form of RSA public keys (RFC 8017, appendix A.1.1): a sequence of two integers.

use super::Error;
use super::der::{element, integer};

/// Modulus and exponent, big-endian in their fewest bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RsaKey<'a> {
    /// The modulus.
    pub(crate) n: &'a [u8],
    /// The public exponent.
    pub(crate) e: &'a [u8],
}

impl RsaKey<'_> {
    /// Whether signatures under this key mean anything, at a bounded cost: an odd modulus of 2,048 to 4,096 bits and
    /// an odd exponent from 65,537 to 2^33 (NIST SP 800-131A, FIPS 186-5).
    ///
    /// # Errors
    /// [`Error::Malformed`] for even numbers, [`Error::Weak`] below these bounds, [`Error::MethodUnsupported`] above.
    pub(super) fn check(&self) -> Result<(), Error> {
        let odd = |bytes: &[u8]| bytes.last().is_some_and(|b| b & 1 == 1);
        if !odd(self.n) || !odd(self.e) {
            Err(Error::Malformed)
        } else if self.bits() < 2_048 || bits(self.e) < 17 {
            Err(Error::Weak)
        } else if self.bits() > 4_096 || bits(self.e) > 33 {
            Err(Error::MethodUnsupported("RSA".into()))
        } else {
            Ok(())
        }
    }

    /// The length of the modulus.
    pub(crate) fn bits(&self) -> usize {
        bits(self.n)
    }
}

fn bits(bytes: &[u8]) -> usize {
    bytes.len() * 8 - bytes.first().map_or(0, |b| b.leading_zeros() as usize)
}

/// Reads the one DER form of a key.
pub(crate) fn parse(der: &[u8]) -> Option<RsaKey<'_>> {
    let (body, rest) = element(der, 0x30)?;
    let (n, body) = integer(body)?;
    let (e, body) = integer(body)?;
    (rest.is_empty() && body.is_empty()).then_some(RsaKey { n, e })
}

/// Writes the DER form of a key.
pub(crate) fn encode(n: &[u8], e: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(n.len() + e.len() + 16);
    for value in [n, e] {
        // A leading bit of one would make it negative.
        let sign: &[u8] = if value.first().is_some_and(|b| b & 0x80 != 0) { &[0] } else { &[] };
        header(0x02, sign.len() + value.len(), &mut body);
        body.extend_from_slice(sign);
        body.extend_from_slice(value);
    }
    let mut out = Vec::with_capacity(body.len() + 4);
    header(0x30, body.len(), &mut out);
    out.extend_from_slice(&body);
    out
}

fn header(tag: u8, length: usize, out: &mut Vec<u8>) {
    out.push(tag);
    let bytes = length.to_be_bytes();
    let significant = bytes.iter().position(|b| *b != 0).and_then(|at| bytes.get(at..)).unwrap_or_default();
    if length >= 0x80 {
        out.push(0x80 | significant.len() as u8);
        out.extend_from_slice(significant);
    } else {
        out.push(length as u8);
    }
}
