//! Blockcerts: certificates whose hash their issuer wrote into a blockchain.
//!
//! 1.2 and 2.x are here: an Open Badges document and beside it a receipt, which leads from the document's hash to what
//! is recorded. The issuer is whoever sent the recording transaction, from an address that the issuer's own profile
//! lists for that time. 3.x are verifiable credentials whose proof is such a receipt (`embedded.rs`).

mod anchor;
mod award;
mod embedded;
mod keys;
mod withdrawal;

pub(crate) use embedded::proof;

use super::draft::Draft;
use super::gate;
use super::open::{Scope, unreached};
use super::open_badges_2::{Found, date, form, recipient, view};
use super::own_words::OwnWords;
use crate::budget::Budget;
use crate::json::Object;
use crate::proof::Error;
use crate::proof::merkle::{self, Receipt, Target};
use crate::report::{Basis, Check, CheckId, Explain, Family, Format, Reason, Report, Status};
use crate::{status, trust};
use award::{Award, Edition};

/// The report of a certificate. `presented` where it stands in a presentation.
#[inline(never)]
pub(crate) fn report(file: &Object, format: Format, presented: bool, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { family: Some(Family::Blockcerts), ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    if form::is_a(file, &["BadgeClass", "Issuer", "Profile", "CryptographicKey", "RevocationList"]) {
        draft.push(Check::because(CheckId::Type, Status::Failed, Reason::BadgePart));
        return draft.finish(scope.policy, scope.now);
    }
    let Some(edition) = Edition::of(file) else {
        // 1.1 is a bare file, that names neither its hash nor where it is recorded.
        draft.push(Check::because(CheckId::Type, Status::Unknown, Reason::FamilyUnsupported));
        return draft.finish(scope.policy, scope.now);
    };
    draft.format.data_model = Some(edition.number().into());
    let signed = edition.signed(file);
    let covered = seal(&signed, edition, file, &mut draft, scope.budget);
    let award = Award::of(covered.as_ref().unwrap_or(&signed), edition);
    award.form(&mut draft);
    let profile = match covered {
        Some(_) if !draft.core_failed() => origin(&award, edition, file, &mut draft, scope),
        _ => None,
    };
    dates(&award, &mut draft, scope);
    draft.push(crate::recipient::check(&award.subject(), scope.policy.recipient.as_ref()));
    if presented {
        draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    }
    recognition(&award, profile.as_ref(), &mut draft, scope);
    draft.view = Some(award.view());
    draft.finish(scope.policy, scope.now)
}

/// `format.coverage` and `proof.signature`. Gives what the receipt covers of `signed`, where the two belong together.
fn seal(
    signed: &Object,
    edition: Edition,
    file: &Object,
    draft: &mut Draft,
    budget: &Budget,
) -> Option<Object> {
    let receipt = match edition.receipt(file) {
        Some(receipt) => Receipt::read(receipt),
        None => Err(Error::Missing),
    };
    draft.format.securing =
        edition.receipt(file).and_then(|receipt| Some(receipt.each("type").first()?.as_str()?.into()));
    let (targets, own) = match coverage(signed, edition, draft, budget) {
        Ok(found) => found,
        Err(unreached) => {
            draft.push(match &receipt {
                Ok(_) => unreached,
                Err(fault) => Check::explained(CheckId::Signature, fault),
            });
            return None;
        }
    };
    let outcome = receipt.and_then(|receipt| fitting(&receipt, &targets).cloned());
    match outcome {
        Ok(target) => {
            draft.push(Check::new(CheckId::Signature, Status::Passed));
            Some(own.stripped_from(award::without(signed, &target.uncovered)))
        }
        Err(fault) => {
            draft.explain(CheckId::Signature, &fault);
            None
        }
    }
}

/// The reading of the document that the receipt is about.
pub(crate) fn fitting<'t>(receipt: &Receipt, targets: &'t [Target]) -> Result<&'t Target, Error> {
    let mut fault = Error::SignatureInvalid;
    for target in targets {
        match receipt.check(&target.digest) {
            Ok(()) => return Ok(target),
            Err(Error::SignatureInvalid) => {}
            Err(other) => fault = other,
        }
    }
    Err(fault)
}

