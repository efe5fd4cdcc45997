//! Whose key is it? From the name of a verification method to a public key that its owner answers for.
//!
//! A key counts as the owner's only by the owner's own word: the DID itself (did:key, did:jwk) or the owner's own
//! document (did:web, https). No other claim of control is believed, neither `alsoKnownAs` nor a key that merely
//! stands in the method's name.

mod certificate;
mod der;
mod did_jwk;
mod did_key;
mod did_web;
mod document;
mod error;
mod https;
mod jwk;
mod jwks;
mod pem;
mod public;
mod published;
mod rsa;

pub use certificate::Certificate;
pub use error::Error;
pub use public::{KeyKind, PublicKey};

use crate::codec;
use crate::evidence::Lookups;
use crate::part::{self, Part};
use crate::report::Basis;
use crate::time::Timestamp;
use jwks::Wanted;

/// What the owner lets a key do (Controlled Identifiers 1.0, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// Sign statements: credentials, status lists, endorsements.
    AssertionMethod,
    /// Sign as the holder: presentations.
    Authentication,
}

impl Relationship {
    /// The member of the owner's document, which is also the proof's purpose.
    pub const fn name(self) -> &'static str {
        match self {
            Relationship::AssertionMethod => "assertionMethod",
            Relationship::Authentication => "authentication",
        }
    }
}

/// A key that the owner answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The key.
    pub key: PublicKey,
    /// The absolute id of its verification method.
    pub method: String,
    /// What speaks for the owner: [`Basis::Itself`] where the identifier is the key, [`Basis::Domain`] where a web
    /// server serves the owner's document.
    pub basis: Basis,
    /// The web server's host, in lower case.
    pub domain: Option<String>,
    /// The document that holds the key.
    pub document: Option<String>,
}

/// One question: which key of this owner may do this, now?
struct Query<'a> {
    owner: &'a str,
    relationship: Relationship,
    lookups: &'a Lookups<'a>,
    now: Timestamp,
    /// The algorithm of a token.
    alg: Option<&'a str>,
}

/// How a token names its key (RFC 7515, section 4.1).
#[derive(Clone, Copy, Debug)]
pub struct TokenKey<'a> {
    /// `alg`: the algorithm, which chooses among several keys.
    pub alg: &'a str,
    /// `kid`: a URL, or a name among the owner's keys.
    pub kid: Option<&'a str>,
    /// `jwk`: a key that came along. It counts only where the owner's own word is found for it.
    pub jwk: Option<&'a PublicKey>,
}

/// Finds the key that `method` names and checks that `owner`, the id of the issuer or holder, gives it the
/// `relationship`, and that it is not revoked or expired at `now` (Controlled Identifiers 1.0, section 3.3). A
/// `method` that begins with `#` is read relative to `owner`.
///
/// # Errors
/// [`Error::Missing`] while the owner's document is not there; else what is wrong with the method or the document.
pub fn resolve(
    method: &str,
    owner: &str,
    relationship: Relationship,
    lookups: &Lookups,
    now: Timestamp,
) -> Result<Resolved, Error> {
    find(method, &Query { owner, relationship, lookups, now, alg: None })
}

/// Finds the key of a token in the same way. A `kid` that is no URL names one of the keys that the owner publishes;
/// without any name it is the owner's only one (VC-JOSE-COSE, section 4.1).
///
/// # Errors
/// As [`resolve`]; [`Error::NotFound`] also where there are several keys to choose from, [`Error::SelfAsserted`] where
/// the owner publishes none to compare the token's own with.
pub fn resolve_token(
    key: &TokenKey,
    owner: &str,
    relationship: Relationship,
    lookups: &Lookups,
    now: Timestamp,
) -> Result<Resolved, Error> {
    let query = Query { owner, relationship, lookups, now, alg: Some(key.alg) };
    let wanted = match (key.kid, key.jwk) {
        (Some(kid), _) if kid.starts_with(['#']) || kid.starts_with("did:") || is_web(kid) => {
            return find(kid, &query);
        }
        (Some(kid), _) if !is_web(owner) => {
            // The one method of a did:key repeats its value.
            let other = owner.starts_with("did:key:") && !owner.ends_with(kid);
            return if other { Err(Error::UrlMalformed) } else { find(&["#", kid].concat(), &query) };
        }
        (Some(kid), _) => Wanted::Named(kid),
        (None, Some(key)) => Wanted::Same(key),
        (None, None) => Wanted::Only,
    };
    part::need(Part::Wide)?;
    published::resolve(wanted, &query)
}

