//! From what lists say to rows of a report.

use super::entry::{Bits, Entry, Kind, Purpose};
use super::list::{Note, Reading};
use crate::evidence::SafeUrl;
use crate::json::Object;
use crate::report::{Check, Explain, Reason, Status};
use crate::time::Timestamp;

impl Entry<'_> {
    /// The row of an entry whose list is `list`: a status list credential, found at `url`, whose signature was
    /// verified. Its type, dates and purpose are checked here.
    ///
    /// Revocation and suspension fail where the status is set. Other purposes never do: they leave an `Absent` row,
    /// for they say nothing of withdrawal, with the reason `StatusMessage` or `StatusRefresh`, and with the arguments
    /// `message` and `reference` where the issuer left any. A purpose that the standard does not name is `Unknown` where its status is set.
    pub fn read(&self, list: &Object, url: &str, now: Timestamp) -> Check {
        let Kind::Bits(bits) = &self.kind else { return self.unsupported() };
        match bits.read(self.purpose, list, url, now) {
            Ok(reading) => self.row(&reading, bits),
            Err(error) => {
                let row = Check::explained(self.check(), &error);
                match SafeUrl::parse(url, true) {
                    Ok(url) => row.with("host", url.host()),
                    Err(_) => row,
                }
            }
        }
    }

    /// The row of an entry of a type that is not supported, or of a wrong form.
    pub fn unsupported(&self) -> Check {
        let row = |reason| Check::because(self.check(), Status::Unknown, reason);
        match self.kind {
            Kind::Unsupported(name) => row(Reason::StatusUnsupported).with("type", name),
            Kind::Malformed => row(Reason::StatusMalformed),
            _ => row(Reason::StatusUnsupported),
        }
    }

    fn row(&self, reading: &Reading, bits: &Bits<'_>) -> Check {
        let id = self.check();
        let set = reading.value != 0;
        let row = match (self.purpose, set) {
            (Purpose::Revocation, true) => Check::because(id, Status::Failed, Reason::Revoked),
            (Purpose::Suspension, true) => Check::because(id, Status::Failed, Reason::Suspended),
            (Purpose::Revocation | Purpose::Suspension, false) => match reading.note {
                Some(note) => Check::explained(id, &note),
                None => Check::new(id, Status::Passed),
            },
            (Purpose::Message, true) => Check::because(id, Status::Absent, Reason::StatusMessage),
            (Purpose::Refresh, true) => Check::because(id, Status::Absent, Reason::StatusRefresh),
            (Purpose::Other(name), true) => {
                Check::because(id, Status::Unknown, Reason::StatusUnsupported).with("type", name)
            }
            (_, false) => Check::new(id, Status::Absent),
        };
        let details = [("message", bits.message(reading.value)), ("reference", bits.reference)];
        let told = details.into_iter().filter_map(|(name, text)| Some((name, text.filter(|_| set)?)));
        told.fold(row, |row, (name, text)| row.with(name, text))
    }
}

impl Explain for Note {
    fn reason(&self) -> Reason {
        match self {
            Note::Moved => Reason::StatusListMoved,
            Note::Short => Reason::StatusListShort,
        }
    }

    fn status(&self) -> Status {
        Status::Warned
    }
}

/// Leaves one row for each check: the gravest. A message beside a clear status is kept, as a remark on it.
pub fn merge(rows: Vec<Check>) -> Vec<Check> {
    let mut merged: Vec<Check> = Vec::new();
    for row in rows {
        match merged.iter_mut().find(|kept| kept.id == row.id) {
            Some(kept) => *kept = graver(kept.clone(), row),
            None => merged.push(row),
        }
    }
    merged
}

fn graver(a: Check, b: Check) -> Check {
    let is_message = |c: &Check| c.status == Status::Absent && c.reason.is_some();
    let is_clear = |c: &Check| matches!(c.status, Status::Passed | Status::Warned);
    let (a, b) = if gravity(&b) > gravity(&a) { (b, a) } else { (a, b) };
    if is_clear(&a) && is_message(&b) {
        Check { status: Status::Warned, evidence: a.evidence, ..b }
    } else {
        a
    }
}

const fn gravity(check: &Check) -> u8 {
    match check.status {
        Status::Absent => check.reason.is_some() as u8,
        Status::Passed => 2,
        Status::Warned => 3,
        Status::Skipped => 4,
        Status::Unknown => 5,
        Status::Failed => 6,
    }
}
