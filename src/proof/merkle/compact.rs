//! The compact form of MerkleProof2019: a receipt as CBOR in base58btc multibase, its names as numbers.
//!
//! Lists of pairs stand where maps would do, and hashes are CBOR inside byte strings: of bytes as JavaScript writes
//! them, of hexadecimal text as Python does.

use super::receipt::Step;
use super::{Anchor, Digest, Ledger, Receipt, digest, malformed};
use crate::cbor::{self, Cbor};
use crate::codec;
use crate::proof::Error;

/// The numbers of chains, and the names that they stand for.
const CHAINS: [(i64, &str); 5] = [(-1, "mocknet"), (0, "btc"), (1, "eth"), (2, "mtc"), (3, "base")];

/// The numbers of networks, each behind that of its chain.
const NETWORKS: [(i64, i64, &str); 12] = [
    (-1, -1, "mocknet"),
    (0, 1, "mainnet"),
    (0, 3, "testnet"),
    (1, 1, "mainnet"),
    (1, 3, "ropsten"),
    (1, 4, "rinkeby"),
    (1, 5, "goerli"),
    (1, 11_155_111, "sepolia"),
    (2, 137, "mainnet"),
    (2, 80_001, "mumbai"),
    (3, 8_453, "mainnet"),
    (3, 84_532, "sepolia"),
];

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

/// The items of a list, which may be left out where it has none.
fn all<'c, 'a>(value: Option<&'c Cbor<'a>>) -> Option<&'c [Cbor<'a>]> {
    match value {
        Some(Cbor::Array(items)) => Some(items),
        Some(_) => None,
        None => Some(&[]),
    }
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
    let chain = integer(next(0)?)?;
    let second = next(1)?;
    // Trials have no network, and a remark in place of a transaction.
    let (network, third) = match integer(second) {
        Some(network) => (Some(network), next(2)),
        None => (None, Some(second)),
    };
    let transaction = third.map_or(Some(String::new()), transaction)?;
    let ledger = ledger(chain, network);
    parts.next().is_none().then_some(Anchor { ledger, transaction })
}

/// What the numbers stand for; one that stands for nothing is left as it is.
fn ledger(chain: i64, network: Option<i64>) -> Ledger {
    let name = CHAINS.iter().find(|(number, _)| *number == chain).map(|(_, name)| *name);
    let within = network.map_or_else(String::new, |network| {
        let named = NETWORKS.iter().find(|(of, number, _)| (*of, *number) == (chain, network));
        named.map_or_else(|| network.to_string(), |(.., name)| (*name).into())
    });
    Ledger::Blink(name.map_or_else(|| chain.to_string(), Into::into), within)
}

