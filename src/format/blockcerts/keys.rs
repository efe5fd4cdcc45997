//! The issuer's profile, and the addresses that it lists as the issuer's own.

use crate::chain::Anchored;
use crate::format::open::Scope;
use crate::format::open_badges_2::{self, Found, date, form, link};
use crate::json::{self, Json, Object};
use crate::key::{Error, Resolved};
use crate::report::{Check, CheckId, NeedKind, Status};
use crate::time::Timestamp;

use super::anchor::Record;

/// The issuer's profile, at the address that is the issuer's `id`.
///
/// # Errors
/// There is no such address, or no profile at it.
pub(super) fn profile(id: Option<&str>, scope: Scope<'_>) -> Result<Found, open_badges_2::Error> {
    let id = id.ok_or(open_badges_2::Error::NoAddress)?;
    let found = link::fetch(NeedKind::IssuerProfile, id, CheckId::Profile, scope)?;
    let is_profile = form::is_a(&found.object, &["Issuer", "Profile", "BlockcertsIssuerProfile"])
        || ["issuerKeys", "issuer_key"].iter().any(|name| found.object.has(name));
    if is_profile { Ok(found) } else { Err(open_badges_2::Error::Malformed("issuer.type")) }
}

/// The profiles that a DID's document, in which the key was found, names as its services. Each has its say.
///
/// # Errors
/// For each that could not be had, or is somebody else's, the row of the profile.
pub(super) fn profiles_of_did(did: &str, key: &Resolved, scope: Scope<'_>) -> Vec<Result<Found, Check>> {
    let Some(at) = &key.document else { return Vec::new() };
    let document = scope.lookups.get(NeedKind::DidDocument, at, CheckId::Profile).map(json::parse);
    let Ok(Ok(document)) = document else { return Vec::new() };
    let services = document.get("service").map(Json::each).unwrap_or_default();
    let services = services.iter().filter_map(Json::as_object);
    services
        .filter(|service| service.includes("type", "IssuerProfile"))
        .map(|service| {
            let at = service.get("serviceEndpoint").and_then(link::reference);
            let found = profile(at, scope).map_err(|fault| missing(CheckId::Profile, &fault))?;
            match found.object.str("id") {
                Some(other) if other.starts_with("did:") && other != did => {
                    Err(Check::because_of(CheckId::Profile, &Error::DocumentMismatch)
                        .resting_on(&found.address))
                }
                _ => Ok(found),
            }
        })
        .collect()
}

/// A row for a profile that could not be had or read.
pub(super) fn missing(id: CheckId, fault: &open_badges_2::Error) -> Check {
    let row = Check::because_of(id, fault);
    match fault {
        open_badges_2::Error::Missing(missing) => row.resting_on(&missing.url),
        _ => row,
    }
}

/// `issuer.key`: whether all who recorded it are addresses of the issuer's.
pub(super) fn row(record: &Record, profile: &Found) -> Check {
    if record.found.is_empty() {
        return record.unreached(CheckId::Key);
    }
    let row = match record.found.iter().find_map(|(_, anchored)| owned(&profile.object, anchored).err()) {
        None => Check::new(CheckId::Key, Status::Passed),
        Some(fault) => Check::because_of(CheckId::Key, &fault),
    };
    row.with("host", profile.host()).resting_on(&profile.address)
}

/// Checks that the profile lists the sender, and lists it for the time at which it was recorded.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotYet`], [`Error::Revoked`], [`Error::Expired`], or [`Error::Malformed`] for a date
/// that is none.
pub(super) fn owned(profile: &Object, anchored: &Anchored) -> Result<(), Error> {
    let mut outcome = Err(Error::NotFound);
    for key in listed(profile).filter(|key| is_same(key.address, &anchored.sender)) {
        outcome = key.holds_at(anchored.time);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// Whether the profile lists addresses, and not only keys by other names.
pub(super) fn lists_addresses(profile: &Object) -> bool {
    listed(profile).any(|key| !key.address.contains(':'))
}

/// The addresses of a profile by which certificates are taken back, until 1.2.
pub(super) fn of_revocation(profile: &Object) -> Vec<&str> {
    addresses(profile, &["revocationKeys", "revocation_key"]).map(|key| key.address).collect()
}

/// An address that a profile lists.
struct Listed<'a> {
    address: &'a str,
    entry: Option<&'a Object>,
}

/// The issuer's addresses: in `publicKey` of 2.x and 3.x, `publicKeys` of drafts, `issuerKeys` of 1.2, `issuer_key` of
/// 1.1.
fn listed(profile: &Object) -> impl Iterator<Item = Listed<'_>> {
    addresses(profile, &["publicKey", "publicKeys", "issuerKeys", "issuer_key"])
}

fn addresses<'a>(profile: &'a Object, members: &[&str]) -> impl Iterator<Item = Listed<'a>> {
    members.iter().flat_map(|name| profile.each(name)).filter_map(|value| {
        let entry = value.as_object();
        let stated = entry.map_or(value.as_str(), |entry| {
            ["id", "publicKey", "key"].iter().find_map(|name| entry.str(name))
        });
        Some(Listed { address: bare(stated?), entry })
    })
}

impl Listed<'_> {
    fn holds_at(&self, time: Timestamp) -> Result<(), Error> {
        let at = |names: &[&str]| -> Result<Option<(Timestamp, String)>, Error> {
            let value = names.iter().find_map(|name| self.entry?.get(name)).filter(|v| **v != Json::Null);
            let Some(value) = value else { return Ok(None) };
            let text = date::read(value).ok_or(Error::Malformed)?;
            let parsed = Timestamp::parse(&text).ok_or(Error::Malformed)?;
            Ok(Some((parsed.at, parsed.at.to_string())))
        };
        let reached = |date: Option<(Timestamp, String)>| date.filter(|(at, _)| time >= *at);
        if let Some((_, date)) = at(&["created", "date"])?.filter(|(created, _)| time <= *created) {
            return Err(Error::NotYet(date));
        }
        if let Some((_, date)) = reached(at(&["revoked"])?) {
            return Err(Error::Revoked(date));
        }
        match reached(at(&["expires"])?) {
            Some((_, date)) => Err(Error::Expired(date)),
            None => Ok(()),
        }
    }
}

/// An address without the scheme that some write before it.
pub(super) fn bare(text: &str) -> &str {
    text.strip_prefix("ecdsa-koblitz-pubkey:").unwrap_or(text)
}

/// Whether two addresses are one. The letters of Ethereum's are large or small by a checksum that not all write.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a == b || (a.starts_with("0x") && a.eq_ignore_ascii_case(b))
}
