//! The values of derived proofs: CBOR after three bytes that say what it is.

use crate::cbor::{self, Cbor};
use crate::codec;
use crate::json;
use crate::key::{KeyKind, PublicKey};
use crate::order;
use crate::proof::Error;

/// A derived proof of ecdsa-sd-2023 (VC-DI-ECDSA 1.0, section 3.5.8).
pub(super) struct EcdsaSd<'a> {
    /// By the issuer, over options, key and mandatory statements.
    pub(super) base_signature: &'a [u8],
    /// The key that was made for this credential alone: the multicodec prefix of P-256 and a compressed point.
    pub(super) public_key: &'a [u8],
    /// The same, to verify with.
    pub(super) own_key: PublicKey,
    /// By that key, over one statement each.
    pub(super) signatures: Vec<&'a [u8]>,
    pub(super) labels: Labels,
    pub(super) mandatory: Indexes,
}

/// A derived proof of bbs-2023 without optional features (VC-DI-BBS 1.0, section 3.3.7).
pub(super) struct Bbs<'a> {
    pub(super) proof: &'a [u8],
    pub(super) labels: Labels,
    pub(super) mandatory: Indexes,
    /// Which of the signed messages the statements are that need not be shown.
    pub(super) selective: Vec<usize>,
    pub(super) presentation_header: &'a [u8],
}

/// The name that each blank node was signed under, by its canonical number; each another.
pub(super) struct Labels(pub(super) Vec<String>);

/// Numbers of statements, ascending.
pub(super) struct Indexes(pub(super) Vec<usize>);

/// The prefix of a compressed P-256 key among multikeys.
const P256: [u8; 2] = [0x80, 0x24];

impl<'a> EcdsaSd<'a> {
    /// Reads what follows the header `d9 5d 01`. The standard's text says 36 bytes for the key, but what it describes,
    /// and all that is written, has 35.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let items = components(bytes)?;
        let [
            Cbor::Bytes(base_signature),
            Cbor::Bytes(public_key),
            Cbor::Array(signatures),
            Cbor::Map(labels),
            Cbor::Array(mandatory),
        ] = items.as_slice()
        else {
            return Err(Error::SignatureMalformed);
        };
        let point = public_key.strip_prefix(&P256).filter(|point| point.len() == 33);
        let own_key = point.and_then(|point| PublicKey::new(KeyKind::P256, point.into()).ok());
        if base_signature.len() != 64 {
            return Err(Error::SignatureMalformed);
        }
        let signature = |item: &Cbor<'a>| match item {
            Cbor::Bytes(bytes) if bytes.len() == 64 => Some(*bytes),
            _ => None,
        };
        let label = |value: &Cbor<'_>| match value {
            Cbor::Bytes(bytes) if bytes.len() == 32 => Some(["u", &codec::to_base64url(bytes)].concat()),
            _ => None,
        };
        Ok(EcdsaSd {
            base_signature,
            public_key,
            own_key: own_key.ok_or(Error::SignatureMalformed)?,
            signatures: all(signatures.iter().map(signature))?,
            labels: Labels::read(labels, &label)?,
            mandatory: Indexes::read(mandatory)?,
        })
    }
}

impl<'a> Bbs<'a> {
    /// Reads what follows the header `d9 5d 03`.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let items = components(bytes)?;
        let [
            Cbor::Bytes(proof),
            Cbor::Map(labels),
            Cbor::Array(mandatory),
            Cbor::Array(selective),
            Cbor::Bytes(presentation_header),
        ] = items.as_slice()
        else {
            return Err(Error::SignatureMalformed);
        };
        let label = |value: &Cbor<'_>| {
            let mut text = String::from("b");
            json::write_number(f64::from(u32::try_from(index(value)?).ok()?), &mut text);
            Some(text)
        };
        let selective = all(selective.iter().map(index))?;
        if !selective.is_sorted_by(|a, b| a < b) {
            return Err(Error::SignatureMalformed);
        }
        Ok(Bbs {
            proof,
            labels: Labels::read(labels, &label)?,
            mandatory: Indexes::read(mandatory)?,
            selective,
            presentation_header,
        })
    }
}

fn components(bytes: &[u8]) -> Result<Vec<Cbor<'_>>, Error> {
    match cbor::parse(bytes) {
        Ok(Cbor::Array(items)) => Ok(items),
        _ => Err(Error::SignatureMalformed),
    }
}

fn all<T>(items: impl Iterator<Item = Option<T>>) -> Result<Vec<T>, Error> {
    items.collect::<Option<_>>().ok_or(Error::SignatureMalformed)
}

fn index(item: &Cbor<'_>) -> Option<usize> {
    match item {
        Cbor::Unsigned(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

impl Labels {
    /// Two blank nodes under one name would let one signed object pass for two.
    fn read(
        entries: &[(Cbor<'_>, Cbor<'_>)],
        label: &dyn Fn(&Cbor<'_>) -> Option<String>,
    ) -> Result<Self, Error> {
        let mut labels = vec![String::new(); entries.len()];
        for (number, value) in entries {
            let slot = index(number).and_then(|number| labels.get_mut(number));
            *slot.ok_or(Error::SignatureMalformed)? = label(value).ok_or(Error::SignatureMalformed)?;
        }
        let mut sorted: Vec<&String> = labels.iter().collect();
        order::sort_by(&mut sorted, Ord::cmp);
        if sorted.is_sorted_by(|a, b| a < b) { Ok(Labels(labels)) } else { Err(Error::SignatureMalformed) }
    }
}

impl Indexes {
    fn read(items: &[Cbor<'_>]) -> Result<Self, Error> {
        let mut indexes = all(items.iter().map(index))?;
        order::sort_by(&mut indexes, Ord::cmp);
        if indexes.is_sorted_by(|a, b| a < b) { Ok(Indexes(indexes)) } else { Err(Error::SignatureMalformed) }
    }
}
