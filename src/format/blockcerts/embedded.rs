//! MerkleProof2019 as the proof of a verifiable credential: Blockcerts 3.x, by whichever of its names.
//!
//! The hash is that of the document with the proofs that stand before this one, and without this one: nothing of the
//! proof itself is covered, neither the key that it names, nor its purpose, nor when it was made. So the key counts only
//! where the recording transaction was sent by it, the time is the block's, and a purpose that fits is not shown.

use super::anchor::{self, Record};
use super::{keys, withdrawal};
use crate::chain::{self, Anchored};
use crate::format::open::{Scope, Single, skipped_without_owner, unreached};
use crate::format::open_badges_2::Found;
use crate::json::{Json, Object};
use crate::key::{self, PublicKey, Relationship, Resolved};
use crate::proof::Error;
use crate::proof::merkle::{self, Receipt};
use crate::report::{Basis, Check, CheckId, Status};
use crate::time::Timestamp;

/// How the proof at `index` of `document` came out, which should be made by `owner`.
#[inline(never)]
pub(crate) fn proof(document: &Object, index: usize, owner: Option<&str>, scope: Scope<'_>) -> Single {
    let proofs = document.each("proof");
    let Some(value) = proofs.get(index).and_then(Json::as_object) else { return Single::default() };
    let suite = value.str("cryptosuite").or(value.str("type")).map(String::from);
    let mut one = Single { suite, ..Single::default() };
    let earlier = proofs.get(..index).unwrap_or_default();
    let receipt = match check_form(value, earlier, scope.now).and_then(merkle::decode) {
        Ok(receipt) => receipt,
        Err(fault) => {
            one.unsupported = matches!(fault, Error::Unsupported(_));
            let id = if is_about_purpose(&fault) { CheckId::Purpose } else { CheckId::Signature };
            one.rows = vec![Check::because_of(id, &fault), unreached(CheckId::Key, &fault)];
            return one;
        }
    };
    if let Err(fault) = check_hash(document, earlier, &receipt, scope) {
        let about_coverage = matches!(fault, Error::NotCovered(_));
        let id = if about_coverage { CheckId::Coverage } else { CheckId::Signature };
        one.rows = vec![Check::because_of(id, &fault), unreached(CheckId::Key, &fault)];
        if about_coverage {
            one.rows.push(unreached(CheckId::Signature, &fault));
        }
        return one;
    }
    one.shown = Some(crate::proof::Shown::Whole);
    one.rows =
        vec![Check::new(CheckId::Coverage, Status::Passed), Check::new(CheckId::Signature, Status::Passed)];
    let Some(owner) = owner else {
        one.rows.extend([CheckId::Anchor, CheckId::Key].map(skipped_without_owner));
        return one;
    };
    let method = value.str("verificationMethod").unwrap_or(ADDRESS);
    let named = method.split('#').next().unwrap_or_default();
    // A later proof may be that of whoever keeps the record for the issuer.
    if index > 0 && !named.is_empty() && named != owner && !method.starts_with(ADDRESS) {
        let fault = Error::Unsupported(one.suite.clone().unwrap_or_default());
        one.unsupported = true;
        one.rows = vec![Check::because_of(CheckId::Signature, &fault), unreached(CheckId::Key, &fault)];
        return one;
    }
    let record = anchor::look_up(&receipt, Some(keys::bare(method)), scope);
    let (signer, profiles) = if method.starts_with(ADDRESS) {
        by_profile(owner, &record, scope)
    } else {
        by_key(method, owner, &record, scope)
    };
    one.good = record.row.status == Status::Passed && signer.is_ok() && profiles.iter().all(Result::is_ok);
    one.rows.push(record.row);
    one.rows.push(match &signer {
        Ok(signer) => Check::new(CheckId::Key, Status::Passed).with("method", signer.method.clone()),
        Err(row) => row.clone(),
    });
    one.signer = signer.ok();
    one.rows.extend(profiles.iter().map(|profile| match profile {
        Ok(profile) => Check::new(CheckId::Profile, Status::Passed).resting_on(&profile.address),
        Err(row) => row.clone(),
    }));
    if !document.has("credentialStatus") && one.rows.iter().all(|row| row.status != Status::Failed) {
        one.rows.extend(profiles.iter().filter_map(|profile| withdrawn(document, profile, scope)));
    }
    one
}

/// What stands before an address where a proof names one for its key.
const ADDRESS: &str = "ecdsa-koblitz-pubkey:";

/// Checks what a proof says of itself. Gives its `proofValue`.
fn check_form<'a>(proof: &'a Object, earlier: &[Json], now: Timestamp) -> Result<&'a str, Error> {
    let malformed = |member: &str| Error::Malformed(member.into());
    if proof.includes("type", "ChainedProof2021") {
        let kind = proof.str("chainedProofType").ok_or_else(|| malformed("chainedProofType"))?;
        if !matches!(kind, "MerkleProof2019" | "DataIntegrityProof") {
            return Err(Error::Unsupported(kind.into()));
        }
        if kind == "DataIntegrityProof" && proof.str("cryptosuite") != Some("merkle-proof-2019") {
            return Err(malformed("cryptosuite"));
        }
    }
    // By its id, or as a copy of it.
    let is_earlier = |previous: &Json| {
        earlier.iter().any(|other| other == previous || other.get("id").is_some_and(|id| id == previous))
    };
    if !proof.each("previousProof").iter().all(is_earlier) {
        return Err(Error::Chain);
    }
    if proof.str("proofPurpose").ok_or_else(|| malformed("proofPurpose"))?
        != Relationship::AssertionMethod.name()
    {
        return Err(Error::Purpose);
    }
    if let Some(expires) = proof.get("expires") {
        let text = expires.as_str().ok_or_else(|| malformed("expires"))?;
        let date = Timestamp::parse(text).ok_or_else(|| malformed("expires"))?;
        if now > date.at {
            return Err(Error::Expired(text.into()));
        }
    }
    proof.str("proofValue").ok_or_else(|| malformed("proofValue"))
}

