//! One row of a report.

use serde::{Serialize, Serializer};

use super::codes::codes;
use super::{Problem, Reason};

/// Arguments of a message: plain text, never markup; names are ours, values may be the credential's. In JSON an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(as = "std::collections::BTreeMap<String, String>"))]
pub struct Args(Vec<(String, String)>);

impl Args {
    /// No arguments.
    pub const fn new() -> Self {
        Args(Vec::new())
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// Sets `name` to `value`.
    pub fn insert(&mut self, name: String, value: String) {
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some(pair) => pair.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets everything that `others` sets.
    pub fn extend(&mut self, others: Args) {
        for (name, value) in others.0 {
            self.insert(name, value);
        }
    }

    /// Names and values, in the order they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<const N: usize> From<[(String, String); N]> for Args {
    fn from(pairs: [(String, String); N]) -> Self {
        let mut args = Args::new();
        for (name, value) in pairs {
            args.insert(name, value);
        }
        args
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Which check.
    pub id: CheckId,
    /// The group it counts in.
    pub group: Group,
    /// How it came out.
    pub status: Status,
    /// How much it matters: set by the check, never by how it came out.
    pub severity: Severity,
    /// Why it came out so; always there unless it passed, or is absent without any cause.
    pub reason: Option<Reason>,
    /// What to tell the reader.
    pub message: Message,
    /// The W3C problem type, where one is defined (VCDM 2.0, section 7.3.4).
    pub problem: Option<Problem>,
    /// The URL of the document it rests on, one of the report's `evidence`.
    pub evidence: Option<String>,
}

/// A key into the messages, and what to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Message {
    /// `reason.<code>` where there is a reason, else `check.<id>.<status>`.
    pub key: String,
    /// What to fill in.
    pub args: Args,
}

impl Check {
    /// A row without a reason.
    pub fn new(id: CheckId, status: Status) -> Self {
        let key = ["check", id.code(), status.code()].join(".");
        let message = Message { key, args: Args::new() };
        Check {
            id,
            group: id.group(),
            status,
            severity: id.group().severity(),
            reason: None,
            message,
            problem: None,
            evidence: None,
        }
    }

    /// A row that came out so for `reason`.
    pub fn because(id: CheckId, status: Status, reason: Reason) -> Self {
        let mut check = Check::new(id, status);
        check.message.key = ["reason.", reason.code()].concat();
        check.problem = reason.problem();
        check.reason = Some(reason);
        check
    }

    /// A row that came out so for what `cause` explains.
    pub fn explained(id: CheckId, cause: &dyn Explain) -> Self {
        let mut check = Check::because(id, cause.status(), cause.reason());
        check.message.args = cause.args();
        check
    }

    /// The same for a cause that only a part of the program knows (`part.rs`): without a table of functions, which would
    /// stand in the first module.
    pub(crate) fn because_of<E: Explain>(id: CheckId, cause: &E) -> Self {
        let mut check = Check::because(id, cause.status(), cause.reason());
        check.message.args = cause.args();
        check
    }

    /// The same row as one of the check `id`.
    pub(crate) fn of(self, id: CheckId) -> Self {
        Check { id, group: id.group(), severity: id.group().severity(), ..self }
    }

    /// The same row with an argument for its sentence.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.message.args.insert(name.into(), value.into());
        self
    }

    /// The same row, resting on the document at `url`.
    pub fn resting_on(mut self, url: &str) -> Self {
        self.evidence = Some(url.into());
        self
    }
}

/// What every error of the crate can say of itself: the one road from an error to a row.
pub trait Explain {
    /// Its reason code.
    fn reason(&self) -> Reason;

    /// `Failed` where something is wrong, `Unknown` where something could not be found out.
    fn status(&self) -> Status {
        Status::Failed
    }

