//! Opening a secured document: from what arrived to a credential and the rows that say how far it can be believed.
//! Badges, status lists and presentations are all opened here.

use crate::budget::Budget;
use crate::evidence::Lookups;
use crate::input::{self, Content};
use crate::json::{Json, Object};
use crate::key::{self, PublicKey, Relationship, Resolved};
use crate::part::{self, Part};
use crate::policy::Policy;
use crate::proof::data_integrity::{self, Demand, Proof, ProofSet};
use crate::proof::jose::Token;
use crate::proof::{self, Note, Shown, VerifiedProof};
use crate::rdf;
use crate::report::{Check, CheckId, Explain, Reason, Status};
use crate::time::Timestamp;

use super::blockcerts;
use super::endorsement::Attached;
use super::family::{self, Kind};
use super::gate;
use super::holder;
use super::jwt;
use super::model;
use super::record::Within;

/// What every step of a verification may ask.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) lookups: &'a Lookups<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) budget: &'a Budget,
    /// The budget of endorsements.
    pub(crate) aside: &'a Budget,
    /// What the credential is attached to as an endorsement.
    pub(crate) endorses: Option<Attached<'a>>,
    /// The record that the credential stands in.
    pub(crate) within: Option<&'a Within<'a>>,
    /// How many endorsements it stands in.
    pub(crate) depth: u8,
    /// How many files and lists it stands in.
    pub(crate) nesting: u8,
    pub(crate) now: Timestamp,
}

impl Scope<'_> {
    /// Whether the credential stands neither in another one nor on it.
    pub(crate) fn is_alone(self) -> bool {
        self.endorses.is_none() && self.within.is_none()
    }
}

/// A secured document, before anything is believed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sealed<'a> {
    /// JSON with embedded proofs, or none.
    Json(&'a Object),
    /// A compact JWT.
    Jwt(&'a Token<'a>),
    /// An SD-JWT with what it discloses in place, the rows of the holder's key binding, and how much it shows.
    SdJwt(&'a Token<'a>, &'a [Check], Shown),
}

/// An opened document.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The document without its proofs: what was signed, where the rows say so.
    pub(crate) document: Object,
    /// How it is secured.
    pub(crate) securing: Option<String>,
    /// Rows of the groups format, proof and issuer.
    pub(crate) checks: Vec<Check>,
    /// The signer's key, where it was found and is the owner's.
    pub(crate) signer: Option<Resolved>,
    /// How much of what was signed is here.
    pub(crate) shown: Shown,
}

impl Opened {
    fn new(document: Object) -> Self {
        Opened { document, securing: None, checks: Vec::new(), signer: None, shown: Shown::Whole }
    }

    fn because(&mut self, id: CheckId, status: Status, reason: Reason) {
        self.checks.push(Check::because(id, status, reason));
    }

    fn explain(&mut self, id: CheckId, cause: &dyn Explain) {
        self.checks.push(Check::explained(id, cause));
    }

    /// Whether the document is proven, where something else rests on it.
    ///
    /// # Errors
    /// The row of the check `id`, which stays open: for the reason `unproven`, or for what keeps the document open.
    pub(crate) fn proven(&self, id: CheckId, unproven: Reason) -> Result<(), Check> {
        let row_that_is = |status| self.checks.iter().find(|c| c.status == status);
        if row_that_is(Status::Failed).or(row_that_is(Status::Absent)).is_some() {
            return Err(Check::because(id, Status::Unknown, unproven));
        }
        match row_that_is(Status::Unknown).or(row_that_is(Status::Skipped)) {
            Some(open) => Err(Check { status: Status::Unknown, ..open.clone().of(id) }),
            None => Ok(()),
        }
    }

    /// Leaves the rows of a signature that was not reached.
    fn give_up(&mut self, status: Status, reason: Reason) {
        for id in [CheckId::Signature, CheckId::Key] {
            if !self.checks.iter().any(|c| c.id == id) {
                self.because(id, status, reason);
            }
        }
    }
}

/// Opens `sealed`, which should be signed for `purpose` by the party that the member `owner` names.
pub(crate) fn open(sealed: Sealed<'_>, owner: &str, purpose: Relationship, scope: Scope<'_>) -> Opened {
    match sealed {
        Sealed::Json(object) => embedded(object, owner, purpose, scope),
        Sealed::Jwt(token) => enveloped(token, owner, purpose, scope),
        Sealed::SdJwt(token, held, shown) => {
            let mut opened = Opened { shown, ..enveloped(token, owner, purpose, scope) };
            opened.securing = Some(["SD-JWT ", token.alg()].concat());
            let held = holder::resting_on(&opened.checks, held);
            opened.checks.extend(held);
            opened
        }
    }
}

