//! The report: what a verification may say. Data only; it depends on nothing else in the crate.
//!
//! A report never holds a sentence: it holds message keys and arguments that `www/widget/messages` turn into
//! English and French. It never holds a boolean "valid": the answer is one of the [`Verdict`]s, made by one total
//! function from the rows that the checks left.

mod check;
mod reason;
mod verdict;
mod view;

pub use check::{Args, Check, CheckId, Explain, Group, Message, Severity, Status};
pub use reason::{Problem, Reason};
pub use verdict::{Facts, Headline, Verdict, verdict};
pub use view::{
    AchievementView, Alignment, Criteria, EvidenceView, Identifier, ImageView, Party, ResultView,
    SubjectView, View,
};

use serde::{Deserialize, Serialize};

/// The number of the report's shape; a change that readers must know of raises it.
pub const SCHEMA: u32 = 1;

/// The answer to one input.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The verdict; `null` where there is nothing to judge (unsigned, hosted only, not a credential, our own fault).
    pub verdict: Option<Verdict>,
    /// Which one sentence sums it up: key `headline.<value>` in the messages.
    pub headline: Headline,
    /// Arguments of the headline's sentence.
    pub args: Args,
    /// The time the verification was made for, RFC 3339 in UTC.
    pub at: String,
    /// What the input turned out to be.
    pub format: Format,
    /// What was established about the issuer; absent while the issuer's key is not proven.
    pub issuer: Option<Issuer>,
    /// One row for each check, in the order a reader cares.
    pub checks: Vec<Check>,
    /// Documents that are still missing. Fetch them, or record why not, and verify again.
    pub needs: Vec<Need>,
    /// What the credential says, where signature and issuer key hold. Never together with `claimed`.
    pub attested: Option<View>,
    /// What the file says, unproven.
    pub claimed: Option<View>,
    /// The documents that were used.
    pub evidence: Vec<EvidenceUse>,
    /// Reports of the credentials inside: the members of an array, a presentation or a record.
    pub items: Vec<Report>,
    /// What made this report.
    pub engine: Engine,
}

/// What the input is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Format {
    /// How it came.
    pub container: Container,
    /// The credential family.
    pub family: Option<Family>,
    /// The W3C data model it follows, "1.1" or "2.0".
    pub data_model: Option<String>,
    /// How it is secured: a cryptosuite, a proof type or "VC-JWT".
    pub securing: Option<String>,
    /// SHA-256 of the credential's bytes, lower-case hex.
    pub sha256: Option<String>,
}

/// How a credential came to us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// Nothing that we can name.
    #[default]
    Unknown,
    /// JSON text.
    Json,
    /// A compact JWT.
    Jwt,
    /// An SD-JWT.
    SdJwt,
    /// A PNG image.
    Png,
    /// An SVG image.
    Svg,
    /// A link.
    Url,
    /// A PDF document.
    Pdf,
    /// An HTML page.
    Html,
}

/// The credential families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// `OpenBadgeCredential`, `AchievementCredential` (Open Badges 3.0).
    #[serde(rename = "open-badges-3")]
    OpenBadges3,
    /// Open Badges 2.0 and before.
    #[serde(rename = "open-badges-2")]
    OpenBadges2,
    /// `ClrCredential` (CLR 2.0).
    #[serde(rename = "clr-2")]
    Clr2,
    /// `EndorsementCredential`.
    Endorsement,
    /// Any other verifiable credential.
    VerifiableCredential,
    /// A verifiable presentation.
    Presentation,
    /// Blockcerts of any version.
    Blockcerts,
    /// OpenAttestation.
    OpenAttestation,
    /// European Digital Credentials for Learning (ELM).
    Europass,
    /// SD-JWT VC.
    SdJwtVc,
    /// Several of the above in one input.
    Collection,
}

/// What was established about the issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Issuer {
    /// The issuer's identifier, to which the key is bound.
    pub id: String,
    /// The name to show beside the verdict: the pin's or the list's, or the domain; never the credential's own claim.
    pub name: Option<String>,
    /// How we know.
    pub basis: Basis,
    /// The list's owner or the domain, as `basis` says.
    pub source: Option<String>,
}

/// How an issuer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The host page named this issuer.
    Pinned,
    /// A list of recognised issuers names it.
    List,
    /// Recognised through another recognised body.
    Chain,
    /// Only its control of a domain is proven.
    Domain,
    /// Only its own key speaks for it.
    #[serde(rename = "self")]
    Itself,
}

/// A document that the verification asks the host for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// What to answer with; the URL itself.
    pub id: String,
    /// What the document is.
    pub kind: NeedKind,
    /// Where it is: an https URL that passed the URL policy.
    pub url: String,
    /// The host that will learn of the request.
    pub host: String,
    /// The check that wants it.
    pub why: CheckId,
    /// Bytes beyond which the answer is `too-large`.
    pub max_bytes: u32,
    /// The `Accept` header to send.
    pub accept: String,
    /// Whether the verdict can do without it.
    pub optional: bool,
}

/// The kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum NeedKind {
    /// The input itself, where a link was given.
    Credential,
    /// A DID document.
    DidDocument,
    /// An issuer profile or controlled identifier document at an https URL.
    IssuerProfile,
    /// A status list credential.
    StatusList,
    /// A 1EdTech revocation list.
    RevocationList,
    /// An Open Badges 2.0 hosted assertion.
    HostedAssertion,
    /// An Open Badges 2.0 badge class.
    BadgeClass,
    /// A list of recognised issuers.
    Registry,
    /// A JSON schema.
    Schema,
    /// An endorsement.
    Endorsement,
    /// A blockchain transaction.
    ChainTransaction,
    /// A block header.
    BlockHeader,
}

/// Why a document could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// No network, or the host page allows none.
    Offline,
    /// The browser refused or the host cannot be reached: no CORS header, DNS or TLS fault. Pages cannot tell which.
    BlockedByBrowser,
    /// 404 or 410.
    NotFound,
    /// Another HTTP error status.
    ServerError,
    /// No answer in time.
    Timeout,
    /// More bytes than [`Need::max_bytes`].
    TooLarge,
    /// The reader or the host page said no.
    Declined,
    /// The URL, or where it redirected, is one that is never fetched.
    Policy,
}

/// A document that was used, and why it can be believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EvidenceUse {
    /// Where it came from.
    pub url: String,
    /// What it is.
    pub kind: NeedKind,
    /// SHA-256 of its bytes, lower-case hex; absent when it could not be had.
    pub sha256: Option<String>,
    /// Why it could not be had.
    pub failure: Option<Failure>,
    /// How it was vouched for.
    pub vouched: Vouched,
}

/// Why a document can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Vouched {
    /// Its own signature verified.
    Signature,
    /// Its digest was pinned.
    Digest,
    /// Only the server's TLS certificate.
    Transport,
    /// It was not used, or could not be had.
    Nothing,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Engine {
    /// "probant"
    pub name: String,
    /// The crate's version.
    pub version: String,
}

impl Default for Engine {
    fn default() -> Self {
        Engine { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}
