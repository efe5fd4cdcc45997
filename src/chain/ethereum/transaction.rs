//! Ethereum transactions: written again from what an explorer says of them, so that their hash and their signature prove
//! them.

use super::rlp::{list, string};
use crate::codec;
use crate::json::Json;
use crate::proof::ethereum::keccak256;

/// A transaction whose fields have the hash that was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Transaction {
    /// The data that it carries.
    pub(super) input: Vec<u8>,
    /// What its sender signed.
    pub(super) digest: [u8; 32],
    /// Two numbers of 32 bytes, and a byte that tells which of two keys made them.
    pub(super) signature: Vec<u8>,
}

impl Transaction {
    /// Reads the answer to `eth_getTransactionByHash` for the transaction `hash` on the chain of that number; `None`
    /// where its fields are not those of that transaction, or it is of a type that is not known here.
    ///
    /// Types are 0, with and without a chain's number (EIP-155), 1 (EIP-2930) and 2 (EIP-1559).
    pub(super) fn read(fields: &Json, hash: &[u8; 32], chain: u32) -> Option<Self> {
        let quantity = |name| quantity(fields.get(name)?.as_str()?);
        let written = |name| Some(string(&quantity(name)?));
        let kind = match fields.get("type").and_then(Json::as_str) {
            None => 0,
            Some(text) => small(text)?,
        };
        let input = data(fields.get("input")?.as_str()?)?;
        // A new contract has no receiver.
        let to = match fields.get("to")? {
            Json::Null => Vec::new(),
            to => data(to.as_str()?).filter(|to| to.len() == 20)?,
        };
        let rest = [written("gas")?, string(&to), written("value")?, string(&input)];
        let chain = string(&trimmed(&chain.to_be_bytes()));
        let mut signed = Vec::new();
        match kind {
            0 => signed.extend([written("nonce")?, written("gasPrice")?]),
            1 => signed.extend([chain.clone(), written("nonce")?, written("gasPrice")?]),
            2 => signed.extend([
                chain.clone(),
                written("nonce")?,
                written("maxPriorityFeePerGas")?,
                written("maxFeePerGas")?,
            ]),
            _ => return None,
        }
        signed.extend(rest);
        if kind != 0 {
            signed.push(access_list(fields.get("accessList")?)?);
        }
        let v = quantity("v")?;
        let (r, s) = (quantity("r")?, quantity("s")?);
        let whole = [signed.as_slice(), &[string(&v), string(&r), string(&s)]].concat();
        let odd = match (kind, small_of(&v)?) {
            (0, v @ 27..=28) => v == 28,
            (0, v) => {
                // Two times the chain's number, and 35 or 36.
                let (number, odd) = (v.checked_sub(35)? / 2, v % 2 == 0);
                signed.extend([string(&trimmed(&number.to_be_bytes())), string(&[]), string(&[])]);
                if signed.get(6) != Some(&chain) {
                    return None;
                }
                odd
            }
            (_, v @ 0..=1) => v == 1,
            _ => return None,
        };
        let envelope = |items: &[Vec<u8>]| {
            let kind: &[u8] = if kind == 0 { &[] } else { &[kind as u8] };
            keccak256(&[kind, &list(items)].concat())
        };
        let signature = [padded(&r)?.as_slice(), &padded(&s)?, &[u8::from(odd)]].concat();
        (envelope(&whole) == *hash).then(|| Transaction { input, digest: envelope(&signed), signature })
    }
}

/// `[{"address": …, "storageKeys": […]}]` (EIP-2930).
fn access_list(value: &Json) -> Option<Vec<u8>> {
    let entry = |entry: &Json| {
        let address = data(entry.get("address")?.as_str()?)?;
        let keys = entry.get("storageKeys")?.as_array()?.iter();
        let keys = keys.map(|key| Some(string(&data(key.as_str()?)?))).collect::<Option<Vec<_>>>()?;
        Some(list(&[string(&address), list(&keys)]))
    };
    Some(list(&value.as_array()?.iter().map(entry).collect::<Option<Vec<_>>>()?))
}

/// Bytes, written as `0x` and two digits for each.
pub(super) fn data(text: &str) -> Option<Vec<u8>> {
    codec::hex(text.strip_prefix("0x")?).ok()
}

/// A number, written as `0x` and digits; as big-endian bytes without noughts in front.
pub(super) fn quantity(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x").filter(|digits| (1..=64).contains(&digits.len()))?;
    let even = if digits.len() % 2 == 0 { codec::hex(digits) } else { codec::hex(&["0", digits].concat()) };
    Some(trimmed(&even.ok()?))
}

/// A number below 2^32.
pub(super) fn small(text: &str) -> Option<u32> {
    small_of(&quantity(text)?)
}

fn small_of(bytes: &[u8]) -> Option<u32> {
    let fold = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
    (bytes.len() <= 4).then(|| bytes.iter().fold(0, fold))
}

fn trimmed(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().skip_while(|byte| *byte == 0).collect()
}

fn padded(bytes: &[u8]) -> Option<[u8; 32]> {
    let mut padded = [0; 32];
    padded.get_mut(32usize.checked_sub(bytes.len())?..)?.copy_from_slice(bytes);
    Some(padded)
}