/// Opens a fetched credential that another one names: JSON, a token, or either enveloped in a `data:` URL (VCDM 2.0,
/// section 4.13). `None` where it is none.
pub(crate) fn fetched(bytes: &[u8], scope: Scope<'_>) -> Option<Opened> {
    let mut content = input::read_fetched(bytes).ok()?.content;
    if let Content::Json(Json::Object(object), _) = &content
        && family::of(object) == Kind::Enveloped
    {
        let inner = object.str("id").unwrap_or_default();
        content = input::read_fetched(inner.as_bytes()).ok()?.content;
    }
    let open = |sealed| open(sealed, "issuer", Relationship::AssertionMethod, scope);
    match content {
        Content::Json(Json::Object(object), _) => Some(open(Sealed::Json(&object))),
        Content::Jwt(text) => Some(open(Sealed::Jwt(&Token::parse(&text).ok()?))),
        _ => None,
    }
}

/// The id of the party that `member` names.
pub(crate) fn party_id<'a>(document: &'a Object, member: &str) -> Option<&'a str> {
    model::party_id(document.get(member)?)
}

fn embedded(object: &Object, owner: &str, purpose: Relationship, scope: Scope<'_>) -> Opened {
    let mut opened = Opened::new(object.without(&["proof"]));
    let set = match ProofSet::of(object) {
        Ok(set) => set,
        Err(fault) => {
            opened.explain(CheckId::Signature, &fault);
            opened.give_up(Status::Skipped, fault.reason());
            opened.checks.push(coverable(&opened.document));
            return opened;
        }
    };
    let own = match gate::check(object) {
        Ok(own) => own,
        Err(fault) => {
            opened.explain(CheckId::Coverage, &fault);
            opened.give_up(Status::Skipped, fault.reason());
            return opened;
        }
    };
    let owner = party_id(object, owner);
    let mut proofs: Vec<Single> = (0..)
        .zip(set.proofs())
        .map(|(i, proof)| match is_merkle_proof(proof, purpose) {
            true => recorded(object, i, owner, scope),
            false => single(&set, i, proof, owner, purpose, scope),
        })
        .collect();
    let good = proofs.iter().any(|p| p.good);
    // Where one proof shows the whole, nothing is left out under another.
    if let Some(most) = proofs.iter().filter_map(|p| p.shown).max() {
        opened.shown = most;
        if most != Shown::Whole {
            opened.because(CheckId::Signature, Status::Warned, Reason::PartShown);
        }
    }
    // A proof of a kind that is not checked here, beside a good one, is a note; a bad one is never outvoted.
    let alongside = proofs.iter().find(|p| p.unsupported).and_then(|p| p.suite.clone()).filter(|_| good);
    if let Some(suite) = alongside {
        proofs.retain(|p| !p.unsupported);
        let note = Check::because(CheckId::Signature, Status::Warned, Reason::ProofAlongside);
        opened.checks.push(note.with("suite", suite));
    }
    if !own.is_empty() {
        opened.because(CheckId::Coverage, Status::Warned, Reason::MemberDefinedInline);
    }
    opened.document = own.stripped_from(opened.document);
    for one in proofs {
        opened.securing = opened.securing.or(one.suite);
        opened.signer = opened.signer.or(one.signer);
        opened.checks.extend(one.rows);
    }
    opened
}

/// `format.coverage` of a document without a proof: whether a signature could cover it.
fn coverable(document: &Object) -> Check {
    let quads = match gate::check(document) {
        Ok(_) => rdf::to_rdf(document, &rdf::Options::default()),
        Err(fault) => return Check::explained(CheckId::Coverage, &fault),
    };
    // Some methods cover the base direction of a text, which RDF has no place for.
    let is_direction = |lost: &String| lost.ends_with(": ltr") || lost.ends_with(": rtl");
    match quads {
        Ok(quads) if quads.dropped.iter().all(is_direction) => Check::new(CheckId::Coverage, Status::Passed),
        Ok(quads) => Check::because(CheckId::Coverage, Status::Failed, Reason::MemberNotCovered)
            .with("members", quads.dropped.join(", ")),
        Err(fault) => Check::explained(CheckId::Coverage, &fault),
    }
}