    /// What to fill into the reason's sentence.
    fn args(&self) -> Args {
        Args::new()
    }
}

codes! {
    /// Ids of checks: public API.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum CheckId {
        /// The bytes can be read.
        Readable = "format.readable",
        /// It is a credential of a family we know, and its members have the form the data model demands.
        Type = "format.type",
        /// It fits the schema it names.
        Schema = "format.schema",
        /// The signature covers every member.
        Coverage = "format.coverage",
        /// The signature fits the contents.
        Signature = "proof.signature",
        /// It was made for this purpose, domain and challenge.
        Purpose = "proof.purpose",
        /// Its issuer's server says that it was awarded.
        Hosted = "proof.hosted",
        /// It is anchored in a blockchain.
        Anchor = "proof.anchor",
        /// The key is the issuer's.
        Key = "issuer.key",
        /// The issuer's profile agrees.
        Profile = "issuer.profile",
        /// It is valid already.
        Started = "currency.started",
        /// It is valid still.
        Expiry = "currency.expiry",
        /// It was not withdrawn.
        Revocation = "currency.revocation",
        /// It is not on hold.
        Suspension = "currency.suspension",
        /// It was issued to the person asked for.
        Match = "recipient.match",
        /// The person who presents it holds its key.
        Holder = "recipient.holder",
        /// Somebody whom the host trusts knows the issuer.
        Trust = "trust.issuer",
        /// The issuer is recognised for this kind of credential.
        Scope = "trust.scope",
        /// The picture is the one that was signed for.
        Image = "extra.image",
        /// The attached evidence is what was signed for.
        Evidence = "extra.evidence",
        /// Others vouch for it.
        Endorsement = "extra.endorsement",
        /// Another resource that it refers to is what was signed for.
        Resource = "extra.resource",
        /// The results fit their descriptions, and are what was required.
        Results = "extra.results",
        /// What a record holds fits together.
        Record = "extra.record",
    }
}

impl CheckId {
    /// The group it counts in.
    pub const fn group(self) -> Group {
        match self {
            CheckId::Readable | CheckId::Type | CheckId::Schema | CheckId::Coverage => Group::Format,
            CheckId::Signature | CheckId::Purpose | CheckId::Hosted | CheckId::Anchor => Group::Proof,
            CheckId::Key | CheckId::Profile => Group::Issuer,
            CheckId::Started | CheckId::Expiry | CheckId::Revocation | CheckId::Suspension => Group::Currency,
            CheckId::Match | CheckId::Holder => Group::Recipient,
            CheckId::Trust | CheckId::Scope => Group::Trust,
            CheckId::Image
            | CheckId::Evidence
            | CheckId::Endorsement
            | CheckId::Resource
            | CheckId::Results
            | CheckId::Record => Group::Extra,
        }
    }
}

codes! {
    /// The groups of checks.
    pub enum Group {
        /// Can it be read, and is all of it covered?
        Format = "format",
        /// Is the signature good?
        Proof = "proof",
        /// Is the key the issuer's?
        Issuer = "issuer",
        /// Is it in force?
        Currency = "currency",
        /// Is it this person's?
        Recipient = "recipient",
        /// Does anybody vouch for the issuer?
        Trust = "trust",
        /// What else was stated.
        Extra = "extra",
    }
}

impl Group {
    /// How much a group matters.
    pub const fn severity(self) -> Severity {
        match self {
            Group::Format | Group::Proof | Group::Issuer => Severity::Critical,
            Group::Currency | Group::Recipient | Group::Trust => Severity::Important,
            Group::Extra => Severity::Info,
        }
    }
}

codes! {
    /// How a check came out.
    pub enum Status {
        /// It holds.
        Passed = "passed",
        /// It holds, with something the reader should know.
        Warned = "warned",
        /// It does not hold.
        Failed = "failed",
        /// It could not be found out.
        Unknown = "unknown",
        /// There is nothing to check.
        Absent = "absent",
        /// It was left out on purpose.
        Skipped = "skipped",
    }
}

codes! {
    /// How much a check matters.
    pub enum Severity {
        /// Without it nothing can be relied on.
        Critical = "critical",
        /// It decides the verdict.
        Important = "important",
        /// It is worth knowing.
        Info = "info",
    }
}
