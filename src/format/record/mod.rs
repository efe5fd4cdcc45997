//! Comprehensive learner records (CLR 2.0): a credential about a learner that holds other credentials.
//!
//! Each credential inside is verified by itself and has a report of its own among the record's items. What the record's
//! signature adds is told apart from what others signed: that the publisher put them together, how they belong together,
//! and whatever the publisher issued without signing it once more. What somebody else is said to have issued, and did not
//! sign, is the publisher's word about them, and never proven. The record is as good as its own rows and the worst of
//! what it holds, as a presentation is.

mod associations;
mod contents;
mod within;

use crate::json::{Json, Object};
use crate::key::Resolved;
use crate::proof::Shown;
use crate::report::{CheckId, Headline, Report, Status, Verdict};

use super::draft::{Draft, rank};
use super::graph::Graph;
use super::open::{Scope, party_id};
use super::presentation::Presenter;

use contents::Contents;
pub(crate) use within::Within;

/// How deep records may stand in one another.
const MAX_DEPTH: u8 = 3;

/// What is known of a record when what it holds is looked at.
pub(crate) struct Opened<'a> {
    pub(crate) credential: &'a Object,
    pub(crate) graph: &'a Graph<'a>,
    pub(crate) signer: Option<&'a Resolved>,
    pub(crate) shown: Shown,
    pub(crate) presenter: Option<Presenter<'a>>,
}

/// Adds what a record holds to the draft of its report.
#[inline(never)]
pub(crate) fn follow(record: &Opened<'_>, draft: &mut Draft, scope: Scope<'_>) {
    let &Opened { credential, graph, .. } = record;
    let publisher =
        draft.core_holds().then(|| Some((party_id(credential, "issuer")?, record.signer?))).flatten();
    let compared =
        draft.checks.iter().find(|row| row.id == CheckId::Match && row.status != Status::Absent).cloned();
    let signs_text = signs_text(draft.format.securing.as_deref());
    for value in credential.each("credentialSubject") {
        let written = value.as_object().filter(|_| signs_text);
        let Some(subject) = written.or_else(|| graph.node(value)) else { continue };
        let contents = Contents::of(subject);
        let within = Within {
            graph: (!signs_text).then_some(graph),
            subject,
            written: value.as_object().unwrap_or(subject),
            contents: &contents,
            publisher,
            compared: compared.as_ref(),
            shown: record.shown,
            depth: scope.within.map_or(0, |outer| outer.depth) + 1,
        };
        let scope = Scope { within: Some(&within), ..scope };
        items(subject, credential.get("@context"), record.presenter, draft, scope);
        let said = associations::read(subject, graph, &contents, &draft.items);
        draft.push(associations::row(&said, &draft.items));
        if let Some(view) = &mut draft.view {
            view.record = Some(said.into_view(credential, value.as_object().unwrap_or(subject), graph));
        }
    }
}

/// Whether a document that is secured so is signed as the text that it is, and not as the graph that it means.
fn signs_text(securing: Option<&str>) -> bool {
    securing.is_some_and(|securing| securing.split([' ', '-']).any(|part| matches!(part, "JWT" | "jcs")))
}

fn items(
    subject: &Object,
    context: Option<&Json>,
    presenter: Option<Presenter<'_>>,
    draft: &mut Draft,
    scope: Scope<'_>,
) {
    let too_deep = scope.within.is_some_and(|within| within.depth > MAX_DEPTH);
    for value in subject.each("verifiableCredential") {
        if too_deep || !scope.budget.item() {
            draft.items.push(super::several::too_many(scope));
            return;
        }
        draft.items.push(super::nested_under(value, context, presenter, scope));
    }
}

/// A record is never better than the worst of what it holds; what has no verdict, such as a file that nobody signed,
/// leaves it open.
#[inline(never)]
pub(crate) fn conclude(report: &mut Report) {
    let open = |item: &Report| item.verdict.or(Some(Verdict::Incomplete));
    let worst = report.items.iter().map(open).max_by_key(|verdict| rank(*verdict)).flatten();
    if worst.is_some() && rank(worst) > rank(report.verdict) {
        report.verdict = worst;
        report.headline = Headline::Several;
    }
}
