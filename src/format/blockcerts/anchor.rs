//! Where a root is said to be recorded, and what the chain says.

use crate::chain::{self, Anchored, Network};
use crate::format::open::Scope;
use crate::proof::merkle::{Anchor, Ledger, Receipt};
use crate::report::{Check, CheckId, Reason, Status};

const ID: CheckId = CheckId::Anchor;

/// What was found out about the places of one receipt.
pub(super) struct Record {
    /// `proof.anchor`
    pub(super) row: Check,
    /// Who recorded it, when, and in which network, for each place at which it was found; trials where there is nothing
    /// else.
    pub(super) found: Vec<(Network, Anchored)>,
}

/// Looks for the root at all the places that the receipt names: it must be at one at least, and may be missing at none.
/// `address` tells which network is meant where the receipt names none.
pub(super) fn look_up(receipt: &Receipt, address: Option<&str>, scope: Scope<'_>) -> Record {
    let (mut rows, mut found) = (Vec::new(), Vec::new());
    for anchor in receipt.anchors() {
        let network = network(anchor, address);
        let (row, anchored) = single(anchor, network, receipt.root(), scope);
        found.extend(network.zip(anchored));
        rows.push(row);
    }
    if found.iter().any(|(network, _)| !network.is_test()) {
        found.retain(|(network, _)| !network.is_test());
    }
    let with = |status: Status| rows.iter().find(|row| row.status == status);
    // A place that nobody can look at is left out beside a good one; of one that did not answer nobody may gain.
    let open = rows.iter().find(|row| {
        let never = matches!(row.reason, Some(Reason::ChainUnsupported | Reason::ChainTest));
        row.status == Status::Unknown && !never
    });
    let row = with(Status::Failed).or(open).or(with(Status::Passed)).or(rows.first());
    Record { row: row.cloned().unwrap_or_else(|| Check::new(ID, Status::Absent)), found }
}

impl Record {
    /// The row of a check that rests on the record, where there is none.
    pub(super) fn unreached(&self, id: CheckId) -> Check {
        let status = if self.row.status == Status::Failed { Status::Skipped } else { Status::Unknown };
        Check { status, ..self.row.clone().of(id) }
    }
}

fn single(
    anchor: &Anchor,
    network: Option<Network>,
    root: &[u8],
    scope: Scope<'_>,
) -> (Check, Option<Anchored>) {
    let unknown = |reason| Check::because(ID, Status::Unknown, reason);
    let Some(network) = network else {
        return (unknown(Reason::ChainUnsupported).with("chain", name(&anchor.ledger)), None);
    };
    match chain::look_up(network, &anchor.transaction, root, scope.lookups) {
        // What is recorded where records cost nothing, anybody may have recorded at any time.
        Ok(found) if network.is_test() => (unknown(Reason::ChainTest), Some(found)),
        Ok(found) => (Check::new(ID, Status::Passed).with("date", found.time.to_string()), Some(found)),
        Err(fault) => (Check::because_of(ID, &fault), None),
    }
}

/// The addresses to which the recording transactions paid what is spent by now.
///
/// # Errors
/// The row of the check `id` that says why that is not known.
pub(super) fn spent(
    receipt: &Receipt,
    address: Option<&str>,
    id: CheckId,
    scope: Scope<'_>,
) -> Result<Vec<String>, Check> {
    let mut addresses = Vec::new();
    for anchor in receipt.anchors() {
        if let Some(network) = network(anchor, address) {
            let spent = chain::spent(network, &anchor.transaction, scope.lookups);
            addresses.extend(spent.map_err(|fault| Check::because_of(id, &fault))?);
        }
    }
    Ok(addresses)
}

/// The network that an anchor means.
fn network(anchor: &Anchor, address: Option<&str>) -> Option<Network> {
    match &anchor.ledger {
        Ledger::Blink(chain, network) => Network::from_blink(chain, network),
        Ledger::Name(name) => Network::from_name(name),
        // Before receipts named a chain there were Bitcoin and its test network, told apart by how addresses begin.
        Ledger::Kind(kind) if kind == "BTCOpReturn" => Some(match address {
            Some(address) if address.starts_with(['m', 'n', '2']) => Network::BitcoinTestnet,
            _ => Network::Bitcoin,
        }),
        Ledger::Kind(_) => None,
    }
}

/// How an anchor names its chain.
fn name(ledger: &Ledger) -> String {
    match ledger {
        Ledger::Blink(chain, network) => [chain.as_str(), network].join(" "),
        Ledger::Name(name) | Ledger::Kind(name) => name.clone(),
    }
}
