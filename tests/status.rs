//! Status entries, and lists of both kinds: third-party lists, and tables made here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing
)]

mod vectors;

use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use probant::budget;
use probant::codec::to_base64url;
use probant::json::{self, Object};
use probant::report::{Check, CheckId, NeedKind, Problem, Reason, Status};
use probant::status::{Error, Purpose, entries, merge, revoked};
use probant::time::Timestamp;
use serde_json::{Value, json};

const URL: &str = "https://example.org/status/1";

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

fn gzip(bits: &[u8]) -> Vec<u8> {
    let mut crc = !0u32;
    for byte in bits {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ crc >> 1 } else { crc >> 1 };
        }
    }
    let header = b"\x1f\x8b\x08\0\0\0\0\0\0\x03";
    [header, &compress_to_vec(bits, 6)[..], &(!crc).to_le_bytes(), &(bits.len() as u32).to_le_bytes()]
        .concat()
}

fn encoded(bits: &[u8]) -> String {
    format!("u{}", to_base64url(&gzip(bits)))
}

fn list(encoded: &str) -> Value {
    json!({
        "id": URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:example:1",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{URL}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": 1,
            "encodedList": encoded,
        },
    })
}

/// The older form of [`list`].
fn older(kind: &str, encoded: &str) -> Value {
    let mut list = list(encoded);
    list["type"] = json!(["VerifiableCredential", format!("{kind}Credential")]);
    list["credentialSubject"]["type"] = json!(kind);
    list
}

fn entry(purpose: &str, index: impl Into<Value>) -> Value {
    json!({
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": index.into(),
        "statusListCredential": URL,
    })
}

fn read(entry: &Value, list: &Value) -> Check {
    let credential = object(&json!({"credentialStatus": entry}));
    let entries = entries(&credential).unwrap_or_else(|e| panic!("{entry}: {e:?}"));
    entries[0].read(&object(list), URL, now())
}

fn outcome(entry: &Value, list: &Value) -> (Status, Option<Reason>) {
    let row = read(entry, list);
    (row.status, row.reason)
}

#[test]
fn third_party_lists_give_their_bits() {
    let Some(suite) = vectors::suite("status-lists") else { return };
    assert!(suite.cases().count() >= 6);
    for case in suite.cases() {
        let file: Value = serde_json::from_slice(&suite.read(case.str("file"))).unwrap();
        let text = file["encodedList"].as_str().unwrap();
        let (bits, set) = (file["bits"].as_u64().unwrap(), file["set"].as_array().unwrap());
        let set: Vec<u64> = set.iter().map(|i| i.as_u64().unwrap()).collect();
        let bitstring = text.starts_with('u');
        let list = if bitstring { list(text) } else { older("RevocationList2020", text) };
        let short = bits < 131_072;
        let around = set.iter().flat_map(|i| i.saturating_sub(9)..i + 10);
        let sample: Vec<u64> = around.chain((0..bits).step_by(4_999)).chain([bits - 1]).collect();
        for index in sample {
            let entry = if bitstring {
                entry("revocation", index.to_string())
            } else {
                json!({"type": "RevocationList2020Status", "revocationListIndex": index.to_string(), "revocationListCredential": URL})
            };
            let clear =
                if short { (Status::Warned, Some(Reason::StatusListShort)) } else { (Status::Passed, None) };
            let revoked = (Status::Failed, Some(Reason::Revoked));
            assert_eq!(
                outcome(&entry, &list),
                if set.contains(&index) { revoked } else { clear },
                "{} {index}",
                case.str("id")
            );
        }
        let beyond = json!({"type": ["RevocationList2020Status"], "revocationListIndex": bits.to_string(), "revocationListCredential": URL});
        let beyond = if bitstring { entry("revocation", bits.to_string()) } else { beyond };
        assert_eq!(
            outcome(&beyond, &list),
            (Status::Unknown, Some(Reason::StatusIndexRange)),
            "{}",
            case.str("id")
        );
    }
}

