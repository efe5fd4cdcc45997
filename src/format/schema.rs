//! `format.schema`: does it fit the schemas that it names?

use crate::json::{Json, Object};
use crate::part::{self, Part};
use crate::report::{Check, CheckId, Family, Reason, Status};

use super::draft::Draft;
use super::named_schema;
use super::open::Scope;
use super::open_badges_3;

/// Most schemas of one credential that are evaluated.
const MAX_SCHEMAS: usize = 8;

/// A credential as it came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Came<'a> {
    /// With its proofs.
    pub(crate) whole: &'a Object,
    /// Whether the holder may have left out members: what is missing may be in the credential all the same.
    pub(crate) partial: bool,
}

/// Adds the rows: one for what the family's own schema demands, and one for each schema that the credential names.
/// `came` is the credential as it came, with its proofs.
pub(crate) fn rows(
    credential: &Object,
    came: Came<'_>,
    family: Option<Family>,
    draft: &mut Draft,
    scope: Scope<'_>,
) {
    match family {
        Some(Family::OpenBadges3) => draft.push(open_badges_3::schema(credential)),
        Some(Family::Clr2) => draft.push(open_badges_3::record_schema(credential)),
        _ => {}
    }
    let entries = credential.each("credentialSchema").iter().filter_map(Json::as_object);
    for (number, entry) in (0..).zip(entries) {
        let row = match entry.str("id").and_then(|url| open_badges_3::published(url, credential)) {
            Some(row) => row,
            // Nobody is asked about a credential that is not genuine.
            None if draft.core_failed() || !draft.is_signed() => {
                Check::because(CheckId::Schema, Status::Skipped, Reason::SchemaNotAsked)
            }
            None if number >= MAX_SCHEMAS => {
                Check::because(CheckId::Schema, Status::Unknown, Reason::TooComplex)
            }
            None => match part::need(Part::Schemas) {
                Ok(()) => named_schema::row(entry, came, scope),
                Err(not_loaded) => Check::explained(CheckId::Schema, &not_loaded),
            },
        };
        draft.push(row);
    }
}
