//! Is it this person? What a credential says of its recipient, compared with what the host knows of the person
//! (Open Badges 3.0, `IdentityObject`). Nothing leaves the machine: hashes are made here.

mod md5;

use sha2::{Digest, Sha256};

use crate::codec;
use crate::json::{Json, Object};
use crate::part::{self, Part};
use crate::policy::Recipient;
use crate::report::{Check, CheckId, Reason, Status};

/// The row `recipient.match` of a credential about `subject`. All that is known of the person must fit; where nothing
/// is known, there is nothing to compare.
pub fn check(subject: &Object, wanted: Option<&Recipient>) -> Check {
    let wanted = wanted.map(known).unwrap_or_default();
    if wanted.is_empty() {
        return Check::new(CheckId::Match, Status::Absent);
    }
    match part::need(Part::Wide) {
        Ok(()) => compare(subject, &wanted),
        Err(not_loaded) => Check::explained(CheckId::Match, &not_loaded),
    }
}

#[inline(never)]
fn compare(subject: &Object, wanted: &[(Kind, &str)]) -> Check {
    const ID: CheckId = CheckId::Match;
    let claims = claims(subject);
    let fit = |(kind, known): &(Kind, &str)| {
        let of_kind = claims.iter().filter(|(k, _)| k == kind);
        of_kind.filter_map(|(_, claim)| claim.compare(*kind, known)).min().unwrap_or(Fit::NotComparable)
    };
    // Of several things known, the gravest outcome counts.
    match wanted.iter().map(fit).max() {
        Some(Fit::Differs) => Check::because(ID, Status::Failed, Reason::RecipientMismatch),
        Some(Fit::NotComparable) | None => {
            Check::because(ID, Status::Unknown, Reason::RecipientNotComparable)
        }
        Some(Fit::WeakHash) => Check::because(ID, Status::Warned, Reason::RecipientWeakHash),
        Some(Fit::IgnoringCase) => Check::because(ID, Status::Warned, Reason::RecipientIgnoringCase),
        Some(Fit::Same) => Check::new(ID, Status::Passed),
    }
}

/// The kinds of identity that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Email,
    Name,
    /// A DID, a student number, an account: whatever names a person without being an address or a name.
    Id,
}

/// What the credential says.
#[derive(Clone, Copy, Debug)]
enum Claim<'a> {
    Plain(&'a str),
    /// Algorithm and digest with `$` between them, and salt.
    Hashed(&'a str, &'a str),
    Unreadable,
}

/// How one claim compares with what is known; of several claims of one kind, the first in this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    IgnoringCase,
    WeakHash,
    NotComparable,
    Differs,
}

/// What the host knows of the person, without what it left empty.
fn known(recipient: &Recipient) -> Vec<(Kind, &str)> {
    let id = given(Kind::Id, recipient.id.as_ref())
        .map(|(kind, id)| mail_address(id).map_or((kind, id), |address| (Kind::Email, address)));
    let email = given(Kind::Email, recipient.email.as_ref());
    [email, given(Kind::Name, recipient.name.as_ref()), id].into_iter().flatten().collect()
}

fn given(kind: Kind, value: Option<&String>) -> Option<(Kind, &str)> {
    value.map(|v| v.trim()).filter(|v| !v.is_empty()).map(|v| (kind, v))
}

/// What the credential says of its recipient: its subject's own members, and its identity objects.
fn claims(subject: &Object) -> Vec<(Kind, Claim<'_>)> {
    let plain =
        |kind, member| subject.str(member).filter(|v| !v.is_empty()).map(|value| (kind, Claim::Plain(value)));
    let id = subject.str("id").map(|id| match mail_address(id) {
        Some(address) => (Kind::Email, Claim::Plain(address)),
        None => (Kind::Id, Claim::Plain(id)),
    });
    let own = [id, plain(Kind::Email, "email"), plain(Kind::Name, "name")];
    let identities = subject.each("identifier").iter().filter_map(Json::as_object).map(|identity| {
        let kind = match identity.str("identityType") {
            Some("emailAddress" | "email") => Kind::Email,
            Some("name") => Kind::Name,
            _ => Kind::Id,
        };
        (kind, Claim::of(identity))
    });
    own.into_iter().flatten().chain(identities).collect()
}