#[test]
fn indexes_are_read_strictly() {
    let mut bits = vec![0; 16_384];
    bits[0] = 0b0000_0100;
    let list = list(&encoded(&bits));
    for good in [json!("5"), json!(5), json!(5.0)] {
        assert_eq!(outcome(&entry("revocation", good.clone()), &list).1, Some(Reason::Revoked), "{good}");
    }
    for far in [json!("131072"), json!("99999999999999999999"), json!(9_007_199_254_740_991u64)] {
        assert_eq!(
            outcome(&entry("revocation", far.clone()), &list).1,
            Some(Reason::StatusIndexRange),
            "{far}"
        );
    }
    assert_eq!(read(&entry("revocation", "131072"), &list).problem, Some(Problem::RangeError));
    let bad = [
        json!(""),
        json!(" 5"),
        json!("5 "),
        json!("+5"),
        json!("-0"),
        json!("05"),
        json!("00"),
        json!("5abc"),
        json!("1e3"),
        json!("0x5"),
        json!("5.0"),
        json!("٥"),
        json!("5\u{0}"),
        json!(-1),
        json!(5.5),
        json!(1e300),
        json!(9_007_199_254_740_992u64),
        json!(null),
        json!(true),
        json!(["5"]),
        json!({"@value": "5"}),
    ];
    for index in bad {
        let credential = object(&json!({"credentialStatus": entry("revocation", index.clone())}));
        assert!(is_malformed(&credential), "{index}");
    }
}

/// Whether the last entry has a wrong form: no list is asked for, and the row says why.
fn is_malformed(credential: &Object) -> bool {
    let entries = entries(credential).unwrap();
    let last = entries.last().unwrap();
    last.list().is_none()
        && said(&last.unsupported()) == (CheckId::Revocation, Status::Unknown, Some(Reason::StatusMalformed))
}

#[test]
fn entries_of_every_kind() {
    let of = |status: Value| object(&json!({ "credentialStatus": status }));
    assert_eq!(entries(&object(&json!({}))), Ok(vec![]));
    assert_eq!(entries(&of(json!([]))), Ok(vec![]));
    let revocation_list = json!({"type": "1EdTechRevocationList", "id": URL});
    let several = of(
        json!([entry("revocation", "1"), entry("suspension", "2"), entry("message", "3"), entry("refresh", "4"), entry("fraud", "5"), revocation_list, {"type": "CredentialStatusList2017", "id": URL}]),
    );
    let several = entries(&several).unwrap();
    let purposes: Vec<_> = several.iter().map(|e| (e.purpose(), e.check(), e.list())).collect();
    let bits = Some((NeedKind::StatusList, URL));
    assert_eq!(
        purposes,
        [
            (Purpose::Revocation, CheckId::Revocation, bits),
            (Purpose::Suspension, CheckId::Suspension, bits),
            (Purpose::Message, CheckId::Revocation, bits),
            (Purpose::Refresh, CheckId::Revocation, bits),
            (Purpose::Other("fraud"), CheckId::Revocation, bits),
            (Purpose::Revocation, CheckId::Revocation, Some((NeedKind::RevocationList, URL))),
            (Purpose::Revocation, CheckId::Revocation, None),
        ]
    );
    let row = several[6].unsupported();
    assert_eq!(said(&row), (CheckId::Revocation, Status::Unknown, Some(Reason::StatusUnsupported)));
    assert_eq!(row.message.args.get("type").unwrap_or_default(), "CredentialStatusList2017");
    let without = |member: &str| {
        let mut entry = entry("revocation", "1");
        entry.as_object_mut().unwrap().remove(member);
        entry
    };
    let sized = |size: Value| {
        let mut entry = entry("message", "1");
        entry["statusSize"] = size;
        entry
    };
    let malformed = [
        without("type"),
        without("statusPurpose"),
        without("statusListIndex"),
        without("statusListCredential"),
        sized(json!(0)),
        sized(json!(33)),
        sized(json!(-1)),
        sized(json!(1.5)),
        sized(json!("x")),
        sized(json!(null)),
        json!(URL),
        json!(null),
        json!([entry("revocation", "1"), 7]),
        json!({"type": "1EdTechRevocationList"}),
        json!({"type": []}),
        json!({"type": 7}),
        json!({}),
        json!({"type": "RevocationList2020Status", "statusListIndex": "1", "statusListCredential": URL}),
    ];
    for status in malformed {
        assert!(is_malformed(&of(status.clone())), "{status}");
    }
    assert_eq!(entries(&of(json!(vec![entry("revocation", "1"); 9]))), Err(Error::TooMany));
}

