//! Signed badges and endorsements (2.0, "SignedBadge Verification"): a compact JWS, under a key that the issuer's profile lists and
//! that names the issuer as its owner. 1.x badges name a bare key in PEM, for which the issuer's own server speaks.

use super::error::Error as Chain;
use super::form::{Edition, is_a};
use super::link::{self, Found, host, means, reference};
use crate::format::open::{Scope, unreached};
use crate::json::{Json, Object};
use crate::key::{Error, PublicKey};
use crate::proof::jose::Token;
use crate::report::{Check, CheckId, Explain, NeedKind, Status};

/// Most keys of an issuer that are tried where the badge names none.
const MAX_KEYS: usize = 4;

/// The rows of signature and key. `creator` is the key that the badge names.
pub(super) fn rows(
    token: &Token<'_>,
    creator: Option<&Json>,
    edition: Edition,
    profile: &Found,
    scope: Scope<'_>,
) -> Vec<Check> {
    if let Err(fault) = token.check_header() {
        return vec![Check::explained(CheckId::Signature, &fault)];
    }
    let named = match wanted(creator, edition, profile) {
        Ok(named) => named,
        Err(fault) => return without_key(&fault, profile),
    };
    let (mut open, mut bad) = (None, None);
    for named in named {
        match key(named, profile, scope) {
            Ok(key) => match token.verify(&key) {
                Ok(_) => {
                    let key = Check::new(CheckId::Key, Status::Passed).with("host", profile.host());
                    return vec![Check::new(CheckId::Signature, Status::Passed), key];
                }
                Err(fault) => bad = Some(fault),
            },
            Err(fault) if open.is_none() || fault.status() == Status::Unknown => open = Some(fault),
            Err(_) => {}
        }
    }
    match (open, bad) {
        // Another key, which is out of reach, could have signed it.
        (Some(fault), Some(_)) if fault.status() == Status::Unknown => without_key(&fault, profile),
        (_, Some(fault)) => {
            let key = Check::new(CheckId::Key, Status::Passed).with("host", profile.host());
            vec![Check::explained(CheckId::Signature, &fault), key]
        }
        (Some(fault), None) => without_key(&fault, profile),
        (None, None) => without_key(&Error::NotFound, profile),
    }
}

/// The rows where there is no key to verify with.
fn without_key(fault: &Error, profile: &Found) -> Vec<Check> {
    let key = Check::explained(CheckId::Key, fault);
    let key = if key.message.args.get("host").is_none() { key.with("host", profile.host()) } else { key };
    vec![unreached(CheckId::Signature, fault), key]
}

/// A key that the issuer answers for, before it is fetched.
#[derive(Clone, Copy)]
enum Named<'a> {
    /// The profile lists a document at this address, or with this id.
    At(&'a str),
    /// The profile has it inside.
    Inside(&'a Object),
    /// A bare key at this address of the issuer's own host.
    Bare(&'a str),
}

/// The keys that may have signed.
fn wanted<'a>(
    creator: Option<&'a Json>,
    edition: Edition,
    profile: &'a Found,
) -> Result<Vec<Named<'a>>, Error> {
    let listed = profile.object.each("publicKey").iter().filter_map(|value| match value {
        Json::Object(key) if key.has("publicKeyPem") => Some((key.str("id"), Named::Inside(key))),
        other => reference(other).map(|at| (Some(at), Named::At(at))),
    });
    let listed: Vec<_> = listed.collect();
    let Some(creator) = creator else {
        return Ok(listed.into_iter().map(|(_, named)| named).take(MAX_KEYS).collect());
    };
    let creator = reference(creator).ok_or(Error::UrlMalformed)?;
    match listed.iter().find(|(id, _)| id.is_some_and(|id| means(creator, id))) {
        Some((_, named)) => Ok(vec![*named]),
        None if edition < Edition::V2 && listed.is_empty() => {
            if host(creator).is_some() && host(creator) == host(&profile.address) {
                Ok(vec![Named::Bare(creator)])
            } else {
                Err(Error::NotIssuer)
            }
        }
        None => Err(Error::NotFound),
    }
}

/// The key itself, which names the issuer as its owner.
fn key(named: Named<'_>, profile: &Found, scope: Scope<'_>) -> Result<PublicKey, Error> {
    let at = match named {
        Named::Inside(key) => return read(key, profile),
        Named::At(at) | Named::Bare(at) => at,
    };
    let kind = NeedKind::IssuerProfile;
    let (bytes, address) = link::bytes(kind, at, CheckId::Key, scope).map_err(fault)?;
    if bytes.trim_ascii_start().starts_with(b"-----BEGIN") {
        // Nothing but its server says whose it is.
        if host(&address) != host(&profile.address) {
            return Err(Error::NotIssuer);
        }
        let text = core::str::from_utf8(bytes).map_err(|_| Error::Malformed)?;
        return PublicKey::from_pem(text);
    }
    let document = link::fetch(kind, at, CheckId::Key, scope).map_err(fault)?.object;
    if document.has("publicKeyPem") {
        return read(&document, profile);
    }
    let inside = document.each("publicKey").iter().filter_map(Json::as_object);
    let meant = inside.filter(|key| key.str("id") == Some(at)).find(|key| key.has("publicKeyPem"));
    read(meant.ok_or(Error::DocumentMalformed)?, profile)
}

/// A `CryptographicKey`.
fn read(key: &Object, profile: &Found) -> Result<PublicKey, Error> {
    if key.has("type") && !is_a(key, &["CryptographicKey", "Key", "sec:Key"]) {
        return Err(Error::DocumentMalformed);
    }
    let owner = key.get("owner").and_then(reference).ok_or(Error::NotIssuer)?;
    if !profile.is(owner) {
        return Err(Error::NotIssuer);
    }
    // A secret key in public is nobody's any more.
    if key.has("privateKeyPem") {
        return Err(Error::Malformed);
    }
    PublicKey::from_pem(key.str("publicKeyPem").ok_or(Error::Malformed)?)
}

fn fault(error: Chain) -> Error {
    match error {
        Chain::Missing(missing) => Error::Missing(missing),
        Chain::NoAddress => Error::UrlMalformed,
        Chain::Other(_) => Error::DocumentMismatch,
        _ => Error::DocumentMalformed,
    }
}
