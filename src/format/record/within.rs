//! A credential inside a record: whether the record's signature stands for it, and whether it is about the same person.

use crate::json::{Json, Object};
use crate::key::Resolved;
use crate::proof::Shown;
use crate::report::{Check, CheckId, Reason, Status, View};

use crate::format::draft::Draft;
use crate::format::graph::Graph;
use crate::format::open::{Opened, Sealed, party_id};
use crate::format::view::text;

use super::contents::Contents;

/// The record that a credential stands in.
pub(crate) struct Within<'a> {
    /// The record's nodes, where its signature covers those and not its text.
    pub(super) graph: Option<&'a Graph<'a>>,
    /// The record's subject.
    pub(super) subject: &'a Object,
    /// What else stands in it.
    pub(super) contents: &'a Contents<'a>,
    /// The publisher's id and key, where the record's signature holds.
    pub(super) publisher: Option<(&'a str, &'a Resolved)>,
    /// How the record's subject compared with the person asked for, where anybody was.
    pub(super) compared: Option<&'a Check>,
    /// How much of the record is here.
    pub(super) shown: Shown,
    /// How many records it stands in.
    pub(super) depth: u8,
}

/// Whether two subjects are one person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Person {
    Same,
    Other,
    Open,
}

impl<'a> Within<'a> {
    /// The nodes through which a credential is read that only the record's signature covers.
    pub(crate) const fn graph(&self) -> Option<&'a Graph<'a>> {
        self.graph
    }

    /// A credential without a signature of its own, where the record's holds. If the record's publisher issued it, the
    /// record's signature stands for it. If anybody else is said to have, it is hearsay: nothing shows that they did.
    #[inline(never)]
    pub(crate) fn asserts(&self, sealed: Sealed<'_>) -> Option<Opened> {
        let (Sealed::Json(object), Some((publisher, key))) = (sealed, self.publisher) else { return None };
        if object.has("proof") {
            return None;
        }
        let mut document = self.graph.map_or(object, |graph| graph.whole(object)).clone();
        if let Some(context) = object.get("@context").filter(|_| !document.has("@context")) {
            document = document.with("@context", context.clone());
        }
        let because = Check::because;
        let is_publishers = party_id(&document, "issuer") == Some(publisher);
        let mut checks = vec![Check::new(CheckId::Coverage, Status::Passed)];
        if is_publishers {
            checks.push(because(CheckId::Signature, Status::Warned, Reason::RecordCovers));
            checks.push(Check::new(CheckId::Key, Status::Passed).with("method", key.method.clone()));
        } else {
            checks.push(because(CheckId::Signature, Status::Absent, Reason::RecordHearsay));
            checks.push(because(CheckId::Key, Status::Skipped, Reason::RecordHearsay));
        }
        let signer = is_publishers.then(|| key.clone());
        Some(Opened { document, securing: None, checks, signer, shown: self.shown })
    }

    /// Takes out of the view of such a `credential` what the record's signature leaves open. To it a person is one node:
    /// where several of them are about the same person, nothing says which was awarded for which achievement.
    ///
    /// Whether anything had to be taken out.
    #[inline(never)]
    pub(crate) fn unsettle(&self, credential: &Object, view: &mut View, draft: &mut Draft) -> bool {
        let shared = |subject: &Json| {
            subject.get("id").and_then(Json::as_str).is_some_and(|id| self.contents.shares(id))
        };
        if self.graph.is_none() || !credential.each("credentialSubject").iter().any(shared) {
            return false;
        }
        view.achievement = None;
        view.title = text(credential, "name");
        draft.push(Check::because(CheckId::Record, Status::Warned, Reason::RecordUnsettled));
        true
    }

    /// `recipient.match` of a credential about `subjects`, where `own` is how they compare with the person asked for.
    ///
    /// CLR 2.0 (section 1.3) has one learner, "the subject of the CLR and assertions contained in" it, but lets issuers
    /// know them by identifiers of their own. Another identifier may be the same person's: it is neither a match nor a
    /// failure.
    #[inline(never)]
    pub(crate) fn person(&self, credential: &Object, graph: &Graph<'_>, own: Check) -> Check {
        if self.publisher.is_none() || !matches!(own.status, Status::Absent | Status::Unknown) {
            return own;
        }
        let endorses = credential.includes("type", "EndorsementCredential");
        let mut found = Person::Open;
        for value in credential.each("credentialSubject") {
            let Some(subject) = graph.node(value) else { continue };
            // What an endorsement is about is no learner: it is something in the record.
            if endorses && subject.str("id").is_some_and(|id| self.contents.has(id)) {
                return own;
            }
            found = match (found, compare(self.subject, subject)) {
                (Person::Other, _) | (_, Person::Other) => Person::Other,
                (_, next) => next,
            };
        }
        let because = |status, reason| Check::because(CheckId::Match, status, reason);
        match (found, self.compared) {
            (Person::Same, Some(row)) => row.clone(),
            (Person::Other, _) => because(Status::Unknown, Reason::RecordOtherPerson),
            (Person::Open, _) if own.status == Status::Absent => {
                because(Status::Absent, Reason::RecordPersonOpen)
            }
            _ => own,
        }
    }
}

fn compare(record: &Object, subject: &Object) -> Person {
    let ids = (record.str("id"), subject.str("id"));
    if ids.0.is_some() && ids.0 == ids.1 {
        return Person::Same;
    }
    let mut differs = ids.0.is_some() && ids.1.is_some();
    for ours in identities(record) {
        for theirs in identities(subject).filter(|theirs| theirs.kind == ours.kind) {
            // Hashes with different salts say nothing of one another.
            if ours.hashed != theirs.hashed || ours.salt != theirs.salt {
                continue;
            }
            // Many people have one name.
            match ours.value == theirs.value {
                true if ours.kind != "name" => return Person::Same,
                true => {}
                false => differs = true,
            }
        }
    }
    if differs { Person::Other } else { Person::Open }
}

/// What one `IdentityObject` says.
struct Identity<'a> {
    kind: &'a str,
    value: &'a str,
    hashed: bool,
    salt: &'a str,
}

fn identities(subject: &Object) -> impl Iterator<Item = Identity<'_>> {
    subject.each("identifier").iter().filter_map(Json::as_object).filter_map(|identity| {
        let hashed = identity.get("hashed").and_then(Json::as_bool).unwrap_or(true);
        Some(Identity {
            kind: identity.str("identityType")?,
            value: identity.str("identityHash")?,
            hashed,
            salt: if hashed { identity.str("salt").unwrap_or_default() } else { "" },
        })
    })
}
