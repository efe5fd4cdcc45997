//! Options out of JSON. By hand: derived readers weigh five times as much, and the compiler sees to it that no member
//! of a policy is forgotten.

use core::fmt;

use super::convert::{self, Network, Options};
use crate::json::{Json, Object};
use crate::policy::{DangerouslyAllow, Pin, Policy, Recipient, Trust};
use crate::report::CheckId;
use crate::time::Timestamp;

/// What is wrong with options, and where: `trust.pinned: not an array`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misuse {
    place: String,
    fault: &'static str,
}

impl Misuse {
    pub(super) fn at(place: &str, fault: &'static str) -> Self {
        Misuse { place: place.into(), fault }
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
    let from = Members::of(json, "options", &["policy", "network", "now", "timeout", "deadline"])?;
    let mut options = Options::default();
    if let Some(json) = from.get("policy") {
        options.policy = policy(json)?;
    }
    match from.text("network")?.as_deref() {
        None | Some("allow") => {}
        Some("never") => options.network = Network::Never,
        Some(_) => return Err(from.fault("network", "neither allow nor never")),
    }
    if let Some(json) = from.get("now") {
        options.now = Some(time(json).ok_or_else(|| from.fault("now", "not a time"))?);
    }
    options.timeout = from.number("timeout")?.unwrap_or(options.timeout);
    options.deadline = from.number("deadline")?.unwrap_or(options.deadline);
    Ok(options)
}

/// Milliseconds since 1970, or RFC 3339.
fn time(json: &Json) -> Option<Timestamp> {
    match json.as_str() {
        Some(text) => Timestamp::parse(text).map(|parsed| parsed.at),
        None => convert::time(json.as_f64()?).ok(),
    }
}

pub(super) fn policy(json: &Json) -> Result<Policy, Misuse> {
    let known = &["trust", "recipient", "challenge", "domain", "require", "dangerouslyAllow"];
    let from = Members::of(json, "policy", known)?;
    let mut policy = Policy {
        trust: Trust::default(),
        recipient: None,
        challenge: from.text("challenge")?,
        domain: from.text("domain")?,
        require: Vec::new(),
        dangerously_allow: DangerouslyAllow::default(),
    };
    if let Some(json) = from.get("trust") {
        for json in Members::of(json, "trust", &["pinned"])?.list("pinned")? {
            let pin = Members::of(json, "pinned", &["id", "name"])?;
            let id = pin.text("id")?.ok_or_else(|| pin.fault("id", "missing"))?;
            policy.trust.pinned.push(Pin { id, name: pin.text("name")? });
        }
    }
    if let Some(json) = from.get("recipient") {
        let from = Members::of(json, "recipient", &["email", "name", "id"])?;
        let recipient =
            Recipient { email: from.text("email")?, name: from.text("name")?, id: from.text("id")? };
        policy.recipient = Some(recipient);
    }
    for code in from.list("require")? {
        let id = CheckId::ALL.iter().copied().find(|id| code.is(id.code()));
        policy.require.push(id.ok_or_else(|| from.fault("require", "no such check"))?);
    }
    if let Some(json) = from.get("dangerouslyAllow") {
        let from = Members::of(json, "dangerouslyAllow", &["http", "testNetworks"])?;
        policy.dangerously_allow =
            DangerouslyAllow { http: from.flag("http")?, test_networks: from.flag("testNetworks")? };
    }
    Ok(policy)
}

/// An object without members that nobody reads: a requirement that is misspelt must not be dropped.
struct Members<'a> {
    object: &'a Object,
    /// What the object is called.
    place: &'static str,
}

impl<'a> Members<'a> {
    fn of(json: &'a Json, place: &'static str, known: &[&str]) -> Result<Self, Misuse> {
        let object = json.as_object().ok_or_else(|| Misuse::at(place, "not an object"))?;
        let members = Members { object, place };
        match object.iter().find(|(name, _)| !known.contains(name)) {
            Some((name, _)) => Err(members.fault(name, "no such option")),
            None => Ok(members),
        }
    }

    fn fault(&self, name: &str, fault: &'static str) -> Misuse {
        Misuse { place: [self.place, ".", name].concat(), fault }
    }

    /// Member `name`; `None` where it is not there or `null`, as for every kind below.
    fn get(&self, name: &str) -> Option<&'a Json> {
        self.object.get(name).filter(|json| **json != Json::Null)
    }

    fn list(&self, name: &str) -> Result<&'a [Json], Misuse> {
        let Some(json) = self.get(name) else { return Ok(&[]) };
        json.as_array().ok_or_else(|| self.fault(name, "not an array"))
    }

    fn text(&self, name: &str) -> Result<Option<String>, Misuse> {
        let Some(json) = self.get(name) else { return Ok(None) };
        json.as_str().map(|text| Some(text.into())).ok_or_else(|| self.fault(name, "not a string"))
    }

    fn number(&self, name: &str) -> Result<Option<f64>, Misuse> {
        let Some(json) = self.get(name) else { return Ok(None) };
        json.as_f64().map(Some).ok_or_else(|| self.fault(name, "not a number"))
    }

    fn flag(&self, name: &str) -> Result<bool, Misuse> {
        let Some(json) = self.get(name) else { return Ok(false) };
        json.as_bool().ok_or_else(|| self.fault(name, "neither true nor false"))
    }
}