/// How one embedded proof came out.
#[derive(Default)]
pub(super) struct Single {
    pub(super) suite: Option<String>,
    /// Rows for coverage, signature, purpose and key.
    pub(super) rows: Vec<Check>,
    pub(super) signer: Option<Resolved>,
    pub(super) good: bool,
    /// How much of what was signed is here, where the signature fits.
    pub(super) shown: Option<Shown>,
    pub(super) unsupported: bool,
}

/// Whether a proof shows that the document is recorded in a blockchain. One of a presentation would not cover what it
/// answers, and is of a kind that is not checked.
fn is_merkle_proof(proof: &Object, purpose: Relationship) -> bool {
    let named = |member, name| proof.str(member) == Some(name);
    purpose == Relationship::AssertionMethod
        && (named("type", "MerkleProof2019")
            || named("type", "ChainedProof2021")
            || named("cryptosuite", "merkle-proof-2019"))
}

/// Such a proof, where what reads it is here.
fn recorded(object: &Object, index: usize, owner: Option<&str>, scope: Scope<'_>) -> Single {
    // Its contexts are among the rare ones.
    match part::need(Part::Chain).and(part::need(Part::Wide)) {
        Ok(()) => blockcerts::proof(object, index, owner, scope),
        Err(missing) => {
            let rows = [CheckId::Signature, CheckId::Key].map(|id| Check::explained(id, &missing));
            Single { rows: rows.into(), ..Single::default() }
        }
    }
}

fn single(
    set: &ProofSet<'_>,
    index: usize,
    value: &Object,
    owner: Option<&str>,
    purpose: Relationship,
    scope: Scope<'_>,
) -> Single {
    let mut one = Single::default();
    let (proof, covered) = match Proof::parse(value).and_then(|proof| Ok((proof, set.covered(index)?))) {
        Ok(parts) => parts,
        Err(fault) => {
            match &fault {
                proof::Error::Unsupported(name) => one.suite = Some(name.clone()),
                proof::Error::BaseProof => one.suite = value.str("cryptosuite").map(String::from),
                _ => {}
            }
            one.unsupported = one.suite.is_some();
            one.rows = vec![
                Check::explained(CheckId::Signature, &fault),
                unreached(CheckId::Key, &fault),
                unreached(CheckId::Purpose, &fault),
            ];
            return one;
        }
    };
    one.suite = Some(proof.suite().name().into());
    let demand = Demand {
        purpose,
        domain: scope.policy.domain.as_deref().filter(|_| purpose == Relationship::Authentication),
        challenge: scope.policy.challenge.as_deref().filter(|_| purpose == Relationship::Authentication),
        now: scope.now,
    };
    one.rows.push(match proof.meets(&demand) {
        Ok(()) => Check::new(CheckId::Purpose, Status::Passed),
        Err(fault) => Check::explained(CheckId::Purpose, &fault),
    });
    let method = proof.verification_method();
    // A presentation need not name its holder (VCDM 2.0, section 4.13): then it is whoever signed.
    let signer = method.split('#').next().filter(|_| purpose == Relationship::Authentication);
    let Some(owner) = owner.or(signer) else {
        one.rows.extend([CheckId::Signature, CheckId::Key].map(skipped_without_owner));
        return one;
    };
    let verify = |key: &PublicKey| data_integrity::verify(&covered, &proof, key, scope.budget);
    match key::resolve(method, owner, purpose, scope.lookups, scope.now) {
        Ok(resolved) => {
            one.rows.push(Check::new(CheckId::Key, Status::Passed).with("method", resolved.method.clone()));
            let outcome = verify(&resolved.key);
            one.good = outcome.is_ok();
            one.shown = outcome.as_ref().ok().map(VerifiedProof::shown);
            one.rows.extend(outcome_rows(outcome));
            one.signer = Some(resolved);
        }
        Err(fault) => {
            one.rows.push(Check::explained(CheckId::Key, &fault));
            // A key that only the signature names proves nothing about the issuer, but something about the contents.
            match key::claimed(method).filter(|_| fault.status() == Status::Unknown) {
                Some(key) => {
                    let outcome = verify(&key);
                    one.shown = outcome.as_ref().ok().map(VerifiedProof::shown);
                    one.rows.extend(outcome_rows(outcome));
                }
                None => one.rows.push(unreached(CheckId::Signature, &fault)),
            }
        }
    }
    one
}

pub(super) fn skipped_without_owner(id: CheckId) -> Check {
    Check::because(id, Status::Skipped, Reason::MemberMissing).with("member", "issuer")
}

