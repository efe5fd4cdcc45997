//! What a certificate says, in whichever edition, as members of an Open Badges assertion.

use super::{recipient, view};
use crate::codec::{contains, split_once};
use crate::format::draft::Draft;
use crate::format::gate::Leave;
use crate::format::graph::Graph;
use crate::format::model::party_id;
use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Reason, Status, View};

/// An edition that is checked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// 1.2: certificate and receipt side by side.
    V1_2,
    /// 2.0 in all its drafts.
    V2,
    /// 2.1.
    V2_1,
}

impl Edition {
    /// The edition of `file`, by what it is made of and by its contexts.
    pub(super) fn of(file: &Object) -> Option<Self> {
        let names =
            |part: &str| file.each("@context").iter().filter_map(Json::as_str).any(|c| contains(c, part));
        if file.has("document") || names("blockcerts/v1") || names("schema/1.2/") {
            Some(Edition::V1_2)
        } else if names("blockcerts/v2.1") || names("schema/2.1/") {
            Some(Edition::V2_1)
        } else if file.has("@context") {
            Some(Edition::V2)
        } else {
            None
        }
    }

    /// Its number.
    pub(super) const fn number(self) -> &'static str {
        match self {
            Edition::V1_2 => "1.2",
            Edition::V2 => "2.0",
            Edition::V2_1 => "2.1",
        }
    }

    /// What is hashed.
    pub(super) fn signed(self, file: &Object) -> Object {
        match self {
            Edition::V1_2 => file.get("document").and_then(Json::as_object).cloned().unwrap_or_default(),
            Edition::V2 | Edition::V2_1 => file.without(&["signature"]),
        }
    }

    /// The receipt.
    pub(super) fn receipt(self, file: &Object) -> Option<&Object> {
        let member = if self == Edition::V1_2 { "receipt" } else { "signature" };
        file.get(member).and_then(Json::as_object)
    }

    /// What its documents may have besides what all may.
    pub(super) const fn leave(self) -> Leave {
        match self {
            Edition::V1_2 => {
                Leave { member: Some("image:signature"), term: Some("nonce"), scoped: Some("assertion") }
            }
            Edition::V2 | Edition::V2_1 => Leave { member: None, term: Some("nonce"), scoped: None },
        }
    }

    /// Whether members of `signed` may be left `uncovered`: in 1.2, whose vocabulary lacks what its own issuers write.
    /// They must be unknown words, or empty, and told for certain, for what is not covered is taken out.
    pub(super) fn spares(self, signed: &Object, uncovered: &[String]) -> bool {
        let plain = |place: &String| split_once(place, ": ").is_none_or(|(_, value)| value.is_empty());
        self == Edition::V1_2
            && uncovered.len() < MOST_UNCOVERED
            && uncovered.iter().all(plain)
            && !has_dotted_name(signed)
    }
}

/// A certificate.
#[derive(Debug)]
pub(super) struct Award {
    pub(super) assertion: Object,
    pub(super) badge: Option<Object>,
    pub(super) issuer: Option<Object>,
    issuer_id: Option<String>,
    /// An address of the issuer's, or of the recipient's, on the network that it was recorded on.
    address: Option<String>,
    name: Option<String>,
    /// Where the recipient's own withdrawal is recorded (1.2).
    pub(super) revocation_key: Option<String>,
}

impl Award {
    /// Reads `signed` as its hash sees it: by nodes.
    pub(super) fn of(signed: &Object, edition: Edition) -> Self {
        let graph = Graph::of(signed);
        match edition {
            Edition::V1_2 => {
                let part = |name| graph.first(signed, name).cloned();
                let recipient = part("recipient");
                let badge = part("certificate");
                let mut assertion = part("assertion").unwrap_or_default();
                for (name, value) in [("recipient", &recipient), ("badge", &badge)] {
                    if let Some(value) = value {
                        assertion = assertion.with(name, Json::Object(value.clone()));
                    }
                }
                let recipient = recipient.unwrap_or_default();
                let name = [recipient.str("givenName"), recipient.str("familyName")];
                let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
                Award::new(&graph, assertion, badge, recipient.str("publicKey"), Some(name))
                    .with_key(recipient.str("revocationKey"))
            }
            Edition::V2 | Edition::V2_1 => {
                let assertion = graph.whole(signed).clone();
                let badge = graph.first(&assertion, "badge").cloned();
                let verification = graph.first(&assertion, "verification");
                let address = verification.and_then(|v| v.str("publicKey").or_else(|| v.str("creator")));
                // 2.0-alpha has it inside the recipient.
                let within =
                    assertion.get("recipient").and_then(|recipient| recipient.get("recipientProfile"));
                let profile = assertion.get("recipientProfile").or(within);
                let name = profile.and_then(|p| p.get("name")).and_then(Json::as_str).map(String::from);
                Award::new(&graph, assertion.clone(), badge, address, name)
            }
        }
    }

