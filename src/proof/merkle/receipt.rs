//! Receipts, and the way from a leaf to the root.

use sha2::{Digest as _, Sha256};

use super::{Digest, MAX_ANCHORS, MAX_PATH, digest, malformed};
use crate::json::{Json, Object};
use crate::proof::Error;

/// What shows that one document belongs to a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(super) target: Digest,
    pub(super) root: Digest,
    pub(super) path: Vec<Step>,
    pub(super) anchors: Vec<Anchor>,
}

/// A step upwards: the sister of the hash so far, and the side that it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Left(Digest),
    Right(Digest),
}

/// Where a root is said to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// The chain.
    pub(crate) ledger: Ledger,
    /// The transaction, as it is written; empty where none is named.
    pub(crate) transaction: String,
}

/// How a receipt names a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ledger {
    /// By the two names of MerkleProof2019, as in `btc` and `testnet`.
    Blink(String, String),
    /// By the one name of MerkleProof2017, as in `bitcoinMainnet`.
    Name(String),
    /// By the kind of record alone, as in `BTCOpReturn`.
    Kind(String),
}

impl Receipt {
    /// Reads the receipt of MerkleProof2017 and Chainpoint 2.0: JSON whose members say what they are.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for another type; [`Error::Malformed`] for a member that is missing or of another form.
    pub(crate) fn read(receipt: &Object) -> Result<Self, Error> {
        let known = |name: &Json| name.is("MerkleProof2017") || name.is("ChainpointSHA256v2");
        if !receipt.each("type").iter().any(known) {
            let named = receipt.each("type").first().and_then(Json::as_str);
            return Err(named.map_or_else(|| malformed("type"), |name| Error::Unsupported(name.into())));
        }
        let hash = |name: &str| receipt.str(name).and_then(digest).ok_or_else(|| malformed(name));
        // A tree of one document has no way to go, which some leave out.
        let path = match receipt.get("proof") {
            None | Some(Json::Null) => &[],
            Some(path) => path.as_array().ok_or_else(|| malformed("proof"))?,
        };
        Receipt {
            target: hash("targetHash")?,
            root: hash("merkleRoot")?,
            path: path.iter().map(step).collect::<Option<_>>().ok_or_else(|| malformed("proof"))?,
            anchors: receipt
                .each("anchors")
                .iter()
                .map(anchor)
                .collect::<Option<_>>()
                .ok_or_else(|| malformed("anchors"))?,
        }
        .within_bounds("proof")
    }

    /// The same receipt, where it is no longer than any tree needs; `path` is the member with the steps.
    pub(super) fn within_bounds(self, path: &str) -> Result<Self, Error> {
        if self.path.len() > MAX_PATH {
            Err(malformed(path))
        } else if self.anchors.is_empty() || self.anchors.len() > MAX_ANCHORS {
            Err(malformed("anchors"))
        } else {
            Ok(self)
        }
    }

    /// Whether it is the receipt of the document whose hash is `document`, and leads to the root that it states. Leaves
    /// and nodes are hashed alike, so that a node could be passed off as a leaf; but whatever is a leaf here is the hash
    /// of a document in our hands, and no document's canonical form is two hashes side by side.
    ///
    /// # Errors
    /// [`Error::SignatureInvalid`] where it is another document's, [`Error::Path`] where it leads elsewhere.
    pub(crate) fn check(&self, document: &Digest) -> Result<(), Error> {
        if self.target != *document {
            return Err(Error::SignatureInvalid);
        }
        let top = self.path.iter().fold(self.target, |hash, step| match step {
            Step::Left(sister) => node(sister, &hash),
            Step::Right(sister) => node(&hash, sister),
        });
        if top == self.root { Ok(()) } else { Err(Error::Path) }
    }

    /// The root that is said to be recorded.
    pub(crate) fn root(&self) -> &Digest {
        &self.root
    }

    /// Where it is said to be recorded: at least one place.
    pub(crate) fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }
}

fn node(left: &Digest, right: &Digest) -> Digest {
    Sha256::digest([*left, *right].concat()).into()
}