/// `format.coverage`, the hashes of `signed`, and the words that it defines itself.
///
/// # Errors
/// The row of a signature that was not reached.
fn coverage(
    signed: &Object,
    edition: Edition,
    draft: &mut Draft,
    budget: &Budget,
) -> Result<(Vec<Target>, OwnWords), Check> {
    let own = match gate::check_with(signed, edition.leave()) {
        // Whatever stands there would pass the gate unseen.
        Ok(_) if signed.has("proof") => Err(gate::Error::MemberForbidden("proof".into())),
        outcome => outcome,
    };
    let refused = |fault: &dyn Explain, draft: &mut Draft| {
        draft.explain(CheckId::Coverage, fault);
        Err(unreached(CheckId::Signature, fault))
    };
    let own = match own {
        Ok(own) => own,
        Err(fault) => return refused(&fault, draft),
    };
    let targets = match merkle::targets(signed, budget) {
        Ok(targets) => targets,
        Err(fault) => return refused(&fault, draft),
    };
    let spared = targets.iter().all(|target| edition.spares(signed, &target.uncovered));
    let uncovered = targets.iter().find(|target| !target.uncovered.is_empty());
    match uncovered.map(|target| Error::NotCovered(target.uncovered.clone())) {
        None => draft.push(Check::new(CheckId::Coverage, Status::Passed)),
        // The vocabulary of 1.2 leaves out what its own issuers write, such as the language. It is not shown.
        Some(fault) if spared => {
            let row = Check::explained(CheckId::Coverage, &fault);
            draft.push(Check { status: Status::Warned, ..row });
        }
        Some(fault) => return refused(&fault, draft),
    }
    if !own.is_empty() {
        draft.push(Check::because(CheckId::Coverage, Status::Warned, Reason::MemberDefinedInline));
    }
    Ok((targets, own))
}

/// Who issued it, and since when it is recorded: the rows of the anchor, the key and the profile, and withdrawal. Gives
/// the issuer's profile.
fn origin(
    award: &Award,
    edition: Edition,
    file: &Object,
    draft: &mut Draft,
    scope: Scope<'_>,
) -> Option<Found> {
    let receipt = edition.receipt(file).and_then(|receipt| Receipt::read(receipt).ok())?;
    // All that is to be fetched is asked for at once.
    let profile = keys::profile(award.issuer_id(), scope);
    let anchored = anchor::look_up(&receipt, award.address(), scope);
    draft.push(anchored.row.clone());
    match &profile {
        Ok(profile) => {
            draft.push(Check::new(CheckId::Profile, Status::Passed).resting_on(&profile.address));
            draft.push(keys::row(&anchored, profile));
        }
        Err(fault) => {
            draft.push(keys::missing(CheckId::Profile, fault));
            draft.push(unreached(CheckId::Key, fault));
        }
    }
    let profile = profile.ok();
    if draft.core_failed() {
        draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
    } else {
        draft.push(withdrawal::row(award, edition, &receipt, profile.as_ref(), scope));
    }
    profile
}

/// The rows of the dates, and of withdrawal where it was not asked about.
fn dates(award: &Award, draft: &mut Draft, scope: Scope<'_>) {
    for check in status::period(&date::period(&award.assertion), scope.now) {
        draft.push(date::by_own_name(check));
    }
    if !draft.checks.iter().any(|c| c.id == CheckId::Revocation) {
        draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
    }
}

/// `trust.issuer`, and what is established of the issuer: the host that serves its profile.
fn recognition(award: &Award, profile: Option<&Found>, draft: &mut Draft, scope: Scope<'_>) {
    let Some(profile) = profile.filter(|_| draft.core_holds()) else {
        draft.push(Check::because(CheckId::Trust, Status::Skipped, Reason::IssuerNotProven));
        return;
    };
    let domain = profile.host();
    let identified = trust::Identified {
        id: &profile.address,
        basis: Basis::Domain,
        domain: Some(&domain),
        claimed_name: award.issuer.as_ref().and_then(|issuer| issuer.str("name")),
    };
    let (row, finding) = trust::check(identified, scope.policy);
    draft.args.insert("issuer".into(), finding.name.clone().unwrap_or_else(|| profile.address.clone()));
    draft.push(row);
    draft.issuer = Some(finding);
}