/// `blink:<chain>:<network>:<transaction>`
fn named(text: &str) -> Option<Anchor> {
    let mut parts = text.strip_prefix("blink:")?.split(':');
    let ledger = Ledger::Blink(parts.next()?.into(), parts.next()?.into());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Json};

    const HASH: [u8; 32] = [7; 32];

    fn array(items: &[&[u8]]) -> Vec<u8> {
        [&[0x80 + items.len() as u8], items.concat().as_slice()].concat()
    }

    fn bytes(content: &[u8]) -> Vec<u8> {
        [&[0x58, content.len() as u8], content].concat()
    }

    fn text(content: &str) -> Vec<u8> {
        let head = if content.len() < 24 {
            vec![0x60 + content.len() as u8]
        } else {
            vec![0x78, content.len() as u8]
        };
        [&head, content.as_bytes()].concat()
    }

    fn field(number: u8, value: &[u8]) -> Vec<u8> {
        array(&[&[number], value])
    }

    fn encoded(fields: &[Vec<u8>]) -> String {
        let all: Vec<&[u8]> = fields.iter().map(Vec::as_slice).collect();
        ["z", &codec::to_base58(&array(&all))].concat()
    }

    fn anchor(parts: &[Vec<u8>]) -> Vec<u8> {
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        field(2, &array(&[&array(&parts)]))
    }

    fn fields(hash: &[u8], tx: &[u8]) -> Vec<Vec<u8>> {
        let step = array(&[&[1], hash]);
        vec![
            field(0, hash),
            field(1, hash),
            anchor(&[field(0, &[0]), field(1, &[3]), field(2, tx)]),
            field(3, &array(&[&step])),
        ]
    }

    /// All the ways in which the encoders write hashes and transactions.
    #[test]
    fn forms_of_one_receipt() {
        let hex = codec::to_hex(&HASH);
        let forms = [bytes(&HASH), bytes(&bytes(&HASH)), text(&hex), bytes(&text(&hex))];
        for form in &forms {
            let receipt = decode(&encoded(&fields(form, form))).unwrap();
            assert_eq!(
                (receipt.root, receipt.target, receipt.path.as_slice()),
                (HASH, HASH, &[Step::Right(HASH)][..])
            );
            let ledger = Ledger::Blink("btc".into(), "testnet".into());
            assert_eq!(receipt.anchors, [Anchor { ledger, transaction: hex.clone() }]);
        }
        // Trials name no transaction, or all in one text.
        let mock = [
            anchor(&[field(0, &[0x20]), field(1, &[0x20])]),
            field(2, &array(&[&text("blink:mocknet:mocknet:")])),
        ];
        for anchors in mock {
            let receipt = decode(&encoded(&[field(0, &forms[0]), field(1, &forms[0]), anchors])).unwrap();
            let ledger = Ledger::Blink("mocknet".into(), "mocknet".into());
            assert_eq!(receipt.anchors, [Anchor { ledger, transaction: String::new() }]);
        }
        assert_eq!(ledger(7, Some(-9)), Ledger::Blink("7".into(), "-9".into()));
    }

    /// What the encoders of others wrote, beside what it must be read as.
    #[test]
    fn receipts_of_others() {
        let Some(corpus) = std::env::var_os("PROBANT_CORPUS").map(std::path::PathBuf::from) else { return };
        let suite = corpus.join("blockcerts-merkleproof2019");
        let read = |name: &str| std::fs::read_to_string(suite.join(name)).unwrap();
        for name in ["proofValue", "mocknetProofValue"] {
            let receipt = decode(read(&[name, ".b58.txt"].concat()).trim()).unwrap();
            let expected = json::parse(read(&[name, ".json"].concat()).as_bytes()).unwrap();
            let hex = |member: &str| expected.get(member).and_then(Json::as_str).unwrap().to_owned();
            assert_eq!(codec::to_hex(&receipt.root), hex("merkleRoot"), "{name}");
            assert_eq!(codec::to_hex(&receipt.target), hex("targetHash"), "{name}");
            let path = receipt.path.iter().map(|step| match step {
                Step::Left(hash) => ("left", codec::to_hex(hash)),
                Step::Right(hash) => ("right", codec::to_hex(hash)),
            });
            let steps = expected.get("path").unwrap().each().iter().map(|step| {
                let (side, hash) = step.as_object().unwrap().iter().next().unwrap();
                (side, hash.as_str().unwrap().to_owned())
            });
            assert_eq!(path.collect::<Vec<_>>(), steps.collect::<Vec<_>>(), "{name}");
            let anchors = receipt.anchors.iter().map(|anchor| match &anchor.ledger {
                Ledger::Blink(chain, network) => {
                    Json::String(["blink", chain, network, &anchor.transaction].join(":"))
                }
                other => panic!("{other:?}"),
            });
            assert_eq!(Json::Array(anchors.collect()), *expected.get("anchors").unwrap(), "{name}");
        }
    }

    #[test]
    fn what_is_no_receipt() {
        let good = fields(&bytes(&HASH), &bytes(&HASH));
        let with = |at: usize, field: Vec<u8>| {
            let mut fields = good.clone();
            fields[at] = field;
            decode(&encoded(&fields))
        };
        assert_eq!(with(0, field(0, &bytes(&HASH[1..]))), Err(malformed("merkleRoot")));
        assert_eq!(with(1, field(1, &text(&"AB".repeat(32)))), Err(malformed("targetHash")));
        assert_eq!(with(1, field(0, &bytes(&HASH))), Err(malformed("proofValue")), "a key twice");
        assert_eq!(with(1, field(4, &bytes(&HASH))), Err(malformed("proofValue")), "an unknown key");
        assert_eq!(with(2, field(2, &[0x80])), Err(malformed("anchors")), "none");
        assert_eq!(
            with(2, anchor(&[field(1, &[3]), field(0, &[0])])),
            Err(malformed("anchors")),
            "out of order"
        );
        assert_eq!(with(3, field(3, &array(&[&array(&[&[2], &bytes(&HASH)])]))), Err(malformed("path")));
        let step = array(&[&[0], &bytes(&HASH)]);
        let long = [vec![0x98, 65], step.repeat(65)].concat();
        assert!(
            decode(&encoded(&[good[0].clone(), good[1].clone(), good[2].clone(), field(3, &long)])).is_err()
        );
        for bytes in [&b"\x80\x00"[..], b"\xa0", b"\x9f\xff", b"", &[0x81; 40], &[0xff; 9]] {
            let text = ["z", &codec::to_base58(bytes)].concat();
            assert_eq!(decode(&text), Err(Error::SignatureMalformed), "{bytes:?}");
        }
        for text in ["", "z", "u4zvr", "z0OIl"] {
            assert_eq!(decode(text), Err(Error::SignatureMalformed), "{text}");
        }
    }
}
