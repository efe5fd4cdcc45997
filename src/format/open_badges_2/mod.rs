//! Open Badges 2.0 and before: assertion, badge class and issuer's profile, each a document of its own.
//!
//! A hosted badge carries no signature. The server at its address says today that it was awarded, and the issuer's
//! profile says that badges at that address are its own; the file in hand only names the address, and must not say
//! otherwise. A signed badge is a compact JWS under a key that the profile lists. In both cases what is proven of the
//! issuer is the host that serves its profile. An endorsement is verified in the same ways.

pub(super) mod date;
mod endorsement;
mod error;
pub(super) mod form;
mod hosted;
mod issuer;
pub(super) mod link;
pub(super) mod recipient;
pub(super) mod revocation;
mod signed;
pub(super) mod view;

pub(super) use error::Error;
pub(super) use link::Found;

use super::draft::Draft;
use super::open::Scope;
use crate::json::{Json, Object};
use crate::proof::jose::Token;
use crate::report::{Basis, Check, CheckId, Explain, Family, Format, NeedKind, Reason, Report, Status, View};
use crate::{status, trust};
use form::{Class, Edition, Method};
use link::host;

/// The report of a badge: the assertion in `file`, which `token` signed if there is one. `presented` where it stands
/// in a presentation.
#[inline(never)]
pub(crate) fn report(
    file: &Object,
    token: Option<&Token<'_>>,
    format: Format,
    presented: bool,
    scope: Scope<'_>,
) -> Report {
    let mut draft = Draft::new(Format { family: Some(Family::OpenBadges2), ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    if form::is_a(
        file,
        &["BadgeClass", "Issuer", "Profile", "Endorsement", "CryptographicKey", "RevocationList"],
    ) {
        draft.push(Check::because(CheckId::Type, Status::Failed, Reason::BadgePart));
        return draft.finish(scope.policy, scope.now);
    }
    let award = Award::of(Class::Assertion, file, token, &mut draft, scope);
    draft.push(crate::recipient::check(
        &recipient::subject(&award.assertion),
        scope.policy.recipient.as_ref(),
    ));
    if presented {
        draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    }
    award.conclude(draft, scope)
}

/// What was awarded, or is endorsed, as far as that was found out.
struct Award {
    class: Class,
    /// The assertion, or the endorsement: of a hosted one what its server says, where it said anything.
    assertion: Object,
    /// Where its server keeps it, if it is hosted and there.
    address: Option<String>,
    /// The badge class. An endorsement has none.
    badge: Option<Object>,
    /// The web address of the badge class, where it has one.
    badge_address: Option<String>,
    profile: Option<Found>,
    /// The file, where it says something else.
    contradicting: Option<Object>,
}

impl Award {
    fn of(
        class: Class,
        file: &Object,
        token: Option<&Token<'_>>,
        draft: &mut Draft,
        scope: Scope<'_>,
    ) -> Self {
        let edition = class.edition(file);
        draft.format.data_model = Some(edition.number().into());
        let mut award = Award {
            class,
            assertion: file.clone(),
            address: None,
            badge: None,
            badge_address: None,
            profile: None,
            contradicting: None,
        };
        if let Err(fault) = form::stated(file, class, edition) {
            draft.explain(CheckId::Type, &fault);
            return award;
        }
        match form::method(file) {
            Method::Hosted(at) => {
                draft.format.securing = Some("HostedBadge".into());
                award.ask(at, draft, scope);
            }
            Method::Signed(creator) => match token {
                Some(token) => {
                    draft.format.securing = Some(["JWS ", token.alg()].concat());
                    award.check_signature(token, creator, edition, draft, scope);
                }
                None => draft.push(Check::because(CheckId::Signature, Status::Absent, Reason::ProofMissing)),
            },
            Method::Other(name) => {
                let row = Check::because(CheckId::Signature, Status::Unknown, Reason::ProofUnsupported);
                draft.push(row.with("suite", name));
            }
            Method::Unnamed => draft.explain(CheckId::Hosted, &Error::NoAddress),
        }
        award
    }

    /// A hosted badge: `at` is where its assertion is kept.
    fn ask(&mut self, at: &str, draft: &mut Draft, scope: Scope<'_>) {
        let kind = match self.class {
            Class::Assertion => NeedKind::HostedAssertion,
            Class::Endorsement => NeedKind::Endorsement,
        };
        let found = match link::fetch(kind, at, CheckId::Hosted, scope) {
            Ok(found) => found,
            Err(fault) => {
                if fault.is_withdrawn() {
                    draft.push(revocation::withdrawn(None));
                    draft.push(gone(at, scope));
                } else {
                    let fault = kept(fault);
                    draft.push(row(CheckId::Revocation, &fault));
                    draft.push(row(CheckId::Hosted, &fault));
                }
                return;
            }
        };
        let edition = self.class.edition(&found.object);
        let form = form::assertion(&found.object, self.class, edition);
        let withdrawn = found.object.get("revoked").and_then(Json::as_bool) == Some(true);
        if withdrawn {
            draft
                .push(revocation::withdrawn(found.object.str("revocationReason")).resting_on(&found.address));
            if form.is_err() {
                // Issuers strip what they take back to its id: what the file says of it is confirmed by nobody.
                draft.push(gone(at, scope).resting_on(&found.address));
                return;
            }
        } else {
            draft.push(Check::new(CheckId::Revocation, Status::Passed).resting_on(&found.address));
        }
        match form {
            Ok(()) => draft.push(Check::new(CheckId::Type, Status::Passed)),
            Err(fault) => draft.explain(CheckId::Type, &fault),
        }
        let file = core::mem::replace(&mut self.assertion, found.object.clone());
        self.address = Some(found.address.clone());
        self.follow(edition, draft, scope);
        let profile = self.profile.as_ref().map(|profile| &profile.object);
        let outcome = hosted::contradiction(&file, &self.assertion, self.badge.as_ref(), profile);
        draft.push(
            match outcome {
                Some(member) => Check::explained(CheckId::Hosted, &Error::Differs(member)),
                None => Check::because(CheckId::Hosted, Status::Warned, Reason::Hosted),
            }
            .with("host", found.host())
            .resting_on(&found.address),
        );
        if let Some(member) = hosted::surplus(&file, &self.assertion) {
            let row = Check::because(CheckId::Coverage, Status::Warned, Reason::HostedOmits);
            draft.push(row.with("member", member).with("host", found.host()));
        }
        if outcome.is_some() {
            self.contradicting = Some(file);
        }
        if found.moved {
            draft.push(moved(&found));
        }
        let Some(profile) = &self.profile else { return };
        let stray = if !issuer::owns_assertion(profile, &found.address) {
            Some(&found.address)
        } else {
            self.badge_address.as_ref().filter(|at| !issuer::owns_badge(profile, at))
        };
        draft.push(
            match stray {
                Some(at) => {
                    let fault = Error::OutOfScope(host(at).unwrap_or_default());
                    Check::explained(CheckId::Profile, &fault)
                }
                None => Check::new(CheckId::Profile, Status::Passed),
            }
            .resting_on(&profile.address),
        );
        draft.args.insert("host".into(), found.host());
    }

    /// A signed badge: `creator` is the key that it names.
    fn check_signature(
        &mut self,
        token: &Token<'_>,
        creator: Option<&Json>,
        edition: Edition,
        draft: &mut Draft,
        scope: Scope<'_>,
    ) {
        match form::assertion(&self.assertion, self.class, edition) {
            Ok(()) => draft.push(Check::new(CheckId::Type, Status::Passed)),
            Err(fault) => {
                draft.explain(CheckId::Type, &fault);
                return;
            }
        }
        self.follow(edition, draft, scope);
        if self.badge.is_none() && self.profile.is_none() {
            return;
        }
        let elsewhere = self.badge_address.as_deref().filter(|_| !self.embeds_badge());
        draft.push(match elsewhere.and_then(host) {
            Some(at) => {
                Check::because(CheckId::Coverage, Status::Warned, Reason::LinkedOutside).with("host", at)
            }
            None => Check::new(CheckId::Coverage, Status::Passed),
        });
        let Some(profile) = &self.profile else { return };
        draft.push(Check::new(CheckId::Profile, Status::Passed).resting_on(&profile.address));
        for check in signed::rows(token, creator, edition, profile, scope) {
            draft.push(check);
        }
        if draft.core_failed() {
            draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
        } else {
            draft.push(revocation::row(&self.assertion, profile, scope));
        }
    }

    fn embeds_badge(&self) -> bool {
        embedded(&self.assertion, "badge", &["name", "issuer"]).is_some()
    }

    /// Finds badge class and issuer's profile.
    fn follow(&mut self, edition: Edition, draft: &mut Draft, scope: Scope<'_>) {
        if self.class == Class::Assertion {
            match badge_of(&self.assertion, scope) {
                Ok((badge, address, found)) => {
                    if let Some(found) = found.filter(|found| found.moved) {
                        draft.push(moved(&found));
                    }
                    self.badge_address = address;
                    let form = form::badge(&badge, Edition::stated(&badge).unwrap_or(edition));
                    self.badge = Some(badge);
                    if let Err(fault) = form {
                        draft.explain(CheckId::Type, &fault);
                        return;
                    }
                }
                Err(fault) => {
                    draft.push(row(CheckId::Type, &fault));
                    draft.push(row(CheckId::Profile, &fault));
                    return;
                }
            }
        }
        let profile = match &self.badge {
            Some(badge) => profile_of(badge, "badge.issuer", scope),
            None => profile_of(&self.assertion, "issuer", scope),
        };
        match profile {
            Ok(profile) => {
                let edition = Edition::stated(&profile.object).unwrap_or(edition);
                if let Err(fault) = form::profile(&profile.object, edition) {
                    draft.explain(CheckId::Profile, &fault);
                }
                if profile.moved {
                    draft.push(moved(&profile));
                }
                if edition == Edition::V2
                    && let Some(member) = form::left_out(self.badge.as_ref(), &profile.object)
                {
                    let row = Check::because(CheckId::Schema, Status::Warned, Reason::MemberMissing);
                    draft.push(row.with("member", member));
                }
                let parts = [Some(&self.assertion), self.badge.as_ref(), Some(&profile.object)];
                if parts.into_iter().flatten().any(form::is_extended) {
                    draft.push(Check::because(CheckId::Schema, Status::Warned, Reason::SchemaNotChecked));
                }
                self.profile = Some(profile);
            }
            Err(fault) => draft.push(row(CheckId::Profile, &fault)),
        }
    }

    /// The finished report, once the rows of its class are there.
    fn conclude(self, mut draft: Draft, scope: Scope<'_>) -> Report {
        validity(&self.assertion, &mut draft, scope);
        self.issuer(&mut draft, scope);
        endorsement::follow(&self, &mut draft, scope);
        draft.view = Some(self.view());
        draft.finish(scope.policy, scope.now)
    }

    fn view(&self) -> View {
        let profile = self.profile.as_ref().map(|profile| &profile.object);
        let (assertion, badge, profile) = match &self.contradicting {
            // What the reader is shown as not proven is what the file says.
            Some(file) => (file, None, None),
            None => (&self.assertion, self.badge.as_ref(), profile),
        };
        let mut view = view::of(assertion, badge, profile);
        if self.class == Class::Endorsement {
            endorsement::show(assertion, &mut view);
        }
        view
    }

    /// `trust.issuer`, and what is established of the issuer: the host that serves its profile.
    fn issuer(&self, draft: &mut Draft, scope: Scope<'_>) {
        let Some(profile) = self.profile.as_ref().filter(|_| draft.core_holds()) else {
            draft.push(Check::because(CheckId::Trust, Status::Skipped, Reason::IssuerNotProven));
            return;
        };
        let domain = profile.host();
        let identified = trust::Identified {
            id: &profile.address,
            basis: Basis::Domain,
            domain: Some(&domain),
            claimed_name: profile.object.str("name"),
        };
        let (row, finding) = trust::check(identified, scope.policy);
        if self.address.is_none() {
            let name = finding.name.clone().unwrap_or_else(|| profile.address.clone());
            draft.args.insert("issuer".into(), name);
        }
        draft.push(row);
        draft.issuer = Some(finding);
    }
}

/// The rows of the dates.
fn validity(assertion: &Object, draft: &mut Draft, scope: Scope<'_>) {
    for check in status::period(&date::period(assertion), scope.now) {
        draft.push(date::by_own_name(check));
    }
    if !draft.checks.iter().any(|c| c.id == CheckId::Revocation) {
        draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
    }
}

/// The badge class of an assertion: embedded, or at the address that it names. Beside it, where it is.
fn badge_of(assertion: &Object, scope: Scope<'_>) -> Result<(Object, Option<String>, Option<Found>), Error> {
    let stated = assertion.get("badge").ok_or(Error::Required("badge"))?;
    if let Some(badge) = embedded(assertion, "badge", &["name", "issuer"]) {
        let address = badge.str("id").and_then(|id| link::address(id, scope));
        return Ok((badge.clone(), address, None));
    }
    let at = link::reference(stated).ok_or(Error::Malformed("badge"))?;
    let found = link::fetch(NeedKind::BadgeClass, at, CheckId::Type, scope)?;
    Ok((found.object.clone(), Some(found.address.clone()), Some(found)))
}

/// The profile of the issuer of badge class or endorsement, whose `member` it is: always what the server at its address says, for a copy inside a badge is only the word of
/// whoever made the badge.
fn profile_of(owner: &Object, member: &'static str, scope: Scope<'_>) -> Result<Found, Error> {
    let stated = owner.get("issuer").ok_or(Error::Required(member))?;
    let at = match link::reference(stated) {
        Some(at) => at,
        None if form::one(stated).is_some() => return Err(Error::NoAddress),
        None => return Err(Error::Malformed(member)),
    };
    link::fetch(NeedKind::IssuerProfile, at, CheckId::Profile, scope)
}

/// The object of a member, where it holds more than an id.
fn embedded<'a>(owner: &'a Object, name: &str, telling: &[&str]) -> Option<&'a Object> {
    let object = owner.get(name).and_then(form::one)?.as_object()?;
    telling.iter().any(|member| object.has(member)).then_some(object)
}

/// A row for what is wrong with a document, resting on it where it could not be had.
fn row(id: CheckId, fault: &Error) -> Check {
    let row = Check::explained(id, fault);
    match fault {
        Error::Missing(missing) => row.resting_on(&missing.url),
        _ => row,
    }
}

/// What it means that an assertion is not where it is kept.
fn kept(fault: Error) -> Error {
    match &fault {
        Error::Missing(missing) if missing.reason() == Reason::NotFound => {
            Error::Gone(host(&missing.url).unwrap_or_default())
        }
        _ => fault,
    }
}

/// The row of an assertion that its server says was taken back, and of which it says nothing more.
fn gone(at: &str, scope: Scope<'_>) -> Check {
    let row = Check::because(CheckId::Hosted, Status::Failed, Reason::Revoked);
    match link::address(at, scope) {
        Some(address) => row.resting_on(&address),
        None => row,
    }
}

/// The note on a document that names another place as its own.
fn moved(found: &Found) -> Check {
    let row = Check::because(CheckId::Schema, Status::Warned, Reason::LinkedMoved);
    row.with("host", found.host()).resting_on(&found.address)
}
