//! Open Badges 3.0 and CLR 2.0: what their schemas demand beyond the data model (Open Badges 3.0, Appendix B.1; CLR 2.0,
//! Appendix B.1), as read here.
//!
//! Nearly every badge names these schemas. They are long, they are not needed to know whether a badge is genuine, and
//! their server would learn of each badge that is looked at: so what matters of them is built in.

use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Reason, Status};

/// `format.schema` of an Open Badge. A member that the schema demands and that is not there is a note, not a forgery:
/// issuers leave some out, and what is missing is not shown.
pub(crate) fn schema(credential: &Object) -> Check {
    row("Open Badges 3.0", missing(credential))
}

/// The same of a record.
pub(crate) fn record_schema(credential: &Object) -> Check {
    let fine = |subject: &Object| {
        subject.includes("type", "ClrSubject") && !subject.each("verifiableCredential").is_empty()
    };
    row("CLR 2.0", subjects(credential, fine))
}

/// `format.schema` for 1EdTech's schema at `url`, where the file's name tells which; `None` for any other. Drafts had
/// names of their own.
pub(crate) fn published(url: &str, credential: &Object) -> Option<Check> {
    let path = url.strip_prefix("https://purl.imsglobal.org/")?;
    match path.rsplit('/').next()? {
        "ob_v3p0_achievementcredential_schema.json"
        | "ob_v3p0_anyachievementcredential_schema.json"
        | "AchievementCredential.json" => Some(schema(credential)),
        "ob_v3p0_endorsementcredential_schema.json" => {
            let fine = |subject: &Object| subject.includes("type", "EndorsementSubject") && subject.has("id");
            Some(row("Open Badges 3.0", subjects(credential, fine)))
        }
        "clr_v2p0_clrcredential_schema.json" | "ClrCredential.json" => Some(record_schema(credential)),
        _ => None,
    }
}

fn row(standard: &str, missing: Option<&'static str>) -> Check {
    match missing {
        Some(member) => {
            Check::because(CheckId::Schema, Status::Warned, Reason::MemberMissing).with("member", member)
        }
        None => Check::new(CheckId::Schema, Status::Passed).with("standard", standard),
    }
}

fn subjects(credential: &Object, fine: impl Fn(&Object) -> bool) -> Option<&'static str> {
    let mut subjects = credential.each("credentialSubject").iter().filter_map(Json::as_object);
    subjects.any(|subject| !fine(subject)).then_some("credentialSubject")
}

fn missing(credential: &Object) -> Option<&'static str> {
    for subject in credential.each("credentialSubject").iter().filter_map(Json::as_object) {
        if !subject.includes("type", "AchievementSubject") {
            return Some("credentialSubject.type");
        }
        if !subject.has("id") && !subject.has("identifier") {
            return Some("credentialSubject.id");
        }
        for achievement in subject.each("achievement") {
            // A bare reference: its members are somewhere else in the document, or nowhere.
            let Json::Object(achievement) = achievement else { continue };
            if !achievement.includes("type", "Achievement") {
                return Some("achievement.type");
            }
            for (member, path) in [
                ("id", "achievement.id"),
                ("name", "achievement.name"),
                ("description", "achievement.description"),
                ("criteria", "achievement.criteria"),
            ] {
                if !achievement.has(member) {
                    return Some(path);
                }
            }
        }
    }
    None
}