    fn new(
        graph: &Graph<'_>,
        assertion: Object,
        badge: Option<Object>,
        address: Option<&str>,
        name: Option<String>,
    ) -> Self {
        let stated = badge.as_ref().and_then(|badge| badge.get("issuer"));
        let issuer = badge.as_ref().and_then(|badge| graph.first(badge, "issuer")).cloned();
        let issuer_id = stated.and_then(party_id).map(String::from);
        // The view reads members of the badge: that which all objects of one id say together.
        let badge = match (badge, &issuer) {
            (Some(badge), Some(issuer)) => Some(badge.with("issuer", Json::Object(issuer.clone()))),
            (badge, _) => badge,
        };
        let address = address.map(|address| super::keys::bare(address).into());
        let name = name.filter(|name| !name.is_empty());
        Award { assertion, badge, issuer, issuer_id, address, name, revocation_key: None }
    }

    fn with_key(self, key: Option<&str>) -> Self {
        Award { revocation_key: key.map(String::from), ..self }
    }

    /// `format.type`: what it cannot do without.
    pub(super) fn form(&self, draft: &mut Draft) {
        let badge = self.badge.as_ref();
        let required = [
            ("id", self.assertion.has("id") || self.assertion.has("uid")),
            ("issuedOn", self.assertion.has("issuedOn")),
            ("recipient", self.assertion.get("recipient").is_some_and(|r| r.get("identity").is_some())),
            ("badge", badge.is_some()),
            ("badge.name", badge.is_some_and(|badge| badge.has("name"))),
            ("badge.issuer", self.issuer_id.is_some()),
        ];
        draft.push(match required.iter().find(|(_, there)| !there) {
            None => Check::new(CheckId::Type, Status::Passed),
            Some((member, _)) => {
                Check::because(CheckId::Type, Status::Failed, Reason::MemberMissing).with("member", *member)
            }
        });
    }

    /// The issuer's id.
    pub(super) fn issuer_id(&self) -> Option<&str> {
        self.issuer_id.as_deref()
    }

    /// An address that tells a main network from a test network.
    pub(super) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The recipient, as the subject of a credential.
    pub(super) fn subject(&self) -> Object {
        let subject = recipient::subject(&self.assertion);
        match &self.name {
            Some(name) => subject.with("name", Json::String(name.clone())),
            None => subject,
        }
    }

    /// What a card shows.
    pub(super) fn view(&self) -> View {
        let mut view = view::of(&self.assertion, self.badge.as_ref(), self.issuer.as_ref());
        view.subject.name = self.name.clone();
        view
    }
}

/// As many members as are named of those that a hash does not cover: there may be more.
const MOST_UNCOVERED: usize = 100;

/// Whether a member's name could be taken for the way to another.
fn has_dotted_name(object: &Object) -> bool {
    object.iter().any(|(name, value)| {
        name.contains('.') || value.each().iter().filter_map(Json::as_object).any(has_dotted_name)
    })
}

/// `document` without the members at `paths`, names joined by dots, behind which `: ` stands where they are empty.
pub(super) fn without(document: &Object, paths: &[String]) -> Object {
    paths.iter().fold(document.clone(), |document, place| match split_once(place, ": ") {
        Some((path, _)) => cut(&document, path, true),
        None => cut(&document, place, false),
    })
}

/// `object` without the member at `path`; only where it is an empty text, if it was `empty`.
fn cut(object: &Object, path: &str, empty: bool) -> Object {
    let Some((name, rest)) = path.split_once('.') else {
        let keeps = empty && !object.get(path).is_some_and(|value| value.is(""));
        return if keeps { object.clone() } else { object.without(&[path]) };
    };
    let inner = |value: &Json| match value {
        Json::Object(inner) => Json::Object(cut(inner, rest, empty)),
        other => other.clone(),
    };
    match object.get(name) {
        Some(Json::Array(items)) => object.with(name, Json::Array(items.iter().map(inner).collect())),
        Some(value) => object.with(name, inner(value)),
        None => object.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    /// What is covered stays, also under the name of what is not.
    #[test]
    fn empty_members_are_cut_where_they_are_empty() {
        let object = |text: &str| json::parse(text.as_bytes()).unwrap().as_object().unwrap().clone();
        let document = object(r#"{"a":[{"x":"","y":1},{"x":"b"},"c"],"x":"","z":"d"}"#);
        let cut = |path: &str| without(&document, &[path.into()]);
        assert_eq!(cut("a.x: "), object(r#"{"a":[{"y":1},{"x":"b"},"c"],"x":"","z":"d"}"#));
        assert_eq!(cut("a.x"), object(r#"{"a":[{"y":1},{},"c"],"x":"","z":"d"}"#));
        assert_eq!(cut("x: "), object(r#"{"a":[{"x":"","y":1},{"x":"b"},"c"],"z":"d"}"#));
        for absent in ["z: ", "z.x", "b.x"] {
            assert_eq!(cut(absent), document, "{absent}");
        }
    }
}
