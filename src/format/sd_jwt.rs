//! SD-JWTs: credentials of which the holder shows a part. One kind carries a W3C credential and goes down its road
//! (VC-JOSE-COSE, section 3.2); the other is a plain list of claims (SD-JWT VC, draft-ietf-oauth-sd-jwt-vc).

use crate::json::{Json, Object};
use crate::key::{self, Relationship, Resolved, TokenKey};
use crate::proof;
use crate::proof::jose::Token;
use crate::proof::jose::sd_jwt::{Error, Revealed, SdJwt};
use crate::recipient;
use crate::report::{Check, CheckId, Explain, Family, Format, Reason, Report, Status};
use crate::status;
use crate::time::{SKEW, Timestamp};

use super::claims;
use super::credential;
use super::draft::Draft;
use super::family::{self, Kind};
use super::holder;
use super::jwt;
use super::open::{Scope, Sealed, unreached};
use super::presentation::{self, Presenter};
use super::token_status;
use super::type_metadata;

/// The types of an SD-JWT VC, of today and of early drafts.
const TYPES: [&str; 2] = ["dc+sd-jwt", "vc+sd-jwt"];
/// The types of W3C credentials and presentations.
const W3C_TYPES: [&str; 4] = ["vc+sd-jwt", "vp+sd-jwt", "vc+ld+sd-jwt", "vp+ld+sd-jwt"];
/// Claims that nobody may withhold (SD-JWT VC, section 3.2.2.2).
const PLAIN: [&str; 7] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/// The report of an SD-JWT in compact serialization.
#[inline(never)]
pub(crate) fn report(
    text: &str,
    format: Format,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    let sd_jwt = match SdJwt::parse(text) {
        Ok(sd_jwt) => sd_jwt,
        Err(Error::Token(fault)) => return super::unreadable(format.container, &fault, scope),
        Err(fault) => return refused(&fault, format, scope),
    };
    let revealed = match sd_jwt.reveal() {
        Ok(revealed) => revealed,
        Err(fault) => return refused(&fault, format, scope),
    };
    let token = &revealed.token;
    let held = |is_presented| holder::binding(&sd_jwt, token.payload(), is_presented, scope);
    let is_other_kind = is_selective(token) && !token.is_of_type(&W3C_TYPES);
    let document = jwt::document(token).0;
    let mut report = match family::of(&document) {
        // A list of claims endorses nothing.
        _ if scope.is_alone() && (is_other_kind || document.has("vct")) => {
            return plain(&revealed, &held(presenter.is_some()), format, presenter, scope);
        }
        Kind::Credential(_) => {
            let held = held(presenter.is_some());
            credential::report(Sealed::SdJwt(token, &held, revealed.shown), format, presenter, scope)
        }
        Kind::Presentation if super::may_present(presenter, scope) => {
            presentation::report(Sealed::SdJwt(token, &held(true), revealed.shown), format, scope)
        }
        _ => return super::not_a_credential(format, scope),
    };
    for view in [&mut report.attested, &mut report.claimed].into_iter().flatten() {
        view.withheld = revealed.withheld;
    }
    report
}

/// The report of an SD-JWT in JWS JSON serialization.
#[inline(never)]
pub(crate) fn report_json(
    object: &Object,
    format: Format,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    match proof::jose::sd_jwt::compact(object) {
        Ok(text) => report(&text, format, presenter, scope),
        Err(Error::Token(fault)) => super::unreadable(format.container, &fault, scope),
        Err(fault) => refused(&fault, format, scope),
    }
}

/// Whether a token says that it is an SD-JWT of any kind.
pub(crate) fn is_selective(token: &Token<'_>) -> bool {
    token.typ().is_some_and(|typ| typ.ends_with("+sd-jwt"))
}

