//! Whether a domain vouches for a key, in its records in the Domain Name System (OpenAttestation, DNS-DID). Two resolvers
//! that browsers may ask are asked over HTTPS, and both must say so.

use crate::evidence::{Missing, is_public_host};
use crate::format::open::Scope;
use crate::json::{self, Json};
use crate::report::{Args, CheckId, Explain, NeedKind, Reason, Status};

/// Where to ask, but for the name (`application/dns-json`, as both have it).
const RESOLVERS: [&str; 2] =
    ["https://dns.google/resolve?type=TXT&name=", "https://cloudflare-dns.com/dns-query?type=TXT&name="];

/// Why a domain does not vouch for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(super) enum Error {
    /// The name is none that anybody can be asked about.
    Name(String),
    /// A resolver's answer is not there.
    Missing(Missing),
    /// A resolver's answer about this domain cannot be read, or is that there is none.
    Malformed(String),
    /// The resolvers say different things about this domain.
    Disagree(String),
    /// This domain vouches for other keys, or none.
    NotListed(String),
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Name(_) => Reason::KeyUrlMalformed,
            Error::Missing(missing) => missing.reason(),
            Error::Malformed(_) => Reason::LinkedMalformed,
            Error::Disagree(_) => Reason::DnsDisagree,
            Error::NotListed(_) => Reason::KeyNotFound,
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::Missing(_) | Error::Malformed(_) | Error::Disagree(_) => Status::Unknown,
            Error::Name(_) | Error::NotListed(_) => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Missing(missing) => missing.args(),
            Error::Name(host) | Error::Malformed(host) | Error::Disagree(host) | Error::NotListed(host) => {
                Args::from([("host".into(), host.clone())])
            }
        }
    }
}

/// Checks that `domain` vouches for `key`.
pub(super) fn vouches(domain: &str, key: &str, scope: Scope<'_>) -> Result<(), Error> {
    if !is_public_host(domain) {
        return Err(Error::Name(domain.into()));
    }
    // Both are asked for in one round.
    let answers = RESOLVERS.map(|resolver| {
        let url = [resolver, domain].concat();
        let bytes = scope.lookups.get(NeedKind::DnsRecord, &url, CheckId::Key).map_err(Error::Missing)?;
        lists(bytes, key).ok_or_else(|| Error::Malformed(domain.into()))
    });
    match answers {
        [Ok(true), Ok(true)] => Ok(()),
        [Ok(false), Ok(false)] => Err(Error::NotListed(domain.into())),
        [Ok(_), Ok(_)] => Err(Error::Disagree(domain.into())),
        [Err(fault), _] | [_, Err(fault)] => Err(fault),
    }
}

/// Whether a resolver's answer has a record for `key`; `None` where it is no answer.
fn lists(answer: &[u8], key: &str) -> Option<bool> {
    let answer = json::parse(answer).ok()?;
    // NOERROR; a name that is not there says nothing of what it said before.
    if answer.get("Status")?.as_f64() != Some(0.0) || answer.get("TC") == Some(&Json::Bool(true)) {
        return None;
    }
    let records = match answer.get("Answer") {
        None => &[][..],
        Some(records) => records.as_array()?,
    };
    let text = |record: &Json| Some(unquoted(record.get("data")?.as_str()?));
    let fits = |text: String| vouched(&text).is_some_and(|named| named.eq_ignore_ascii_case(key));
    Some(records.iter().filter_map(text).any(fits))
}

/// A record's strings of at most 255 bytes, put together again; some resolvers leave them in quotation marks.
fn unquoted(data: &str) -> String {
    if !data.starts_with('"') {
        return data.into();
    }
    // Outside of quotation marks there is nothing but blanks.
    data.split('"').skip(1).step_by(2).collect()
}

/// The key in `openatts a=dns-did; p=did:ethr:0x…#controller; v=1.0;`
fn vouched(record: &str) -> Option<&str> {
    let rest = record.trim().strip_prefix("openatts ")?;
    let part = |name: &str| {
        rest.split(';')
            .filter_map(|part| part.trim().split_once('='))
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v)
    };
    part("p").filter(|_| part("a") == Some("dns-did"))
}
