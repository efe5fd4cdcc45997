//! Endorsements: what others say of an assertion, a badge class or an issuer's profile (2.0, "Endorsement").
//!
//! Each is verified by itself, in the ways of an assertion: its server confirms it, or its issuer signed it. What
//! carries it only names it or has a copy, which must not say otherwise.

use super::form::Class;
use super::link::{means, name, reference, same};
use super::{Award, Draft, Scope, Token};
use crate::format::endorsement::{self, Attached};
use crate::format::view::text;
use crate::format::{not_a_credential, unreadable};
use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Claim, Container, Endorsed, Family, Format, Report, Status, View};

/// Most claims beside the comment.
const MAX_CLAIMS: usize = 100;

/// Adds the reports of all endorsements of `award` and of what it refers to, and the row that sums them up.
pub(super) fn follow(award: &Award, draft: &mut Draft, scope: Scope<'_>) {
    // Nobody's word is asked for about what is not genuine.
    if draft.core_failed() || !endorsement::may_follow(scope) {
        return;
    }
    let profile = award.profile.as_ref();
    let issuer = profile.map(|profile| profile.address.as_str());
    // Who endorses the badge's issuer is told of the badge, not once more where that issuer endorses it itself.
    let told = scope.endorses.is_some_and(|attached| attached.issuer == issuer);
    let carriers = [
        (Endorsed::Credential, Some(&award.assertion), award.address.as_deref()),
        (Endorsed::Achievement, award.badge.as_ref(), award.badge_address.as_deref()),
        (Endorsed::Issuer, profile.filter(|_| !told).map(|profile| &profile.object), issuer),
    ];
    'all: for (of, carrier, address) in carriers {
        let Some(carrier) = carrier else { continue };
        let attached = Attached { id: name(carrier, address), issuer };
        for value in carrier.each("endorsement").iter().filter(|value| **value != Json::Null) {
            if !endorsement::add(of, attached, draft, scope, |scope| report(value, scope)) {
                break 'all;
            }
        }
    }
    if !draft.endorsements.is_empty() {
        draft.push(endorsement::sum_up(&draft.endorsements));
    }
}

/// The report of one endorsement: an object, the address of one, or a JWS.
fn report(value: &Json, scope: Scope<'_>) -> Report {
    match value {
        Json::Object(endorsement) => by_itself(endorsement, None, Container::Json, scope),
        Json::String(text) if text.contains(':') => {
            let named = Object::from_unique(vec![("id".into(), value.clone())]);
            by_itself(&named, None, Container::Url, scope)
        }
        Json::String(text) => match Token::parse(text) {
            Ok(token) => {
                let endorsement = token.payload().as_object().cloned().unwrap_or_default();
                by_itself(&endorsement, Some(&token), Container::Jwt, scope)
            }
            Err(fault) => unreadable(Container::Jwt, &fault, scope),
        },
        _ => not_a_credential(Format::default(), scope),
    }
}

fn by_itself(file: &Object, token: Option<&Token<'_>>, container: Container, scope: Scope<'_>) -> Report {
    let family = Some(Family::Endorsement);
    let mut draft = Draft::new(Format { container, family, ..Format::default() });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    let award = Award::of(Class::Endorsement, file, token, &mut draft, scope);
    // Where no claim could be had, a row of the groups before is open or has failed.
    let about = award.assertion.get("claim").and_then(reference);
    if let (Some(about), Some(attached)) = (about, scope.endorses) {
        let issuer = award.profile.as_ref().map(|profile| profile.address.as_str());
        let by_issuer = matches!((issuer, attached.issuer), (Some(a), Some(b)) if same(a, b));
        endorsement::state(attached.id.is_some_and(|id| means(about, id)), by_issuer, &mut draft);
    }
    award.conclude(draft, scope)
}

/// Adds to the view of `endorsement` what it claims.
pub(super) fn show(endorsement: &Object, view: &mut View) {
    let Some(claim) = endorsement.get("claim") else { return };
    view.subject.id = reference(claim).map(String::from);
    let Some(claim) = claim.as_object() else { return };
    view.comment = text(claim, "endorsementComment");
    let known = ["id", "type", "@context", "endorsementComment"];
    let others = claim.iter().filter(|(name, _)| !known.contains(name));
    let told =
        |(name, _): (&str, &Json)| Some(Claim { name: name.into(), label: None, value: text(claim, name)? });
    view.claims = others.take(MAX_CLAIMS).filter_map(told).collect();
}
