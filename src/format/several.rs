//! Several credentials in one input: an array of them, a list without brackets, or a file that holds them among other
//! data, as wallets write when they are backed up. Each has its own report.

use super::draft::{Draft, worst};
use super::family::{self, Kind};
use super::open::Scope;
use super::{Via, bytes, nested_as, not_a_credential, remark, unreadable};
use crate::budget::{MAX_ITEMS, MAX_NESTING};
use crate::codec::to_hex;
use crate::input::{self, Content, Fault};
use crate::json::{self, Json, Object};
use crate::report::{Check, CheckId, Family, Format, Headline, Reason, Report, Status};
use sha2::{Digest, Sha256};

/// How deep in other data credentials are looked for: a service's answer has them in a list in an object in another one.
const DEPTH: u8 = 4;

/// Several documents in one input, which came as the row `readable` says.
pub(crate) fn collection(items: &[Json], format: Format, readable: Check, scope: Scope<'_>) -> Report {
    let container = format.container;
    let one = |item: &Json| nested_as(item, Format { container, ..Format::default() }, None, scope);
    together(each(items, one, scope), format, readable, scope)
}

/// The report of each of `parts`, as far as there is room.
fn each<T>(parts: &[T], report: impl Fn(&T) -> Report, scope: Scope<'_>) -> Vec<Report> {
    let mut reports = Vec::new();
    for part in parts {
        if !scope.budget.item() {
            reports.push(too_many(scope));
            break;
        }
        reports.push(report(part));
    }
    reports
}

/// The report of several credentials together, which came as the row `readable` says.
pub(crate) fn together(items: Vec<Report>, format: Format, readable: Check, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { family: Some(Family::Collection), ..format });
    draft.push(readable);
    draft.args.insert("count".into(), items.len().to_string());
    draft.items = items;
    let mut report = draft.finish(scope.policy, scope.now);
    report.verdict = worst(report.items.iter());
    report.headline = Headline::Several;
    report
}

/// What is said of the credentials beyond the most that are checked.
pub(crate) fn too_many(scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format::default());
    draft.push(Check::because(CheckId::Readable, Status::Unknown, Reason::TooComplex));
    draft.finish(scope.policy, scope.now)
}

/// Several texts, each of which is read like an input of its own. A link is followed where the reader gave it.
pub(crate) fn texts<T: AsRef<str>>(parts: &[T], via: Via<'_>, format: Format, scope: Scope<'_>) -> Report {
    if scope.nesting >= MAX_NESTING {
        return too_many(scope);
    }
    let scope = Scope { nesting: scope.nesting + 1, ..scope };
    let via = if matches!(via, Via::Reader) { via } else { Via::File(None) };
    let reports = each(parts, |part| bytes(part.as_ref().as_bytes(), via, scope), scope);
    together(reports, format, Check::new(CheckId::Readable, Status::Passed), scope)
}

/// The credentials in a document that is none itself.
#[inline(never)]
pub(crate) fn within(document: &Object, format: Format, scope: Scope<'_>) -> Report {
    // A message or a wallet that is encrypted (RFC 7516, section 7.2).
    if document.has("ciphertext") {
        return unreadable(format.container, &input::Error::from(Fault::Encrypted), scope);
    }
    let mut found = Found::default();
    found.look_into(document, DEPTH);
    let Some(mut report) = found.report(format.clone(), scope) else {
        return not_a_credential(format, scope);
    };
    if found.others {
        remark(&mut report, Check::because(CheckId::Readable, Status::Warned, Reason::FoundAmong));
    }
    report
}

/// Credentials among other data.
#[derive(Default)]
pub(crate) struct Found {
    /// Each once: JSON objects, and tokens as text.
    credentials: Vec<Json>,
    /// Whether anything else was passed over.
    others: bool,
}

impl Found {
    /// Adds what is a credential. One more is kept than is looked at, so that the report says that there are more.
    pub(crate) fn add(&mut self, credential: Json) {
        if !is_credential(&credential) {
            self.others = true;
        } else if self.credentials.len() <= MAX_ITEMS as usize && !self.credentials.contains(&credential) {
            self.credentials.push(credential);
        }
    }

    /// The report of what was found.
    pub(crate) fn report(&self, format: Format, scope: Scope<'_>) -> Option<Report> {
        match self.credentials.as_slice() {
            [] => None,
            [only] => {
                let text = match only {
                    Json::String(token) => token.clone(),
                    json => json::canonicalize(json),
                };
                let sha256 = Some(to_hex(&Sha256::digest(text.as_bytes())));
                Some(nested_as(only, Format { sha256, ..format }, None, scope))
            }
            several => {
                Some(collection(several, format, Check::new(CheckId::Readable, Status::Passed), scope))
            }
        }
    }

    fn look_into(&mut self, object: &Object, depth: u8) {
        // A damaged credential speaks for itself: what is attached to it is not what was asked about.
        if object.has("proof") || object.has("credentialSubject") {
            self.others = true;
            return;
        }
        let texts: Vec<Json> = object.iter().filter_map(|(_, value)| as_text(value)).collect();
        // What stands beside a credential's own text is how somebody read it.
        if texts.is_empty() {
            // A context defines terms under the names that a credential's members have.
            let members = object.iter().filter(|(name, _)| *name != "@context");
            members.for_each(|(_, value)| self.look_at(value, depth));
        } else {
            self.others |= object.len() > texts.len();
            texts.into_iter().for_each(|text| self.add(text));
        }
    }

    fn look_at(&mut self, value: &Json, depth: u8) {
        match (value, depth.checked_sub(1)) {
            (Json::Object(_), _) if is_credential(value) => self.add(value.clone()),
            (Json::Object(object), Some(depth)) => self.look_into(object, depth),
            (Json::Array(items), Some(depth)) => items.iter().for_each(|item| self.look_at(item, depth)),
            _ => match as_text(value) {
                Some(text) => self.add(text),
                None => self.others = true,
            },
        }
    }
}

/// The credential whose text this is: a token, or JSON.
fn as_text(value: &Json) -> Option<Json> {
    let text = value.as_str().filter(|text| text.starts_with(['{', 'e']))?;
    match input::read(text.as_bytes()).ok()?.content {
        Content::Jwt(token) | Content::SdJwt(token) => Some(Json::String(token)),
        Content::Json(json, _) => Some(json).filter(is_credential),
        Content::Url(_) | Content::Packed(..) => None,
    }
}

/// Whether a document is a credential or holds some. Data describes much else, badges and issuers included.
fn is_credential(json: &Json) -> bool {
    let Json::Object(object) = json else { return matches!(json, Json::String(_)) };
    match family::of(object) {
        Kind::Nothing => false,
        Kind::OlderBadge => ["recipient", "verify", "verification"].iter().any(|name| object.has(name)),
        _ => true,
    }
}