/// What is shown does not fit what was signed.
fn refused(fault: &Error, format: Format, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { family: Some(Family::SdJwtVc), ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    draft.push(Check::because_of(CheckId::Coverage, fault));
    let open = if fault.status() == Status::Unknown { Status::Unknown } else { Status::Skipped };
    for id in [CheckId::Signature, CheckId::Key] {
        draft.push(Check::because(id, open, fault.reason()));
    }
    draft.finish(scope.policy, scope.now)
}

/// The report of an SD-JWT VC.
fn plain(
    revealed: &Revealed<'_>,
    held: &[Check],
    format: Format,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    let token = &revealed.token;
    let none = Object::default();
    let payload = token.payload().as_object().unwrap_or(&none);
    let securing = Some(["SD-JWT ", token.alg()].concat());
    let mut draft = Draft::new(Format { family: Some(Family::SdJwtVc), securing, ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    kind(token, payload, &mut draft);
    draft.push(match revealed.disclosable.iter().find(|name| PLAIN.contains(&name.as_str())) {
        Some(name) => Check::because(CheckId::Coverage, Status::Failed, Reason::DisclosureName)
            .with("claim", name.as_str()),
        None => Check::new(CheckId::Coverage, Status::Passed),
    });
    let issuer = payload.str("iss");
    let signer = signature(token, issuer, &mut draft, scope);
    holder::resting_on(&draft.checks, held).into_iter().for_each(|row| draft.push(row));
    let dates = dates(payload, scope.now, &mut draft);
    status::period(&dates, scope.now).into_iter().for_each(|row| draft.push(row));
    withdrawal(payload, signer.as_ref(), &mut draft, scope);
    draft.push(recipient::check(&claims::subject(payload), scope.policy.recipient.as_ref()));
    if let Some(presenter) = presenter {
        draft.push(presented(payload, presenter, scope));
    }
    let mut view = claims::view(payload, &dates);
    view.withheld = revealed.withheld;
    credential::recognition(issuer, signer.as_ref(), None, &mut draft, scope);
    if draft.core_holds() {
        let domain = signer.as_ref().and_then(|signer| signer.domain.as_deref());
        if let Some(row) = type_metadata::describe(payload, domain, &mut view, scope) {
            draft.push(row);
        }
    }
    draft.view = Some(view);
    draft.finish(scope.policy, scope.now)
}

/// `recipient.holder` of a credential in a presentation: by the key that the issuer names as the holder's, or by the
/// subject's id. A number or a name in `sub` is no identifier that a holder could sign with.
fn presented(payload: &Object, presenter: Presenter<'_>, scope: Scope<'_>) -> Check {
    let key = holder::confirmation(payload, scope).and_then(Result::ok);
    let by_key = key.as_ref().and_then(|key| presenter.id_of(key));
    let subject = payload.str("sub").filter(|id| key.is_some() || id.contains(':'));
    // A key that is somebody else's says as much as an id.
    let other = key.as_ref().map(|_| "cnf");
    let subjects: Vec<&str> = [by_key, subject, other].into_iter().flatten().collect();
    presenter.holds(&subjects)
}

/// `format.type` and `proof.purpose`: what kind of token it is.
fn kind(token: &Token<'_>, payload: &Object, draft: &mut Draft) {
    let is_known = token.typ().is_some() && token.is_of_type(&TYPES);
    draft.push(match payload.get("vct") {
        // A kind of SD-JWT that is none of ours.
        _ if is_selective(token) && !is_known => {
            Check::because(CheckId::Type, Status::Unknown, Reason::FamilyUnsupported)
        }
        Some(Json::String(vct)) if !vct.is_empty() => Check::new(CheckId::Type, Status::Passed),
        Some(_) => {
            Check::because(CheckId::Type, Status::Failed, Reason::MemberMalformed).with("member", "vct")
        }
        None => Check::because(CheckId::Type, Status::Failed, Reason::MemberMissing).with("member", "vct"),
    });
    draft.push(if is_known || is_selective(token) {
        Check::new(CheckId::Purpose, Status::Passed)
    } else {
        Check::because(CheckId::Purpose, Status::Failed, Reason::PurposeMismatch)
    });
}

/// `proof.signature` and `issuer.key`, and the key where it is the issuer's.
fn signature(
    token: &Token<'_>,
    issuer: Option<&str>,
    draft: &mut Draft,
    scope: Scope<'_>,
) -> Option<Resolved> {
    if let Err(fault) = token.check_header() {
        draft.explain(CheckId::Signature, &fault);
        draft.push(Check::because(CheckId::Key, Status::Skipped, fault.reason()));
        return None;
    }
    let certificate = || key::Error::MethodUnsupported("x5c".into());
    let has_certificate = token.header().has("x5c");
    let resolved = match issuer {
        Some(issuer) => issuer_key(token, issuer, scope),
        // With a certificate, the issuer is whoever it names.
        None if has_certificate => Err(certificate()),
        None => {
            for (id, status) in [(CheckId::Key, Status::Failed), (CheckId::Signature, Status::Skipped)] {
                draft.push(Check::because(id, status, Reason::MemberMissing).with("member", "iss"));
            }
            return None;
        }
    };
    // What the issuer publishes comes first; where that is nothing, only the certificate names the key.
    let resolved = resolved.map_err(|fault| {
        let is_nothing = fault.status() == Status::Unknown || fault == key::Error::NotFound;
        let is_settled = is_nothing && fault.reason() != Reason::Pending;
        if has_certificate && is_settled { certificate() } else { fault }
    });
    match resolved {
        Ok(resolved) => {
            draft.push(Check::new(CheckId::Key, Status::Passed).with("method", resolved.method.clone()));
            draft.push(match token.verify(&resolved.key) {
                Ok(_) => Check::new(CheckId::Signature, Status::Passed),
                Err(fault) => Check::explained(CheckId::Signature, &fault),
            });
            Some(resolved)
        }
        Err(fault) => {
            draft.explain(CheckId::Key, &fault);
            draft.push(unreached(CheckId::Signature, &fault));
            None
        }
    }
}

/// The key of a token of `issuer`: by a DID, or by the metadata that an https issuer publishes for its JWTs.
pub(crate) fn issuer_key(token: &Token<'_>, issuer: &str, scope: Scope<'_>) -> Result<Resolved, key::Error> {
    let embedded = token.embedded_key();
    let named = TokenKey { alg: token.alg(), kid: token.kid(), jwk: embedded.as_ref() };
    // An https issuer must list a DID's key in its own document.
    if issuer.starts_with("did:") || token.kid().is_some_and(|kid| kid.starts_with("did:")) {
        key::resolve_token(&named, issuer, Relationship::AssertionMethod, scope.lookups, scope.now)
    } else {
        key::resolve_metadata(&named, issuer, scope.lookups, scope.now)
    }
}

/// The validity period as members of a credential; claims that are no dates fail the type.
fn dates(payload: &Object, now: Timestamp, draft: &mut Draft) -> Object {
    let mut dates = Object::default();
    for (claim, member) in [("nbf", "validFrom"), ("iat", "awardedDate"), ("exp", "validUntil")] {
        let Some(value) = payload.get(claim) else { continue };
        match value.as_f64().and_then(Timestamp::from_numeric) {
            Some(at) => {
                dates = dates.with(member, Json::String(at.to_string()));
                // Nothing is in force before it was made.
                if claim == "iat" && !dates.has("validFrom") && at.since(now) > SKEW {
                    dates = dates.with("validFrom", Json::String(at.to_string()));
                }
            }
            None => draft.push(
                Check::because(CheckId::Type, Status::Failed, Reason::DateMalformed).with("member", claim),
            ),
        }
    }
    dates
}

/// `currency.revocation` and `currency.suspension`.
fn withdrawal(payload: &Object, signer: Option<&Resolved>, draft: &mut Draft, scope: Scope<'_>) {
    let Some(claim) = payload.get("status") else {
        draft.push(Check::new(CheckId::Revocation, Status::Absent));
        return;
    };
    if draft.core_failed() {
        // Nobody is asked about a credential that is not genuine.
        draft.push(Check::because(CheckId::Revocation, Status::Skipped, Reason::StatusNotAsked));
        return;
    }
    token_status::rows(claim, payload.str("iss"), signer, scope).into_iter().for_each(|row| draft.push(row));
}
