//! The report: what a verification may say. Data only; it depends on nothing else in the crate.
//!
//! A report never holds a sentence: it holds message keys and arguments that `www/widget/messages` turn into
//! English and French. It never holds a boolean "valid": the answer is one of the [`Verdict`]s, made by one total
//! function from the rows that the checks left.

mod check;
mod codes;
mod reason;
mod verdict;
mod view;

pub use check::{Args, Check, CheckId, Explain, Group, Message, Severity, Status};
pub use reason::{Problem, Reason};
pub use verdict::{Facts, Headline, Verdict, verdict};
pub use view::{
    AchievementView, Alignment, Association, Claim, Criteria, EvidenceView, Identifier, ImageView, Party,
    RecordView, ResultFit, ResultView, SubjectView, Translation, View,
};

use codes::codes;
use serde::Serialize;

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
    /// What others say of the credential, its achievement or its issuer. The verdict does not depend on them.
    pub endorsements: Vec<Endorsement>,
    /// What made this report.
    pub engine: Engine,
}

/// An endorsement that came with a credential (Open Badges 3.0, `EndorsementCredential`; 2.0, `Endorsement`).
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Endorsement {
    /// What it is attached to.
    pub of: Endorsed,
    /// The endorsement as a credential of its own: rejected also where it is about something else than what it is
    /// attached to (`recipient.match`).
    pub report: Report,
}

codes! {
    /// What an endorsement can be attached to.
    pub enum Endorsed {
        /// The credential itself.
        Credential = "credential",
        /// What was achieved.
        Achievement = "achievement",
        /// The issuer's profile.
        Issuer = "issuer",
    }
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
    /// The version of what it is built by: of the W3C data model "1.1" or "2.0", of Open Badges before 3.0 "0.5" to "2.0".
    pub data_model: Option<String>,
    /// How it is secured: a cryptosuite, a proof type, "JWT" or "JWS" with the algorithm, or "HostedBadge".
    pub securing: Option<String>,
    /// SHA-256 of the credential's bytes, lower-case hex.
    pub sha256: Option<String>,
    /// The name of the file it was in, where that was inside another: the word of whoever packed it.
    pub file: Option<String>,
}

codes! {
    /// How a credential came to us.
    #[derive(Default)]
    pub enum Container {
        /// Nothing that we can name.
        #[default]
        Unknown = "unknown",
        /// JSON text.
        Json = "json",
        /// A compact JWT.
        Jwt = "jwt",
        /// An SD-JWT.
        SdJwt = "sd-jwt",
        /// A PNG image.
        Png = "png",
        /// An SVG image.
        Svg = "svg",
        /// A link.
        Url = "url",
        /// A PDF document.
        Pdf = "pdf",
        /// An HTML page.
        Html = "html",
        /// A ZIP archive.
        Zip = "zip",
        /// A TAR archive.
        Tar = "tar",
    }
}

codes! {
    /// The credential families.
    pub enum Family {
        /// `OpenBadgeCredential`, `AchievementCredential` (Open Badges 3.0).
        OpenBadges3 = "open-badges-3",
        /// Open Badges 2.0 and before.
        OpenBadges2 = "open-badges-2",
        /// `ClrCredential` (CLR 2.0).
        Clr2 = "clr-2",
        /// `EndorsementCredential`.
        Endorsement = "endorsement",
        /// Any other verifiable credential.
        VerifiableCredential = "verifiable-credential",
        /// A verifiable presentation.
        Presentation = "presentation",
        /// Blockcerts of any version.
        Blockcerts = "blockcerts",
        /// OpenAttestation.
        OpenAttestation = "open-attestation",
        /// European Digital Credentials for Learning (ELM).
        Europass = "europass",
        /// SD-JWT VC.
        SdJwtVc = "sd-jwt-vc",
        /// Several of the above in one input.
        Collection = "collection",
    }
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

codes! {
    /// How an issuer is known.
    pub enum Basis {
        /// The host page named this issuer.
        Pinned = "pinned",
        /// A list of recognised issuers names it.
        List = "list",
        /// Recognised through another recognised body.
        Chain = "chain",
        /// Only its control of a domain is proven.
        Domain = "domain",
        /// Only its own key speaks for it.
        Itself = "self",
    }
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

codes! {
    /// The kinds of document.
    pub enum NeedKind {
        /// The input itself, where a link was given.
        Credential = "credential",
        /// A DID document.
        DidDocument = "did-document",
        /// An issuer profile or controlled identifier document at an https URL.
        IssuerProfile = "issuer-profile",
        /// A status list credential.
        StatusList = "status-list",
        /// A 1EdTech revocation list.
        RevocationList = "revocation-list",
        /// An Open Badges 2.0 hosted assertion.
        HostedAssertion = "hosted-assertion",
        /// An Open Badges 2.0 badge class.
        BadgeClass = "badge-class",
        /// A list of recognised issuers.
        Registry = "registry",
        /// A JSON schema.
        Schema = "schema",
        /// A picture, a piece of evidence or another resource of which only the digest is compared. It is looked up
        /// where the host gives it, and never by itself: the request would tell its server who is being looked at.
        Resource = "resource",
        /// The description of a kind of SD-JWT credential.
        TypeMetadata = "type-metadata",
        /// An endorsement.
        Endorsement = "endorsement",
        /// A domain's text records, as a resolver gives them in JSON.
        DnsRecord = "dns-record",
        /// A blockchain transaction.
        ChainTransaction = "chain-transaction",
        /// A block header.
        BlockHeader = "block-header",
    }
}

codes! {
    /// Why a document could not be had.
    pub enum Failure {
        /// No network, or the host page allows none.
        Offline = "offline",
        /// The browser refused or the host cannot be reached: no CORS header, DNS or TLS fault. Pages cannot tell which.
        BlockedByBrowser = "blocked-by-browser",
        /// 404.
        NotFound = "not-found",
        /// 410: it was there, and was taken away for good.
        Gone = "gone",
        /// Another HTTP error status.
        ServerError = "server-error",
        /// No answer in time.
        Timeout = "timeout",
        /// More bytes than [`Need::max_bytes`].
        TooLarge = "too-large",
        /// The reader or the host page said no.
        Declined = "declined",
        /// The URL, or where it redirected, is one that is never fetched.
        Policy = "policy",
    }
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

codes! {
    /// Why a document can be believed.
    pub enum Vouched {
        /// Its own signature verified.
        Signature = "signature",
        /// Its digest was pinned.
        Digest = "digest",
        /// Only the server's TLS certificate.
        Transport = "transport",
        /// It was not used, or could not be had.
        Nothing = "nothing",
    }
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
