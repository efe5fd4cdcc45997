//! Open Badges 3.0: what the schema of an `AchievementCredential` demands beyond the data model (Appendix B.1).

use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Reason, Status};

/// `format.schema`. A member that the schema demands and that is not there is a note, not a forgery: issuers leave
/// some out, and what is missing is not shown.
pub(crate) fn schema(credential: &Object) -> Check {
    match missing(credential) {
        Some(member) => {
            Check::because(CheckId::Schema, Status::Warned, Reason::MemberMissing).with("member", member)
        }
        None => Check::new(CheckId::Schema, Status::Passed),
    }
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
