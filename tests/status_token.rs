//! Token status lists: the examples that the draft prints, and places beyond the end.

#![allow(clippy::unwrap_used, clippy::panic)]

use probant::Timestamp;
use probant::json::{self, Json, Object};
use probant::status::Error;
use probant::status::token::Reference;

const URI: &str = "https://example.com/statuslists/1";

fn list(bits: u32, lst: &str) -> Object {
    let text = format!(
        r#"{{"sub":"{URI}","iat":1686920170,"exp":2291720170,"ttl":43200,"status_list":{{"bits":{bits},"lst":"{lst}"}}}}"#
    );
    match json::parse(text.as_bytes()).unwrap() {
        Json::Object(list) => list,
        _ => panic!("an object"),
    }
}

fn read(list: &Object, index: u64) -> Result<u8, Error> {
    Reference { index, uri: URI }.read(list, Timestamp::from_unix(1_700_000_000))
}

/// draft-ietf-oauth-status-list, section 4.1 and 4.2.
#[test]
fn printed_lists() {
    let one = list(1, "eNrbuRgAAhcBXQ");
    let expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
    for (index, value) in (0..).zip(expected) {
        assert_eq!(read(&one, index), Ok(value), "{index}");
    }
    assert_eq!(read(&one, 16), Err(Error::IndexRange));
    let two = list(2, "eNo76fITAAPfAgc");
    let expected = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
    for (index, value) in (0..).zip(expected) {
        assert_eq!(read(&two, index), Ok(value), "{index}");
    }
    for beyond in [12, 1 << 40, u64::MAX] {
        assert_eq!(read(&two, beyond), Err(Error::IndexRange));
    }
    for bits in [0, 3, 5, 16, 64] {
        assert_eq!(read(&list(bits, "eNrbuRgAAhcBXQ"), 0), Err(Error::List), "{bits}");
    }
}
