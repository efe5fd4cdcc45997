//! Selective disclosure for JWTs (RFC 9901): `<issuer's JWT>~<disclosure>~…~[<key binding JWT>]`.
//!
//! The issuer signs digests; the holder hands over the texts behind those that they choose to show. A disclosure counts
//! where exactly one signed digest names it, and whatever does not add up makes the whole invalid (section 7.1): what
//! comes out is the payload as the issuer meant it, without a trace of digests.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::Token;
use crate::codec;
use crate::json::{self, Json, Object};
use crate::order;
use crate::proof::{self, Shown};
use crate::report::{Args, Explain, Reason, Status};

/// Nesting of the payload with everything disclosed in it; as deep as JSON may be that comes in one piece.
const MAX_DEPTH: u32 = 64;

/// An SD-JWT taken apart. Nothing is verified yet.
#[derive(Clone, Debug)]
pub struct SdJwt<'a> {
    token: Token<'a>,
    hash: Hash,
    disclosures: Vec<&'a str>,
    binding: Option<&'a str>,
    presented: &'a str,
}

/// An SD-JWT whose disclosures are in their places.
#[derive(Clone, Debug)]
pub struct Revealed<'a> {
    /// The issuer's token; its claims are those that were disclosed. Its signature is still to be verified.
    pub token: Token<'a>,
    /// The names of the top-level claims that the holder could have withheld.
    pub disclosable: Vec<String>,
    /// Whether the issuer signed digests of which nothing is disclosed: claims that are withheld, or decoys.
    pub withheld: bool,
    /// How much is shown of what decides whether a W3C credential still counts: its dates and its status stand at the
    /// top.
    pub shown: Shown,
}

/// Why disclosures do not fit what the issuer signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The token itself, or the parts around it.
    Token(proof::Error),
    /// `_sd_alg` names no digest method that may be used.
    Hash(String),
    /// A disclosure, `_sd` or `...` has a wrong form.
    Malformed,
    /// A disclosure that no signed digest names.
    Unreferenced,
    /// One digest or disclosure stands in two places.
    Repeated,
    /// A disclosed claim has a name that it must not have: a reserved one, or one that is there already.
    Name(String),
    /// Nested more deeply than any credential.
    TooDeep,
}

impl Explain for Error {
    fn reason(&self) -> Reason {
        match self {
            Error::Token(fault) => fault.reason(),
            Error::Hash(_) => Reason::DisclosureHash,
            Error::Malformed => Reason::DisclosureMalformed,
            Error::Unreferenced => Reason::DisclosureUnreferenced,
            Error::Repeated => Reason::DisclosureRepeated,
            Error::Name(_) => Reason::DisclosureName,
            Error::TooDeep => Reason::TooComplex,
        }
    }

    fn status(&self) -> Status {
        match self {
            Error::Token(fault) => fault.status(),
            Error::TooDeep => Status::Unknown,
            _ => Status::Failed,
        }
    }

    fn args(&self) -> Args {
        match self {
            Error::Token(fault) => fault.args(),
            Error::Hash(name) => Args::from([("method".into(), name.clone())]),
            Error::Name(name) => Args::from([("claim".into(), name.clone())]),
            _ => Args::new(),
        }
    }
}

impl<'a> SdJwt<'a> {
    /// Takes `text` apart at its tildes and reads the issuer's token.
    ///
    /// # Errors
    /// [`Error::Token`] where there is no tilde or the first part is no JWT, [`Error::Hash`].
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let malformed = || Error::Token(proof::Error::JwtMalformed);
        let (token, rest) = text.split_once('~').ok_or_else(malformed)?;
        let token = Token::parse(token).map_err(Error::Token)?;
        let hash = Hash::of(&token.payload)?;
        let mut disclosures: Vec<&str> = rest.split('~').collect();
        // What follows the last tilde: nothing, or the holder's own token.
        let last = disclosures.pop().unwrap_or_default();
        let presented = text.strip_suffix(last).unwrap_or(text);
        Ok(SdJwt { token, hash, disclosures, binding: Some(last).filter(|b| !b.is_empty()), presented })
    }

    /// The token as it was signed: digests in place of what can be withheld.
    pub fn token(&self) -> &Token<'a> {
        &self.token
    }

    /// The holder's key binding JWT, where there is one (section 4.3).
    pub fn binding(&self) -> Option<&'a str> {
        self.binding
    }

    /// The digest that a key binding JWT must name as `sd_hash`: over everything up to the last tilde.
    pub fn presentation_hash(&self) -> String {
        self.hash.digest(self.presented)
    }

    /// Puts every disclosure in its place (section 7.1, steps 3 to 5).
    ///
    /// # Errors
    /// The first thing that does not add up.
    pub fn reveal(&self) -> Result<Revealed<'a>, Error> {
        let mut found = Vec::with_capacity(self.disclosures.len());
        for text in &self.disclosures {
            found.push((self.hash.digest(text), Some(Disclosure::parse(text)?)));
        }
        order::sort_by(&mut found, |(a, _), (b, _)| a.cmp(b));
        if found.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b)) {
            return Err(Error::Repeated);
        }
        let mut revealer = Revealer { found, ..Revealer::default() };
        let payload = revealer.value(&self.token.payload, MAX_DEPTH)?;
        if twice(revealer.met.iter().map(String::as_str)).is_some() {
            return Err(Error::Repeated);
        }
        if revealer.found.iter().any(|(_, disclosure)| disclosure.is_some()) {
            return Err(Error::Unreferenced);
        }
        let token = Token { jws: self.token.jws.clone(), payload, is_disclosed: true };
        // What is withheld at the top may be another way to withdraw, beside one that is shown.
        let shown = if revealer.decisive { Shown::Part { status_compelled: false } } else { Shown::Whole };
        Ok(Revealed { token, disclosable: revealer.disclosable, withheld: revealer.withheld, shown })
    }
}

