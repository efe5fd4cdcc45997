//! Addresses: how people write the scripts that outputs are locked with.

use sha2::{Digest, Sha256};

use super::read::double_sha256;
use crate::chain::Network;
use crate::chain::ripemd160::ripemd160;
use crate::codec;

/// How a network's addresses begin: the version bytes of those that lock to a key and to a script, and the prefix of
/// those for witnesses.
struct Prefixes {
    key: u8,
    script: u8,
    witness: &'static str,
}

const fn prefixes(network: Network) -> Prefixes {
    match network {
        Network::Bitcoin => Prefixes { key: 0, script: 5, witness: "bc" },
        _ => Prefixes { key: 0x6f, script: 0xc4, witness: "tb" },
    }
}

/// The address of a locking `script`, where it has one.
pub(super) fn of_script(network: Network, script: &[u8]) -> Option<String> {
    let Prefixes { key, script: hash, .. } = prefixes(network);
    match script {
        // OP_DUP OP_HASH160 <20 bytes> OP_EQUALVERIFY OP_CHECKSIG
        [0x76, 0xa9, 20, key_hash @ .., 0x88, 0xac] if key_hash.len() == 20 => {
            Some(base58check(key, key_hash))
        }
        // OP_HASH160 <20 bytes> OP_EQUAL (BIP 16)
        [0xa9, 20, script_hash @ .., 0x87] if script_hash.len() == 20 => Some(base58check(hash, script_hash)),
        // OP_0 to OP_16 and one push of 2 to 40 bytes (BIP 141, "Witness program")
        [opcode, length, program @ ..] if program.len() == usize::from(*length) => {
            let version = match opcode {
                0 => 0,
                0x51..=0x60 => opcode - 0x50,
                _ => return None,
            };
            let fits = if version == 0 { matches!(length, 20 | 32) } else { (2..=40).contains(length) };
            fits.then(|| segwit(network, version, program))
        }
        _ => None,
    }
}

/// The addresses that only the owner of a key can spend from; `point` is one that is not compressed.
pub(in crate::chain) fn of_key(network: Network, point: &[u8]) -> Vec<String> {
    let sign = 2 + (point.last().copied().unwrap_or_default() & 1);
    let compressed = [&[sign], point.get(1..33).unwrap_or_default()].concat();
    let hash = hash160(&compressed);
    let nested = hash160(&[&[0, 20], hash.as_slice()].concat());
    let Prefixes { key, script, .. } = prefixes(network);
    vec![
        base58check(key, &hash),
        base58check(key, &hash160(point)),
        segwit(network, 0, &hash),
        // BIP 141, "P2WPKH nested in BIP16 P2SH"
        base58check(script, &nested),
    ]
}

/// RIPEMD-160 of SHA-256.
fn hash160(bytes: &[u8]) -> [u8; 20] {
    ripemd160(&Sha256::digest(bytes))
}

fn base58check(version: u8, hash: &[u8]) -> String {
    let mut bytes = [&[version], hash].concat();
    let check = double_sha256(&bytes);
    bytes.extend(check.iter().take(4));
    codec::to_base58(&bytes)
}

const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// A witness program's address (BIP 173; from version 1 on, BIP 350).
fn segwit(network: Network, version: u8, program: &[u8]) -> String {
    let prefix = prefixes(network).witness;
    // Five bits each, the last filled up with noughts.
    let mut data = vec![version];
    let (mut bits, mut count) = (0u32, 0);
    for byte in program {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            data.push((bits >> count & 31) as u8);
        }
    }
    if count > 0 {
        data.push((bits << (5 - count) & 31) as u8);
    }
    let high = prefix.bytes().map(|c| c >> 5);
    let low = prefix.bytes().map(|c| c & 31);
    let expanded = high.chain([0]).chain(low).chain(data.iter().copied()).chain([0; 6]);
    let check = expanded.fold(1, step) ^ if version == 0 { 1 } else { 0x2bc8_30a3 };
    data.extend((0..6).rev().map(|at| (check >> (5 * at) & 31) as u8));
    let text = data.iter().filter_map(|value| BECH32.get(usize::from(*value)).map(|c| char::from(*c)));
    prefix.chars().chain(['1']).chain(text).collect()
}

/// One step of the checksum (BIP 173, "Checksum").
fn step(check: u32, value: u8) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = check >> 25;
    let shifted = (check & 0x01ff_ffff) << 5 ^ u32::from(value);
    GENERATOR
        .iter()
        .enumerate()
        .filter(|(at, _)| top >> at & 1 == 1)
        .fold(shifted, |sum, (_, term)| sum ^ term)
}
