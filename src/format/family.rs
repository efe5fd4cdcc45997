//! Which family a JSON object belongs to.

use crate::codec::contains;
use crate::json::{Json, Object};
use crate::report::Family;

/// The base context of VCDM 1.1.
pub(crate) const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";
/// The base context of VCDM 2.0.
pub(crate) const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";

/// What a JSON object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A verifiable credential of this family.
    Credential(Family),
    /// A presentation: a VP, or a wallet's bare `verifiableCredential` list.
    Presentation,
    /// An `EnvelopedVerifiableCredential` or `EnvelopedVerifiablePresentation`.
    Enveloped,
    /// A badge of Open Badges 2.0 or before, or a document that belongs to one.
    OlderBadge,
    /// A certificate of Blockcerts before 3.0.
    Blockcerts,
    /// An SD-JWT in JWS JSON serialization.
    SdJwt,
    /// A document of OpenAttestation.
    OpenAttestation,
    /// A JWS in JSON serialization, as electronic seals are.
    Sealed,
    /// No credential.
    Nothing,
}

/// Tells what `object` is, by its types and contexts alone.
pub(crate) fn of(object: &Object) -> Kind {
    let is = |name: &str| object.includes("type", name);
    let contexts: Vec<&str> = object.each("@context").iter().filter_map(Json::as_str).collect();
    let context = |test: fn(&str) -> bool| contexts.iter().any(|url| test(url));
    if is("EnvelopedVerifiableCredential") || is("EnvelopedVerifiablePresentation") {
        Kind::Enveloped
    } else if is("VerifiablePresentation")
        || (object.has("verifiableCredential") && !object.has("credentialSubject"))
    {
        Kind::Presentation
    } else if is_sd_jwt(object) {
        Kind::SdJwt
    } else if is_open_attestation(object) {
        Kind::OpenAttestation
    } else if object.has("payload") && (object.has("signatures") || object.has("signature")) {
        Kind::Sealed
    } else if is("OpenBadgeCredential") || is("AchievementCredential") {
        Kind::Credential(Family::OpenBadges3)
    } else if is("ClrCredential") {
        Kind::Credential(Family::Clr2)
    } else if is("EndorsementCredential") {
        Kind::Credential(Family::Endorsement)
    } else if is("EuropeanDigitalCredential") {
        Kind::Credential(Family::Europass)
    } else if is("VerifiableCredential") || context(|c| c == CREDENTIALS_V1 || c == CREDENTIALS_V2) {
        let blockcerts = context(|c| contains(c, "blockcerts"));
        Kind::Credential(if blockcerts { Family::Blockcerts } else { Family::VerifiableCredential })
    } else if is_blockcerts(object, &contexts) {
        Kind::Blockcerts
    } else if is_older_badge(object, &contexts) {
        Kind::OlderBadge
    } else {
        Kind::Nothing
    }
}

/// Whether `object` is of Blockcerts before 3.0: by its context, its receipt, or by what 1.1 is made of.
fn is_blockcerts(object: &Object, contexts: &[&str]) -> bool {
    let receipt = ["signature", "receipt"].iter().find_map(|name| object.get(name));
    contexts.iter().any(|c| contains(c, "blockcerts"))
        || receipt.is_some_and(|receipt| receipt.get("targetHash").is_some())
        || (object.has("certificate") && object.has("assertion") && object.has("verify"))
}

/// Whether `object` is of Open Badges 2.0 or before: by its context, or by what an assertion is made of.
fn is_older_badge(object: &Object, contexts: &[&str]) -> bool {
    let context =
        |c: &&str| c.starts_with("https://w3id.org/openbadges/") || contains(c, "openbadgespec.org/v");
    contexts.iter().any(context)
        || (object.has("badge") && object.has("recipient"))
        // A file that does no more than name its address.
        || object.get("verify").is_some_and(|verify| verify.get("url").is_some())
}

/// Whether `object` is an SD-JWT in JWS JSON serialization (RFC 9901, section 8): a signed payload, and beside the
/// signature what the holder discloses. Drafts have it at the top.
fn is_sd_jwt(object: &Object) -> bool {
    let signed = object.get("signatures").map_or(Some(object), |all| all.each().first()?.as_object());
    let header = signed.and_then(|signed| signed.get("header")).and_then(Json::as_object);
    object.has("payload")
        && [Some(object), header].into_iter().flatten().any(|o| o.has("disclosures") || o.has("kb_jwt"))
}

/// Whether `object` is of OpenAttestation: by how it was wrapped, or by the edition that it names. One that is signed as
/// any other credential is one.
fn is_open_attestation(object: &Object) -> bool {
    let named = |value: &Json, test: fn(&str) -> bool| {
        value.get("type").is_some_and(|types| types.each().iter().filter_map(Json::as_str).any(test))
    };
    let wrapped = |value: &Json| named(value, |name| name.starts_with("OpenAttestation"));
    object.get("signature").is_some_and(|signature| named(signature, |name| name == "SHA3MerkleProof"))
        || object.each("proof").iter().any(wrapped)
        || (object.str("version").is_some_and(|v| contains(v, "openattestation")) && !object.has("proof"))
}