/// The digest methods, by their names in the registry of named information.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// What `_sd_alg` names; SHA-256 where it is not there (section 4.1.1).
    fn of(payload: &Json) -> Result<Self, Error> {
        match payload.get("_sd_alg") {
            None => Ok(Hash::Sha256),
            Some(Json::String(name)) => match name.as_str() {
                "sha-256" => Ok(Hash::Sha256),
                "sha-384" => Ok(Hash::Sha384),
                "sha-512" => Ok(Hash::Sha512),
                other => Err(Error::Hash(other.into())),
            },
            Some(_) => Err(Error::Malformed),
        }
    }

    /// The digest of a text as it was sent, in base64url.
    fn digest(self, text: &str) -> String {
        match self {
            Hash::Sha256 => codec::to_base64url(&Sha256::digest(text)),
            Hash::Sha384 => codec::to_base64url(&Sha384::digest(text)),
            Hash::Sha512 => codec::to_base64url(&Sha512::digest(text)),
        }
    }
}

/// What one disclosure says (sections 4.2.1 and 4.2.2).
#[derive(Debug)]
enum Disclosure {
    /// Name and value of a claim.
    Claim(String, Json),
    /// A member of an array.
    Element(Json),
}

impl Disclosure {
    fn parse(text: &str) -> Result<Self, Error> {
        let bytes = codec::base64url(text).map_err(|_| Error::Malformed)?;
        let Ok(Json::Array(parts)) = json::parse(&bytes) else { return Err(Error::Malformed) };
        let bare = !bytes.starts_with(b"\xEF\xBB\xBF");
        let mut parts = parts.into_iter();
        match (bare, parts.next(), parts.next(), parts.next(), parts.next()) {
            (true, Some(Json::String(_)), Some(Json::String(name)), Some(value), None) => {
                Ok(Disclosure::Claim(name, value))
            }
            (true, Some(Json::String(_)), Some(value), None, None) => Ok(Disclosure::Element(value)),
            _ => Err(Error::Malformed),
        }
    }
}

/// Copies a payload with its disclosures in place. Each is used once, so that the work is that of reading all texts
/// once, whatever names whatever.
#[derive(Default)]
struct Revealer {
    /// The disclosures by their digests, in order; nothing is left of those that were used.
    found: Vec<(String, Option<Disclosure>)>,
    /// Every digest met.
    met: Vec<String>,
    withheld: bool,
    /// Whether a top-level claim is withheld, or something inside `credentialStatus`.
    decisive: bool,
    disclosable: Vec<String>,
}

impl Revealer {
    /// A claim's value.
    fn claim(&mut self, name: &str, value: &Json, depth: u32) -> Result<Json, Error> {
        let is_status = depth + 1 == MAX_DEPTH && name == "credentialStatus";
        let before = core::mem::take(&mut self.withheld);
        let shown = self.value(value, depth)?;
        self.decisive |= is_status && self.withheld;
        self.withheld |= before;
        Ok(shown)
    }

    fn value(&mut self, value: &Json, depth: u32) -> Result<Json, Error> {
        let inner = depth.checked_sub(1).ok_or(Error::TooDeep);
        match value {
            Json::Object(object) => self.object(object, inner?).map(Json::Object),
            Json::Array(items) => self.array(items, inner?).map(Json::Array),
            plain => Ok(plain.clone()),
        }
    }

