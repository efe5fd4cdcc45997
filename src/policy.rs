//! What the host asks of a verification. It can raise requirements; only names that say danger lower them.

use serde::Deserialize;

use crate::report::CheckId;

/// The host's requirements.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Policy {
    /// Whose credentials count as recognised.
    pub trust: Trust,
    /// Whom the credential should have been issued to.
    pub recipient: Option<Recipient>,
    /// The challenge that a presentation must answer.
    pub challenge: Option<String>,
    /// The domain that a presentation must name.
    pub domain: Option<String>,
    /// Checks that must pass: anything else in their rows makes the verdict incomplete at best.
    pub require: Vec<CheckId>,
    /// Lowered guards; each makes `trust.issuer` fail.
    pub dangerously_allow: DangerouslyAllow,
}

/// Whose credentials count as recognised.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Trust {
    /// Issuers that the host itself vouches for.
    pub pinned: Vec<Pin>,
}

/// One issuer that the host vouches for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pin {
    /// The issuer's id, exactly as in its credentials: a DID or an https URL.
    pub id: String,
    /// The name to show.
    #[serde(default)]
    pub name: Option<String>,
}

/// Whom the credential should have been issued to: all that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Recipient {
    /// An e-mail address.
    pub email: Option<String>,
    /// A name.
    pub name: Option<String>,
    /// An identifier, such as a DID.
    pub id: Option<String>,
}

/// Lowered guards, for tests.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DangerouslyAllow {
    /// Look documents up at `http:` URLs and on local hosts.
    pub http: bool,
    /// Accept anchors in test networks.
    pub test_networks: bool,
}
