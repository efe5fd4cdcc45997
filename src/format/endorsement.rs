//! Endorsements: what others say of a credential, of its achievement or of its issuer (Open Badges 3.0, sections B.1
//! and 8.4; those of 2.0 are read in `open_badges_2/endorsement.rs`).
//!
//! Each is a credential of its own. It is taken out of what carries it and verified by itself: its own signature, key,
//! dates and status. Of the carrier it takes two things: its id, which the endorsement must be about, and, where the
//! endorsement has no `@context`, the document's. The carrier's signature says only that the endorsement was attached,
//! and the carrier's verdict does not depend on it.

use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Endorsed, Endorsement, Family, Reason, Report, Status, Verdict};

use super::draft::Draft;
use super::graph::Graph;
use super::model;
use super::open::{Scope, party_id};

/// How far endorsements are followed: the endorsers of a badge, and who endorses those.
const MAX_DEPTH: u8 = 2;

/// The members that hold endorsements: credentials, and credentials as compact JWTs.
const MEMBERS: [&str; 2] = ["endorsement", "endorsementJwt"];

/// What an endorsement is attached to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attached<'a> {
    /// The carrier's id.
    pub(crate) id: Option<&'a str>,
    /// The id of whoever issued the document.
    pub(crate) issuer: Option<&'a str>,
}

/// Whether `credential` brings endorsements that are followed at this depth.
pub(crate) fn are_there(credential: &Object, graph: &Graph<'_>, scope: Scope<'_>) -> bool {
    let has = |(_, carrier): &(Endorsed, &Object)| MEMBERS.iter().any(|name| carrier.has(name));
    may_follow(scope) && carriers(credential, graph).iter().any(has)
}

/// Whether endorsements are followed at this depth.
pub(crate) const fn may_follow(scope: Scope<'_>) -> bool {
    scope.depth < MAX_DEPTH
}

/// What endorsements can be attached to: the credential, its achievements and its issuer's profile.
fn carriers<'g>(credential: &'g Object, graph: &'g Graph<'_>) -> Vec<(Endorsed, &'g Object)> {
    let mut carriers = vec![(Endorsed::Credential, credential)];
    for subject in nodes(credential, "credentialSubject", graph) {
        carriers.extend(nodes(subject, "achievement", graph).map(|a| (Endorsed::Achievement, a)));
    }
    carriers.extend(nodes(credential, "issuer", graph).map(|profile| (Endorsed::Issuer, profile)));
    carriers
}

fn nodes<'g>(
    owner: &'g Object,
    member: &'static str,
    graph: &'g Graph<'_>,
) -> impl Iterator<Item = &'g Object> {
    owner.each(member).iter().filter_map(|value| graph.node(value))
}

/// Adds the reports of all endorsements of `credential`, whose document `graph` reads, and the row that sums them up.
#[inline(never)]
pub(crate) fn follow(credential: &Object, graph: &Graph<'_>, draft: &mut Draft, scope: Scope<'_>) {
    let context = credential.get("@context");
    let issuer = party_id(credential, "issuer");
    'all: for (of, carrier) in carriers(credential, graph) {
        let attached = Attached { id: carrier.str("id"), issuer };
        for value in MEMBERS.iter().flat_map(|name| carrier.each(name)) {
            let report = |scope: Scope<'_>| super::nested_under(value, context, None, scope);
            if !add(of, attached, draft, scope, report) {
                break 'all;
            }
        }
    }
    draft.push(sum_up(&draft.endorsements));
}

/// Adds the report of one endorsement, made by `report`. `false` where there were too many before it.
pub(crate) fn add<'a>(
    of: Endorsed,
    attached: Attached<'a>,
    draft: &mut Draft,
    scope: Scope<'a>,
    report: impl FnOnce(Scope<'_>) -> Report,
) -> bool {
    let scope = Scope {
        budget: scope.aside,
        endorses: Some(attached),
        within: None,
        depth: scope.depth + 1,
        ..scope
    };
    let within = scope.budget.item();
    let report = scope.lookups.optionally(|| match within {
        true => report(scope),
        false => super::several::too_many(scope),
    });
    draft.endorsements.push(Endorsement { of, report });
    within
}

/// The rows of an endorsement that say what it endorses: `recipient.match`, and what is weak about it.
#[inline(never)]
pub(crate) fn rows(credential: &Object, attached: Attached<'_>, draft: &mut Draft) {
    if draft.format.family != Some(Family::Endorsement) {
        draft.explain(CheckId::Type, &model::Error::Malformed("type"));
    }
    let subjects = credential.each("credentialSubject");
    let about =
        |subject: &Json| attached.id.is_some() && subject.get("id").and_then(Json::as_str) == attached.id;
    let fits = !subjects.is_empty() && subjects.iter().all(about);
    let by_issuer = attached.issuer.is_some() && party_id(credential, "issuer") == attached.issuer;
    state(fits, by_issuer, draft);
}

/// The rows of an endorsement that is about what it is attached to, and made by whoever issued that, or not.
pub(crate) fn state(fits: bool, by_issuer: bool, draft: &mut Draft) {
    draft.push(match fits {
        true => Check::because(CheckId::Match, Status::Passed, Reason::EndorsementFits),
        false => Check::because(CheckId::Match, Status::Failed, Reason::EndorsementSubject),
    });
    if by_issuer {
        draft.push(Check::because(CheckId::Endorsement, Status::Warned, Reason::EndorsementSelf));
    }
}

/// `extra.endorsement` of the carrier: whether all of them hold.
pub(crate) fn sum_up(endorsements: &[Endorsement]) -> Check {
    let any = |test: fn(Option<Verdict>) -> bool| endorsements.iter().any(|e| test(e.report.verdict));
    let by_issuer =
        |e: &Endorsement| e.report.checks.iter().any(|c| c.reason == Some(Reason::EndorsementSelf));
    let status = if any(|v| matches!(v, None | Some(Verdict::Rejected | Verdict::Ended))) {
        Status::Failed
    } else if any(|v| v == Some(Verdict::Incomplete)) {
        Status::Unknown
    } else {
        // The issuer's own word again adds nothing.
        let nobody = endorsements.iter().all(by_issuer);
        return Check::new(CheckId::Endorsement, if nobody { Status::Absent } else { Status::Passed });
    };
    Check::because(CheckId::Endorsement, status, Reason::EndorsementDoubtful)
}
