//! Bitcoin: what a transaction says, proven by hashes and by the work in its block.
//!
//! The transaction's contents are proven by its id, and that a block holds it by the hashes that lead to the block's
//! header. That the block is one of the chain is proven by its own hash: finding one cost what `work.rs` says. No
//! explorer need be believed for that, so one is enough; for a block that would be cheap to forge today, another
//! explorer must know the block too, and learns no more than that.
//!
//! Who sent it is read from the output that the first input spends, out of the transaction that holds that output, and
//! which is proven by its id in the first input. The input itself proves nothing: it may spend an output that anybody
//! can spend, and hold the issuer's public key as a decoration. That the output was spent rightly is what every node
//! checked before it built on the block.

mod address;
mod block;
mod read;
mod transaction;
mod work;

use super::explorer::{agreed, ask, first, hash, hex};
use super::{Anchored, Error, Network};
use crate::codec::to_hex;
use crate::evidence::{Lookups, Missing};
use crate::json::{self, Json};
use crate::report::{Failure, NeedKind};
use crate::time::Timestamp;
use block::Header;
use read::Hash;
use transaction::Transaction;
use work::{Demand, Work};

pub(super) use address::of_key;

/// A chain of Bitcoin's kind.
struct Chain<'a> {
    network: Network,
    /// Explorers with the API of Esplora, each run by other people. All let web pages ask.
    explorers: &'a [&'a str],
    demand: Demand<'a>,
}

impl Chain<'static> {
    const fn of(network: Network) -> Self {
        let explorers: &[&str] = match network {
            Network::Bitcoin => &["https://mempool.space/api", "https://blockstream.info/api"],
            Network::BitcoinTestnet => {
                &["https://mempool.space/testnet/api", "https://blockstream.info/testnet/api"]
            }
            Network::BitcoinTestnet4 => &["https://mempool.space/testnet4/api"],
            Network::BitcoinSignet => {
                &["https://mempool.space/signet/api", "https://blockstream.info/signet/api"]
            }
            _ => &[],
        };
        Chain { network, explorers, demand: Demand::of(network) }
    }
}

pub(super) fn look_up(
    network: Network,
    transaction: &str,
    root: &[u8],
    lookups: &Lookups<'_>,
) -> Result<Anchored, Error> {
    Chain::of(network).look_up(transaction, root, lookups)
}

pub(super) fn spent(
    network: Network,
    transaction: &str,
    lookups: &Lookups<'_>,
) -> Result<Vec<String>, Error> {
    Chain::of(network).spent(transaction, lookups)
}

