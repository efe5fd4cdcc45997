//! Credentials as compact JWTs: which document the payload means, and whether its claims agree with it.
//!
//! Two flavours: VCDM 1.1 puts the credential in the claim `vc` (section 6.3.1); VC-JOSE-COSE (section 3.1) and Open
//! Badges 3.0 (section 8.2) make the payload itself the credential.

use crate::codec;
use crate::json::{Json, Object};
use crate::key::{self, PublicKey, Relationship, TokenKey};
use crate::policy::Policy;
use crate::proof::jose::Token;
use crate::report::{Args, Explain, Reason};
use crate::time::Timestamp;

/// What is wrong with a token's claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Error {
    /// This claim disagrees with the document, or has a wrong form.
    Claim(&'static str),
    /// The token is of another kind.
    Kind,
    /// The token answers another challenge.
    Challenge,
    /// The token is for another domain.
    Domain,
    /// The token has ended.
    Ended(Timestamp),
    /// The token has not begun.
    NotBegun(Timestamp),
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Claim(_) => Reason::JwtClaimMismatch,
            Error::Kind => Reason::PurposeMismatch,
            Error::Challenge => Reason::ChallengeMismatch,
            Error::Domain => Reason::DomainMismatch,
            Error::Ended(_) => Reason::ProofExpired,
            Error::NotBegun(_) => Reason::NotYetValid,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Claim(claim) => Args::from([("claim".into(), (*claim).into())]),
            Error::Ended(at) | Error::NotBegun(at) => Args::from([("date".into(), at.to_string())]),
            _ => Args::new(),
        }
    }
}

/// The document that a token's payload means, and whether every claim agrees with it.
pub(crate) fn document(token: &Token<'_>) -> (Object, Result<(), Error>) {
    let Some(payload) = token.payload().as_object() else {
        return (Object::default(), Err(Error::Claim("payload")));
    };
    let inner = ["vc", "vp"].iter().find_map(|claim| Some((*claim, payload.get(claim)?)));
    let Some((claim, inner)) = inner else {
        return agree(payload.clone(), payload, ["validFrom", "validUntil"]);
    };
    let Some(inner) = inner.as_object() else { return (Object::default(), Err(Error::Claim(claim))) };
    // Two documents in one token, or a container that its type rules out: readers would differ.
    let doubled =
        ["credentialSubject", "verifiableCredential", "@context", "issuer"].iter().any(|m| payload.has(m));
    let plain_payload = token.typ().is_some_and(|typ| typ.starts_with("vc+") || typ.starts_with("vp+"));
    if doubled || plain_payload {
        return (inner.clone(), Err(Error::Claim(claim)));
    }
    // A 2.0 document in a 1.1 envelope is common; its own date members are then the ones to fill in.
    let dates = if inner.includes("@context", super::family::CREDENTIALS_V2) {
        ["validFrom", "validUntil"]
    } else {
        ["issuanceDate", "expirationDate"]
    };
    agree(inner.clone(), payload, dates)
}

