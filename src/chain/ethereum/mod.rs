//! Ethereum: what a transaction says, proven by its hash and its sender's signature; and when it was recorded, which two
//! explorers must say alike.
//!
//! One of the two must give the transaction with its signature. Since 2022 a block is not proven by work but by the
//! votes of thousands of validators, which no page can follow; so nothing but the explorers' word says that a block is
//! one of the chain.

mod rlp;
mod transaction;

use super::explorer::{agreed, ask, hash};
use super::{Anchored, Error, Network};
use crate::codec::to_hex;
use crate::evidence::Lookups;
use crate::json::{self, Json};
use crate::proof::ethereum::{Address, signer};
use crate::report::NeedKind;
use crate::time::Timestamp;
use transaction::{Transaction, data, small};

/// Public explorers of one chain, each run by other people.
struct Explorers {
    /// The chain's number (EIP-155).
    chain: u32,
    /// With the API of Blockscout.
    blockscout: &'static str,
    /// With the API of Etherscan, of which `module=proxy` gives what a node says (`eth_getTransactionByHash`).
    /// Routescan asks no key; Etherscan does, and answers only a host that puts its own to the address.
    etherscan: [&'static str; 2],
}

const MAIN: Explorers = Explorers {
    chain: 1,
    blockscout: "https://eth.blockscout.com/api/v2/transactions/",
    etherscan: [
        "https://api.routescan.io/v2/network/mainnet/evm/1/etherscan/api?module=proxy&action=",
        "https://api.etherscan.io/v2/api?chainid=1&module=proxy&action=",
    ],
};

const SEPOLIA: Explorers = Explorers {
    chain: 11_155_111,
    blockscout: "https://eth-sepolia.blockscout.com/api/v2/transactions/",
    etherscan: [
        "https://api.routescan.io/v2/network/testnet/evm/11155111/etherscan/api?module=proxy&action=",
        "https://api.etherscan.io/v2/api?chainid=11155111&module=proxy&action=",
    ],
};

/// What an explorer says of a transaction.
#[derive(Debug)]
struct Word {
    input: Vec<u8>,
    sender: String,
    block: u32,
    time: Timestamp,
    /// Whether hash and signature prove `input` and `sender`.
    is_proven: bool,
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        let what = |word: &Self| (word.block, word.time);
        what(self) == what(other) && self.sender == other.sender && self.input == other.input
    }
}

pub(super) fn look_up(
    network: Network,
    transaction: &str,
    root: &[u8],
    lookups: &Lookups<'_>,
) -> Result<Anchored, Error> {
    let explorers = if network == Network::Ethereum { MAIN } else { SEPOLIA };
    let (hash, name) = hash(transaction.strip_prefix("0x").unwrap_or(transaction))?;
    let [routescan, etherscan] = explorers.etherscan;
    let asked = [Some(routescan), None, Some(etherscan)].into_iter().map(|proxy| match proxy {
        Some(api) => from_node(api, explorers.chain, &hash, &name, lookups),
        None => from_blockscout(explorers.blockscout, &name, lookups),
    });
    let said = agreed(asked)?;
    if !said.iter().any(|word| word.is_proven) {
        return Err(Error::Unproven);
    }
    let [Word { input, sender, time, .. }, _] = said;
    if root.len() == 32 && input == root { Ok(Anchored { sender, time }) } else { Err(Error::Mismatch) }
}

/// What a node says, by way of an explorer: `{"jsonrpc": "2.0", "id": 1, "result": {…}}`.
fn from_node(
    api: &str,
    chain: u32,
    hash: &[u8; 32],
    name: &str,
    lookups: &Lookups<'_>,
) -> Result<Word, Error> {
    let url = [api, "eth_getTransactionByHash&txhash=0x", name];
    let answer = parse(ask(lookups, NeedKind::ChainTransaction, &url)?)?;
    // A node that does not know it says so in this way.
    let fields = match answer.get("result") {
        Some(Json::Null) => return Err(Error::Unconfirmed),
        Some(fields) => fields,
        None => return Err(Error::Unproven),
    };
    let Transaction { input, digest, signature } =
        Transaction::read(fields, hash, chain).ok_or(Error::Unproven)?;
    let sender = signer(&digest, &signature)?.ok_or(Error::Unproven)?;
    let block = fields.get("blockNumber").and_then(Json::as_str).ok_or(Error::Unconfirmed)?;
    let number = small(block).ok_or(Error::Unproven)?;
    let seconds = |fields: &Json, name| small(fields.get(name)?.as_str()?);
    let time = match seconds(fields, "blockTimestamp") {
        Some(time) => time,
        None => {
            let url = [api, "eth_getBlockByNumber&tag=", block, "&boolean=false"];
            let answer = parse(ask(lookups, NeedKind::BlockHeader, &url)?)?;
            let block = answer.get("result").ok_or(Error::Unproven)?;
            if block.get("hash").is_none() || block.get("hash") != fields.get("blockHash") {
                return Err(Error::Unproven);
            }
            seconds(block, "timestamp").ok_or(Error::Unproven)?
        }
    };
    let time = Timestamp::from_unix(time.into());
    Ok(Word { input, sender: written(&sender), block: number, time, is_proven: true })
}

/// What Blockscout says: its `TransactionResponse`, of which signatures are no part.
fn from_blockscout(api: &str, name: &str, lookups: &Lookups<'_>) -> Result<Word, Error> {
    let fields = parse(ask(lookups, NeedKind::ChainTransaction, &[api, "0x", name])?)?;
    let number = match fields.get("block_number").or_else(|| fields.get("block")) {
        Some(Json::Null) => return Err(Error::Unconfirmed),
        Some(number) => number.as_f64(),
        None => None,
    };
    let read = || {
        let number = number.filter(|number| number.fract() == 0.0 && (0.0..4e9).contains(number))?;
        let sender = fields.get("from")?.get("hash")?.as_str()?.to_ascii_lowercase();
        let input = data(fields.get("raw_input")?.as_str()?)?;
        let time = Timestamp::parse(fields.get("timestamp")?.as_str()?)?.at;
        Some(Word { input, sender, block: number as u32, time, is_proven: false })
    };
    read().ok_or(Error::Unproven)
}

fn parse(answer: &[u8]) -> Result<Json, Error> {
    json::parse(answer).map_err(|_| Error::Unproven)
}

/// An address as it is compared: in lower case, for capitals are a checksum for people (ERC-55).
pub(super) fn written(address: &Address) -> String {
    ["0x", &to_hex(address)].concat()
}

#[cfg(test)]
mod tests;
