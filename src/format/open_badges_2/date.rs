//! Dates of all editions. 2.0 demands date, time and zone; 1.x has dates alone and seconds since 1970 as well.

use crate::json::{Json, Object};
use crate::report::Check;
use crate::time::Timestamp;

/// The members that are dates, and the names that the checks of validity know them by.
const DATES: [(&str, &str); 2] = [("issuedOn", "issuanceDate"), ("expires", "expirationDate")];

/// Beginning and end of an assertion's validity, as the members of a credential.
pub(in crate::format) fn period(assertion: &Object) -> Object {
    let dates = DATES.iter().filter_map(|(name, known)| {
        let value = assertion.get(name).filter(|value| **value != Json::Null)?;
        Some(((*known).into(), read(value).map_or_else(|| value.clone(), Json::String)))
    });
    Object::from_unique(dates.collect())
}

/// A row about a member of [`period`], by the assertion's own name of it.
pub(in crate::format) fn by_own_name(row: Check) -> Check {
    let own = |known: &str| DATES.iter().find(|(_, other)| *other == known).map(|(name, _)| *name);
    match row.message.args.get("member").and_then(own) {
        Some(name) => row.with("member", name),
        None => row,
    }
}

/// Whether two values are the same point in time.
pub(in crate::format) fn same(a: &Json, b: &Json) -> bool {
    let at = |value| read(value).and_then(|text| Timestamp::parse(&text)).map(|parsed| parsed.at);
    a == b || (at(a).is_some() && at(a) == at(b))
}

/// The date in RFC 3339's spelling, its zone left out where none is stated.
pub(in crate::format) fn read(value: &Json) -> Option<String> {
    let seconds = match value {
        Json::Number(seconds) => Some(*seconds),
        // As a whole number: the standard library's reader of fractions weighs 13 kB.
        Json::String(text) if text.len() > 8 && text.bytes().all(|b| b.is_ascii_digit()) => {
            Some(text.parse().unwrap_or(u64::MAX) as f64)
        }
        _ => None,
    };
    if let Some(seconds) = seconds {
        return (seconds.abs() < 1e11).then(|| Timestamp::from_unix(seconds as i64).to_string());
    }
    let text = value.as_str()?;
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return Some([text, "T00:00:00"].concat());
    };
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone)?;
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let zone = match zone.split_at_checked(3) {
        Some((hours, "")) => [hours, ":00"].concat(),
        Some((hours, minutes)) if minutes.len() == 2 => [hours, ":", minutes].concat(),
        _ => zone.into(),
    };
    Some([date, "T", clock, seconds, &zone].concat())
}
