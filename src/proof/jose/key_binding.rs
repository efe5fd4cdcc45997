//! Key binding JWTs (RFC 9901, sections 4.3 and 7.3): the holder's word that a presentation was made by them, for one
//! reader and one occasion.

use super::{SdJwt, Token};
use crate::json::Json;
use crate::key::PublicKey;
use crate::proof;
use crate::report::{Args, Explain, Reason, Status};
use crate::time::{SKEW, Timestamp};

/// How old an answer may be without a remark, in seconds.
const FRESH: i64 = 86_400;

/// What a reader asks of a holder.
#[derive(Clone, Copy, Debug)]
pub struct Demand<'a> {
    /// The challenge to answer.
    pub challenge: Option<&'a str>,
    /// The reader's own name.
    pub domain: Option<&'a str>,
    /// The time.
    pub now: Timestamp,
}

/// A key binding JWT that holds, and when it says that it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// `iat`
    pub at: Timestamp,
    /// Whether it says that it is more than a day old. An answered challenge tells its age better than a wallet's clock.
    pub is_old: bool,
}

/// Why a key binding JWT proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Its algorithm is not checked here.
    Unsupported(proof::Error),
    /// It is of another kind, misses a claim, or does not fit this presentation or this key.
    Invalid,
    /// It answers another challenge.
    Challenge,
    /// It is for another reader.
    Domain,
    /// It is from the future, or says itself that its time has passed.
    Time,
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Unsupported(fault) => fault.reason(),
            Error::Invalid => Reason::HolderBindingInvalid,
            Error::Challenge => Reason::ChallengeMismatch,
            Error::Domain => Reason::DomainMismatch,
            Error::Time => Reason::HolderBindingTime,
        }
    }

    fn status(&self) -> Status {
        if let Error::Unsupported(fault) = self { fault.status() } else { Status::Failed }
    }

    fn args(&self) -> Args {
        if let Error::Unsupported(fault) = self { fault.args() } else { Args::new() }
    }
}

/// Verifies the key binding JWT `text` of `presented` with the holder's `key`.
///
/// # Errors
/// What is wrong with it.
pub fn verify(
    text: &str,
    presented: &SdJwt<'_>,
    key: &PublicKey,
    demand: Demand<'_>,
) -> Result<Bound, Error> {
    let token = Token::parse(text).map_err(|_| Error::Invalid)?;
    match token.verify(key) {
        Ok(_) => claims(&token, presented, demand),
        Err(fault @ proof::Error::Unsupported(_)) => Err(Error::Unsupported(fault)),
        Err(_) => Err(Error::Invalid),
    }
}

fn claims(token: &Token<'_>, presented: &SdJwt<'_>, demand: Demand<'_>) -> Result<Bound, Error> {
    let claim = |name| token.payload().get(name).and_then(Json::as_str).ok_or(Error::Invalid);
    let of_type = token.typ().is_some() && token.is_of_type(&["kb+jwt"]);
    if !of_type || claim("sd_hash")? != presented.presentation_hash() {
        return Err(Error::Invalid);
    }
    let (nonce, audience) = (claim("nonce")?, claim("aud")?);
    if demand.challenge.is_some_and(|asked| asked != nonce) {
        return Err(Error::Challenge);
    }
    if demand.domain.is_some_and(|name| name != audience) {
        return Err(Error::Domain);
    }
    let date = |name| match token.payload().get(name) {
        None => Ok(None),
        Some(value) => value.as_f64().and_then(Timestamp::from_numeric).map(Some).ok_or(Error::Invalid),
    };
    let at = date("iat")?.ok_or(Error::Invalid)?;
    let begins = date("nbf")?.unwrap_or(at).max(at);
    let has_ended = date("exp")?.is_some_and(|end| demand.now.since(end) > SKEW);
    if has_ended || demand.now.since(begins) < -SKEW {
        return Err(Error::Time);
    }
    Ok(Bound { at, is_old: demand.now.since(at) > FRESH })
}
