//! Does anybody whom the host trusts vouch for the issuer? Never answered by the credential itself.

use crate::policy::{Pin, Policy};
use crate::report::{Basis, Check, CheckId, Issuer, Reason, Status};

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
    pin.id == issuer.id || (!pin.id.contains(':') && issuer.domain == Some(pin.id.as_str()))
}

/// The same name but for case and spacing, under another identifier.
fn looks_alike(pin: &Pin, issuer: &Identified<'_>) -> bool {
    let plain = |name: &str| -> String { name.chars().filter_map(plain_letter).collect() };
    match (&pin.name, issuer.claimed_name) {
        (Some(listed), Some(claimed)) => !plain(listed).is_empty() && plain(listed) == plain(claimed),
        _ => false,
    }
}

/// The letter or digit in lower case; `None` for blanks, marks and what cannot be seen. European scripts alone: the
/// standard library's tables for all of Unicode weigh 8 kB.
fn plain_letter(c: char) -> Option<char> {
    let shifted = |by: u32| char::from_u32(u32::from(c) + by);
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()),
        // Latin-1's marks; general punctuation, joiners and bidirectional controls; ideographic space; byte order mark.
        '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{3000}' | '\u{feff}' => None,
        'À'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'А'..='Я' => shifted(32),
        'Ѐ'..='Џ' => shifted(80),
        // Pairs of which the upper case comes first, at even places and then at odd ones.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' => char::from_u32(u32::from(c) | 1),
        'Ĺ'..='ň' | 'Ź'..='ž' => shifted(u32::from(c) & 1),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::plain_letter;

    /// As the whole of Unicode has it, wherever a letter is changed or dropped here.
    #[test]
    fn letters_are_made_plain() {
        let plain = |name: &str| -> String { name.chars().filter_map(plain_letter).collect() };
        assert_eq!(plain("UNIVERSITÉ  de\u{a0}l’Été 2"), "universitédelété2");
        assert_eq!(plain("Ac\u{200b}me, Inc."), "acmeinc");
        assert_eq!(plain("ΑΘΗΝΑ МОСКВА ŁÓDŹ Žižkov"), "αθηναмоскваłódźžižkov");
        for c in '\0'..='\u{3000}' {
            match plain_letter(c) {
                None => assert!(!c.is_alphanumeric() || "ªµº²³¹¼½¾".contains(c), "{c:?}"),
                Some(p) if p != c => {
                    assert!(c.to_lowercase().eq([p]) || "İ".contains(c), "{c:?} to {p:?}");
                }
                Some(_) => {}
            }
        }
    }
}
