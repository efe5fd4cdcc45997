//! Controlled identifier documents: DID documents and issuer profiles with keys (Controlled Identifiers 1.0).

use super::jwks::Wanted;
use super::pem;
use super::{Error, KeyKind, PublicKey, Query, Relationship};
use crate::codec;
use crate::evidence::Missing;
use crate::json::{self, Json, Object};
use crate::part::{self, Part};
use crate::report::{CheckId, Failure, NeedKind, Vouched};
use crate::time::Timestamp;

/// The relationships that a document may give its methods (section 2.3).
const RELATIONSHIPS: [&str; 5] =
    ["assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation"];

/// Most methods of a relationship among which a key that came along is looked for.
const MAX_LISTED: usize = 100;

/// Types of verification method, with the kind of key where the type settles it.
const TYPES: [(&str, Option<KeyKind>); 14] = [
    ("Multikey", None),
    ("JsonWebKey", None),
    ("JsonWebKey2020", None),
    ("Ed25519VerificationKey2020", Some(KeyKind::Ed25519)),
    ("Ed25519VerificationKey2018", Some(KeyKind::Ed25519)),
    ("EcdsaSecp256k1VerificationKey2019", Some(KeyKind::Secp256k1)),
    ("Secp256k1VerificationKey2018", Some(KeyKind::Secp256k1)),
    ("EcdsaSecp256r1VerificationKey2019", Some(KeyKind::P256)),
    ("P256Key2021", Some(KeyKind::P256)),
    ("RsaVerificationKey2018", Some(KeyKind::Rsa)),
    ("Bls12381G1Key2020", Some(KeyKind::Bls12381G1)),
    ("Bls12381G2Key2020", Some(KeyKind::Bls12381G2)),
    ("X25519KeyAgreementKey2019", Some(KeyKind::X25519)),
    ("X25519KeyAgreementKey2020", Some(KeyKind::X25519)),
];

/// The JSON object at `url`, which the server must not have taken from another origin.
pub(super) fn fetch(kind: NeedKind, url: &str, query: &Query) -> Result<Object, Error> {
    let bytes = query.lookups.get(kind, url, CheckId::Key).map_err(Error::Missing)?;
    let moved = query.lookups.final_url(url).is_some_and(|to| origin(to) != origin(url));
    if moved {
        query.lookups.vouch(url, Vouched::Nothing);
        return Err(Error::Missing(Missing { url: url.into(), cause: Some(Failure::Policy) }));
    }
    match json::parse(bytes) {
        Ok(Json::Object(object)) => Ok(object),
        _ => Err(Error::DocumentMalformed),
    }
}

/// Scheme, host and port of a URL, in lower case and without the default port.
pub(super) fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = codec::split_once(url, "://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.strip_suffix(":443").unwrap_or(authority);
    Some([scheme, "://", authority].concat().to_ascii_lowercase())
}

/// A document that is about the id it was asked for.
pub(super) struct Document<'a> {
    id: &'a str,
    object: Object,
}

impl<'a> Document<'a> {
    /// Checks whom the document is about (section 3.3, step 5).
    pub(super) fn of(object: Object, id: &'a str) -> Result<Self, Error> {
        match object.str("id") {
            Some(stated) if stated == id => Ok(Document { id, object }),
            Some(_) => Err(Error::DocumentMismatch),
            None => Err(Error::DocumentMalformed),
        }
    }

    /// The key that is wanted, and the absolute id of its method.
    pub(super) fn wanted(&self, wanted: Wanted<'_>, query: &Query) -> Result<(String, PublicKey), Error> {
        match wanted {
            Wanted::Named(fragment) => {
                let method = [self.id, "#", fragment].concat();
                match self.method(&method, query) {
                    Err(Error::NotFound) if query.alg.is_some() => {
                        part::need(Part::Wide)?;
                        self.by_kid(fragment, query)
                    }
                    key => Ok((method, key?)),
                }
            }
            Wanted::Same(key) => self.same(key, query),
            Wanted::Only => self.sole(query),
        }
    }

    /// The key of `method`, which the document must define, control, and list under the relationship.
    fn method(&self, method: &str, query: &Query) -> Result<PublicKey, Error> {
        let definition = definition(&self.object, self.id, method, query.relationship)?;
        self.require(method, query, Error::NotAuthorized)?;
        read(definition, self.id, query.now)
    }