/// The address in a `mailto:` URL.
fn mail_address(id: &str) -> Option<&str> {
    codec::strip_start(id, "mailto:")?.split('?').next()
}

impl<'a> Claim<'a> {
    fn of(identity: &'a Object) -> Self {
        let Some(value) = identity.str("identityHash") else { return Claim::Unreadable };
        let salt = match identity.get("salt") {
            None => "",
            Some(Json::String(salt)) => salt,
            Some(_) => return Claim::Unreadable,
        };
        match identity.get("hashed") {
            Some(Json::Bool(true)) => Claim::Hashed(value, salt),
            // A digest that is said to be none can only be compared as one.
            Some(Json::Bool(false)) | None if Hash::of(value).is_some() => Claim::Hashed(value, salt),
            Some(Json::Bool(false)) | None => Claim::Plain(value),
            Some(_) => Claim::Unreadable,
        }
    }

    /// How this compares with what is known; `None` where the two are identifiers of different schemes, of which one
    /// person may have several.
    fn compare(&self, kind: Kind, known: &str) -> Option<Fit> {
        // Letters of an identifier count as they are written; people write names and addresses in many ways.
        let folded = (kind != Kind::Id).then(|| fold(known));
        let fit = match *self {
            Claim::Unreadable => Fit::NotComparable,
            Claim::Plain(value) if value == known => Fit::Same,
            Claim::Plain(value) => match folded {
                Some(folded) if fold(value) == folded => Fit::IgnoringCase,
                None if scheme(value) != scheme(known) => return None,
                _ => Fit::Differs,
            },
            Claim::Hashed(value, salt) => {
                let Some(hash) = Hash::of(value) else { return Some(Fit::NotComparable) };
                let fits = |known: &str| hash.fits(&[known, salt].concat());
                match (fits(known), &hash, folded) {
                    (true, Hash::Md5(_), _) => Fit::WeakHash,
                    (true, Hash::Sha256(_), _) => Fit::Same,
                    (false, _, Some(folded)) if fits(&folded) => Fit::IgnoringCase,
                    (false, _, None) if scheme(known).is_some() => return None,
                    (false, ..) => Fit::Differs,
                }
            }
        };
        Some(fit)
    }
}

/// Small letters for capital ones, in the alphabets of Europe. The standard library's table of all scripts would be a
/// tenth of the download.
fn fold(text: &str) -> String {
    let fold = |c: char| {
        let code = u32::from(c);
        let small = match c {
            'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => code + 32,
            'Ѐ'..='Џ' => code + 80,
            'Ā'..='ķ' | 'Ŋ'..='ŷ' => code | 1,
            'Ĺ'..='ň' | 'Ź'..='ž' => code + code % 2,
            'Ÿ' => return 'ÿ',
            _ => code,
        };
        char::from_u32(small).unwrap_or(c)
    };
    text.chars().map(fold).collect()
}

/// The scheme of an identifier that is a URL or a DID.
fn scheme(id: &str) -> Option<String> {
    id.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())
}

/// A digest and how it was made.
enum Hash {
    Sha256([u8; 32]),
    Md5([u8; 16]),
}

impl Hash {
    /// Reads `sha256$` or `md5$` and hexadecimal digits of either case.
    fn of(text: &str) -> Option<Self> {
        let (algorithm, digits) = text.split_once('$')?;
        let digest = codec::hex(digits).ok()?;
        match algorithm {
            "sha256" => digest.try_into().ok().map(Hash::Sha256),
            "md5" => digest.try_into().ok().map(Hash::Md5),
            _ => None,
        }
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Hash::Sha256(digest) => Sha256::digest(text).as_slice() == digest,
            Hash::Md5(digest) => md5::digest(text.as_bytes()) == *digest,
        }
    }
}
