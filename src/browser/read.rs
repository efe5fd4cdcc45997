//! Options out of JSON. By hand: derived readers weigh five times as much, and the compiler sees to it that no member
//! of a policy is forgotten.

use core::fmt;

use super::convert::{self, Network, Options};
use crate::json::{Json, Object};
use crate::policy::{DangerouslyAllow, Pin, Policy, Recipient, Trust};
use crate::report::CheckId;
use crate::time::Timestamp;

/// What is wrong with options, and where: `options.policy.trust: wrong type`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misuse {
    place: String,
    fault: &'static str,
}

impl Misuse {
    /// A fault in the value at hand.
    pub(super) fn new(fault: &'static str) -> Self {
        Misuse { place: String::new(), fault }
    }

    /// The same fault, seen from outside of `name`.
    pub(super) fn inside(mut self, name: &str) -> Self {
        if !self.place.is_empty() {
            self.place.insert(0, '.');
        }
        self.place.insert_str(0, name);
        self
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        f.write_str(": ")?;
        f.write_str(self.fault)
    }
}

/// Reads a value.
pub(super) type Reader<T> = fn(&Json) -> Result<T, Misuse>;

pub(super) fn options(json: &Json) -> Result<Options, Misuse> {
    let from = Members::of(json, &["policy", "network", "now", "timeout", "deadline"])?;
    let default = Options::default();
    Ok(Options {
        policy: from.get("policy", policy)?.unwrap_or_default(),
        network: from.get("network", network)?.unwrap_or(default.network),
        now: from.get("now", time)?,
        timeout: from.get("timeout", number)?.unwrap_or(default.timeout),
        deadline: from.get("deadline", number)?.unwrap_or(default.deadline),
    })
}

pub(super) fn policy(json: &Json) -> Result<Policy, Misuse> {
    let known = &["trust", "recipient", "challenge", "domain", "require", "dangerouslyAllow"];
    let from = Members::of(json, known)?;
    Ok(Policy {
        trust: from.get("trust", trust)?.unwrap_or_default(),
        recipient: from.get("recipient", recipient)?,
        challenge: from.get("challenge", text)?,
        domain: from.get("domain", text)?,
        require: from.get("require", |json| list(json, check_id))?.unwrap_or_default(),
        dangerously_allow: from.get("dangerouslyAllow", dangerously_allow)?.unwrap_or_default(),
    })
}

fn trust(json: &Json) -> Result<Trust, Misuse> {
    let from = Members::of(json, &["pinned"])?;
    Ok(Trust { pinned: from.get("pinned", |json| list(json, pin))?.unwrap_or_default() })
}

fn pin(json: &Json) -> Result<Pin, Misuse> {
    let from = Members::of(json, &["id", "name"])?;
    let id = from.get("id", text)?.ok_or_else(|| Misuse::new("missing").inside("id"))?;
    Ok(Pin { id, name: from.get("name", text)? })
}

fn recipient(json: &Json) -> Result<Recipient, Misuse> {
    let from = Members::of(json, &["email", "name", "id"])?;
    Ok(Recipient {
        email: from.get("email", text)?,
        name: from.get("name", text)?,
        id: from.get("id", text)?,
    })
}

fn dangerously_allow(json: &Json) -> Result<DangerouslyAllow, Misuse> {
    let from = Members::of(json, &["http", "testNetworks"])?;
    Ok(DangerouslyAllow {
        http: from.get("http", flag)?.unwrap_or_default(),
        test_networks: from.get("testNetworks", flag)?.unwrap_or_default(),
    })
}

/// Milliseconds since 1970, or RFC 3339.
fn time(json: &Json) -> Result<Timestamp, Misuse> {
    match json.as_str().map(Timestamp::parse) {
        None => convert::time(number(json)?),
        Some(parsed) => parsed.map(|parsed| parsed.at).ok_or_else(|| Misuse::new("not a time")),
    }
}

fn network(json: &Json) -> Result<Network, Misuse> {
    match json.as_str() {
        Some("allow") => Ok(Network::Allow),
        Some("never") => Ok(Network::Never),
        _ => Err(Misuse::new("neither allow nor never")),
    }
}

fn check_id(json: &Json) -> Result<CheckId, Misuse> {
    let code = text(json)?;
    let known = CheckId::ALL.iter().find(|id| id.code() == code);
    known.copied().ok_or_else(|| Misuse::new("no such check"))
}

fn text(json: &Json) -> Result<String, Misuse> {
    json.as_str().map(str::to_owned).ok_or_else(|| Misuse::new("not a string"))
}

fn number(json: &Json) -> Result<f64, Misuse> {
    json.as_f64().ok_or_else(|| Misuse::new("not a number"))
}

fn flag(json: &Json) -> Result<bool, Misuse> {
    json.as_bool().ok_or_else(|| Misuse::new("neither true nor false"))
}

fn list<T>(json: &Json, read: Reader<T>) -> Result<Vec<T>, Misuse> {
    json.as_array().ok_or_else(|| Misuse::new("not an array"))?.iter().map(read).collect()
}

/// An object without members that nobody reads: a requirement that is misspelt must not be dropped.
struct Members<'a>(&'a Object);

impl<'a> Members<'a> {
    fn of(json: &'a Json, known: &[&str]) -> Result<Self, Misuse> {
        let object = json.as_object().ok_or_else(|| Misuse::new("not an object"))?;
        match object.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => Err(Misuse::new("no such option").inside(name)),
            None => Ok(Members(object)),
        }
    }

    /// Member `name`; `None` where it is not there or `null`.
    fn get<T>(&self, name: &str, read: Reader<T>) -> Result<Option<T>, Misuse> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(json) => read(json).map(Some).map_err(|misuse| misuse.inside(name)),
        }
    }
}
