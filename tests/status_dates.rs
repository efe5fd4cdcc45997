//! The dates of a credential.

#![allow(clippy::unwrap_used)]

use probant::json::{self, Object};
use probant::report::{Check, CheckId, Reason, Status};
use probant::status::period;
use probant::time::Timestamp;
use serde_json::{Value, json};

fn object(value: &Value) -> Object {
    json::parse(value.to_string().as_bytes()).unwrap().as_object().unwrap().clone()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-06-15T12:00:00Z").unwrap().at
}

/// Id, status, reason: what a row says.
fn said(row: &Check) -> (CheckId, Status, Option<Reason>) {
    (row.id, row.status, row.reason)
}

#[test]
fn dates() {
    use Reason::{DateWithoutZone, DatesReversed, Expired, ExpiresSoon, NotYetValid};
    use Status::{Absent, Failed, Passed, Warned};
    type Row = (Status, Option<Reason>);
    let table: Vec<(Value, Row, Row, Option<Reason>)> = vec![
        (json!({}), (Absent, None), (Absent, None), None),
        (
            json!({"validFrom": "2026-06-15T12:00:00Z", "validUntil": "2027-01-01T00:00:00Z"}),
            (Passed, None),
            (Passed, None),
            None,
        ),
        (
            json!({"issuanceDate": "2020-01-01T00:00:00z", "expirationDate": "2030-01-01t00:00:00+02:00"}),
            (Passed, None),
            (Passed, None),
            None,
        ),
        (json!({"validFrom": "2020-01-01T00:00:00.123456789-05:00"}), (Passed, None), (Absent, None), None),
        (json!({"validFrom": "2026-06-15T12:00:01Z"}), (Failed, Some(NotYetValid)), (Absent, None), None),
        (json!({"validFrom": "2026-06-15T14:00:00+02:00"}), (Passed, None), (Absent, None), None),
        (json!({"validUntil": "2026-06-15T11:59:59Z"}), (Absent, None), (Failed, Some(Expired)), None),
        (json!({"validUntil": "2026-06-15T12:00:00Z"}), (Absent, None), (Warned, Some(ExpiresSoon)), None),
        (json!({"validUntil": "2026-07-15T12:00:00Z"}), (Absent, None), (Warned, Some(ExpiresSoon)), None),
        (json!({"validUntil": "2026-07-15T12:00:01Z"}), (Absent, None), (Passed, None), None),
        (
            json!({"validFrom": "2020-01-01T00:00:00", "validUntil": "2030-01-01T00:00:00"}),
            (Warned, Some(DateWithoutZone)),
            (Warned, Some(DateWithoutZone)),
            None,
        ),
        (json!({"validUntil": "2020-01-01T00:00:00"}), (Absent, None), (Failed, Some(Expired)), None),
        // Both data models' members: the latest beginning, the earliest end.
        (
            json!({"issuanceDate": "2020-01-01T00:00:00Z", "validFrom": "2027-01-01T00:00:00Z"}),
            (Failed, Some(NotYetValid)),
            (Absent, None),
            None,
        ),
        (
            json!({"validFrom": "2020-01-01T00:00:00Z", "issuanceDate": "2027-01-01T00:00:00Z"}),
            (Failed, Some(NotYetValid)),
            (Absent, None),
            None,
        ),
        (
            json!({"validUntil": "2030-01-01T00:00:00Z", "expirationDate": "2021-01-01T00:00:00Z"}),
            (Absent, None),
            (Failed, Some(Expired)),
            None,
        ),
        (
            json!({"validFrom": "2026-01-01T00:00:01Z", "validUntil": "2026-01-01T00:00:00Z"}),
            (Passed, None),
            (Failed, Some(Expired)),
            Some(DatesReversed),
        ),
        (
            json!({"validFrom": "2027-01-01T00:00:01Z", "validUntil": "2027-01-01T00:00:00Z"}),
            (Failed, Some(NotYetValid)),
            (Passed, None),
            Some(DatesReversed),
        ),
    ];
    for (credential, started, expiry, form) in &table {
        let rows = period(&object(credential), now());
        let row = |id| rows.iter().find(|c| c.id == id).map(|c| (c.status, c.reason));
        assert_eq!(row(CheckId::Started), Some(*started), "{credential}");
        assert_eq!(row(CheckId::Expiry), Some(*expiry), "{credential}");
        assert_eq!(row(CheckId::Type), form.map(|r| (Failed, Some(r))), "{credential}");
    }
}

#[test]
fn dates_that_are_none() {
    let malformed = [
        json!("2026-02-30T00:00:00Z"),
        json!("2026-06-15"),
        json!("2026-06-15 12:00:00Z"),
        json!("2026-13-01T00:00:00Z"),
        json!("2026-06-15T24:00:00Z"),
        json!("2026-06-15T12:00Z"),
        json!("2026-06-15T12:00:00.Z"),
        json!("2026-06-15T12:00:00+2"),
        json!("2026-06-15T12:00:00Z "),
        json!(" 2026-06-15T12:00:00Z"),
        json!("+2026-06-15T12:00:00Z"),
        json!("20260615T120000Z"),
        json!("never"),
        json!(""),
        json!("2025-02-29T00:00:00Z"),
        json!(1_781_524_800),
        json!(null),
        json!(true),
        json!(["2020-01-01T00:00:00Z"]),
        json!({"@value": "2020-01-01T00:00:00Z"}),
    ];
    for value in malformed {
        for (member, id) in [
            ("validFrom", CheckId::Started),
            ("issuanceDate", CheckId::Started),
            ("validUntil", CheckId::Expiry),
            ("expirationDate", CheckId::Expiry),
        ] {
            let rows = period(&object(&json!({member: value.clone()})), now());
            let why = Some(Reason::DateMalformed);
            let expected = [(id, Status::Unknown, why), (CheckId::Type, Status::Failed, why)];
            for row in expected {
                assert!(
                    rows.iter().any(|c| said(c) == row && c.message.args.get("member").unwrap_or_default() == member),
                    "{member} {value}"
                );
            }
        }
    }
}

#[test]
fn rows_carry_the_date_in_utc() {
    let rows = period(&object(&json!({"validUntil": "2026-06-20T02:00:00+02:00"})), now());
    assert!(rows.iter().any(|c| c.message.args.get("date").is_some_and(|d| d == "2026-06-20T00:00:00Z")));
}
