//! Whom a credential was issued to, compared with whom the host asks for.

#![allow(clippy::unwrap_used)]

use probant::json::{self, Object};
use probant::policy::Recipient;
use probant::recipient::check;
use probant::report::{Check, CheckId, Reason, Status};
use serde_json::{Value, json};

fn object(value: &Value) -> Object {
    json::parse(value.to_string().as_bytes()).unwrap().as_object().unwrap().clone()
}

/// The row for `email`, `name` and `id`; empty ones are not given.
fn row(subject: &Value, [email, name, id]: [&str; 3]) -> Check {
    let given = |value: &str| Some(value).filter(|v| !v.is_empty()).map(str::to_owned);
    let wanted = Recipient { email: given(email), name: given(name), id: given(id) };
    check(&object(subject), Some(&wanted))
}

const ME: &str = "ada@example.org";
// Of ME, of ME followed by the salt "deadsea", and of "Ada Lovelace".
const SHA: &str = "sha256$cfe00dde46ef942601ffafb9e2825e802858b460e586b8305b344c1eb826357d";
const SALTED: &str = "sha256$4018b7cec54d6d5cc3ec76749ea071574112349b9cb7600bfdd2bf667dfb0e5d";
const NAME: &str = "sha256$76740216171591903cdbd18fbc770df447c5b1671005ca0020922a465bba0172";
const MD5: &str = "md5$5bfcf2d8e394674550332640d72db509";

fn identity(kind: &str, hashed: impl Into<Value>, hash: &str) -> Value {
    json!({"type": "IdentityObject", "identityType": kind, "hashed": hashed.into(), "identityHash": hash})
}

fn with(identity: impl Into<Value>) -> Value {
    json!({"type": "AchievementSubject", "identifier": identity.into()})
}

