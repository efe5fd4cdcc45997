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
    let profile = keys::profile(Some(owner), scope).ok();
    let signer = sender(method, owner, &record, profile.as_ref(), scope);
    one.rows.push(record.row.clone());
    one.rows.push(match &signer {
        Ok(signer) => Check::new(CheckId::Key, Status::Passed).with("method", signer.method.clone()),
        Err(row) => row.clone(),
    });
    one.good = record.row.status == Status::Passed && signer.is_ok();
    one.signer = signer.ok();
    if let Some(profile) = profile.filter(|_| !document.has("credentialStatus")) {
        one.rows.extend(withdrawn(document, &profile, &one.rows, scope));
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

/// Who sent the recording transaction, where that is the issuer: by the key that the proof names, or by an address that
/// the issuer's profile lists.
///
/// # Errors
/// The row that says why that is not known, or not so.
fn sender(
    method: &str,
    owner: &str,
    record: &Record,
    profile: Option<&Found>,
    scope: Scope<'_>,
) -> Result<Resolved, Check> {
    let row = |fault: &key::Error| Check::because_of(CheckId::Key, fault);
    if method.starts_with(ADDRESS) {
        return match (profile, record.found.first()) {
            (Some(profile), Some((_, anchored))) => {
                let row = keys::row(record, profile);
                if row.status == Status::Passed { Ok(by_address(anchored, profile)) } else { Err(row) }
            }
            (Some(_), None) => Err(record.unreached(CheckId::Key)),
            (None, _) => match keys::profile(Some(owner), scope) {
                Err(fault) => Err(keys::missing(CheckId::Key, &fault)),
                Ok(_) => Err(record.unreached(CheckId::Key)),
            },
        };
    }
    // The key is the issuer's where it was so when the block was made; before that is known, the documents are asked for.
    let times = record.found.iter().map(|(_, anchored)| anchored.time);
    let at = times.max_by_key(|time| time.unix()).unwrap_or(scope.now);
    let resolved = key::resolve(method, owner, Relationship::AssertionMethod, scope.lookups, at)
        .map_err(|fault| row(&fault))?;
    if record.found.is_empty() {
        return Err(record.unreached(CheckId::Key));
    }
    for (network, anchored) in &record.found {
        let own = chain::addresses(*network, &resolved.key)
            .map_err(|fault| Check::because_of(CheckId::Key, &fault))?;
        if !own.iter().any(|address| keys::is_same(address, &anchored.sender)) {
            return Err(row(&key::Error::NotIssuer));
        }
        // An address that the profile lists as well is the issuer's for as long as that says.
        match profile.map(|profile| keys::owned(&profile.object, anchored)) {
            None | Some(Ok(()) | Err(key::Error::NotFound)) => {}
            Some(Err(fault)) => return Err(row(&fault)),
        }
    }
    Ok(resolved)
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

/// `currency.revocation` by the list of the issuer's profile, for a credential without any status of its own.
fn withdrawn(document: &Object, profile: &Found, rows: &[Check], scope: Scope<'_>) -> Option<Check> {
    let stated = profile.object.get("revocationList")?;
    if rows.iter().any(|row| row.status == Status::Failed) {
        return None;
    }
    Some(withdrawal::by_list(document, Some(stated), scope))
}
