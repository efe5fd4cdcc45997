//! A credential inside a record: whether the record's signature stands for it, and whether it is about the same person.

use crate::json::{Json, Object};
use crate::key::Resolved;
use crate::proof::Shown;
use crate::report::{Check, CheckId, Reason, Status};

use crate::format::graph::Graph;
use crate::format::model::party_id as party;
use crate::format::open::{Opened, Sealed, party_id};

use super::contents::Contents;

/// Members of a subject that say who it is.
const PERSONAL: [&str; 4] = ["id", "type", "identifier", "name"];

/// The record that a credential stands in.
pub(crate) struct Within<'a> {
    /// The record's nodes, where its signature covers those and not its text.
    pub(super) graph: Option<&'a Graph<'a>>,
    /// The record's subject, as a node and as it is written.
    pub(super) subject: &'a Object,
    pub(super) written: &'a Object,
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
        let mut settled = true;
        if let Some(graph) = self.graph {
            let subjects = document.each("credentialSubject").iter().map(|subject| {
                let (subject, certain) = self.settle(subject, graph);
                settled &= certain;
                subject
            });
            let subjects = Json::Array(subjects.collect());
            document = document.with("credentialSubject", subjects);
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
        if !settled {
            checks.push(because(CheckId::Record, Status::Warned, Reason::RecordUnsettled));
        }
        let signer = is_publishers.then(|| key.clone());
        Some(Opened { document, securing: None, checks, signer, shown: self.shown })
    }

    /// A subject of such a credential as far as the record's signature tells, and whether that is all of it. To a
    /// signature of the graph a person is one node, so that what was awarded to one person is one heap: nothing is left
    /// of it where several credentials could have it from there, or where it was not found in this one. The record's own
    /// achievements are told apart by their vocabulary.
    fn settle(&self, value: &Json, graph: &Graph<'_>) -> (Json, bool) {
        let Some((subject, id)) = value.as_object().and_then(|subject| Some((subject, subject.str("id")?)))
        else {
            return (value.clone(), true);
        };
        let whole = graph.whole(subject);
        let own = subject.each("achievement");
        let of = |object: &Object, id: Option<&str>| {
            id.is_some() && object.each("achievement").iter().any(|a| party(a) == id)
        };
        let known = |achievement: &Json| {
            own.contains(achievement)
                || of(subject, party(achievement))
                || of(self.written, party(achievement))
        };
        let certain =
            !self.contents.shares(id) && own.len() == 1 && whole.each("achievement").iter().all(known);
        let members = whole.iter().filter(|(name, _)| certain || PERSONAL.contains(name));
        let members = members.map(|(name, value)| {
            let own = if name == "achievement" || name == "type" { subject.get(name) } else { None };
            (name.to_owned(), own.unwrap_or(value).clone())
        });
        (Json::Object(Object::from_unique(members.collect())), certain)
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
