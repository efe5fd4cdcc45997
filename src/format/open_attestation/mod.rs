//! OpenAttestation, versions 2 to 4, OpenCerts among them: the contents are hashed, and the hash is signed, or recorded by
//! a program in a blockchain.
//!
//! That the contents fit the hash, and that a DID's key signed it, is reckoned here; that a domain vouches for the key,
//! its records in the Domain Name System say. What a program in a blockchain records, issuing and taking back, is not
//! asked here, and so stays open.

mod contents;
mod dns;
mod issuer;
mod revocation;
mod view;

use super::currency;
use super::draft::Draft;
use super::open::Scope;
use crate::json::{Json, Object};
use crate::report::{Basis, Check, CheckId, Family, Format, Reason, Report, Status};
use crate::time::Timestamp;
use crate::{recipient, status, trust};
use contents::Wrapped;
use issuer::{Issuance, Issuer, Revocation};

/// The edition of the framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edition {
    V2,
    V3,
    V4,
}

impl Edition {
    fn of(document: &Object) -> Self {
        if document.has("data") {
            Edition::V2
        } else if document.has("openAttestationMetadata") {
            Edition::V3
        } else {
            Edition::V4
        }
    }

    const fn number(self) -> &'static str {
        match self {
            Edition::V2 => "2.0",
            Edition::V3 => "3.0",
            Edition::V4 => "4.0",
        }
    }
}

/// The report of a document. `presented` where it stands in a presentation.
#[inline(never)]
pub(crate) fn report(document: &Object, format: Format, presented: bool, scope: Scope<'_>) -> Report {
    let edition = Edition::of(document);
    let mut draft = Draft::new(Format {
        family: Some(Family::OpenAttestation),
        data_model: Some(edition.number().into()),
        ..format
    });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    let data = match edition {
        Edition::V2 => contents::unsalted(document.get("data").unwrap_or(&Json::Null)),
        Edition::V3 | Edition::V4 => Json::Object(document.without(&["proof"])),
    };
    let data = data.as_object().cloned().unwrap_or_default();
    let issuers = issuer::all(document, &data, edition);
    draft.push(if issuers.is_empty() {
        Check::because(CheckId::Type, Status::Failed, Reason::MemberMissing).with("member", "issuers")
    } else {
        Check::new(CheckId::Type, Status::Passed)
    });
    let wrapped = match Wrapped::of(document, edition) {
        Ok(wrapped) => {
            draft.push(if wrapped.unprotected.is_empty() {
                Check::new(CheckId::Coverage, Status::Passed)
            } else {
                Check::because(CheckId::Coverage, Status::Warned, Reason::MemberNotCovered)
                    .with("members", wrapped.unprotected.join(", "))
            });
            Some(wrapped)
        }
        Err(fault) => {
            let id = if fault == contents::Error::Missing || matches!(fault, contents::Error::Changed) {
                CheckId::Signature
            } else {
                CheckId::Coverage
            };
            draft.push(Check::because_of(id, &fault));
            None
        }
    };
    let established = match &wrapped {
        Some(wrapped) => issued(document, edition, &issuers, wrapped, &mut draft, scope),
        None => None,
    };
    in_force(&data, edition, &issuers, wrapped.as_ref(), &mut draft, scope);
    draft.push(recipient::check(&view::subject(&data, edition), scope.policy.recipient.as_ref()));
    if presented || scope.policy.challenge.is_some() {
        draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    }
    recognition(established, &mut draft, scope);
    let mut shown = view::of(&data, edition, &issuers);
    shown.withheld = wrapped.is_some_and(|wrapped| wrapped.is_partial);
    draft.view = Some(shown);
    draft.finish(scope.policy, scope.now)
}

/// The DID of an issuer whose signature fits, the issuer, and whether its domain vouches for it.
struct Established<'a> {
    did: &'a str,
    issuer: &'a Issuer,
    domain: Option<&'a str>,
}

