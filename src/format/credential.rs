//! The plan for one verifiable credential: which checks are made, and in which order.

use crate::json::{Json, Object};
use crate::key::{Relationship, Resolved};
use crate::part::{self, Part};
use crate::proof::Shown;
use crate::recipient;
use crate::report::{Check, CheckId, Family, Format, Reason, Report, Status};
use crate::trust;

use super::currency;
use super::detail;
use super::draft::Draft;
use super::endorsement;
use super::europass;
use super::family::{self, Kind};
use super::graph::Graph;
use super::model;
use super::open::{Opened, Scope, Sealed, open, party_id};
use super::presentation::Presenter;
use super::record::{self, Within};
use super::resources;
use super::schema::{self, Came};
use super::view;

/// The report of one credential.
pub(crate) fn report(
    sealed: Sealed<'_>,
    format: Format,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    let asserted = match scope.within {
        Some(record) => record.asserts(sealed),
        None => presenter.and_then(|presenter| presenter.asserts(sealed)),
    };
    let covered = scope.within.filter(|_| asserted.is_some());
    let opened = asserted.unwrap_or_else(|| open(sealed, "issuer", Relationship::AssertionMethod, scope));
    let Opened { document, securing, checks, signer, shown } = opened;
    let mut draft = Draft::new(Format { securing, ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    for check in checks {
        draft.push(check);
    }
    // What only a record's signature covers is read as a part of the record.
    let graph = match covered.and_then(Within::graph) {
        Some(record) => Graph::inside(record, &document),
        None => Graph::of(&document),
    };
    let graph = &graph;
    let credential = if covered.is_some() { &document } else { graph.whole(&document) };
    let came = match sealed {
        Sealed::Json(whole) => Came { whole, partial: shown != Shown::Whole },
        Sealed::Jwt(_) => Came { whole: &document, partial: false },
        Sealed::SdJwt(..) => Came { whole: &document, partial: true },
    };
    form(credential, &mut draft);
    schema::rows(credential, came, draft.format.family, &mut draft, scope);
    currency::rows(credential, signer.as_ref(), shown, &mut draft, scope);
    match scope.endorses {
        Some(attached) => endorsement::rows(credential, attached, &mut draft),
        None => person(credential, graph, presenter, &mut draft, scope),
    }
    // Last: what others want for a verdict is asked for as theirs.
    resources::rows(credential, &mut draft, scope);

    let mut view = match is_elm(credential).then(|| part::need(Part::Records)) {
        Some(Ok(())) => europass::view::of(credential),
        _ => view::of(&document, graph),
    };
    view.withheld = shown != Shown::Whole;
    let issuer = party_id(credential, "issuer");
    recognition(issuer, signer.as_ref(), view.issuer.name.as_deref(), &mut draft, scope);
    draft.view = Some(view);
    // Nobody's word is asked for about what is not genuine.
    if !draft.core_failed() && endorsement::are_there(credential, graph, scope) {
        match part::need(Part::Wide) {
            Ok(()) => endorsement::follow(credential, graph, &mut draft, scope),
            Err(missing) => draft.explain(CheckId::Endorsement, &missing),
        }
    }
    if detail::is_there(credential, graph) {
        match part::need(Part::Records) {
            Ok(()) => detail::follow(credential, graph, &mut draft),
            Err(missing) => draft.explain(CheckId::Results, &missing),
        }
    }
    if draft.format.family == Some(Family::Clr2) {
        let record = record::Opened { credential, graph, signer: signer.as_ref(), shown, presenter };
        match part::need(Part::Records) {
            Ok(()) => record::follow(&record, &mut draft, scope),
            Err(missing) => draft.explain(CheckId::Type, &missing),
        }
    }
    let mut report = draft.finish(scope.policy, scope.now);
    if !report.items.is_empty() {
        record::conclude(&mut report);
    }
    report
}

/// Whether it is built by the European Learning Model, which has a view of its own.
fn is_elm(credential: &Object) -> bool {
    credential.includes("type", "EuropeanDigitalCredential")
}

/// `trust.issuer`, and who the issuer is, by an id that the signer's key is bound to.
pub(crate) fn recognition(
    issuer: Option<&str>,
    signer: Option<&Resolved>,
    claimed_name: Option<&str>,
    draft: &mut Draft,
    scope: Scope<'_>,
) {
    let (Some(id), Some(signer), true) = (issuer, signer, draft.core_holds()) else {
        // Whoever has not proven who they are is not looked up.
        draft.push(Check::because(CheckId::Trust, Status::Skipped, Reason::IssuerNotProven));
        return;
    };
    let identified =
        trust::Identified { id, basis: signer.basis, domain: signer.domain.as_deref(), claimed_name };
    let (row, finding) = trust::check(identified, scope.policy);
    draft.args.insert("issuer".into(), finding.name.clone().unwrap_or_else(|| id.into()));
    draft.push(row);
    draft.issuer = Some(finding);
}

/// `format.type`: the members have the form that the data model demands.
fn form(credential: &Object, draft: &mut Draft) {
    match model::credential(credential) {
        Ok(version) => {
            draft.format.data_model = Some(version.version().into());
            draft.push(Check::new(CheckId::Type, Status::Passed));
        }
        Err(fault) => draft.explain(CheckId::Type, &fault),
    }
    if let Kind::Credential(family) = family::of(credential) {
        draft.format.family = Some(family);
    }
}

/// `recipient.match` and `recipient.holder`.
fn person(
    credential: &Object,
    graph: &Graph<'_>,
    presenter: Option<Presenter<'_>>,
    draft: &mut Draft,
    scope: Scope<'_>,
) {
    let subject = graph.first(credential, "credentialSubject").cloned().unwrap_or_default();
    let row = recipient::check(&subject, scope.policy.recipient.as_ref());
    draft.push(match scope.within {
        Some(record) => record.person(credential, graph, row),
        None => row,
    });
    match presenter {
        Some(presenter) => {
            let subjects = credential.each("credentialSubject").iter().filter_map(|value| graph.node(value));
            draft.push(presenter.holds(&subjects.filter_map(|s| s.str("id")).collect::<Vec<_>>()));
        }
        // A host that asked for a presentation was given none.
        None if scope.policy.challenge.is_some() && !draft.checks.iter().any(|c| c.id == CheckId::Holder) => {
            draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
        }
        None => {}
    }
}

/// The credential inside an `EnvelopedVerifiableCredential`: a `data:` URL (VC Data Model 2.0, section 4.13.1).
pub(crate) fn enveloped(object: &Object) -> Option<&str> {
    object.get("id").and_then(Json::as_str).filter(|id| id.starts_with("data:"))
}