/// `proof.signature`, and `format.coverage` where that is what is wrong.
fn outcome_rows(outcome: Result<VerifiedProof, proof::Error>) -> Vec<Check> {
    match outcome {
        Ok(verified) => vec![Check::new(CheckId::Coverage, Status::Passed), signature(&verified)],
        Err(fault) if is_about_coverage(fault.reason()) => {
            vec![Check::explained(CheckId::Coverage, &fault), unreached(CheckId::Signature, &fault)]
        }
        Err(fault) => vec![Check::explained(CheckId::Signature, &fault)],
    }
}

fn signature(verified: &VerifiedProof) -> Check {
    let note = verified.notes().first().map(|note| match note {
        Note::OldName => Reason::SuiteOldName,
        Note::FormerEdition => Reason::ContextFormer,
        Note::ContextExtended => Reason::ContextExtended,
    });
    match note {
        Some(reason) => Check::because(CheckId::Signature, Status::Warned, reason),
        None => Check::new(CheckId::Signature, Status::Passed),
    }
}

/// The row of a check that was not reached because of `fault`: open where the fault is, else skipped.
pub(crate) fn unreached(id: CheckId, fault: &dyn Explain) -> Check {
    let status = if fault.status() == Status::Unknown { Status::Unknown } else { Status::Skipped };
    Check { status, ..Check::explained(id, fault) }
}

const fn is_about_coverage(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::MemberNotCovered
            | Reason::MemberForbidden
            | Reason::MemberMalformed
            | Reason::ContextUnknown
            | Reason::ContextForbidden
            | Reason::ValueForbidden
    )
}

fn enveloped(token: &Token<'_>, owner: &str, purpose: Relationship, scope: Scope<'_>) -> Opened {
    let (document, agreement) = jwt::document(token);
    let mut opened = Opened::new(document);
    opened.securing = Some(["JWT ", token.alg()].concat());
    if let Err(fault) = agreement {
        opened.explain(CheckId::Type, &fault);
    }
    if let Err(fault) = jwt::made_for(token, purpose, scope.policy, scope.now) {
        opened.explain(CheckId::Purpose, &fault);
    } else {
        opened.checks.push(Check::new(CheckId::Purpose, Status::Passed));
    }
    opened.checks.push(payload_coverage(&opened.document));
    // As with an embedded proof: a presentation without a holder is its signer's.
    let signer = token.kid().filter(|kid| purpose == Relationship::Authentication && kid.starts_with("did:"));
    let signer = signer.and_then(|kid| kid.split('#').next());
    let Some(owner) = party_id(&opened.document, owner).or(signer).map(String::from) else {
        opened.give_up(Status::Skipped, Reason::MemberMissing);
        return opened;
    };
    if let Err(fault) = token.check_header() {
        opened.explain(CheckId::Signature, &fault);
        opened.give_up(Status::Skipped, fault.reason());
        return opened;
    }
    let embedded = token.embedded_key();
    let resolved = jwt::key(token, embedded.as_ref(), &owner)
        .and_then(|key| key::resolve_token(&key, &owner, purpose, scope.lookups, scope.now));
    match resolved {
        Ok(resolved) => {
            opened
                .checks
                .push(Check::new(CheckId::Key, Status::Passed).with("method", resolved.method.clone()));
            opened.checks.push(match token.verify(&resolved.key) {
                Ok(verified) => signature(&verified),
                Err(fault) => Check::explained(CheckId::Signature, &fault),
            });
            opened.signer = Some(resolved);
        }
        Err(fault) => {
            opened.explain(CheckId::Key, &fault);
            // As with a key that only the signature names: it proves something about the contents, not the issuer.
            match embedded.filter(|_| fault.status() == Status::Unknown) {
                Some(key) => opened.checks.extend(outcome_rows(token.verify(&key))),
                None => opened.checks.push(unreached(CheckId::Signature, &fault)),
            }
        }
    }
    opened
}

/// Every byte of a payload is signed, so no context can hide anything in it; one that is not built in is a note.
fn payload_coverage(document: &Object) -> Check {
    let known = match rdf::Contexts::of(document) {
        Ok(known) => known,
        Err(part) => return Check::explained(CheckId::Coverage, &part),
    };
    match document.each("@context").iter().filter_map(Json::as_str).find(|url| !known.knows(url)) {
        Some(url) => {
            Check::because(CheckId::Coverage, Status::Warned, Reason::ContextUnknown).with("url", url)
        }
        None => Check::new(CheckId::Coverage, Status::Passed),
    }
}