    /// The only method that the document lists under the relationship.
    fn sole(&self, query: &Query) -> Result<(String, PublicKey), Error> {
        match set(&self.object, query.relationship.name())? {
            [entry] => self.listed(entry, query),
            _ => Err(Error::NotFound),
        }
    }

    /// The method that the document lists under the relationship and that has the key `same`.
    #[inline(never)]
    fn same(&self, same: &PublicKey, query: &Query) -> Result<(String, PublicKey), Error> {
        let entries = set(&self.object, query.relationship.name())?;
        if entries.is_empty() {
            return Err(Error::SelfAsserted);
        }
        // Looking at one entry reads the whole document.
        if entries.len() > MAX_LISTED {
            return Err(Error::DocumentMalformed);
        }
        let mut found = entries.iter().filter_map(|entry| self.listed(entry, query).ok());
        found.find(|(_, key)| key == same).ok_or(Error::NotFound)
    }

    /// The only method whose JWK is called `kid`, as tokens name keys (VC-JOSE-COSE, section 4.1).
    #[inline(never)]
    fn by_kid(&self, kid: &str, query: &Query) -> Result<(String, PublicKey), Error> {
        let mut found: Option<String> = None;
        for name in ["verificationMethod", query.relationship.name()] {
            for method in set(&self.object, name)?.iter().filter_map(Json::as_object) {
                let jwk = method.get("publicKeyJwk").and_then(Json::as_object);
                if jwk.and_then(|jwk| jwk.str("kid")) != Some(kid) {
                    continue;
                }
                let id = self.own(method.str("id").ok_or(Error::DocumentMalformed)?)?;
                match &found {
                    Some(earlier) if *earlier != id => return Err(Error::DocumentMalformed),
                    _ => found = Some(id),
                }
            }
        }
        let method = found.ok_or(Error::NotFound)?;
        let key = self.method(&method, query)?;
        Ok((method, key))
    }

    /// The method that an entry under the relationship is or refers to, with its absolute id.
    fn listed(&self, entry: &Json, query: &Query) -> Result<(String, PublicKey), Error> {
        let method = self.own(id_of(entry).ok_or(Error::DocumentMalformed)?)?;
        let key = self.method(&method, query)?;
        Ok((method, key))
    }

    /// The absolute form of `id`, which must belong to the document.
    fn own(&self, id: &str) -> Result<String, Error> {
        let method = if id.starts_with('#') { [self.id, id].concat() } else { id.into() };
        if method.split('#').next() == Some(self.id) { Ok(method) } else { Err(Error::NotIssuer) }
    }

    /// Whether the document lists `method` under the relationship, by reference or by embedding; else `refusal`.
    pub(super) fn require(&self, method: &str, query: &Query, refusal: Error) -> Result<(), Error> {
        let entries = set(&self.object, query.relationship.name())?;
        let listed = |entry| id_of(entry).is_some_and(|id| is_same(id, self.id, method));
        if entries.iter().any(listed) { Ok(()) } else { Err(refusal) }
    }
}

/// The key of `method` in a document of its own at `base`: the bare method, or a document that defines it. Its
/// controller must be the owner, who must list it in turn.
pub(super) fn method_in(object: Object, base: &str, method: &str, query: &Query) -> Result<PublicKey, Error> {
    if object.str("id") == Some(method) {
        return read(&object, query.owner, query.now);
    }
    let document = Document::of(object, base)?;
    read(definition(&document.object, base, method, query.relationship)?, query.owner, query.now)
}

/// Where the document defines `method`. A method that is embedded in one relationship serves that one only (section
/// 2.2.4); two definitions that differ make the method ambiguous.
fn definition<'a>(
    object: &'a Object,
    base: &str,
    method: &str,
    relationship: Relationship,
) -> Result<&'a Object, Error> {
    let (mut found, mut usable) = (None, false);
    for name in ["verificationMethod"].into_iter().chain(RELATIONSHIPS) {
        for entry in set(object, name)?.iter().filter_map(Json::as_object) {
            if !entry.str("id").is_some_and(|id| is_same(id, base, method)) {
                continue;
            }
            if found.is_some_and(|earlier| earlier != entry) {
                return Err(Error::DocumentMalformed);
            }
            found = Some(entry);
            usable |= name == "verificationMethod" || name == relationship.name();
        }
    }
    match found {
        Some(definition) if usable => Ok(definition),
        Some(_) => Err(Error::NotAuthorized),
        None => Err(Error::NotFound),
    }
}