/// Finds the key of a token of `owner`, an https URL, in its JWT VC Issuer Metadata alone, as SD-JWT VC demands.
///
/// # Errors
/// As [`resolve_token`].
pub fn resolve_metadata(
    key: &TokenKey,
    owner: &str,
    lookups: &Lookups,
    now: Timestamp,
) -> Result<Resolved, Error> {
    let relationship = Relationship::AssertionMethod;
    let query = Query { owner, relationship, lookups, now, alg: Some(key.alg) };
    let wanted = match (key.kid, key.jwk) {
        (Some(kid), _) => Wanted::Named(kid),
        (None, Some(key)) => Wanted::Same(key),
        (None, None) => Wanted::Only,
    };
    part::need(Part::Wide)?;
    published::metadata(wanted, &query)
}

fn find(method: &str, query: &Query) -> Result<Resolved, Error> {
    let owner = query.owner;
    let absolute = if method.starts_with('#') { [owner, method].concat() } else { method.into() };
    let (base, fragment) = match absolute.split_once('#') {
        Some((base, fragment)) => (base, Some(fragment)),
        None => (absolute.as_str(), None),
    };
    if is_web(base) {
        return https::resolve(&absolute, base, fragment, query);
    }
    let did = Did::parse(base)?;
    // A DID of a method that is not read may have several names (did:ion: a short and a long one).
    let unread = !matches!(did.method, "key" | "jwk" | "web");
    if base != owner && !(unread && Did::parse(owner).is_ok_and(|owner| owner.method == did.method)) {
        // A DID is its owner's own word; an https id may let a DID's key speak for it, in its own document.
        return if is_web(owner) { https::delegated(&absolute, base, query) } else { Err(Error::NotIssuer) };
    }
    match did.method {
        "key" => did_key::resolve(&did, fragment, query),
        "jwk" => did_jwk::resolve(&did, fragment, query),
        "web" => did_web::resolve(&did, Wanted::Named(fragment.ok_or(Error::UrlMalformed)?), query),
        other => Err(unsupported(other)),
    }
}

/// The key that stands in the name of `method` itself, as in `https://example.edu/issuer#z6Mk…`. Anybody can write
/// such a name: a signature that fits the key shows that the contents are unchanged, not who signed.
pub fn claimed(method: &str) -> Option<PublicKey> {
    let (_, fragment) = method.split_once('#')?;
    PublicKey::from_multikey(fragment).ok()
}

/// A DID taken apart (DID Core 1.0, section 3.1).
struct Did<'a> {
    text: &'a str,
    method: &'a str,
    id: &'a str,
}

impl<'a> Did<'a> {
    fn parse(text: &'a str) -> Result<Self, Error> {
        let rest = text.strip_prefix("did:").ok_or(Error::UrlMalformed)?;
        let (method, id) = rest.split_once(':').ok_or(Error::UrlMalformed)?;
        let named =
            !method.is_empty() && method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if named && !id.is_empty() { Ok(Did { text, method, id }) } else { Err(Error::UrlMalformed) }
    }
}

fn unsupported(did_method: &str) -> Error {
    Error::MethodUnsupported(["did:", did_method].concat())
}

fn is_web(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| codec::strip_start(url, scheme).is_some())
}
