//! What a blockchain says, without trusting an explorer's word.

mod error;
mod network;

pub(crate) use error::Error;
pub(crate) use network::Network;

use crate::evidence::Lookups;
use crate::key::PublicKey;
use crate::part::{self, Part};
use crate::time::Timestamp;

/// What was found out about a transaction that holds the value looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchored {
    /// The address that sent it, as its chain writes addresses: Ethereum's in lower case with `0x`.
    pub(crate) sender: String,
    /// When its block was made.
    pub(crate) time: Timestamp,
}

/// Looks up `transaction`, which shall hold `root`.
///
/// # Errors
/// [`Error::Malformed`] and [`Error::Mismatch`] where it is wrong; every other one leaves it unknown.
pub(crate) fn look_up(
    network: Network,
    transaction: &str,
    root: &[u8],
    lookups: &Lookups<'_>,
) -> Result<Anchored, Error> {
    part::need(Part::Chain)?;
    let _ = (transaction, root, lookups);
    match network {
        Network::Mock => Err(Error::Mock),
        _ => Err(Error::Unsupported(network)),
    }
}

/// The addresses that belong to `key` alone, as [`Anchored::sender`] would write them.
pub(crate) fn addresses(network: Network, key: &PublicKey) -> Result<Vec<String>, Error> {
    part::need(Part::Chain)?;
    let _ = (network, key);
    Ok(Vec::new())
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
    part::need(Part::Chain)?;
    let _ = (transaction, lookups);
    Err(Error::Unsupported(network))
}
