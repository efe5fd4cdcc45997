//! Verifiable presentations, and the bare lists of credentials that wallets export.

use crate::json::Object;
use crate::key::{PublicKey, Relationship, Resolved};
use crate::proof::Shown;
use crate::report::{Check, CheckId, Container, Family, Format, Headline, Reason, Report, Status, Verdict};

use super::draft::{Draft, worst};
use super::model;
use super::open::{Opened, Scope, Sealed, open, party_id};

/// Who presents, as far as that is proven.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Presenter<'a> {
    /// The holder's id and key, where the presentation's signature holds.
    signer: Option<(&'a str, &'a Resolved)>,
    /// Whether the signature answers a challenge of ours. One that does not may be years old: anybody who has a copy
    /// of the presentation can show it.
    answers: bool,
}

impl Presenter<'_> {
    /// `recipient.holder` of a credential inside that is about `subjects`: whether whoever presents it is one of them.
    #[inline(never)]
    pub(crate) fn holds(self, subjects: &[&str]) -> Check {
        let because = |status, reason| Check::because(CheckId::Holder, status, reason);
        match self.signer {
            Some(_) if !self.answers => because(Status::Absent, Reason::HolderUnchallenged),
            Some((holder, _)) if subjects.contains(&holder) => Check::new(CheckId::Holder, Status::Passed),
            // A credential without an id in it is anybody's who has it.
            Some(_) if !subjects.is_empty() => because(Status::Failed, Reason::HolderOther),
            _ => because(Status::Absent, Reason::HolderNotProven),
        }
    }

    /// The holder's id, where `key` is the one that signed the presentation.
    pub(crate) fn id_of(&self, key: &PublicKey) -> Option<&str> {
        self.signer.filter(|(_, signer)| signer.key == *key).map(|(id, _)| id)
    }

    /// A credential inside that has no signature of its own, where the holder issued it: the presentation's signature
    /// covers it, and it is the holder's own word (VCDM 2.0, section 4.13).
    #[inline(never)]
    pub(crate) fn asserts(self, sealed: Sealed<'_>) -> Option<Opened> {
        let (Sealed::Json(object), Some((holder, key))) = (sealed, self.signer) else { return None };
        if object.has("proof") || party_id(object, "issuer") != Some(holder) {
            return None;
        }
        Some(Opened {
            document: object.clone(),
            securing: None,
            checks: vec![
                Check::new(CheckId::Coverage, Status::Passed),
                Check::because(CheckId::Signature, Status::Warned, Reason::SelfAsserted),
                Check::new(CheckId::Key, Status::Passed).with("method", key.method.clone()),
            ],
            signer: Some(key.clone()),
            shown: Shown::Whole,
        })
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
    let signer = opened.signer.as_ref().filter(|_| draft.core_holds()).and_then(|key| {
        // A presentation need not name its holder: then it is whoever signed.
        let holder = party_id(&opened.document, "holder").or_else(|| key.method.split('#').next())?;
        Some((holder, key))
    });
    let presenter = Presenter { signer, answers: scope.policy.challenge.is_some() };
    draft.push(match signer {
        Some(_) if presenter.answers => Check::new(CheckId::Holder, Status::Passed),
        Some(_) => Check::because(CheckId::Holder, Status::Absent, Reason::HolderUnchallenged),
        None => Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven),
    });
    draft.items = inside(&opened.document, presenter, scope);
    conclude(draft, scope)
}

/// A list of credentials that nobody signed: each is judged by itself, and holding is not proven.
fn bare(object: &Object, mut draft: Draft, scope: Scope<'_>) -> Report {
    // A bare `{ "verifiableCredential": … }` claims to follow no data model; one that does is held to it.
    if object.has("@context") || object.has("type") {
        form(object, &mut draft);
    }
    draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    draft.items = inside(object, Presenter::default(), scope);
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
    let format = Format { container: Container::Json, ..Format::default() };
    for credential in document.each("verifiableCredential") {
        if !scope.budget.item() {
            items.push(super::several::too_many(scope));
            break;
        }
        items.push(super::nested_as(credential, format.clone(), Some(presenter), scope));
    }
    items
}

/// A presentation is as good as its own signature and the worst of its credentials.
fn conclude(draft: Draft, scope: Scope<'_>) -> Report {
    let inner = worst(draft.items.iter());
    let failed = draft.core_failed();
    let open = draft.core_has(Status::Unknown) || draft.core_has(Status::Skipped);
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
