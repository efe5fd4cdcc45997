//! Fetching a schema that a credential names, and evaluating the credential against it.

use crate::budget::MAX_NEEDS;
use crate::integrity::{Integrity, is_stated};
use crate::json::{self, Json, Object};
use crate::report::{Check, CheckId, Format, NeedKind, Reason, Status, Vouched};
use crate::schema::named::{self, Kind};
use crate::schema::{Fault, Outcome};

use super::currency;
use super::draft::Draft;
use super::open::{Opened, Scope, fetched};
use super::schema::Came;

/// The row of one entry of `credentialSchema`. A credential that does not fit has failed (VC JSON Schema, section 4.2);
/// whatever keeps that from being found out leaves it unknown, for it is no fault of the credential.
#[inline(never)]
pub(crate) fn row(entry: &Object, came: Came<'_>, scope: Scope<'_>) -> Check {
    let Some(kind) = Kind::of(entry) else {
        let name = entry.each("type").first().and_then(Json::as_str).unwrap_or_default();
        return unknown(Reason::SchemaUnsupported).with("name", name);
    };
    let id = entry.str("id").unwrap_or_default();
    let url = id.split('#').next().unwrap_or(id);
    let bytes = match scope.lookups.get(NeedKind::Schema, url, CheckId::Schema) {
        Ok(bytes) => bytes,
        Err(missing) => return Check::explained(CheckId::Schema, &missing).resting_on(url),
    };
    let row = compared(entry, url, bytes, scope)
        .and_then(|()| found(kind, url, bytes, scope))
        .and_then(|found| judge(kind, &found, url, came, scope));
    row.unwrap_or_else(|row| row).resting_on(url)
}

fn unknown(reason: Reason) -> Check {
    Check::because(CheckId::Schema, Status::Unknown, reason)
}

/// Compares the schema with the digests that the entry states.
fn compared(entry: &Object, url: &str, bytes: &[u8], scope: Scope<'_>) -> Result<(), Check> {
    if !is_stated(entry) {
        return Ok(());
    }
    let failed = |reason| Check::because(CheckId::Schema, Status::Failed, reason);
    let integrity = Integrity::of(entry)
        .map_err(|_| failed(Reason::MemberMalformed).with("member", "credentialSchema"))?;
    match integrity.fits(bytes) {
        Some(true) => {
            scope.lookups.vouch(url, Vouched::Digest);
            Ok(())
        }
        Some(false) => Err(failed(Reason::DigestMismatch).with("url", url)),
        None => Err(unknown(Reason::SchemaUnsupported)),
    }
}

/// The document: a schema, or an opened and proven schema credential.
fn found(kind: Kind, url: &str, bytes: &[u8], scope: Scope<'_>) -> Result<Json, Check> {
    if kind != Kind::Credential {
        return json::parse(bytes).map_err(|_| unknown(Reason::SchemaMalformed));
    }
    let opened = fetched(bytes, scope).ok_or_else(|| unknown(Reason::SchemaMalformed))?;
    opened.proven(CheckId::Schema, Reason::SchemaUnproven)?;
    in_force(&opened, scope)?;
    scope.lookups.vouch(url, Vouched::Signature);
    Ok(Json::Object(opened.document))
}

/// That the credential with the schema has begun, has not ended and is not withdrawn.
fn in_force(opened: &Opened, scope: Scope<'_>) -> Result<(), Check> {
    let mut draft = Draft::new(Format::default());
    currency::rows(&opened.document, opened.signer.as_ref(), opened.shown, &mut draft, scope);
    if draft.checks.iter().any(|c| c.status == Status::Failed) {
        return Err(unknown(Reason::SchemaEnded));
    }
    match draft.checks.into_iter().find(|c| c.status == Status::Unknown) {
        Some(open) => Err(open.of(CheckId::Schema)),
        None => Ok(()),
    }
}

fn judge(kind: Kind, found: &Json, url: &str, came: Came<'_>, scope: Scope<'_>) -> Result<Check, Check> {
    let moved_to = scope.lookups.final_url(url);
    let schema = named::schema(kind, found, url, moved_to).map_err(|_| unknown(Reason::SchemaMalformed))?;
    let credential = Json::Object(came.whole.clone());
    // What the schema refers to is fetched one by one, until nothing more is missing.
    let mut others: Vec<(String, Json)> = Vec::new();
    for _ in 0..=MAX_NEEDS {
        let reason = match named::evaluate(kind, &credential, url, schema, &others, scope.budget) {
            Outcome::Fits => return Ok(Check::new(CheckId::Schema, Status::Passed)),
            // What is not shown cannot be missed.
            Outcome::Fails(_) if came.partial => {
                return Err(Check::because(CheckId::Schema, Status::Warned, Reason::SchemaNotChecked));
            }
            Outcome::Fails(place) => {
                let row = Check::because(CheckId::Schema, Status::Failed, Reason::SchemaMismatch);
                return Err(if place.is_empty() { row } else { row.with("member", place) });
            }
            Outcome::Undecided(Fault::Missing(wanted)) => {
                let bytes = scope
                    .lookups
                    .get(NeedKind::Schema, &wanted, CheckId::Schema)
                    .map_err(|missing| Check::explained(CheckId::Schema, &missing))?;
                match json::parse(bytes) {
                    Ok(other) => {
                        others.push((wanted, other));
                        continue;
                    }
                    Err(_) => Reason::SchemaMalformed,
                }
            }
            Outcome::Undecided(Fault::Malformed) => Reason::SchemaMalformed,
            Outcome::Undecided(Fault::Dialect | Fault::Pattern | Fault::TooComplex) => {
                Reason::SchemaUnsupported
            }
        };
        return Err(unknown(reason));
    }
    Err(unknown(Reason::SchemaUnsupported))
}
