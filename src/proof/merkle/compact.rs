//! The compact form of MerkleProof2019: a receipt as CBOR in base58btc multibase, its names as numbers.
//!
//! Lists of pairs stand where maps would do, and hashes are CBOR inside byte strings: of bytes as JavaScript writes
//! them, of hexadecimal text as Python does.

use super::receipt::Step;
use super::{Anchor, Digest, Ledger, Receipt, digest, malformed};
use crate::cbor::{self, Cbor};
use crate::codec;
use crate::proof::Error;

/// Decodes a `proofValue`.
///
/// # Errors
/// [`Error::SignatureMalformed`] where it is not base58btc multibase of one CBOR item; [`Error::Malformed`] for a part
/// of the receipt that is missing, there twice, unknown or of another form.
pub(crate) fn decode(text: &str) -> Result<Receipt, Error> {
    let digits = text.strip_prefix('z').ok_or(Error::SignatureMalformed)?;
    let bytes = codec::base58(digits).map_err(|_| Error::SignatureMalformed)?;
    let item = cbor::parse(&bytes).map_err(|_| Error::SignatureMalformed)?;
    let (mut root, mut target, mut anchors, mut path) = (None, None, None, None);
    let fields = pairs(&item).ok_or(Error::SignatureMalformed)?;
    for (key, value) in fields {
        let twice = match key {
            Cbor::Unsigned(0) => root.replace(value),
            Cbor::Unsigned(1) => target.replace(value),
            Cbor::Unsigned(2) => anchors.replace(value),
            Cbor::Unsigned(3) => path.replace(value),
            _ => Some(value),
        };
        if twice.is_some() {
            return Err(malformed("proofValue"));
        }
    }
    let hash = |value: Option<&Cbor<'_>>, name| value.and_then(hash).ok_or_else(|| malformed(name));
    let all = |value: Option<&Cbor<'_>>| match value {
        Some(Cbor::Array(items)) => Some(items.clone()),
        Some(_) => None,
        None => Some(Vec::new()),
    };
    let steps = all(path).and_then(|items| items.iter().map(step).collect());
    let anchors = all(anchors).and_then(|items| items.iter().map(anchor).collect());
    Receipt {
        target: hash(target, "targetHash")?,
        root: hash(root, "merkleRoot")?,
        path: steps.ok_or_else(|| malformed("path"))?,
        anchors: anchors.ok_or_else(|| malformed("anchors"))?,
    }
    .within_bounds("path")
}

/// A list of pairs.
fn pairs<'c, 'a>(item: &'c Cbor<'a>) -> Option<Vec<(&'c Cbor<'a>, &'c Cbor<'a>)>> {
    let Cbor::Array(items) = item else { return None };
    items.iter().map(pair).collect()
}

fn pair<'c, 'a>(item: &'c Cbor<'a>) -> Option<(&'c Cbor<'a>, &'c Cbor<'a>)> {
    match item {
        Cbor::Array(two) => match two.as_slice() {
            [key, value] => Some((key, value)),
            _ => None,
        },
        _ => None,
    }
}

fn step(item: &Cbor<'_>) -> Option<Step> {
    match pair(item)? {
        (Cbor::Unsigned(0), left) => hash(left).map(Step::Left),
        (Cbor::Unsigned(1), right) => hash(right).map(Step::Right),
        _ => None,
    }
}

/// A hash: CBOR of bytes or text inside a byte string, or either of them bare.
fn hash(value: &Cbor<'_>) -> Option<Digest> {
    match value {
        Cbor::Text(text) => digest(text),
        Cbor::Bytes(bytes) => match cbor::parse(bytes) {
            Ok(Cbor::Bytes(inner)) => inner.try_into().ok(),
            Ok(Cbor::Text(text)) => digest(text),
            _ => (*bytes).try_into().ok(),
        },
        _ => None,
    }
}

/// An anchor: chain, network and transaction, or the text that they are the short form of.
fn anchor(item: &Cbor<'_>) -> Option<Anchor> {
    if let Cbor::Text(text) = item {
        return named(text);
    }
    let mut parts = pairs(item)?.into_iter();
    let mut next = |number: u64| {
        let (key, value) = parts.next()?;
        (*key == Cbor::Unsigned(number)).then_some(value)
    };
    let ledger = Ledger::Numbers(integer(next(0)?)?, integer(next(1)?)?);
    let transaction = match next(2) {
        Some(value) => transaction(value)?,
        None => String::new(),
    };
    parts.next().is_none().then_some(Anchor { ledger, transaction })
}

/// `blink:<chain>:<network>:<transaction>`
fn named(text: &str) -> Option<Anchor> {
    let mut parts = text.strip_prefix("blink:")?.split(':');
    let ledger = Ledger::Names(parts.next()?.into(), parts.next()?.into());
    let transaction = parts.next().unwrap_or_default().into();
    parts.next().is_none().then_some(Anchor { ledger, transaction })
}

/// A transaction, in hexadecimal where it is bytes.
fn transaction(value: &Cbor<'_>) -> Option<String> {
    match value {
        Cbor::Text(text) => Some((*text).into()),
        Cbor::Bytes(bytes) => Some(match cbor::parse(bytes) {
            Ok(Cbor::Text(text)) => text.into(),
            Ok(Cbor::Bytes(inner)) => codec::to_hex(inner),
            _ => codec::to_hex(bytes),
        }),
        _ => None,
    }
}

fn integer(value: &Cbor<'_>) -> Option<i64> {
    match value {
        Cbor::Unsigned(number) => i64::try_from(*number).ok(),
        Cbor::Negative(number) => i64::try_from(*number).ok()?.checked_neg()?.checked_sub(1),
        _ => None,
    }
}
