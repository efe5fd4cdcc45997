//! Whether the contents of a wrapped document are those that it was wrapped with: each value is hashed with a salt, the
//! hashes in order are the document's own, and a path leads from there to that of a whole batch.

use super::Edition;
use crate::codec;
use crate::json::{self, Json, Object, canonicalize, write_number};
use crate::order;
use crate::proof::ethereum::keccak256;
use crate::report::{Args, Explain, Reason, Status};

/// A Keccak-256 digest.
pub(super) type Hash = [u8; 32];

/// Most steps from a document to its batch: more documents than anybody wraps.
const MAX_STEPS: usize = 64;

/// The hashes of a document.
#[derive(Clone, Debug)]
pub(super) struct Wrapped {
    /// The document's own, and each on the way from there to the batch's.
    pub(super) hashes: Vec<Hash>,
    /// Whether some values are not there, but their hashes.
    pub(super) is_partial: bool,
    /// Paths of values that nothing protects: empty ones, in version 3.
    pub(super) unprotected: Vec<String>,
}

/// Why the contents do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(super) enum Error {
    /// It was not wrapped.
    Missing,
    /// This member is missing or of a wrong form.
    Malformed(&'static str),
    /// A member name that could stand for another place.
    Name(String),
    /// The contents are not what was wrapped.
    Changed,
    /// More steps than any batch has.
    TooMany,
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Missing => Reason::ProofMissing,
            Error::Malformed(_) => Reason::ProofMalformed,
            Error::Name(_) => Reason::MemberForbidden,
            Error::Changed => Reason::SignatureInvalid,
            Error::TooMany => Reason::TooComplex,
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::Missing => Status::Absent,
            Error::TooMany => Status::Unknown,
            _ => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Malformed(member) => Args::from([("member".into(), (*member).into())]),
            Error::Name(name) => Args::from([("member".into(), name.clone())]),
            _ => Args::new(),
        }
    }
}

impl Wrapped {
    /// The hashes of `document`, whose contents fit them.
    pub(super) fn of(document: &Object, edition: Edition) -> Result<Self, Error> {
        let wrapping = match edition {
            Edition::V2 => document.get("signature"),
            Edition::V3 | Edition::V4 => document.get("proof"),
        };
        let wrapping = wrapping.ok_or(Error::Missing)?.as_object().ok_or(Error::Malformed("proof"))?;
        let hidden = match edition {
            Edition::V2 => document.get("privacy").and_then(|privacy| privacy.get("obfuscatedData")),
            _ => wrapping.get("privacy").and_then(|privacy| privacy.get("obfuscated")),
        };
        let mut leaves = Leaves::default();
        for value in hidden.map(Json::each).unwrap_or_default() {
            let text = value.as_str().filter(|text| hash(text).is_some());
            leaves.hashes.push(text.ok_or(Error::Malformed("privacy"))?.into());
        }
        let is_partial = !leaves.hashes.is_empty();
        match edition {
            Edition::V2 => {
                let data = document.get("data").ok_or(Error::Malformed("data"))?;
                leaves.version_2("", data)?;
            }
            Edition::V3 | Edition::V4 => {
                let mut salts = salts(wrapping)?;
                leaves.salted(edition, "", &Json::Object(document.without(&["proof"])), &mut salts)?;
                // In version 3, as many values as salts, so that none is added.
                if edition == Edition::V3 && salts.iter().any(|salt| !salt.used) {
                    return Err(Error::Changed);
                }
            }
        }
        order::sort_by(&mut leaves.hashes, Ord::cmp);
        let all = Json::Array(leaves.hashes.into_iter().map(Json::String).collect());
        let target = keccak256(canonicalize(&all).as_bytes());
        let stated = |name| wrapping.str(name).and_then(hash);
        if stated("targetHash").ok_or(Error::Malformed("targetHash"))? != target {
            return Err(Error::Changed);
        }
        let path = if edition == Edition::V2 { "proof" } else { "proofs" };
        let mut hashes = vec![target];
        let mut last = target;
        let steps = wrapping.get(path).map(Json::each).unwrap_or_default();
        if steps.len() > MAX_STEPS {
            return Err(Error::TooMany);
        }
        for step in steps {
            let step = step.as_str().and_then(hash).ok_or(Error::Malformed("proofs"))?;
            last = pair(&last, &step);
            hashes.push(last);
        }
        if stated("merkleRoot").ok_or(Error::Malformed("merkleRoot"))? != last {
            return Err(Error::Changed);
        }
        Ok(Wrapped { hashes, is_partial, unprotected: leaves.unprotected })
    }

    /// The hash of the batch, which is what issuers sign or record.
    pub(super) fn root(&self) -> Hash {
        self.hashes.last().copied().unwrap_or_default()
    }
}

/// The hash above two, which stand in order.
fn pair(a: &Hash, b: &Hash) -> Hash {
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    keccak256(&[low.as_slice(), high].concat())
}

/// A hash, or a salt that is as long, in the one spelling that has an order.
fn hash(text: &str) -> Option<Hash> {
    let is_lower = text.bytes().all(|b| !b.is_ascii_uppercase());
    codec::hex(text).ok().filter(|_| is_lower)?.try_into().ok()
}

/// One salt of versions 3 and 4.
struct Salt {
    path: String,
    value: String,
    used: bool,
}