#[test]
fn lists_must_be_what_the_entry_names() {
    let good = list(&encoded(&[0; 16_384]));
    let change = |at: &str, value: Value| {
        let mut list = good.clone();
        *list.pointer_mut(at).unwrap() = value;
        list
    };
    let add = |name: &str, value: Value| {
        let mut list = good.clone();
        list[name] = value;
        list
    };
    let clear = (Status::Passed, None);
    let warned = |reason| (Status::Warned, Some(reason));
    let unknown = |reason| (Status::Unknown, Some(reason));
    let zeros = gzip(&[0; 16_384]);
    let subject = good["credentialSubject"].clone();
    type Case = (&'static str, Value, (Status, Option<Reason>));
    let table: Vec<Case> = vec![
        ("good", good.clone(), clear),
        ("subject in an array", change("/credentialSubject", json!([subject])), clear),
        ("purposes", change("/credentialSubject/statusPurpose", json!(["suspension", "revocation"])), clear),
        (
            "other address",
            change("/id", json!("https://example.org/status/2")),
            warned(Reason::StatusListMoved),
        ),
        ("fragment", change("/id", json!("https://example.org/status/1#x")), clear),
        ("short", list(&encoded(&[0; 16_383])), warned(Reason::StatusListShort)),
        (
            "another purpose",
            change("/credentialSubject/statusPurpose", json!("suspension")),
            unknown(Reason::StatusListPurpose),
        ),
        (
            "no purpose",
            change("/credentialSubject/statusPurpose", json!(null)),
            unknown(Reason::StatusListPurpose),
        ),
        ("ended", add("validUntil", json!("2026-06-15T11:59:59Z")), unknown(Reason::StatusListEnded)),
        (
            "ended, older name",
            add("expirationDate", json!("2026-06-15T11:59:59Z")),
            unknown(Reason::StatusListEnded),
        ),
        ("not yet", change("/validFrom", json!("2026-06-15T12:00:01Z")), unknown(Reason::StatusListEnded)),
        ("ends soon", add("validUntil", json!("2026-06-15T12:00:01Z")), clear),
        ("no date", change("/validFrom", json!("today")), unknown(Reason::StatusListMalformed)),
        (
            "reversed dates",
            add("validUntil", json!("2025-01-01T00:00:00Z")),
            unknown(Reason::StatusListMalformed),
        ),
        ("type", change("/type", json!("VerifiableCredential")), unknown(Reason::StatusListMalformed)),
        (
            "subject type",
            change("/credentialSubject/type", json!("List")),
            unknown(Reason::StatusListMalformed),
        ),
        (
            "two subjects",
            change("/credentialSubject", json!([subject, subject])),
            unknown(Reason::StatusListMalformed),
        ),
        ("older list", older("StatusList2021", &encoded(&[0; 16_384])), unknown(Reason::StatusListMalformed)),
        ("no list", change("/credentialSubject/encodedList", json!(7)), unknown(Reason::StatusListMalformed)),
        ("not multibase", list(&to_base64url(&zeros)), unknown(Reason::StatusListMalformed)),
        ("base58", list("z1"), unknown(Reason::StatusListMalformed)),
        ("padded", list(&format!("{}=", encoded(&[0; 16_384]))), unknown(Reason::StatusListMalformed)),
        (
            "zlib",
            list(&format!("u{}", to_base64url(&compress_to_vec_zlib(&[0; 16_384], 6)))),
            unknown(Reason::StatusListMalformed),
        ),
        (
            "plain bits",
            list(&format!("u{}", to_base64url(&[0; 16_384]))),
            unknown(Reason::StatusListMalformed),
        ),
        (
            "two members",
            list(&format!("u{}", to_base64url(&[&zeros[..], &zeros].concat()))),
            unknown(Reason::StatusListMalformed),
        ),
        (
            "trailing byte",
            list(&format!("u{}", to_base64url(&[&zeros[..], b"\0"].concat()))),
            unknown(Reason::StatusListMalformed),
        ),
        (
            "cut",
            list(&format!("u{}", to_base64url(&zeros[..zeros.len() - 1]))),
            unknown(Reason::StatusListMalformed),
        ),
        ("empty", list("u"), unknown(Reason::StatusListMalformed)),
        ("no bits", list(&encoded(&[])), unknown(Reason::StatusIndexRange)),
    ];
    for (name, list, expected) in &table {
        assert_eq!(outcome(&entry("revocation", "1"), list), *expected, "{name}");
    }
    let row = read(&entry("revocation", "1"), &list("u"));
    assert_eq!(row.message.args.get("host").unwrap_or_default(), "example.org");
    assert_eq!(row.problem, Some(Problem::StatusVerificationError));
}

#[test]
fn older_lists_use_every_encoding() {
    let mut bits = vec![0xA5; 16_384];
    bits[0] = 0b0100_0000;
    let (gzipped, zlibbed) = (gzip(&bits), compress_to_vec_zlib(&bits, 6));
    let plain = |url_safe: String| url_safe.replace('-', "+").replace('_', "/");
    let padded = |text: String| format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4));
    let forms = |bytes: &[u8]| {
        let text = to_base64url(bytes);
        [
            text.clone(),
            plain(text.clone()),
            padded(plain(text.clone())),
            padded(text.clone()),
            format!("u{text}"),
        ]
    };
    let read = |kind: &str, text: &str, index: &str| {
        let entry = match kind {
            "StatusList2021" => {
                json!({"type": "StatusList2021Entry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": URL})
            }
            _ => {
                json!({"type": "RevocationList2020Status", "revocationListIndex": index, "revocationListCredential": URL})
            }
        };
        outcome(&entry, &older(kind, text))
    };
    for (kind, bytes) in
        [("StatusList2021", &gzipped), ("RevocationList2020", &gzipped), ("RevocationList2020", &zlibbed)]
    {
        for text in forms(bytes) {
            assert_eq!(read(kind, &text, "0"), (Status::Passed, None), "{kind} {text:.20}");
            assert_eq!(read(kind, &text, "1"), (Status::Failed, Some(Reason::Revoked)), "{kind} {text:.20}");
        }
    }
    assert_eq!(read("StatusList2021", &to_base64url(&zlibbed), "0").1, Some(Reason::StatusListMalformed));
}

