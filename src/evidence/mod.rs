//! What the host supplied, and what is still needed.

mod url;

pub use url::{Refused, SafeUrl, is_public_host};

use core::cell::RefCell;

use sha2::{Digest, Sha256};

use crate::budget;
use crate::codec::{to_base64url, to_hex};
use crate::report::{Args, CheckId, EvidenceUse, Explain, Failure, Need, NeedKind, Reason, Status, Vouched};

/// Documents that the host has fetched, or failed to.
#[derive(Clone, Debug, Default)]
pub struct Evidence(Vec<Answer>);

/// The host's answer to one [`Need`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// The need's URL.
    pub url: String,
    /// The document, or why there is none.
    pub body: Result<Vec<u8>, Failure>,
    /// Where the document came from in the end, after redirects; `None` where that is `url`.
    pub final_url: Option<String>,
}

impl Evidence {
    /// Adds an answer; the first answer for a URL counts.
    pub fn add(&mut self, answer: Answer) {
        if !self.has(&answer.url) {
            self.0.push(answer);
        }
    }

    /// Whether `url` is answered.
    pub fn has(&self, url: &str) -> bool {
        self.find(url).is_some()
    }

    fn find(&self, url: &str) -> Option<&Answer> {
        self.0.iter().find(|a| a.url == url)
    }
}

/// A picture without a credential of its own, which was found at a link or among other files: for hosts that can read
/// QR codes. [`Answer`] under its `url` what the code in it says, or any failure where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name of these bytes (RFC 6920).
    pub url: String,
    /// The file that it is among others.
    pub file: Option<String>,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// A document that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its address.
    pub url: String,
    /// Why; `None` while the host has not answered yet.
    pub cause: Option<Failure>,
}

/// Never a failure of the credential: what could not be had is unknown.
impl Explain for Missing {
    fn reason(&self) -> Reason {
        match self.cause {
            None => Reason::Pending,
            Some(Failure::Offline) => Reason::Offline,
            Some(Failure::BlockedByBrowser) => Reason::BlockedByBrowser,
            Some(Failure::NotFound | Failure::Gone) => Reason::NotFound,
            Some(Failure::ServerError) => Reason::ServerError,
            Some(Failure::Timeout) => Reason::Timeout,
            Some(Failure::TooLarge) => Reason::TooLarge,
            Some(Failure::Declined) => Reason::Declined,
            Some(Failure::Policy) => Reason::UrlRefused,
        }
    }

    fn status(&self) -> Status {
        Status::Unknown
    }

    fn args(&self) -> Args {
        let host = SafeUrl::parse(&self.url, true).map_or(self.url.as_str(), |safe| safe.host());
        Args::from([("host".into(), host.into()), ("url".into(), self.url.clone())])
    }
}

/// The one door to documents during a verification: answers from the evidence, and notes what is missing.
#[derive(Debug)]
pub struct Lookups<'a> {
    evidence: &'a Evidence,
    allow_http: bool,
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    needs: Vec<Need>,
    /// Needs of what no verdict depends on: they wait until there are no others.
    optional: Vec<Need>,
    used: Vec<EvidenceUse>,
    /// How many of `used` no verdict depends on.
    aside: usize,
    /// Whether what is looked up now is of that kind.
    is_aside: bool,
    /// How many pictures were met, answered or not.
    pictures: usize,
    /// The first that is not answered yet.
    unread: Option<Picture>,
}

impl<'a> Lookups<'a> {
    /// A door to `evidence`.
    pub fn new(evidence: &'a Evidence, allow_http: bool) -> Self {
        Lookups { evidence, allow_http, state: RefCell::default() }
    }

    /// Does `work`, whose outcome no verdict depends on. What it needs is asked for once nothing else is needed, so that
    /// it takes nothing from what decides.
    pub fn optionally<T>(&self, work: impl FnOnce() -> T) -> T {
        let is_aside = |now| core::mem::replace(&mut self.state.borrow_mut().is_aside, now);
        let before = is_aside(true);
        let done = work();
        is_aside(before);
        done
    }