#[test]
fn table() {
    use Reason::{RecipientIgnoringCase, RecipientMismatch, RecipientNotComparable, RecipientWeakHash};
    let passed = (Status::Passed, None);
    let folded = (Status::Warned, Some(RecipientIgnoringCase));
    let weak = (Status::Warned, Some(RecipientWeakHash));
    let failed = (Status::Failed, Some(RecipientMismatch));
    let unknown = (Status::Unknown, Some(RecipientNotComparable));
    let salted = |salt: Value| {
        let mut identity = identity("emailAddress", true, SALTED);
        identity["salt"] = salt;
        with(identity)
    };
    let mail = |hashed: Value, hash: &str| with(identity("emailAddress", hashed, hash));
    let yes = || json!(true);
    let no = || json!(false);
    let did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
    type Case = (Value, [&'static str; 3], (Status, Option<Reason>));
    let table: Vec<Case> = vec![
        // E-mail
        (mail(yes(), SHA), [ME, "", ""], passed),
        (mail(yes(), SHA), ["  ada@example.org\n", "", ""], passed),
        (mail(yes(), &SHA.to_uppercase().replace("SHA256", "sha256")), [ME, "", ""], passed),
        (mail(yes(), SHA), ["Ada@Example.org", "", ""], folded),
        (mail(yes(), SHA), ["bob@example.org", "", ""], failed),
        (mail(no(), ME), [ME, "", ""], passed),
        (mail(no(), "ADA@example.org"), [ME, "", ""], folded),
        (mail(no(), "bob@example.org"), [ME, "", ""], failed),
        (salted(json!("deadsea")), [ME, "", ""], passed),
        (salted(json!("deadsea")), ["ADA@example.org", "", ""], folded),
        (salted(json!("redsea")), [ME, "", ""], failed),
        (salted(json!("")), [ME, "", ""], failed),
        (salted(json!(7)), [ME, "", ""], unknown),
        (mail(yes(), MD5), [ME, "", ""], weak),
        (mail(yes(), MD5), ["bob@example.org", "", ""], failed),
        // A digest said to be none, or not said to be one.
        (mail(no(), SHA), [ME, "", ""], passed),
        (with(json!({"identityType": "emailAddress", "identityHash": SHA})), [ME, "", ""], passed),
        (with(json!({"identityType": "emailAddress", "identityHash": ME})), [ME, "", ""], passed),
        (mail(json!("true"), SHA), [ME, "", ""], unknown),
        (mail(yes(), ME), [ME, "", ""], unknown),
        (mail(yes(), "sha1$00"), [ME, "", ""], unknown),
        (mail(yes(), "sha256$00"), [ME, "", ""], unknown),
        (mail(yes(), "sha256$"), [ME, "", ""], unknown),
        (with(json!({"identityType": "emailAddress", "hashed": true})), [ME, "", ""], unknown),
        (json!({"id": "mailto:ada@example.org"}), [ME, "", ""], passed),
        (json!({"id": "MAILTO:ada@example.org?subject=x"}), [ME, "", ""], passed),
        (json!({"id": "mailto:bob@example.org"}), [ME, "", ""], failed),
        (json!({"email": ME}), [ME, "", ""], passed),
        // Several: one that fits is enough, and one that cannot be read leaves it open.
        (
            with(json!([
                identity("emailAddress", false, "ada@work.example"),
                identity("emailAddress", true, SHA)
            ])),
            [ME, "", ""],
            passed,
        ),
        (
            with(json!([
                identity("emailAddress", false, "ada@work.example"),
                identity("emailAddress", true, "sha1$00")
            ])),
            [ME, "", ""],
            unknown,
        ),
        (
            with(json!([identity("emailAddress", true, "sha1$00"), identity("emailAddress", true, SHA)])),
            [ME, "", ""],
            passed,
        ),
        // Nothing of that kind
        (json!({}), [ME, "", ""], unknown),
        (json!({"id": did, "name": "", "email": ""}), [ME, "Ada", ""], unknown),
        (with(identity("name", false, ME)), [ME, "", ""], unknown),
        (with(json!("ada@example.org")), [ME, "", ""], unknown),
        (json!({"email": [ME]}), [ME, "", ""], unknown),
        // Name
        (with(identity("name", true, NAME)), ["", "Ada Lovelace", ""], passed),
        (json!({"name": "Ada Lovelace"}), ["", "Ada Lovelace", ""], passed),
        (
            json!({"name": "ÉLISE ŒUVRARD ŻÓŁĆ ŁĹŸ Αθηνά Ђорђе Юлия"}),
            ["", "élise œuvrard żółć łĺÿ αΘΗΝά ђОРЂЕ юЛИЯ", ""],
            folded,
        ),
        (json!({"name": "Élise"}), ["", "Elise", ""], failed),
        (json!({"name": "Ada"}), ["", "Ada Lovelace", ""], failed),
        // Identifier
        (json!({"id": did}), ["", "", did], passed),
        (json!({"id": did.to_uppercase()}), ["", "", did], failed),
        (json!({"id": "did:example:2"}), ["", "", did], failed),
        (json!({"id": "urn:uuid:1"}), ["", "", did], unknown),
        (json!({"id": "https://example.org/users/1"}), ["", "", "https://example.org/users/2"], failed),
        (
            json!({"id": "urn:uuid:1", "identifier": identity("sourcedId", false, "s-42")}),
            ["", "", "s-42"],
            passed,
        ),
        (
            json!({"id": "urn:uuid:1", "identifier": identity("ext:card", false, "s-42")}),
            ["", "", "S-42"],
            failed,
        ),
        (with(identity("sourcedId", true, SHA)), ["", "", ME], passed),
        (with(identity("sourcedId", true, SHA)), ["", "", "s-42"], failed),
        (with(identity("sourcedId", true, SHA)), ["", "", did], unknown),
        (json!({"id": "mailto:ada@example.org"}), ["", "", "mailto:ada@example.org"], passed),
        (mail(yes(), SHA), ["", "", "mailto:ada@example.org"], passed),
        // All that is known must fit.
        (json!({"id": did, "name": "Ada", "email": ME}), [ME, "Ada", did], passed),
        (json!({"id": did, "name": "Ada", "email": ME}), [ME, "ada", did], folded),
        (json!({"id": did, "name": "Ada"}), [ME, "Ada", did], unknown),
        (
            json!({"id": did, "name": "Bob", "identifier": identity("emailAddress", true, "sha1$00")}),
            [ME, "Ada", did],
            failed,
        ),
    ];
    for (subject, wanted, expected) in &table {
        let row = row(subject, *wanted);
        assert_eq!((row.status, row.reason), *expected, "{subject} {wanted:?}");
        assert_eq!(row.id, CheckId::Match);
    }
}

#[test]
fn nothing_asked_is_nothing_compared() {
    let subject = object(&json!({"email": ME}));
    let blank = Recipient { email: Some(String::new()), name: Some(" ".into()), id: None };
    for wanted in [None, Some(&Recipient::default()), Some(&blank)] {
        assert_eq!(check(&subject, wanted), Check::new(CheckId::Match, Status::Absent));
    }
}