#[test]
fn purposes_and_sizes() {
    // Entries of three bits: 1, 5, 0, 7 …
    let mut bits = vec![0; 65_536];
    bits[0] = 0b0011_0100;
    bits[1] = 0b0111_0000;
    let read = |purpose: &str, index: &str, size: u32| {
        let mut list = list(&encoded(&bits));
        list["credentialSubject"]["statusPurpose"] = json!(purpose);
        let mut entry = entry(purpose, index);
        entry["statusSize"] = json!(size);
        // A message for each value, as the standard demands.
        let message = |value| match value {
            1 => "one",
            5 => "five",
            _ => "undefined",
        };
        let all = (0..1_u32 << size)
            .map(|v| json!({"status": format!("{v:#X}").replace("0X", "0x"), "message": message(v)}));
        entry["statusMessage"] = all.collect();
        let row = read(&entry, &list);
        (said(&row), row.message.args.get("message").map(String::from))
    };
    let message = |text: &str| Some(text.to_owned());
    let row = |status, reason| (CheckId::Revocation, status, reason);
    let left = row(Status::Absent, Some(Reason::StatusMessage));
    assert_eq!(read("message", "0", 3), (left, message("one")));
    assert_eq!(read("message", "1", 3), (left, message("five")));
    assert_eq!(read("message", "2", 3), (row(Status::Absent, None), None));
    assert_eq!(read("message", "3", 3), (left, None));
    assert_eq!(read("message", "174761", 3), (row(Status::Absent, None), None));
    assert_eq!(read("message", "174762", 3).0, row(Status::Unknown, Some(Reason::StatusIndexRange)));
    assert_eq!(
        read("message", "999999999999999999", 8).0,
        row(Status::Unknown, Some(Reason::StatusIndexRange))
    );
    assert_eq!(read("refresh", "2", 1), (row(Status::Absent, Some(Reason::StatusRefresh)), message("one")));
    assert_eq!(read("revocation", "0", 3), (row(Status::Failed, Some(Reason::Revoked)), message("one")));
    assert_eq!(read("suspension", "2", 1).0, (CheckId::Suspension, Status::Failed, Some(Reason::Suspended)));
    assert_eq!(read("suspension", "0", 1).0, (CheckId::Suspension, Status::Passed, None));
    // Nobody knows what it means that it is set.
    assert_eq!(read("fraud", "2", 1).0, row(Status::Unknown, Some(Reason::StatusUnsupported)));
    assert_eq!(read("fraud", "0", 1).0, row(Status::Absent, None));
    // Four-bit entries of a list of 524,288 bits are just enough, five-bit ones are not.
    assert_eq!(read("revocation", "9", 4).0, row(Status::Passed, None));
    assert_eq!(read("revocation", "9", 5).0, row(Status::Warned, Some(Reason::StatusListShort)));
}

