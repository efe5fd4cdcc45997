//! Whose seal is it, as far as its certificates say?

use sha2::{Digest, Sha256};

use super::view;
use crate::codec;
use crate::format::open::Scope;
use crate::json::Object;
use crate::key::{self, Certificate, PublicKey};
use crate::proof;
use crate::report::{Args, Check, CheckId, Explain, Reason, Status};
use crate::time::Timestamp;

/// Whoever the certificate of a seal names.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// Organisation or common name.
    pub(super) name: Option<String>,
    /// The organisation's number.
    number: Option<String>,
    /// The certificate's digest (RFC 6920).
    pub(super) id: String,
    /// The certificate's key.
    pub(super) certificate: PublicKey,
    /// Whether the host names this certificate.
    pub(super) pinned: bool,
    /// When it was sealed, by the sealer's own word.
    time: Option<Timestamp>,
    until: Timestamp,
}

/// What is wrong with the certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(super) enum Error {
    /// None came along.
    None,
    /// The sealer's own, or its key.
    Own(key::Error),
    /// It was not valid when the document was sealed, at this time.
    Time(Timestamp),
    /// One does not vouch for the one before it.
    Chain,
}

impl From<key::Error> for Error {
    fn from(fault: key::Error) -> Self {
        Error::Own(fault)
    }
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::None => Reason::KeyMethodUnsupported,
            Error::Own(fault) => fault.reason(),
            Error::Time(_) => Reason::SealTime,
            Error::Chain => Reason::SealChain,
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::None => Status::Unknown,
            Error::Own(fault) => fault.status(),
            Error::Time(_) | Error::Chain => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Own(fault) => fault.args(),
            Error::Time(at) => Args::from([("date".into(), at.to_string())]),
            Error::None | Error::Chain => Args::new(),
        }
    }
}

impl Owner {
    /// Reads the certificates of a seal that was made at `time`: the sealer's own, and those that vouch for it.
    pub(super) fn of(chain: &[Vec<u8>], time: Option<Timestamp>, scope: Scope<'_>) -> Result<Self, Error> {
        let der = chain.first().ok_or(Error::None)?;
        let own = Certificate::parse(der)?;
        let key = own.key()?.clone();
        if !own.may_sign() {
            return Err(Error::Own(key::Error::NotAuthorized));
        }
        if !own.is_understood() {
            return Err(Error::Own(key::Error::MethodUnsupported("x5c".into())));
        }
        let (from, until) = own.validity();
        if let Some(at) = time.filter(|at| *at < from || *at > until) {
            return Err(Error::Time(at));
        }
        links(&own, chain, time)?;
        let id = ["ni:///sha-256;", &codec::to_base64url(&Sha256::digest(der))].concat();
        Ok(Owner {
            name: own.subject(),
            number: own.organization_id(),
            certificate: key,
            pinned: scope.policy.trust.pinned.iter().any(|pin| pin.id == id),
            id,
            time,
            until,
        })
    }

    /// `issuer.key`: whether the certificate is the issuer's.
    pub(super) fn key(&self, now: Timestamp) -> Check {
        const ID: CheckId = CheckId::Key;
        let row = if !self.pinned {
            Check::because(ID, Status::Unknown, Reason::SealOwner)
        } else if self.time.is_none() {
            Check::because(ID, Status::Unknown, Reason::MemberMissing).with("member", "sigT")
        } else if now > self.until {
            // That it was sealed before is the sealer's word, and whoever has the key since could say so.
            Check::because(ID, Status::Warned, Reason::SealEnded).with("date", self.until.to_string())
        } else {
            Check::new(ID, Status::Passed)
        };
        let row = row.with("method", self.id.clone());
        match &self.name {
            Some(name) => row.with("name", name.clone()),
            None => row,
        }
    }

    /// `issuer.profile`: whether the credential names the one whom the certificate names, by name or by number. A body
    /// may seal for another, so that it does not is no failure.
    pub(super) fn profile(&self, credential: &Object) -> Check {
        const ID: CheckId = CheckId::Profile;
        let name = self.name.as_deref().unwrap_or_default();
        let names = view::names(credential);
        let same_name = names.iter().any(|stated| stated.trim().eq_ignore_ascii_case(name.trim()));
        // The certificate's number begins with its kind and country: VATES-A00000000.
        let number = self.number.as_deref().unwrap_or_default();
        let same_number = view::numbers(credential).iter().any(|stated| {
            let digits = stated.bytes().filter(u8::is_ascii_alphanumeric).count();
            digits >= MIN_NUMBER && number.ends_with(stated.trim())
        });
        if same_name || same_number {
            return Check::new(ID, Status::Passed).with("seal", name);
        }
        let row = Check::because(ID, Status::Warned, Reason::SealOther).with("name", name);
        match names.first() {
            Some(stated) => row.with("issuer", stated.clone()),
            None => row,
        }
    }
}

/// Fewest letters and digits of a number that is compared by its end.
const MIN_NUMBER: usize = 6;

/// Whether each certificate vouches for the one before it. What cannot be found out about that stays open with the rest.
fn links(own: &Certificate<'_>, chain: &[Vec<u8>], time: Option<Timestamp>) -> Result<(), Error> {
    let mut lower = own.clone();
    for (below, der) in chain.iter().skip(1).enumerate() {
        let upper = Certificate::parse(der).map_err(|_| Error::Chain)?;
        let (from, until) = upper.validity();
        let in_time = time.is_none_or(|at| at >= from && at <= until);
        if !lower.builds_on(&upper, below) || !in_time {
            return Err(Error::Chain);
        }
        match (lower.signature(), upper.key()) {
            (Ok((alg, signed, signature)), Ok(key)) => {
                match proof::verify_bytes(alg, key, signed, &signature) {
                    Ok(_) => {}
                    Err(proof::Error::NotLoaded(part)) => return Err(Error::Own(part.into())),
                    // An algorithm of another curve or digest than JOSE joins.
                    Err(proof::Error::KeyWrongKind) => return Ok(()),
                    Err(_) => return Err(Error::Chain),
                }
            }
            (Err(key::Error::MethodUnsupported(_)), _) | (_, Err(key::Error::MethodUnsupported(_))) => {
                return Ok(());
            }
            _ => return Err(Error::Chain),
        }
        lower = upper;
    }
    Ok(())
}