impl Chain<'_> {
    fn look_up(&self, transaction: &str, root: &[u8], lookups: &Lookups<'_>) -> Result<Anchored, Error> {
        let id = id(transaction)?;
        // All that is needed is asked for as soon as it is known to be.
        let contents = self.contents(&id, lookups);
        let block = self.block(&id, lookups);
        let contents = contents?;
        if !contents.holds(root) {
            return Err(Error::Mismatch);
        }
        let sender = self.sender(&contents, lookups);
        let (header, work, explorer) = block?;
        let known = match work {
            Work::Enough => Ok(()),
            Work::Little => self.is_known(&header.hash, explorer, lookups),
        };
        let sender = sender?;
        known?;
        Ok(Anchored { sender, time: Timestamp::from_unix(header.time.into()) })
    }

    /// The addresses whose outputs are spent, by transactions that are in a block. Nothing can prove that an output is
    /// not spent, so two explorers must say the same of all.
    fn spent(&self, transaction: &str, lookups: &Lookups<'_>) -> Result<Vec<String>, Error> {
        let id = id(transaction)?;
        let contents = self.contents(&id, lookups);
        let path = ["/tx/", &name(&id), "/outspends"].concat();
        let said = agreed(self.explorers.iter().map(|explorer| {
            let answer = ask(lookups, NeedKind::ChainTransaction, &[explorer, &path])?;
            let answer = json::parse(answer).map_err(|_| Error::Unproven)?;
            let outputs =
                answer.as_array().and_then(|all| all.iter().map(is_spent).collect::<Option<Vec<_>>>());
            outputs.ok_or(Error::Unproven)
        }));
        let (contents, [said, _]) = (contents?, said?);
        if said.len() != contents.outputs.len() {
            return Err(Error::Unproven);
        }
        let spent = contents.outputs.iter().zip(said).filter(|(_, spent)| *spent);
        Ok(spent.filter_map(|(script, _)| address::of_script(self.network, script)).collect())
    }

    /// The transaction `id`.
    fn contents(&self, id: &Hash, lookups: &Lookups<'_>) -> Result<Transaction, Error> {
        let path = ["/tx/", &name(id), "/hex"];
        let read =
            |answer: &[u8]| Transaction::read(&hex(answer)?).filter(|transaction| transaction.id == *id);
        Ok(first(lookups, NeedKind::ChainTransaction, self.explorers, &path, read)?.0)
    }

    /// The header of the block that the transaction `id` is in, what its work proves, and the place of the explorer that
    /// gave it.
    fn block(&self, id: &Hash, lookups: &Lookups<'_>) -> Result<(Header, Work, usize), Error> {
        let path = ["/tx/", &name(id), "/merkleblock-proof"];
        let read = |answer: &[u8]| {
            let header = block::inclusion(&hex(answer)?, id)?;
            self.demand.met(&header).map(|work| (header, work))
        };
        match first(lookups, NeedKind::BlockHeader, self.explorers, &path, read) {
            Ok(((header, work), explorer)) => Ok((header, work, explorer)),
            Err(Error::Missing(Missing { cause: Some(Failure::NotFound), .. })) => Err(Error::Unconfirmed),
            Err(other) => Err(other),
        }
    }

    /// The address that the first input's money came from.
    fn sender(&self, transaction: &Transaction, lookups: &Lookups<'_>) -> Result<String, Error> {
        let (id, output) = transaction.first_input;
        if id == [0; 32] {
            // New money, from nobody.
            return Err(Error::NoSender);
        }
        let before = self.contents(&id, lookups)?;
        let script = usize::try_from(output).ok().and_then(|output| before.outputs.get(output));
        script.and_then(|script| address::of_script(self.network, script)).ok_or(Error::NoSender)
    }

    /// Whether an explorer other than the one at place `asked` has the block in its chain.
    fn is_known(&self, block: &Hash, asked: usize, lookups: &Lookups<'_>) -> Result<(), Error> {
        let path = ["/block/", &name(block), "/status"].concat();
        let mut others = self.explorers.iter().enumerate().filter(|(at, _)| *at != asked);
        let Some((_, explorer)) = others.next() else { return Err(Error::Unproven) };
        let answer = match ask(lookups, NeedKind::BlockHeader, &[explorer, &path]) {
            Err(Error::Missing(Missing { cause: Some(Failure::NotFound), .. })) => {
                return Err(Error::Disagree);
            }
            other => other?,
        };
        let answer = json::parse(answer).map_err(|_| Error::Unproven)?;
        match answer.get("in_best_chain").and_then(Json::as_bool) {
            Some(true) => Ok(()),
            Some(false) => Err(Error::Disagree),
            None => Err(Error::Unproven),
        }
    }
}

/// Whether an output is spent: `{"spent": true, "status": {"confirmed": true}}`.
fn is_spent(output: &Json) -> Option<bool> {
    if !output.get("spent")?.as_bool()? {
        return Some(false);
    }
    output.get("status")?.get("confirmed")?.as_bool()
}

fn id(text: &str) -> Result<Hash, Error> {
    let (mut id, _) = hash(text)?;
    id.reverse();
    Ok(id)
}

/// How people write a hash.
fn name(hash: &Hash) -> String {
    let mut reversed = *hash;
    reversed.reverse();
    to_hex(&reversed)
}

#[cfg(test)]
mod tests;
