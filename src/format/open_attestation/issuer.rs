//! Who says that they issued a document, and how they say it.

use super::Edition;
use super::contents::Hash;
use crate::codec;
use crate::json::{Json, Object};
use crate::key;
use crate::proof::ethereum;
use crate::report::{Check, CheckId, Reason, Status};

/// One issuer.
#[derive(Clone, Debug, Default)]
pub(super) struct Issuer {
    pub(super) name: Option<String>,
    /// The domain that should vouch for the issuer.
    pub(super) domain: Option<String>,
    pub(super) issuance: Issuance,
    pub(super) revocation: Revocation,
}

/// How a document was issued.
#[derive(Clone, Debug, Default)]
pub(super) enum Issuance {
    /// In no way that is known here.
    #[default]
    Unknown,
    /// Recorded by a program in a blockchain.
    Recorded,
    /// Signed by the key of a DID.
    Signed { did: String, key: String },
}

/// How it would be taken back.
#[derive(Clone, Debug, Default)]
pub(super) enum Revocation {
    /// Nothing is said of it.
    #[default]
    Unstated,
    /// The issuer says that there is no way.
    None,
    /// By a web server at this address.
    Server(String),
    /// In a way that is not looked at here, by its name.
    Other(String),
}

impl Revocation {
    fn of(kind: Option<&str>, place: Option<&str>) -> Self {
        match (kind, place) {
            (None, _) => Revocation::Unstated,
            (Some("NONE"), _) => Revocation::None,
            (Some("OCSP_RESPONDER" | "OpenAttestationOcspResponder"), Some(place)) => {
                Revocation::Server(place.into())
            }
            (Some(other), _) => Revocation::Other(other.into()),
        }
    }
}

/// The issuers of a document whose contents, without salts, are `data`.
pub(super) fn all(document: &Object, data: &Object, edition: Edition) -> Vec<Issuer> {
    match edition {
        Edition::V2 => data.each("issuers").iter().filter_map(Json::as_object).map(version_2).collect(),
        Edition::V3 => vec![version_3(document)],
        Edition::V4 => vec![version_4(document)],
    }
}

fn version_2(issuer: &Object) -> Issuer {
    let proof = issuer.get("identityProof");
    let said = |name: &str| proof.and_then(|proof| proof.get(name)?.as_str());
    let revocation = issuer.get("revocation");
    let revoked = |name: &str| revocation.and_then(|revocation| revocation.get(name)?.as_str());
    let recorded = ["documentStore", "tokenRegistry", "certificateStore"].iter().any(|name| issuer.has(name));
    let issuance = match (issuer.str("id"), said("key")) {
        _ if recorded => Issuance::Recorded,
        (Some(did), Some(key)) => Issuance::Signed { did: did.into(), key: key.into() },
        _ => Issuance::Unknown,
    };
    Issuer {
        name: issuer.str("name").map(String::from),
        domain: said("location").filter(|_| said("type") != Some("DID")).map(String::from),
        issuance,
        revocation: Revocation::of(revoked("type"), revoked("location")),
    }
}

fn version_3(document: &Object) -> Issuer {
    let meta = document.get("openAttestationMetadata");
    let said = |path: [&str; 2]| meta.and_then(|meta| meta.get(path[0])?.get(path[1]));
    let text = |path| said(path).and_then(Json::as_str);
    let revocation = said(["proof", "revocation"]);
    let revoked = |name: &str| revocation.and_then(|revocation| revocation.get(name)?.as_str());
    let key = document.get("proof").and_then(|proof| proof.get("key")?.as_str());
    let issuance = match (text(["proof", "method"]), text(["proof", "value"])) {
        (Some("DOCUMENT_STORE" | "TOKEN_REGISTRY"), _) => Issuance::Recorded,
        (Some("DID"), Some(did)) => {
            Issuance::Signed { did: did.into(), key: key.map_or_else(|| controller(did), String::from) }
        }
        _ => Issuance::Unknown,
    };
    Issuer {
        name: document.get("issuer").and_then(|issuer| issuer.get("name")?.as_str()).map(String::from),
        domain: text(["identityProof", "identifier"])
            .filter(|_| text(["identityProof", "type"]) != Some("DID"))
            .map(String::from),
        issuance,
        revocation: Revocation::of(revoked("type"), revoked("location")),
    }
}