    fn object(&mut self, object: &Object, depth: u32) -> Result<Object, Error> {
        let is_top = depth + 1 == MAX_DEPTH;
        let mut members = Vec::with_capacity(object.len());
        let mut digests: &[Json] = &[];
        for (name, value) in object.iter() {
            match (name, value) {
                ("_sd", Json::Array(all)) => digests = all,
                ("_sd_alg", _) if is_top => {}
                // Reserved for digests (section 4.1); an array's placeholders are read where the array is.
                ("_sd" | "..." | "_sd_alg", _) => return Err(Error::Malformed),
                _ => members.push((name.into(), self.claim(name, value, depth)?)),
            }
        }
        for digest in digests {
            let Some(disclosure) = self.take(digest.as_str().ok_or(Error::Malformed)?) else {
                self.decisive |= is_top;
                continue;
            };
            let Disclosure::Claim(name, value) = disclosure else { return Err(Error::Malformed) };
            if matches!(name.as_str(), "_sd" | "..." | "_sd_alg") {
                return Err(Error::Name(name));
            }
            if is_top {
                self.disclosable.push(name.clone());
            }
            let value = self.claim(&name, &value, depth)?;
            members.push((name, value));
        }
        if let Some(name) = twice(members.iter().map(|(name, _)| name.as_str())) {
            return Err(Error::Name(name.into()));
        }
        Ok(Object::from_unique(members))
    }

    fn array(&mut self, items: &[Json], depth: u32) -> Result<Vec<Json>, Error> {
        let mut shown = Vec::with_capacity(items.len());
        for item in items {
            let Some(digest) = item.get("...") else {
                shown.push(self.value(item, depth)?);
                continue;
            };
            let (Some(digest), Some(1)) = (digest.as_str(), item.as_object().map(Object::len)) else {
                return Err(Error::Malformed);
            };
            match self.take(digest) {
                Some(Disclosure::Element(value)) => shown.push(self.value(&value, depth)?),
                Some(Disclosure::Claim(..)) => return Err(Error::Malformed),
                None => {}
            }
        }
        Ok(shown)
    }

    /// The disclosure that a digest names; none where it is withheld, or the digest a decoy.
    fn take(&mut self, digest: &str) -> Option<Disclosure> {
        self.met.push(digest.into());
        let at = self.found.binary_search_by(|(known, _)| known.as_str().cmp(digest));
        let disclosure = at.ok().and_then(|at| self.found.get_mut(at)).and_then(|(_, found)| found.take());
        self.withheld |= disclosure.is_none();
        disclosure
    }
}

/// A text that is there twice.
fn twice<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut sorted: Vec<&str> = texts.collect();
    order::sort_by_key(&mut sorted, |text| *text);
    sorted.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first().copied())
}

/// The compact form of an SD-JWT in JWS JSON serialization, flattened or general.
///
/// # Errors
/// [`Error::Token`] for members of a wrong form, or several signatures.
pub fn compact(object: &Object) -> Result<String, Error> {
    let malformed = || Error::Token(proof::Error::JwtMalformed);
    if object.each("signatures").len() > 1 {
        return Err(Error::Token(proof::Error::TooMany));
    }
    let signed = signature_of(object).ok_or_else(malformed)?;
    let text = |of: &Object, name| match of.str(name) {
        // A tilde or a full stop inside a part would make it two.
        Some(part) if !part.contains(['~', '.']) => Ok(part.to_owned()),
        _ => Err(malformed()),
    };
    let mut out =
        [text(signed, "protected")?, text(object, "payload")?, text(signed, "signature")?].join(".");
    out.push('~');
    let holder = holder_part(object, signed);
    match holder.get("disclosures") {
        None => {}
        Some(Json::Array(all)) => {
            for disclosure in all {
                let disclosure = disclosure.as_str().filter(|d| !d.contains(['~', '.']));
                out.push_str(disclosure.ok_or_else(malformed)?);
                out.push('~');
            }
        }
        Some(_) => return Err(malformed()),
    }
    match holder.get("kb_jwt") {
        None => Ok(out),
        Some(Json::String(binding)) if !binding.contains('~') => Ok(out + binding),
        Some(_) => Err(malformed()),
    }
}

/// The object that holds `protected` and `signature`: the whole, or its first signature.
fn signature_of(object: &Object) -> Option<&Object> {
    match object.get("signatures") {
        Some(Json::Array(all)) => all.first()?.as_object(),
        Some(_) => None,
        None => object.has("signature").then_some(object),
    }
}

/// The object that holds `disclosures` and `kb_jwt`: the unprotected header, or the whole as in drafts.
fn holder_part<'a>(object: &'a Object, signed: &'a Object) -> &'a Object {
    match signed.get("header").and_then(Json::as_object) {
        Some(header) if header.has("disclosures") || header.has("kb_jwt") => header,
        _ => object,
    }
}