#[test]
fn bombs_end_at_the_cap() {
    let largest = vec![0; budget::MAX_STATUS_BITS];
    assert_eq!(outcome(&entry("revocation", "67108863"), &list(&encoded(&largest))), (Status::Passed, None));
    let too_large = gzip(&vec![0; budget::MAX_STATUS_BITS + 1]);
    // 64 MiB of zeros whose trailer admits it, and lies about it.
    let honest = gzip(&vec![0; 64 << 20]);
    let mut lying = honest.clone();
    let end = lying.len();
    lying[end - 4..].copy_from_slice(&16_384u32.to_le_bytes());
    let zlib = compress_to_vec_zlib(&vec![0; 64 << 20], 6);
    let started = std::time::Instant::now();
    for bytes in [&too_large, &honest, &lying] {
        let list = list(&format!("u{}", to_base64url(bytes)));
        assert_eq!(
            outcome(&entry("revocation", "1"), &list),
            (Status::Unknown, Some(Reason::StatusListMalformed))
        );
    }
    let list = older("RevocationList2020", &to_base64url(&zlib));
    let entry = json!({"type": "RevocationList2020Status", "revocationListIndex": "1", "revocationListCredential": URL});
    assert_eq!(outcome(&entry, &list), (Status::Unknown, Some(Reason::StatusListMalformed)));
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn revocation_lists() {
    use Reason::{Revoked, StatusListMalformed, StatusListOther, StatusNoId};
    let credential = json!({"id": "urn:uuid:1", "issuer": {"id": "did:example:1"}});
    let list = |revoked: Value| json!({"id": URL, "issuer": "did:example:1", "revokedCredential": revoked});
    let plural =
        |revoked: Value| json!({"id": URL, "issuer": {"id": "did:example:1"}, "revokedCredentials": revoked});
    let clear = (Status::Passed, None);
    let failed = (Status::Failed, Some(Revoked));
    let unknown = |reason| (Status::Unknown, Some(reason));
    let table: Vec<(Value, (Status, Option<Reason>))> = vec![
        (list(json!([])), clear),
        (list(json!([{"id": "urn:uuid:2"}])), clear),
        (list(json!([{"id": "urn:uuid:2"}, {"id": "urn:uuid:1"}])), failed),
        (list(json!({"id": "urn:uuid:1"})), failed),
        (plural(json!([{"id": "urn:uuid:1", "revoked": true}])), failed),
        (plural(json!([{"id": "urn:uuid:1", "revoked": "true"}])), failed),
        (list(json!([{"id": "urn:uuid:1", "revoked": false}])), clear),
        (list(json!([{"id": "urn:uuid:1", "revoked": "false"}])), clear),
        (list(json!([{"id": "urn:uuid:1", "revoked": false}, {"id": "urn:uuid:1"}])), failed),
        (list(json!([{"id": "URN:UUID:1"}])), clear),
        (list(json!([{"id": "urn:uuid:1", "revoked": 1}])), unknown(StatusListMalformed)),
        (list(json!(["urn:uuid:1"])), unknown(StatusListMalformed)),
        (list(json!([{}])), unknown(StatusListMalformed)),
        (list(json!([{}, {"id": "urn:uuid:1"}])), failed),
        (list(json!(null)), unknown(StatusListMalformed)),
        (json!({"id": URL, "issuer": "did:example:1"}), unknown(StatusListMalformed)),
        (json!({"id": URL, "revokedCredential": []}), unknown(StatusListMalformed)),
        (json!({"id": URL, "issuer": "did:example:2", "revokedCredential": []}), unknown(StatusListOther)),
        (json!({}), unknown(StatusListMalformed)),
    ];
    for (list, expected) in &table {
        let row = revoked(&object(list), &object(&credential));
        assert_eq!((row.status, row.reason), *expected, "{list}");
        assert_eq!(row.id, CheckId::Revocation);
    }
    let row = revoked(&object(&list(json!([]))), &object(&json!({"issuer": "did:example:1"})));
    assert_eq!((row.status, row.reason), unknown(StatusNoId));
    let reasoned = list(json!([{"id": "urn:uuid:1", "revocationReason": "issued in error"}]));
    assert_eq!(
        revoked(&object(&reasoned), &object(&credential)).message.args.get("message").unwrap_or_default(),
        "issued in error"
    );
}

#[test]
fn of_several_rows_the_gravest_stays() {
    let row = |status, reason: Option<Reason>| match reason {
        Some(reason) => Check::because(CheckId::Revocation, status, reason),
        None => Check::new(CheckId::Revocation, status),
    };
    // Least grave first.
    let ladder = [
        row(Status::Absent, None),
        row(Status::Passed, None),
        row(Status::Warned, Some(Reason::StatusListShort)),
        row(Status::Unknown, Some(Reason::StatusListEnded)),
        row(Status::Failed, Some(Reason::Revoked)),
    ];
    for (i, a) in ladder.iter().enumerate() {
        for b in &ladder[i..] {
            for rows in [vec![a.clone(), b.clone()], vec![b.clone(), a.clone()]] {
                assert_eq!(merge(rows), std::slice::from_ref(b));
            }
        }
    }
    let message = || row(Status::Absent, Some(Reason::StatusMessage)).with("message", "hello");
    assert_eq!(merge(vec![row(Status::Absent, None), message()]), [message()]);
    for clear in &ladder[1..3] {
        for rows in [vec![clear.clone(), message()], vec![message(), clear.clone()]] {
            let kept = merge(rows);
            assert_eq!(said(&kept[0]), (CheckId::Revocation, Status::Warned, Some(Reason::StatusMessage)));
            assert_eq!((kept.len(), kept[0].message.args.get("message").unwrap_or_default()), (1, "hello"));
        }
    }
    let hold = Check::new(CheckId::Suspension, Status::Passed);
    assert_eq!(
        merge(vec![message(), hold.clone(), row(Status::Unknown, None)]),
        [row(Status::Unknown, None), hold]
    );
}