fn version_4(document: &Object) -> Issuer {
    let issuer = document.get("issuer");
    let text = |name: &str| issuer.and_then(|issuer| issuer.get(name)?.as_str());
    let proof = issuer.and_then(|issuer| issuer.get("identityProof"));
    let said = |name: &str| proof.and_then(|proof| proof.get(name)?.as_str());
    let status = document.each("credentialStatus").first().and_then(Json::as_object);
    let key = document.get("proof").and_then(|proof| proof.get("key")?.as_str());
    let issuance = match text("id") {
        _ if said("identityProofType") == Some("DNS-TXT") => Issuance::Recorded,
        Some(did) if did.starts_with("did:") => {
            Issuance::Signed { did: did.into(), key: key.map_or_else(|| controller(did), String::from) }
        }
        _ => Issuance::Unknown,
    };
    Issuer {
        name: text("name").map(String::from),
        domain: said("identifier").filter(|_| said("identityProofType") != Some("DID")).map(String::from),
        issuance,
        revocation: Revocation::of(status.and_then(|s| s.str("type")), status.and_then(|s| s.str("id"))),
    }
}

fn controller(did: &str) -> String {
    [did, "#controller"].concat()
}

/// The signature of `key` among those of a document.
fn signature<'a>(document: &'a Object, edition: Edition, key: &str) -> Result<&'a str, Check> {
    let missing = || Check::because(CheckId::Signature, Status::Absent, Reason::ProofMissing);
    if edition != Edition::V2 {
        let signature = document.get("proof").and_then(|proof| proof.get("signature")?.as_str());
        return signature.ok_or_else(missing);
    }
    let all = document.each("proof");
    if all.is_empty() {
        return Err(missing());
    }
    let by_key = |proof: &&Json| {
        let method = proof.get("verificationMethod").and_then(Json::as_str);
        method.is_some_and(|method| method.eq_ignore_ascii_case(key))
    };
    let other = || Check::because(CheckId::Signature, Status::Failed, Reason::KeyNotIssuer);
    let signature = all.iter().find(by_key).ok_or_else(other)?.get("signature").and_then(Json::as_str);
    signature.ok_or_else(|| malformed("signature"))
}

fn malformed(member: &str) -> Check {
    Check::because(CheckId::Signature, Status::Failed, Reason::ProofMalformed).with("member", member)
}

/// The rows of signature and key of an issuer who signed: whether the key of the DID made the signature of `root`.
pub(super) fn signed(
    document: &Object,
    edition: Edition,
    (did, key): (&str, &str),
    root: &Hash,
) -> Result<(), Vec<Check>> {
    let unsupported = |method: &str| {
        let fault = key::Error::MethodUnsupported(method.into());
        vec![Check::because_of(CheckId::Key, &fault), unknown_signature(&fault)]
    };
    let address = match address(did) {
        Ok(Some(address)) => address,
        Ok(None) => return Err(unsupported(did.rsplit_once(':').map_or(did, |(method, _)| method))),
        Err(part) => return Err(vec![Check::because_of(CheckId::Signature, &part)]),
    };
    // Further keys of such a DID are named in the blockchain alone.
    if !key.eq_ignore_ascii_case(&controller(did)) {
        return Err(unsupported(key.split_once('#').map_or(key, |(_, fragment)| fragment)));
    }
    let signature = signature(document, edition, key).map_err(|row| vec![row])?;
    let bytes = signature.strip_prefix("0x").and_then(|digits| codec::hex(digits).ok());
    let bytes = bytes.ok_or_else(|| vec![malformed("signature")])?;
    match ethereum::signer(&ethereum::personal(root), &bytes) {
        Ok(Some(signer)) if signer == address => Ok(()),
        Ok(_) => Err(vec![Check::because(CheckId::Signature, Status::Failed, Reason::SignatureInvalid)]),
        Err(part) => Err(vec![Check::because_of(CheckId::Signature, &part)]),
    }
}

fn unknown_signature(fault: &key::Error) -> Check {
    Check { status: Status::Unknown, ..Check::because_of(CheckId::Signature, fault) }
}

/// The address that a did:ethr is, or whose key it is; the network before it only says where changes are recorded.
fn address(did: &str) -> Result<Option<ethereum::Address>, crate::part::NotLoaded> {
    let Some(rest) = did.strip_prefix("did:ethr:") else { return Ok(None) };
    let last = rest.rsplit(':').next().unwrap_or(rest);
    let Some(bytes) = last.strip_prefix("0x").and_then(|digits| codec::hex(digits).ok()) else {
        return Ok(None);
    };
    match <ethereum::Address>::try_from(bytes.as_slice()) {
        Ok(address) => Ok(Some(address)),
        Err(_) if bytes.len() == 33 => ethereum::address(&bytes),
        Err(_) => Ok(None),
    }
}
