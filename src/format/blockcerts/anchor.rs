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
    /// Who recorded it and when, for each place at which it was found.
    pub(super) anchored: Vec<Anchored>,
}

/// Looks for the root at all the places that the receipt names: it must be at one at least, and may be missing at none.
/// `address` tells which network is meant where the receipt names none.
pub(super) fn look_up(receipt: &Receipt, address: Option<&str>, scope: Scope<'_>) -> Record {
    let mut record = Record { row: Check::new(ID, Status::Absent), anchored: Vec::new() };
    let mut rows = Vec::new();
    for anchor in receipt.anchors() {
        let (row, found) = single(anchor, receipt.root(), address, scope);
        record.anchored.extend(found);
        rows.push(row);
    }
    let with = |status: Status| rows.iter().find(|row| row.status == status);
    let row = with(Status::Failed).or(with(Status::Passed)).or(rows.first());
    Record { row: row.cloned().unwrap_or(record.row), ..record }
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
    root: &[u8],
    address: Option<&str>,
    scope: Scope<'_>,
) -> (Check, Option<Anchored>) {
    let unknown = |reason| Check::because(ID, Status::Unknown, reason);
    let network = match network(anchor, address) {
        Some(Network::Mock) => return (unknown(Reason::ChainMock), None),
        Some(network) => network,
        None => return (unknown(Reason::ChainUnsupported).with("name", name(&anchor.ledger)), None),
    };
    match chain::look_up(network, &anchor.transaction, root, scope.lookups) {
        // What is recorded where records cost nothing, anybody may have recorded at any time.
        Ok(found) if network.is_test() => (unknown(Reason::ChainTest), Some(found)),
        Ok(found) => (Check::new(ID, Status::Passed).with("date", found.time.to_string()), Some(found)),
        Err(fault) => (Check::because_of(ID, &fault), None),
    }
}

/// The network that an anchor means.
fn network(anchor: &Anchor, address: Option<&str>) -> Option<Network> {
    match &anchor.ledger {
        Ledger::Numbers(chain, network) => Network::of_numbers(*chain, *network),
        Ledger::Names(chain, network) => Network::of_names(chain, network),
        Ledger::Name(name) => Network::of_name(name),
        // Before receipts named a chain there were Bitcoin and its test network, told apart by how addresses begin.
        Ledger::Kind(kind) if kind == "BTCOpReturn" => Some(match address {
            Some(address) if address.starts_with(['m', 'n', '2']) => Network::BitcoinTest,
            _ => Network::Bitcoin,
        }),
        Ledger::Kind(_) => None,
    }
}

/// How an anchor names its chain.
fn name(ledger: &Ledger) -> String {
    match ledger {
        Ledger::Numbers(chain, network) => [chain.to_string(), network.to_string()].join(":"),
        Ledger::Names(chain, network) => [chain.as_str(), network].join(" "),
        Ledger::Name(name) | Ledger::Kind(name) => name.clone(),
    }
}
