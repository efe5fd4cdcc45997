//! The validity period (VCDM 2.0, section 4.9; VCDM 1.1, sections 4.6 and 4.8).

use crate::json::Object;
use crate::report::{Check, CheckId, Reason, Status};
use crate::time::{Parsed, Timestamp};

/// The names of beginning and end in both data models. Version 1.1's context defines all four, so all that are there
/// count: the latest beginning and the earliest end.
const BEGINNINGS: [&str; 2] = ["validFrom", "issuanceDate"];
const ENDS: [&str; 2] = ["validUntil", "expirationDate"];

/// Whether `name` is a beginning or an end.
pub(crate) fn is_bound(name: &str) -> bool {
    BEGINNINGS.contains(&name) || ENDS.contains(&name)
}

/// How long before its end a credential's end is mentioned, in seconds.
const SOON: i64 = 30 * 86_400;

/// The rows `currency.started` and `currency.expiry`, and `format.type` where the dates are none, or reversed. They
/// carry the date as `date` (RFC 3339, UTC) and the member's name as `member`.
pub fn period(credential: &Object, now: Timestamp) -> Vec<Check> {
    let from = Bound::of(credential, &BEGINNINGS, |new, old| new > old);
    let until = Bound::of(credential, &ENDS, |new, old| new < old);
    let mut rows = vec![from.started(now), until.expiry(now)];
    for bound in [&from, &until] {
        if let Bound::Malformed(member) = bound {
            rows.push(malformed(CheckId::Type, Status::Failed, member));
        }
    }
    if let (Bound::At(_, from), Bound::At(_, until)) = (&from, &until)
        && from.at > until.at
    {
        rows.push(Check::because(CheckId::Type, Status::Failed, Reason::DatesReversed));
    }
    rows
}

/// Whether `now` lies within the dates of a document; `None` where they are malformed.
pub(super) fn holds(document: &Object, now: Timestamp) -> Option<bool> {
    let rows = period(document, now);
    let any = |status| rows.iter().any(|c| c.status == status);
    let malformed = any(Status::Unknown) || rows.iter().any(|c| c.id == CheckId::Type);
    (!malformed).then(|| !any(Status::Failed))
}

/// One end of the period.
enum Bound {
    None,
    /// The member that decides, and its value.
    At(&'static str, Parsed),
    /// A member that is no date.
    Malformed(&'static str),
}

impl Bound {
    fn of(document: &Object, members: &[&'static str], decides: fn(Timestamp, Timestamp) -> bool) -> Self {
        let mut bound = Bound::None;
        for member in members {
            let Some(value) = document.get(member) else { continue };
            let Some(date) = value.as_str().and_then(Timestamp::parse) else {
                return Bound::Malformed(member);
            };
            match bound {
                Bound::At(_, so_far) if !decides(date.at, so_far.at) => {}
                _ => bound = Bound::At(member, date),
            }
        }
        bound
    }

    fn started(&self, now: Timestamp) -> Check {
        self.row(CheckId::Started, |at| (now < at).then_some((Status::Failed, Reason::NotYetValid)))
    }

    fn expiry(&self, now: Timestamp) -> Check {
        self.row(CheckId::Expiry, |at| match at.since(now) {
            ..0 => Some((Status::Failed, Reason::Expired)),
            0..=SOON => Some((Status::Warned, Reason::ExpiresSoon)),
            _ => None,
        })
    }

    fn row(&self, id: CheckId, judge: impl FnOnce(Timestamp) -> Option<(Status, Reason)>) -> Check {
        match self {
            Bound::None => Check::new(id, Status::Absent),
            Bound::Malformed(member) => malformed(id, Status::Unknown, member),
            Bound::At(member, date) => {
                let zone = (!date.zoned).then_some((Status::Warned, Reason::DateWithoutZone));
                let row = match judge(date.at).or(zone) {
                    Some((status, reason)) => Check::because(id, status, reason),
                    None => Check::new(id, Status::Passed),
                };
                row.with("date", date.at.to_string()).with("member", *member)
            }
        }
    }
}

fn malformed(id: CheckId, status: Status, member: &str) -> Check {
    Check::because(id, status, Reason::DateMalformed).with("member", member)
}