/// The rows of proof and key: each issuer must have issued it.
fn issued<'a>(
    document: &Object,
    edition: Edition,
    issuers: &'a [Issuer],
    wrapped: &Wrapped,
    draft: &mut Draft,
    scope: Scope<'_>,
) -> Option<Established<'a>> {
    let mut first = None;
    for issuer in issuers {
        let (did, key) = match &issuer.issuance {
            Issuance::Signed { did, key } => (did.as_str(), key.as_str()),
            Issuance::Recorded => {
                draft.format.securing = Some("OpenAttestation".into());
                let row = |id| Check::because(id, Status::Unknown, Reason::LedgerNotAsked);
                draft.push(row(CheckId::Anchor));
                draft.push(row(CheckId::Key));
                continue;
            }
            Issuance::Unknown => {
                draft.push(Check::because(CheckId::Signature, Status::Unknown, Reason::ProofUnsupported));
                continue;
            }
        };
        draft.format.securing = Some("OpenAttestationSignature2018".into());
        if let Err(rows) = issuer::signed(document, edition, (did, key), &wrapped.root()) {
            for row in rows {
                draft.push(row);
            }
            continue;
        }
        draft.push(Check::new(CheckId::Signature, Status::Passed));
        let domain = issuer.domain.as_deref();
        draft.push(match domain.map(|domain| (domain, dns::vouches(domain, key, scope))) {
            Some((domain, Ok(()))) => Check::new(CheckId::Key, Status::Passed).with("host", domain),
            Some((_, Err(fault))) => Check::because_of(CheckId::Key, &fault),
            // A DID of this kind can be handed over, and only the blockchain says so.
            None => Check::because(CheckId::Key, Status::Warned, Reason::KeyNotAsked),
        });
        first = first.or(Some(Established { did, issuer, domain }));
    }
    first
}

/// The rows of dates and withdrawal.
fn in_force(
    data: &Object,
    edition: Edition,
    issuers: &[Issuer],
    wrapped: Option<&Wrapped>,
    draft: &mut Draft,
    scope: Scope<'_>,
) {
    let mut rows = match edition {
        Edition::V2 => period(data, scope.now),
        Edition::V3 | Edition::V4 => status::period(data, scope.now),
    };
    let is_partial = wrapped.is_some_and(|wrapped| wrapped.is_partial);
    match wrapped.filter(|_| !draft.core_failed() && draft.is_signed()) {
        None => rows.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked)),
        Some(wrapped) => {
            for issuer in issuers {
                rows.push(match issuer.issuance {
                    Issuance::Recorded => {
                        Check::because(CheckId::Revocation, Status::Unknown, Reason::LedgerNotAsked)
                    }
                    _ => revocation::row(&issuer.revocation, wrapped, scope),
                });
            }
        }
    }
    // Whoever holds it may have left out any value, but not one that says that there is no way to take it back.
    let says_none = issuers.iter().all(|issuer| matches!(issuer.revocation, Revocation::None));
    for mut row in rows {
        if is_partial && !(says_none && row.id == CheckId::Revocation) {
            let is_stated = row.status != Status::Absent;
            currency::leave_open(&mut row, is_stated);
        }
        draft.push(row);
    }
}

/// The dates of version 2, whose members are whatever the issuer likes; OpenCerts has an end.
fn period(data: &Object, now: Timestamp) -> Vec<Check> {
    let stated = data.str("expirationDate").filter(|date| !date.is_empty());
    let whole = stated.map(|date| if date.len() == 10 { [date, "T23:59:59"].concat() } else { date.into() });
    match whole {
        Some(date) if Timestamp::parse(&date).is_none() => {
            let row = Check::because(CheckId::Expiry, Status::Unknown, Reason::DateMalformed);
            vec![row.with("member", "expirationDate"), Check::new(CheckId::Started, Status::Absent)]
        }
        Some(date) => {
            let dates = Object::default().with("expirationDate", Json::String(date));
            status::period(&dates, now)
        }
        None => status::period(&Object::default(), now),
    }
}

/// `trust.issuer`, and who the issuer is.
fn recognition(established: Option<Established<'_>>, draft: &mut Draft, scope: Scope<'_>) {
    let Some(Established { did, issuer, domain }) = established.filter(|_| draft.core_holds()) else {
        draft.push(Check::because(CheckId::Trust, Status::Skipped, Reason::IssuerNotProven));
        return;
    };
    let identified = trust::Identified {
        id: did,
        basis: if domain.is_some() { Basis::Domain } else { Basis::Itself },
        domain,
        claimed_name: issuer.name.as_deref(),
    };
    let (row, finding) = trust::check(identified, scope.policy);
    draft.args.insert("issuer".into(), finding.name.clone().unwrap_or_else(|| did.into()));
    draft.push(row);
    draft.issuer = Some(finding);
}
