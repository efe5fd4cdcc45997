//! What a kind of SD-JWT VC is called: its type metadata, where the issuer stands behind them (SD-JWT VC, sections 6 to
//! 9). They name things for a reader and never decide anything.

use crate::integrity::Integrity;
use crate::json::{self, Json, Object};
use crate::report::{Check, CheckId, NeedKind, Reason, Status, View, Vouched};

use super::open::Scope;

/// Most types of which each extends the next.
const MAX_CHAIN: usize = 4;

/// Gives `view` the names that the type of `payload` has for it. A row where there is something to say.
///
/// Metadata are the issuer's word where the issuer signed their digest, or where they come from `domain`, which is the
/// issuer's. Others are not asked for.
pub(crate) fn describe(
    payload: &Object,
    domain: Option<&str>,
    view: &mut View,
    scope: Scope<'_>,
) -> Option<Check> {
    let mut url = payload.str("vct")?.to_owned();
    let mut integrity = payload.get("vct#integrity").cloned();
    let row = |reason| Some(Check::because(CheckId::Schema, Status::Warned, reason));
    let mut found = None;
    let mut titled = false;
    for _ in 0..MAX_CHAIN {
        let Some(host) = host(&url) else { break };
        if integrity.is_none() && domain != Some(host) {
            break;
        }
        let Ok(bytes) = scope.lookups.get_optional(NeedKind::TypeMetadata, &url, CheckId::Schema) else {
            break;
        };
        let fits = match &integrity {
            Some(digests) => {
                // What is tied to it in a way that is not known here is not used.
                let Some(fits) = Integrity::of_sri(digests).ok().and_then(|stated| stated.fits(bytes)) else {
                    break;
                };
                fits
            }
            None => true,
        };
        let metadata = match json::parse(bytes) {
            Ok(Json::Object(metadata)) if fits && metadata.str("vct").is_none_or(|vct| vct == url) => {
                metadata
            }
            _ => {
                scope.lookups.vouch(&url, Vouched::Nothing);
                found = row(Reason::TypeMetadataMismatch);
                break;
            }
        };
        if integrity.is_some() {
            scope.lookups.vouch(&url, Vouched::Digest);
        }
        if metadata.has("schema") || metadata.has("schema_uri") {
            found = row(Reason::SchemaNotChecked);
        }
        if let Some(name) = named(&metadata, "name").filter(|_| !titled) {
            view.title = Some(name);
            titled = true;
        }
        labels(&metadata, view);
        let Some(extended) = metadata.str("extends") else { break };
        url = extended.into();
        integrity = metadata.get("extends#integrity").cloned();
    }
    found
}

fn host(url: &str) -> Option<&str> {
    url.strip_prefix("https://")?.split(['/', '?', '#', ':']).next()
}

/// The text `name` of the display entry to show: an English one, else the first.
fn named(owner: &Object, name: &str) -> Option<String> {
    let entries = || owner.each("display").iter().filter_map(Json::as_object);
    // Early drafts call a language `lang`, the present one `locale`.
    let is_english = |entry: &&Object| {
        let language = entry.str("locale").or_else(|| entry.str("lang"));
        language.is_some_and(|tag| tag.starts_with("en"))
    };
    entries()
        .find(is_english)
        .or_else(|| entries().next())?
        .str(name)
        .map(|text| text.chars().take(200).collect())
}

/// Labels for the claims that have none yet.
fn labels(metadata: &Object, view: &mut View) {
    for claim in metadata.each("claims").iter().take(200).filter_map(Json::as_object) {
        let (Some(label), Some(path)) = (named(claim, "label"), claim.get("path").and_then(Json::as_array))
        else {
            continue;
        };
        for shown in view.claims.iter_mut().filter(|shown| shown.label.is_none()) {
            if is_at(&shown.name, path) {
                shown.label = Some(label.clone());
            }
        }
    }
}

/// Whether a claim's name is that of `path`; `null` stands for every member of an array (section 9.1).
fn is_at(name: &str, path: &[Json]) -> bool {
    // The members of an array of plain values are shown as one.
    let path = match path {
        [front @ .., Json::Null] => front,
        path => path,
    };
    let mut parts = name.split('.');
    path.iter().all(|step| match (parts.next(), step) {
        (Some(part), Json::String(name)) => part == name,
        (Some(part), Json::Null) => part.bytes().all(|b| b.is_ascii_digit()),
        (Some(part), Json::Number(n)) => part.parse() == Ok(*n as u32 + 1),
        _ => false,
    }) && parts.next().is_none()
}