const fn is_about_purpose(fault: &Error) -> bool {
    matches!(fault, Error::Purpose | Error::Expired(_))
}

fn check_hash(document: &Object, earlier: &[Json], receipt: &Receipt, scope: Scope<'_>) -> Result<(), Error> {
    let bare = document.without(&["proof"]);
    let covered = if earlier.is_empty() { bare } else { bare.with("proof", Json::Array(earlier.to_vec())) };
    let targets = merkle::targets(&covered, scope.budget)?;
    let target = super::fitting(receipt, &targets);
    // A member that the hash does not cover was added, whatever else was changed.
    let uncovered = |targets: &[merkle::Target]| {
        targets.iter().map(|t| &t.uncovered).find(|names| !names.is_empty()).cloned()
    };
    match target {
        Ok(target) if target.uncovered.is_empty() => Ok(()),
        Ok(target) => Err(Error::NotCovered(target.uncovered.clone())),
        Err(fault) => Err(uncovered(&targets).map_or(fault, Error::NotCovered)),
    }
}

/// Who sent the recording transaction, or the row that says why that is not the issuer, or not known; and the issuer's
/// profiles, or the rows that say why they could not be had.
type Origin = (Result<Resolved, Check>, Vec<Result<Found, Check>>);

/// The sender, where the profile at the issuer's address lists it.
fn by_profile(owner: &str, record: &Record, scope: Scope<'_>) -> Origin {
    let profile = match keys::profile(Some(owner), scope) {
        Ok(profile) => profile,
        Err(fault) => return (Err(keys::missing(CheckId::Key, &fault)), Vec::new()),
    };
    let row = keys::row(record, &profile);
    let signer = match record.found.first() {
        Some((_, anchored)) if row.status == Status::Passed => Ok(by_address(anchored, &profile)),
        _ => Err(row),
    };
    (signer, vec![Ok(profile)])
}

/// The sender, where it is the issuer's key that the proof names.
fn by_key(method: &str, owner: &str, record: &Record, scope: Scope<'_>) -> Origin {
    // The key is the issuer's where it was so when the block was made; before that is known, the documents are asked for.
    let times = record.found.iter().map(|(_, anchored)| anchored.time);
    let at = times.max_by_key(|time| time.unix()).unwrap_or(scope.now);
    let resolved = key::resolve(method, owner, Relationship::AssertionMethod, scope.lookups, at);
    let profiles = match &resolved {
        Ok(resolved) if owner.starts_with("did:") => keys::profiles_of_did(owner, resolved, scope),
        // The document that has the key need not be a profile.
        _ => keys::profile(Some(owner), scope).ok().map(Ok).into_iter().collect(),
    };
    let signer = match resolved {
        Ok(resolved) => sent(&resolved, record, &profiles).map(|()| resolved),
        Err(fault) => Err(Check::because_of(CheckId::Key, &fault)),
    };
    (signer, profiles)
}

/// Checks that `key` sent every record, and that no profile says that it was not the issuer's then.
fn sent(key: &Resolved, record: &Record, profiles: &[Result<Found, Check>]) -> Result<(), Check> {
    if record.found.is_empty() {
        return Err(record.unreached(CheckId::Key));
    }
    let row = |fault: &key::Error| Check::because_of(CheckId::Key, fault);
    for (network, anchored) in &record.found {
        let own =
            chain::addresses(*network, &key.key).map_err(|fault| Check::because_of(CheckId::Key, &fault))?;
        if !own.iter().any(|address| keys::is_same(address, &anchored.sender)) {
            return Err(row(&key::Error::NotIssuer));
        }
        for profile in profiles.iter().flatten().filter(|profile| keys::lists_addresses(&profile.object)) {
            keys::owned(&profile.object, anchored).map_err(|fault| row(&fault))?;
        }
    }
    Ok(())
}

/// The issuer's address as its key: what nothing but the profile at its own address speaks for.
fn by_address(anchored: &Anchored, profile: &Found) -> Resolved {
    Resolved {
        key: PublicKey::address(&anchored.sender),
        method: [ADDRESS, &anchored.sender].concat(),
        basis: Basis::Domain,
        domain: Some(profile.host()),
        document: Some(profile.address.clone()),
    }
}

/// `currency.revocation` by the list of an issuer's profile, for a credential without any status of its own.
fn withdrawn(document: &Object, profile: &Result<Found, Check>, scope: Scope<'_>) -> Option<Check> {
    match profile {
        Ok(profile) => {
            let stated = profile.object.get("revocationList")?;
            Some(withdrawal::by_list(document, Some(stated), scope))
        }
        Err(row) => Some(row.clone().of(CheckId::Revocation)),
    }
}