/// The salts by their paths, each of which is there once.
fn salts(proof: &Object) -> Result<Vec<Salt>, Error> {
    const WRONG: Error = Error::Malformed("salts");
    let text = codec::base64_any(proof.str("salts").ok_or(WRONG)?).map_err(|_| WRONG)?;
    let list = json::parse(&text).map_err(|_| WRONG)?;
    let read = |salt: &Json| {
        let [path, value] = ["path", "value"].map(|name| salt.get(name)?.as_str());
        // A salt of another length could begin with, or lack, a part of the value that follows it.
        let value = value.filter(|value| hash(value).is_some())?;
        Some(Salt { path: path?.into(), value: value.into(), used: false })
    };
    let salts: Option<Vec<Salt>> = list.as_array().ok_or(WRONG)?.iter().map(read).collect();
    let mut salts = salts.ok_or(WRONG)?;
    order::sort_by(&mut salts, |a, b| a.path.cmp(&b.path));
    if salts.windows(2).any(|two| matches!(two, [a, b] if a.path == b.path)) {
        return Err(WRONG);
    }
    Ok(salts)
}

/// The hashes of all values. Depth is bounded by the parser's.
#[derive(Default)]
struct Leaves {
    /// Lower-case hexadecimal.
    hashes: Vec<String>,
    unprotected: Vec<String>,
}

impl Leaves {
    fn add(&mut self, path: &str, value: Json) {
        let leaf = Json::Object(Object::default().with(path, value));
        self.hashes.push(codec::to_hex(&keccak256(canonicalize(&leaf).as_bytes())));
    }

    /// Version 2: values are salted themselves, and arrays have numbers for names.
    fn version_2(&mut self, path: &str, value: &Json) -> Result<(), Error> {
        let inside = |name: &str| if path.is_empty() { name.into() } else { [path, name].join(".") };
        match value {
            Json::Object(object) if !object.is_empty() => {
                for (name, value) in object.iter() {
                    // "a.b" would hash as `b` inside `a`, "0" as the first of an array, and what is inside "" as what
                    // stands beside it.
                    if name.contains('.') || name.bytes().all(|b| b.is_ascii_digit()) {
                        return Err(Error::Name(name.into()));
                    }
                    self.version_2(&inside(name), value)?;
                }
            }
            Json::Array(items) if !items.is_empty() => {
                for (number, value) in items.iter().enumerate() {
                    self.version_2(&inside(&number.to_string()), value)?;
                }
            }
            leaf => self.add(path, leaf.clone()),
        }
        Ok(())
    }

    /// Versions 3 and 4: salts stand beside, by the path of their value.
    fn salted(
        &mut self,
        edition: Edition,
        path: &str,
        value: &Json,
        salts: &mut [Salt],
    ) -> Result<(), Error> {
        match value {
            Json::Object(object) if !object.is_empty() => {
                for (name, value) in object.iter() {
                    if name.is_empty() || name.contains(['.', '[', ']']) {
                        return Err(Error::Name(name.into()));
                    }
                    let dot = if path.is_empty() { "" } else { "." };
                    self.salted(edition, &[path, dot, name].concat(), value, salts)?;
                }
                return Ok(());
            }
            Json::Array(items) if !items.is_empty() => {
                for (number, value) in items.iter().enumerate() {
                    let path = [path, "[", &number.to_string(), "]"].concat();
                    self.salted(edition, &path, value, salts)?;
                }
                return Ok(());
            }
            _ => {}
        }
        let (kind, text) = as_text(value);
        // Version 3 forgets what is empty.
        if edition == Edition::V3 && matches!(kind, "array" | "object") {
            self.unprotected.push(path.into());
            return Ok(());
        }
        let at = salts.binary_search_by(|salt| salt.path.as_str().cmp(path)).map_err(|_| Error::Changed)?;
        let salt = salts.get_mut(at).ok_or(Error::Changed)?;
        salt.used = true;
        let is_empty = match value {
            Json::Null | Json::Bool(false) => true,
            Json::Number(number) => *number == 0.0,
            Json::String(text) => text.is_empty(),
            _ => false,
        };
        if edition == Edition::V3 && is_empty {
            self.unprotected.push(path.into());
        } else if edition == Edition::V3 {
            let text = [salt.value.as_str(), &text].join(":");
            self.add(path, Json::String(text));
        } else {
            let text = [salt.value.as_str(), kind, &text].join(":");
            self.add(path, Json::String(text));
        }
        Ok(())
    }
}

/// The kind of a value, and its text, as JavaScript has them.
fn as_text(value: &Json) -> (&'static str, String) {
    match value {
        Json::String(text) => ("string", text.clone()),
        Json::Number(number) => {
            let mut text = String::new();
            write_number(*number, &mut text);
            ("number", text)
        }
        Json::Bool(value) => ("boolean", if *value { "true" } else { "false" }.into()),
        Json::Null => ("null", "null".into()),
        Json::Array(_) => ("array", String::new()),
        Json::Object(_) => ("object", "[object Object]".into()),
    }
}

/// The contents of a document of version 2 without the salts.
pub(super) fn unsalted(value: &Json) -> Json {
    match value {
        Json::Object(object) => {
            let members = object.iter().map(|(name, value)| (name.to_owned(), unsalted(value)));
            Json::Object(Object::from_unique(members.collect()))
        }
        Json::Array(items) => Json::Array(items.iter().map(unsalted).collect()),
        Json::String(text) => unsalted_text(text),
        other => other.clone(),
    }
}

/// A salt is a random UUID; then follow the kind and the value.
fn unsalted_text(text: &str) -> Json {
    let salted = || {
        let (salt, rest) = text.split_once(':')?;
        let groups: Vec<usize> = salt.split('-').map(str::len).collect();
        let is_uuid = groups == [8, 4, 4, 4, 12] && salt.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit());
        let (kind, value) = rest.split_once(':').filter(|_| is_uuid)?;
        match kind {
            "string" | "number" => Some(Json::String(value.into())),
            "boolean" => Some(Json::Bool(value == "true")),
            "null" | "undefined" => Some(Json::Null),
            _ => None,
        }
    };
    salted().unwrap_or_else(|| Json::String(text.into()))
}
