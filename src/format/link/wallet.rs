//! Links for wallet apps: offers of a credential and requests for one. They hold no credential.

use super::platforms::split;
use crate::codec::strip_start;
use crate::format::draft::Draft;
use crate::format::open::Scope;
use crate::report::{Check, CheckId, Container, Format, Reason, Report, Status};

/// Schemes of links that wallets open: OpenID for Verifiable Credentials and its profiles, DIDComm, and older ones.
const SCHEMES: [&str; 19] = [
    "openid-credential-offer",
    "openid-initiate-issuance",
    "openid4vci",
    "openid4vp",
    "openid-vc",
    "openid",
    "siopv2",
    "haip",
    "haip-vci",
    "haip-vp",
    "eudi-openid4vp",
    "eudi-wallet",
    "mdoc",
    "mdoc-openid4vp",
    "didcomm",
    "dccrequest",
    "iden3comm",
    "blockcerts",
    "bc-wallet",
];

/// Parameters by which an ordinary address hands something to a wallet (OpenID4VCI 1.0, section 4.1).
const PARAMETERS: [&str; 3] = ["credential_offer", "credential_offer_uri", "_oob"];

/// Whether `link` is one for a wallet.
pub(super) fn is_for_one(link: &str) -> bool {
    if split(link).is_some() {
        let query = link.split_once('?').map_or("", |(_, query)| query);
        let has = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
        return PARAMETERS.iter().any(|name| has(name)) || (has("request_uri") && has("client_id"));
    }
    let Some((scheme, rest)) = link.split_once(':') else { return false };
    let is_custom = strip_start(scheme, "web+").is_some();
    let is_known = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (is_known || is_custom) && (rest.starts_with("//") || rest.starts_with('?')) && !rest.contains(' ')
}

pub(super) fn report(scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { container: Container::Url, ..Format::default() });
    draft.push(Check::because(CheckId::Readable, Status::Failed, Reason::WalletLink));
    draft.finish(scope.policy, scope.now)
}
