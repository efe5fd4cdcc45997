//! Digests that a credential states of what it refers to: is that still what was signed for? (VCDM 2.0, section 5.3.)
//!
//! A vocabulary is compared with the one that is built in, and a picture or a piece of evidence inside the credential
//! where it stands. What is elsewhere is compared where the host has it. It is not fetched without being asked for: the
//! credential is as genuine without it, and its server would learn who is being looked at.

use crate::input;
use crate::integrity::{BadDigest, Integrity, is_stated};
use crate::json::{Json, Object};
use crate::part::{self, Part};
use crate::rdf;
use crate::report::{Check, CheckId, Failure, NeedKind, Reason, Status, Vouched};

use super::draft::Draft;
use super::model::is_absolute;
use super::open::Scope;

/// Members whose digests have rows of their own: schemas are evaluated, and what is signed by itself has its own report.
const APART: [&str; 6] =
    ["@context", "proof", "credentialSchema", "endorsement", "verifiableCredential", "credentialStatus"];

/// Adds the rows of a credential that states any digest.
pub(crate) fn rows(credential: &Object, draft: &mut Draft, scope: Scope<'_>) {
    if !states_any(credential) {
        return;
    }
    match part::need(Part::Wide) {
        Ok(()) => compare(credential, draft, scope),
        // Among them could be one of a vocabulary, which decides what was signed.
        Err(not_loaded) => draft.explain(CheckId::Type, &not_loaded),
    }
}

fn states_any(object: &Object) -> bool {
    is_stated(object)
        || object.has("relatedResource")
        || object.iter().any(|(name, value)| {
            !APART.contains(&name) && value.each().iter().filter_map(Json::as_object).any(states_any)
        })
}

/// An object that states digests of what its `id` names, and the row that it belongs to.
type Found<'a> = (CheckId, &'a Object);

#[inline(never)]
fn compare(credential: &Object, draft: &mut Draft, scope: Scope<'_>) {
    if !well_formed(credential) {
        let row = Check::because(CheckId::Type, Status::Failed, Reason::MemberMalformed);
        draft.push(row.with("member", "relatedResource"));
        return;
    }
    let (mut found, mut named) = (Vec::new(), Vec::new());
    collect(credential, CheckId::Resource, &mut found, &mut named);
    // Whoever is not genuine refers to nothing that anybody need look at.
    let asks = !draft.core_failed() && draft.is_signed();
    for (check, object) in found {
        let id = object.str("id");
        // A resource that is listed may be the picture or the evidence.
        let check = named.iter().find(|(_, name)| Some(*name) == id).map_or(check, |(check, _)| *check);
        draft.push(row(check, object, id.unwrap_or_default(), asks, scope));
    }
}

/// Whether the list of related resources has the form that the data model demands.
fn well_formed(credential: &Object) -> bool {
    let mut ids: Vec<&str> = Vec::new();
    credential.each("relatedResource").iter().all(|entry| {
        let Json::Object(entry) = entry else { return false };
        let Some(id) = entry.str("id").filter(|id| is_absolute(id) && !ids.contains(id)) else {
            return false;
        };
        ids.push(id);
        let media_type = |value: &Json| value.as_str().is_some_and(|text| text.contains('/'));
        is_stated(entry) && Integrity::of(entry).is_ok() && entry.get("mediaType").is_none_or(media_type)
    })
}

fn collect<'a>(
    object: &'a Object,
    check: CheckId,
    found: &mut Vec<Found<'a>>,
    named: &mut Vec<(CheckId, &'a str)>,
) {
    if is_stated(object) {
        found.push((check, object));
    }
    for (name, value) in object.iter().filter(|(name, _)| !APART.contains(name)) {
        let check = match name {
            "image" => CheckId::Image,
            "evidence" => CheckId::Evidence,
            _ => CheckId::Resource,
        };
        for value in value.each() {
            let id = value.as_str().or_else(|| value.get("id").and_then(Json::as_str));
            if check != CheckId::Resource
                && let Some(id) = id
            {
                named.push((check, id));
            }
            if let Json::Object(object) = value {
                collect(object, check, found, named);
            }
        }
    }
}

fn row(check: CheckId, object: &Object, id: &str, asks: bool, scope: Scope<'_>) -> Check {
    // What stands in the credential itself has no address that could be named.
    let about = |row: Check| if id.starts_with("https://") { row.with("url", id) } else { row };
    let not_checked = || about(Check::because(check, Status::Skipped, Reason::ResourceNotChecked));
    let integrity = match Integrity::of(object) {
        Ok(integrity) => integrity,
        Err(BadDigest) => {
            return Check::because(check, Status::Failed, Reason::MemberMalformed)
                .with("member", if object.has("digestSRI") { "digestSRI" } else { "digestMultibase" });
        }
    };
    let outcome = |check: CheckId, fits: Option<bool>| match fits {
        Some(true) => Check::new(check, Status::Passed),
        Some(false) => about(Check::because(check, Status::Failed, Reason::DigestMismatch)),
        None => not_checked(),
    };
    let is_context = match rdf::is_known_context(id) {
        Ok(known) => known,
        Err(part) => return Check::explained(check, &part),
    };
    if is_context {
        // A vocabulary that the issuer read otherwise decides what was signed.
        return match integrity.holds(|digest| rdf::is_digest_of_context(id, &digest.value)) {
            Some(false) if rdf::has_context_digests(id) => outcome(CheckId::Coverage, Some(false)),
            fits => outcome(check, fits.filter(|_| rdf::has_context_digests(id))),
        };
    }
    if let Some((media_type, bytes)) = input::data_url_parts(id) {
        let stated = object.str("mediaType").is_none_or(|stated| stated.eq_ignore_ascii_case(media_type));
        return outcome(
            check,
            bytes.ok().and_then(|bytes| integrity.fits(&bytes)).map(|fits| fits && stated),
        );
    }
    if !asks || !id.starts_with("https://") {
        return not_checked();
    }
    let url = id.split('#').next().unwrap_or(id);
    match scope.lookups.get_optional(NeedKind::Resource, url, check) {
        Ok(bytes) => {
            let fits = integrity.fits(bytes);
            if fits == Some(true) {
                scope.lookups.vouch(url, Vouched::Digest);
            }
            outcome(check, fits).resting_on(url)
        }
        Err(missing) if matches!(missing.cause, None | Some(Failure::Declined)) => not_checked(),
        Err(missing) => Check::explained(check, &missing).resting_on(url),
    }
}
