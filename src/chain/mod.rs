//! What a blockchain says, without trusting an explorer's word.

mod bitcoin;
mod error;
mod ethereum;
mod explorer;
mod network;
mod ripemd160;

pub(crate) use error::Error;
pub(crate) use network::Network;

use crate::evidence::Lookups;
use crate::key::{KeyKind, PublicKey};
use crate::proof;
use crate::time::Timestamp;

/// What was found out about a transaction that holds the value looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchored {
    /// The address that sent it, as its chain writes addresses: Ethereum's in lower case with `0x`.
    pub(crate) sender: String,
    /// When its block was made.
    pub(crate) time: Timestamp,
}

/// Looks up `transaction`, which shall hold `root` and nothing else. On a test chain too: whether an entry there counts
/// ([`Network::is_test`]) is for the caller to say.
///
/// # Errors
/// [`Error::Malformed`] and [`Error::Mismatch`] where it is wrong; every other one leaves it unknown.
pub(crate) fn look_up(
    network: Network,
    transaction: &str,
    root: &[u8],
    lookups: &Lookups<'_>,
) -> Result<Anchored, Error> {
    match network {
        Network::Bitcoin | Network::BitcoinTestnet | Network::BitcoinTestnet4 | Network::BitcoinSignet => {
            bitcoin::look_up(network, transaction, root, lookups)
        }
        Network::Ethereum | Network::Sepolia => ethereum::look_up(network, transaction, root, lookups),
        Network::Other(_) => Err(Error::Unsupported(network)),
        Network::Mock => Err(Error::Mock),
    }
}

/// The addresses that only `key` can send from, as [`Anchored::sender`] would write them; none for a key that is not of
/// the chain's kind.
///
/// # Errors
/// [`Error::NotLoaded`].
pub(crate) fn addresses(network: Network, key: &PublicKey) -> Result<Vec<String>, Error> {
    if key.kind() != KeyKind::Secp256k1 {
        return Ok(Vec::new());
    }
    match network {
        Network::Ethereum | Network::Sepolia => {
            Ok(proof::ethereum::address(key.bytes())?.iter().map(ethereum::written).collect())
        }
        Network::Other(_) | Network::Mock => Ok(Vec::new()),
        _ => {
            Ok(proof::uncompressed(key.bytes())?.map_or_else(Vec::new, |key| bitcoin::of_key(network, &key)))
        }
    }
}

/// The addresses whose outputs of `transaction` are spent. With Blockcerts 1.2, spending withdraws.
///
/// # Errors
/// Every one leaves it unknown.
pub(crate) fn spent(
    network: Network,
    transaction: &str,
    lookups: &Lookups<'_>,
) -> Result<Vec<String>, Error> {
    match network {
        Network::Mock => Err(Error::Mock),
        Network::Ethereum | Network::Sepolia | Network::Other(_) => Err(Error::Unsupported(network)),
        _ => bitcoin::spent(network, transaction, lookups),
    }
}

#[cfg(test)]
mod tests;