    /// As [`Lookups::get`], for a document that the verdict can do without.
    ///
    /// # Errors
    /// The same.
    pub fn get_optional(&self, kind: NeedKind, url: &str, why: CheckId) -> Result<&'a [u8], Missing> {
        self.optionally(|| self.get(kind, url, why))
    }

    /// The document at `url`, wanted by the check `why`. URLs that the policy refuses are never asked for.
    ///
    /// # Errors
    /// What is missing: it was not asked for yet, or it cannot be had.
    pub fn get(&self, kind: NeedKind, url: &str, why: CheckId) -> Result<&'a [u8], Missing> {
        let mut state = self.state.borrow_mut();
        let safe = match SafeUrl::parse(url, self.allow_http) {
            Ok(safe) => safe,
            Err(_) => return state.used(url, kind, Err(Failure::Policy)),
        };
        // The fragment names a part of the document and is never sent.
        let url = safe.without_fragment();
        if let Some(answer) = self.evidence.find(url) {
            let moved = answer.final_url.as_deref().filter(|to| *to != url);
            if moved.is_some_and(|to| SafeUrl::parse(to, self.allow_http).is_err()) {
                return state.used(url, kind, Err(Failure::Policy));
            }
            return state.used(url, kind, answer.body.as_deref().map_err(|f| *f));
        }
        let optional = state.is_aside;
        let asked = |needs: &[Need]| needs.iter().any(|n| n.url == url);
        if asked(&state.needs) || (optional && asked(&state.optional)) {
            return Err(Missing { url: url.into(), cause: None });
        }
        let decisive = state.needs.len() + state.used.len() - state.aside;
        let counted = if optional { decisive + state.aside + state.optional.len() } else { decisive };
        if counted >= budget::MAX_NEEDS {
            return state.used(url, kind, Err(Failure::Policy));
        }
        let (accept, max_bytes) = transport(kind);
        let needs = if optional { &mut state.optional } else { &mut state.needs };
        needs.push(Need {
            id: url.into(),
            kind,
            url: url.into(),
            host: safe.host().into(),
            why,
            max_bytes,
            accept: accept.into(),
            optional,
        });
        Err(Missing { url: url.into(), cause: None })
    }

    /// What a code in `picture` says, where the host has read one.
    pub(crate) fn code_in(&self, picture: &[u8], file: Option<&str>) -> Option<&'a [u8]> {
        let mut state = self.state.borrow_mut();
        state.pictures += 1;
        if state.pictures > budget::MAX_PICTURES {
            return None;
        }
        let url = ["ni:///sha-256;", &to_base64url(&Sha256::digest(picture))].concat();
        match self.evidence.find(&url) {
            Some(answer) => answer.body.as_deref().ok(),
            None => {
                state.unread.get_or_insert_with(|| Picture {
                    url,
                    file: file.map(String::from),
                    bytes: picture.into(),
                });
                None
            }
        }
    }

    /// Where the document at `url` came from in the end.
    pub fn final_url(&self, url: &str) -> Option<&'a str> {
        let url = url.split('#').next().unwrap_or(url);
        let answer = self.evidence.find(url)?;
        answer.final_url.as_deref().or(Some(answer.url.as_str()))
    }

    /// Notes how the document at `url` was vouched for.
    pub fn vouch(&self, url: &str, vouched: Vouched) {
        let url = url.split('#').next().unwrap_or(url);
        if let Some(used) = self.state.borrow_mut().used.iter_mut().find(|u| u.url == url) {
            used.vouched = vouched;
        }
    }

    /// The needs, the documents used, and the next picture in which a code may be.
    pub fn into_parts(self) -> (Vec<Need>, Vec<EvidenceUse>, Option<Picture>) {
        let State { needs, optional, used, unread, .. } = self.state.into_inner();
        (if needs.is_empty() { optional } else { needs }, used, unread)
    }
}

impl State {
    fn used<'a>(
        &mut self,
        url: &str,
        kind: NeedKind,
        body: Result<&'a [u8], Failure>,
    ) -> Result<&'a [u8], Missing> {
        if !self.used.iter().any(|u| u.url == url) {
            self.aside += usize::from(self.is_aside);
            self.used.push(EvidenceUse {
                url: url.into(),
                kind,
                sha256: body.ok().map(|b| to_hex(&Sha256::digest(b))),
                failure: body.err(),
                vouched: if body.is_ok() { Vouched::Transport } else { Vouched::Nothing },
            });
        }
        body.map_err(|failure| Missing { url: url.into(), cause: Some(failure) })
    }
}

/// What to accept, and how much of it.
fn transport(kind: NeedKind) -> (&'static str, u32) {
    match kind {
        NeedKind::DidDocument => {
            ("application/did+json, application/did+ld+json, application/json", budget::MAX_DOCUMENT)
        }
        NeedKind::StatusList => (
            "application/vc, application/vc+jwt, application/statuslist+jwt, application/vc+ld+json, application/json, application/jwt",
            budget::MAX_STATUS_LIST,
        ),
        NeedKind::Credential => (
            "application/vc, application/ld+json, application/json, application/vc+jwt, image/png, image/svg+xml, */*;q=0.1",
            budget::MAX_INPUT as u32,
        ),
        NeedKind::Resource => ("*/*", budget::MAX_DOCUMENT),
        NeedKind::Schema => (
            "application/schema+json, application/json, application/vc, application/vc+jwt, application/ld+json",
            budget::MAX_DOCUMENT,
        ),
        NeedKind::DnsRecord => ("application/dns-json", budget::MAX_DOCUMENT),
        NeedKind::ChainTransaction | NeedKind::BlockHeader => {
            ("application/json, text/plain", budget::MAX_DOCUMENT)
        }
        NeedKind::RevocationList => ("application/json, application/ld+json", budget::MAX_STATUS_LIST),
        _ => ("application/ld+json, application/json", budget::MAX_DOCUMENT),
    }
}