/// `{"left": …}` or `{"right": …}`: one that says both could be read either way.
fn step(value: &Json) -> Option<Step> {
    match (value.get("left"), value.get("right")) {
        (Some(left), None) => digest(left.as_str()?).map(Step::Left),
        (None, Some(right)) => digest(right.as_str()?).map(Step::Right),
        _ => None,
    }
}

fn anchor(value: &Json) -> Option<Anchor> {
    let ledger = match (value.get("chain"), value.get("type")) {
        (Some(chain), _) => Ledger::Name(chain.as_str()?.into()),
        (None, kind) => Ledger::Kind(kind?.as_str()?.into()),
    };
    let transaction = match value.get("sourceId") {
        None => String::new(),
        Some(id) => id.as_str()?.into(),
    };
    Some(Anchor { ledger, transaction })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const A: &str = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    const B: &str = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";
    /// SHA-256 of the bytes of A and B.
    const AB: &str = "e5a01fee14e0ed5c48714f22180f25ad8365b53f9779f79dc4a3d7e93963f94a";

    fn read(text: &str) -> Result<Receipt, Error> {
        Receipt::read(json::parse(text.as_bytes()).unwrap().as_object().unwrap())
    }

    fn receipt(target: &str, root: &str, path: &str) -> Result<Receipt, Error> {
        read(
            &[
                r#"{"type":["MerkleProof2017"],"targetHash":""#,
                target,
                r#"","merkleRoot":""#,
                root,
                r#"","proof":"#,
                path,
                r#","anchors":[{"sourceId":"00","type":"BTCOpReturn"}]}"#,
            ]
            .concat(),
        )
    }

    fn right(hash: &str) -> String {
        [r#"[{"right":""#, hash, r#""}]"#].concat()
    }

    #[test]
    fn the_way_leads_to_the_root() {
        let (a, b) = (digest(A).unwrap(), digest(B).unwrap());
        assert_eq!(receipt(A, AB, &right(B)).unwrap().check(&a), Ok(()));
        assert_eq!(receipt(B, AB, &right(A).replace("right", "left")).unwrap().check(&b), Ok(()));
        assert_eq!(receipt(A, A, "[]").unwrap().check(&a), Ok(()));
        assert_eq!(receipt(A, A, "null").unwrap().check(&a), Ok(()));
        assert_eq!(receipt(A, AB, &right(B)).unwrap().check(&b), Err(Error::SignatureInvalid));
        assert_eq!(receipt(B, AB, &right(A)).unwrap().check(&b), Err(Error::Path));
        assert_eq!(receipt(A, AB, "[]").unwrap().check(&a), Err(Error::Path));
        // A node is no leaf, though it leads to the root.
        assert_eq!(receipt(AB, AB, "[]").unwrap().check(&a), Err(Error::SignatureInvalid));
    }

    #[test]
    fn what_is_no_receipt() {
        let both = right(B).replace(r#"{"#, &[r#"{"left":""#, A, r#"","#].concat());
        for (path, what) in [(both.as_str(), "both sides"), ("[{}]", "no side"), ("{}", "no list")] {
            assert_eq!(receipt(A, AB, path), Err(malformed("proof")), "{what}");
        }
        // Hashes of other lengths would move the border between the two.
        assert_eq!(receipt(A, AB, &right(B.trim_start_matches("3e"))), Err(malformed("proof")));
        assert_eq!(receipt(A, AB, &right(&B.to_uppercase())), Err(malformed("proof")));
        assert_eq!(receipt(&A.to_uppercase(), A, "[]"), Err(malformed("targetHash")));
        let steps = vec![[r#"{"right":""#, B, r#""}"#].concat(); MAX_PATH + 1].join(",");
        assert_eq!(receipt(A, AB, &["[", &steps, "]"].concat()), Err(malformed("proof")));
        assert_eq!(read(r#"{"type":"Chainpoint3"}"#), Err(Error::Unsupported("Chainpoint3".into())));
        assert_eq!(read("{}"), Err(malformed("type")));
    }
}
