//! Verifiable presentations, and the bare lists of credentials that wallets export.

use crate::json::Object;
use crate::key::Relationship;
use crate::report::{Check, CheckId, Family, Format, Group, Headline, Reason, Report, Status, Verdict};

use super::draft::{Draft, worst};
use super::model;
use super::open::{Scope, Sealed, open, party_id};

/// Who presents: what a credential inside may say of its holder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presenter<'a> {
    /// The holder's id, if the presentation's signature proved it and answered our challenge.
    pub(crate) proven: Option<&'a str>,
}

impl Presenter<'_> {
    /// `recipient.holder` of a credential about `subject`.
    pub(crate) fn holds(self, subject: Option<&str>) -> Check {
        if subject.is_some() && self.proven == subject {
            Check::new(CheckId::Holder, Status::Passed)
        } else {
            Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven)
        }
    }
}

/// The report of a presentation: its own rows, and one report for each credential inside.
#[inline(never)]
pub(crate) fn report(sealed: Sealed<'_>, format: Format, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { family: Some(Family::Presentation), ..format });
    let signed = match sealed {
        Sealed::Json(object) => object.has("proof"),
        Sealed::Jwt(_) | Sealed::SdJwt(..) => true,
    };
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    if !signed && let Sealed::Json(object) = sealed {
        return bare(object, draft, scope);
    }
    let opened = open(sealed, "holder", Relationship::Authentication, scope);
    draft.format.securing = opened.securing;
    for check in opened.checks {
        draft.push(check);
    }
    form(&opened.document, &mut draft);
    let challenged = scope.policy.challenge.is_some() && draft.core_holds();
    let holder = party_id(&opened.document, "holder").filter(|_| challenged);
    if holder.is_none() {
        draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    } else {
        draft.push(Check::new(CheckId::Holder, Status::Passed));
    }
    draft.items = inside(&opened.document, Presenter { proven: holder }, scope);
    conclude(draft, scope)
}

/// A list of credentials that nobody signed: each is judged by itself, and holding is not proven.
fn bare(object: &Object, mut draft: Draft, scope: Scope<'_>) -> Report {
    // A bare `{ "verifiableCredential": … }` claims to follow no data model; one that does is held to it.
    if object.has("@context") || object.has("type") {
        form(object, &mut draft);
    }
    draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    draft.items = inside(object, Presenter { proven: None }, scope);
    // A wallet's wrapper around one credential is nothing to tell the reader about.
    match (draft.core_failed(), draft.items.len()) {
        (false, 1) => draft.items.swap_remove(0),
        _ => conclude(draft, scope),
    }
}

/// `format.type`
fn form(presentation: &Object, draft: &mut Draft) {
    match model::presentation(presentation) {
        Ok(version) => {
            draft.format.data_model = Some(version.version().into());
            draft.push(Check::new(CheckId::Type, Status::Passed));
        }
        Err(fault) => draft.explain(CheckId::Type, &fault),
    }
}

fn inside(document: &Object, presenter: Presenter<'_>, scope: Scope<'_>) -> Vec<Report> {
    let mut items = Vec::new();
    for credential in document.each("verifiableCredential") {
        if !scope.budget.item() {
            items.push(super::too_many(scope));
            break;
        }
        items.push(super::nested(credential, presenter, scope));
    }
    items
}

/// A presentation is as good as its own signature and the worst of its credentials.
fn conclude(draft: Draft, scope: Scope<'_>) -> Report {
    let inner = worst(draft.items.iter());
    let decided = |status: Status| {
        let mut core =
            draft.checks.iter().filter(|c| matches!(c.group, Group::Format | Group::Proof | Group::Issuer));
        core.any(|c| c.status == status)
    };
    let failed = decided(Status::Failed);
    let open = decided(Status::Unknown) || decided(Status::Skipped);
    let empty = draft.items.is_empty();
    let mut report = draft.finish(scope.policy, scope.now);
    if failed {
        return report;
    }
    if open {
        // The rows' own headline stands.
        report.verdict =
            Some(if inner == Some(Verdict::Rejected) { Verdict::Rejected } else { Verdict::Incomplete });
        return report;
    }
    report.verdict = if empty { None } else { inner };
    report.headline = if empty { Headline::NotACredential } else { Headline::Several };
    report
}
