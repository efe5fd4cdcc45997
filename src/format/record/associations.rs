//! How what a record holds belongs together (CLR 2.0, `Association`): the publisher's word.

use crate::json::{Json, Object};
use crate::report::{Association, Check, CheckId, Reason, RecordView, Report, Status, View};

use crate::format::graph::Graph;
use crate::format::view::{achievement, each, text};

use super::contents::Contents;

/// The associations of a record.
pub(super) struct Said(Vec<Association>);

/// Reads the associations of the record about `subject`, which has these `contents` and `items`.
pub(super) fn read(subject: &Object, graph: &Graph<'_>, contents: &Contents<'_>, items: &[Report]) -> Said {
    let is_here = |id: &str| contents.has(id) || items.iter().any(|item| names(item, id));
    Said(each(subject, "association", graph, |association, _| {
        let id = |name| text(association, name).unwrap_or_default();
        let (source, target) = (id("sourceId"), id("targetId"));
        let resolved = is_here(&source) && is_here(&target);
        Association { kind: id("associationType"), source, target, resolved }
    }))
}

/// Whether `report` is about what is called `id`: also a token in the record, which is no part of its document.
fn names(report: &Report, id: &str) -> bool {
    view_of(report).is_some_and(|view| {
        let achievement = view.achievement.as_ref().and_then(|a| a.id.as_deref());
        view.id.as_deref() == Some(id) || achievement == Some(id)
    })
}

fn view_of(report: &Report) -> Option<&View> {
    report.attested.as_ref().or(report.claimed.as_ref())
}

/// `extra.record`: whether what is said of the `items` fits them.
pub(super) fn row(said: &Said, items: &[Report]) -> Check {
    let warned = |reason| Check::because(CheckId::Record, Status::Warned, reason);
    if let Some(stray) = said.0.iter().find(|association| !association.resolved) {
        return warned(Reason::AssociationDangling).with("kind", stray.kind.clone());
    }
    let mut ids: Vec<&str> = items.iter().filter_map(|item| view_of(item)?.id.as_deref()).collect();
    crate::order::sort_by_key(&mut ids, |id| *id);
    if ids.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        return warned(Reason::RecordRepeated);
    }
    Check::new(CheckId::Record, if said.0.is_empty() { Status::Absent } else { Status::Passed })
}

impl Said {
    pub(super) fn into_view(self, credential: &Object, subject: &Object, graph: &Graph<'_>) -> RecordView {
        RecordView {
            partial: credential.get("partial").and_then(Json::as_bool).unwrap_or_default(),
            achievements: each(subject, "achievement", graph, achievement),
            associations: self.0,
        }
    }
}
