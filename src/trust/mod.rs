//! Does anybody whom the host trusts vouch for the issuer? Never answered by the credential itself.

use crate::policy::{Pin, Policy};
use crate::report::{Basis, Check, CheckId, Issuer, Reason, Status};
use crate::text::{fold, has};

/// What is established about an issuer before anybody vouches for it.
#[derive(Clone, Copy, Debug)]
pub struct Identified<'a> {
    /// The identifier to which the key is bound.
    pub id: &'a str,
    /// How the key was found.
    pub basis: Basis,
    /// The domain whose control is proven, if one is.
    pub domain: Option<&'a str>,
    /// The name that the credential claims.
    pub claimed_name: Option<&'a str>,
}

/// The row `trust.issuer`, and what to say of the issuer.
pub fn check(issuer: Identified<'_>, policy: &Policy) -> (Check, Issuer) {
    let domain = issuer.domain.map(String::from);
    let plain = Issuer { id: issuer.id.into(), name: domain.clone(), basis: issuer.basis, source: domain };
    if policy.dangerously_allow.http || policy.dangerously_allow.test_networks {
        return (Check::because(CheckId::Trust, Status::Failed, Reason::TestNetwork), plain);
    }
    let pinned = &policy.trust.pinned;
    if let Some(pin) = pinned.iter().find(|pin| names(pin, &issuer)) {
        let name = pin.name.clone().or(plain.name);
        let found = Issuer { id: plain.id, name: name.clone(), basis: Basis::Pinned, source: plain.source };
        let row =
            Check::new(CheckId::Trust, Status::Passed).with("name", name.unwrap_or_else(|| issuer.id.into()));
        return (row, found);
    }
    if let Some(pin) = pinned.iter().find(|pin| looks_alike(pin, &issuer)) {
        let row = Check::because(CheckId::Trust, Status::Failed, Reason::IssuerLookAlike);
        return (row.with("name", pin.name.clone().unwrap_or_default()), plain);
    }
    let row = if pinned.is_empty() {
        Check::new(CheckId::Trust, Status::Absent)
    } else {
        Check::because(CheckId::Trust, Status::Failed, Reason::IssuerNotListed)
    };
    (row, plain)
}

/// A pin is the issuer's id, letter by letter, or the bare domain that its key is bound to.
fn names(pin: &Pin, issuer: &Identified<'_>) -> bool {
    pin.id == issuer.id || (!has(&pin.id, ':') && issuer.domain == Some(pin.id.as_str()))
}

/// The same name but for case and spacing, under another identifier.
fn looks_alike(pin: &Pin, issuer: &Identified<'_>) -> bool {
    let plain = |name: &str| -> String {
        // Letters and digits of any script, and whatever else is no blank or punctuation of Latin texts.
        let mark = |c: char| {
            c.is_whitespace()
                || matches!(c, '!'..='/' | ':'..='@' | '['..='`' | '{'..='¿' | '\u{2000}'..='\u{206F}')
        };
        fold(name).chars().filter(|c| !mark(*c)).collect()
    };
    match (&pin.name, issuer.claimed_name) {
        (Some(listed), Some(claimed)) => !plain(listed).is_empty() && plain(listed) == plain(claimed),
        _ => false,
    }
}