/// The members of a set, which is an array where it is there at all.
fn set<'a>(object: &'a Object, name: &str) -> Result<&'a [Json], Error> {
    match object.get(name) {
        None => Ok(&[]),
        Some(Json::Array(entries)) => Ok(entries),
        Some(_) => Err(Error::DocumentMalformed),
    }
}

/// The id of a reference or of an embedded method.
fn id_of(entry: &Json) -> Option<&str> {
    entry.as_str().or_else(|| entry.as_object()?.str("id"))
}

/// Whether `id`, absolute or relative to `base`, is `method`.
fn is_same(id: &str, base: &str, method: &str) -> bool {
    id == method || (id.starts_with('#') && method.strip_prefix(base) == Some(id))
}

/// The key of a verification method that `controller` controls (section 2.2).
fn read(method: &Object, controller: &str, now: Timestamp) -> Result<PublicKey, Error> {
    if method.str("controller").ok_or(Error::Malformed)? != controller {
        return Err(Error::NotIssuer);
    }
    if let Some(date) = passed(method, "revoked", now)? {
        return Err(Error::Revoked(date.into()));
    }
    if let Some(date) = passed(method, "expires", now)? {
        return Err(Error::Expired(date.into()));
    }
    let type_name = method.str("type").ok_or(Error::Malformed)?;
    let Some((_, kind)) = TYPES.iter().find(|(name, _)| *name == type_name) else {
        return Err(Error::MethodUnsupported(type_name.into()));
    };
    let key = material(method, type_name, *kind)?;
    if kind.is_some_and(|kind| kind != key.kind()) {
        Err(Error::Malformed)
    } else if key.kind() == KeyKind::X25519 {
        Err(Error::NotAuthorized)
    } else {
        Ok(key)
    }
}

/// The date of member `name`, where `now` has reached it.
fn passed<'a>(method: &'a Object, name: &str, now: Timestamp) -> Result<Option<&'a str>, Error> {
    let Some(value) = method.get(name) else { return Ok(None) };
    let text = value.as_str().ok_or(Error::Malformed)?;
    let date = Timestamp::parse(text).ok_or(Error::Malformed)?;
    Ok((now >= date.at).then_some(text))
}

/// Reads the one form of the key. Two forms could be two keys, and a secret key in public is nobody's any more.
fn material(method: &Object, type_name: &str, kind: Option<KeyKind>) -> Result<PublicKey, Error> {
    let mut form = None;
    for (name, value) in method.iter() {
        let public =
            name.starts_with("publicKey") || matches!(name, "blockchainAccountId" | "ethereumAddress");
        let secret = name.starts_with("privateKey") || name.starts_with("secretKey");
        if secret || (public && form.replace((name, value)).is_some()) {
            return Err(Error::Malformed);
        }
    }
    let (name, value) = form.ok_or(Error::Malformed)?;
    let text = || value.as_str().ok_or(Error::Malformed);
    match (type_name, name) {
        ("Multikey", "publicKeyMultibase") => PublicKey::from_multikey(text()?),
        ("JsonWebKey" | "JsonWebKey2020", "publicKeyJwk") => {
            PublicKey::from_jwk(value.as_object().ok_or(Error::Malformed)?)
        }
        ("Multikey" | "JsonWebKey" | "JsonWebKey2020", _) => Err(Error::Malformed),
        (_, "publicKeyMultibase") => PublicKey::from_multikey(text()?),
        (_, "publicKeyJwk") => PublicKey::from_jwk(value.as_object().ok_or(Error::Malformed)?),
        (_, "publicKeyBase58") => raw(kind, codec::base58(text()?)),
        (_, "publicKeyPem") => {
            part::need(Part::Wide)?;
            pem::read(text()?)
        }
        (_, "publicKeyHex") => raw(kind, codec::hex(text()?)),
        (_, other) => Err(Error::MethodUnsupported(other.into())),
    }
}

fn raw(kind: Option<KeyKind>, bytes: Result<Vec<u8>, codec::BadEncoding>) -> Result<PublicKey, Error> {
    let kind = kind.ok_or(Error::Malformed)?;
    PublicKey::new(kind, bytes.map_err(|_| Error::Malformed)?)
}