/// Fills in what only the claims say, and compares what both say.
fn agree(document: Object, claims: &Object, dates: [&'static str; 2]) -> (Object, Result<(), Error>) {
    let mut document = document;
    let mut outcome = Ok(());
    // Where a token's status is listed stands among its claims (draft-ietf-oauth-status-list, section 6.2).
    if let Some(status) = claims.get("status").filter(|_| !document.has("status")) {
        document = document.with("status", status.clone());
    }
    let mut differs = |claim| outcome = outcome.and(Err(Error::Claim(claim)));
    let party =
        if document.has("holder") || document.has("verifiableCredential") { "holder" } else { "issuer" };
    for (claim, member) in [("iss", party), ("jti", "id")] {
        let Some(value) = claims.get(claim) else { continue };
        let Some(text) = value.as_str() else {
            differs(claim);
            continue;
        };
        match document.get(member) {
            None => document = document.with(member, value.clone()),
            Some(Json::String(same)) if same == text => {}
            Some(Json::Object(o)) if o.str("id") == Some(text) => {}
            Some(Json::Object(o)) if !o.has("id") => {
                document = document.clone().with(member, Json::Object(o.with("id", value.clone())));
            }
            Some(_) => differs(claim),
        }
    }
    if let (Some(sub), Some(Json::Object(subject))) = (claims.get("sub"), document.get("credentialSubject")) {
        match (subject.str("id"), sub.as_str()) {
            (_, None) => differs("sub"),
            (Some(id), Some(sub)) if id != sub => differs("sub"),
            (Some(_), _) => {}
            (None, Some(_)) => {
                let subject = subject.with("id", sub.clone());
                document = document.with("credentialSubject", Json::Object(subject));
            }
        }
    }
    for (claim, member) in [("nbf", dates[0]), ("exp", dates[1])] {
        let Some(value) = claims.get(claim) else { continue };
        let Some(at) = value.as_f64().and_then(Timestamp::from_numeric) else {
            differs(claim);
            continue;
        };
        match document.get(member) {
            None => document = document.with(member, Json::String(at.to_string())),
            Some(stated) => {
                let stated = stated.as_str().and_then(Timestamp::parse);
                if stated.is_some_and(|stated| stated.at != at) {
                    differs(claim);
                }
            }
        }
    }
    (document, outcome)
}

/// Clocks differ: how long before its beginning a presentation is taken, in seconds.
const SKEW: i64 = 60;

/// Whether the token is of the right kind, and a presentation answers what was asked and is of now. The dates of a
/// credential have rows of their own.
///
/// # Errors
/// A `typ` of other tokens, another challenge or another domain, or a time before or after the token's.
pub(crate) fn made_for(
    token: &Token<'_>,
    purpose: Relationship,
    policy: &Policy,
    now: Timestamp,
) -> Result<(), Error> {
    let allowed: &[&str] = match (purpose, token.is_disclosed()) {
        (Relationship::AssertionMethod, false) => &["JWT", "vc+jwt", "vc+ld+jwt"],
        (Relationship::Authentication, false) => &["JWT", "vp+jwt", "vp+ld+jwt"],
        (Relationship::AssertionMethod, true) => &["vc+sd-jwt", "vc+ld+sd-jwt"],
        (Relationship::Authentication, true) => &["vp+sd-jwt", "vp+ld+sd-jwt"],
    };
    if !token.is_of_type(allowed) {
        return Err(Error::Kind);
    }
    if purpose == Relationship::AssertionMethod {
        return Ok(());
    }
    let claim = |name| token.payload().get(name);
    if let Some(challenge) = &policy.challenge
        && !claim("nonce").is_some_and(|nonce| nonce.is(challenge))
    {
        return Err(Error::Challenge);
    }
    if let Some(domain) = &policy.domain
        && !claim("aud").is_some_and(|aud| aud.each().iter().any(|a| a.is(domain)))
    {
        return Err(Error::Domain);
    }
    let date = |name| claim(name)?.as_f64().and_then(Timestamp::from_numeric);
    match (date("nbf"), date("exp")) {
        (_, Some(end)) if now > end => Err(Error::Ended(end)),
        (Some(beginning), _) if beginning.since(now) > SKEW => Err(Error::NotBegun(beginning)),
        _ => Ok(()),
    }
}

/// How the token names its key; nothing where it does not, although it should. Open Badges 3.0 requires a `kid` or a
/// `jwk` (section 8.2.4); VC-JOSE-COSE lets the issuer's only key stand for itself (section 3.3.1), and so does a DID.
///
/// # Errors
/// [`key::Error::UrlMalformed`], and [`key::Error::MethodUnsupported`] where the key is named by a certificate or by an
/// address that anybody could have written: those are never looked at.
pub(crate) fn key<'a>(
    token: &'a Token<'_>,
    embedded: Option<&'a PublicKey>,
    owner: &str,
) -> Result<TokenKey<'a>, key::Error> {
    let named = TokenKey { alg: token.alg(), kid: token.kid(), jwk: embedded };
    if named.kid.is_some() || named.jwk.is_some() || owner.starts_with("did:") {
        return Ok(named);
    }
    if let Some(member) = ["x5c", "x5u", "jku"].into_iter().find(|member| token.header().has(member)) {
        return Err(key::Error::MethodUnsupported(member.into()));
    }
    if token.typ().is_some_and(|typ| codec::contains(typ, "+jwt")) {
        Ok(named)
    } else {
        Err(key::Error::UrlMalformed)
    }
}
