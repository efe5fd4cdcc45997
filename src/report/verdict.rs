//! The verdict: one total function from rows to an answer.

use super::codes::codes;
use super::{Group, Status};

codes! {
    /// The answers.
    pub enum Verdict {
        /// Genuine, in force, and from an issuer whom the host's list or pin names.
        Verified = "verified",
        /// Genuine and in force; nothing here vouches for who the issuer is.
        Unrecognized = "unrecognized",
        /// Genuine, but not in force: ended, withdrawn, on hold or not valid yet.
        Ended = "ended",
        /// Not genuine, changed, damaged, or issued to someone else.
        Rejected = "rejected",
        /// Something that decides could not be found out.
        Incomplete = "incomplete",
    }
}

codes! {
    /// Which sentence sums a report up.
    pub enum Headline {
        /// Verified; the status was checked and is clear.
        Ok = "ok",
        /// Verified; the issuer gives no way to check for withdrawal.
        OkStatusNone = "ok-status-none",
        /// Unrecognized; the status was checked and is clear.
        Genuine = "genuine",
        /// Unrecognized; the issuer gives no way to check for withdrawal.
        GenuineStatusNone = "genuine-status-none",
        /// Past its end.
        Expired = "expired",
        /// Withdrawn by the issuer.
        Withdrawn = "withdrawn",
        /// On hold by the issuer.
        OnHold = "on-hold",
        /// Before its beginning.
        NotYet = "not-yet",
        /// The signature does not fit, or the key is not the issuer's.
        Changed = "changed",
        /// Genuine, but issued to someone else.
        WrongPerson = "wrong-person",
        /// An endorsement of something else than what it is attached to.
        OtherSubject = "other-subject",
        /// Damaged, or not of the form the standard demands.
        Malformed = "malformed",
        /// Signature good; withdrawal could not be checked.
        StatusUnknown = "status-unknown",
        /// Signature good; what says whether it is in force may be among what the holder left out.
        PartShown = "part-shown",
        /// The server that should keep it does not have it.
        NotConfirmed = "not-confirmed",
        /// The issuer's key could not be had.
        KeyUnreachable = "key-unreachable",
        /// The contents are as they were made; by whom cannot be found out here.
        Intact = "intact",
        /// A method that we cannot check.
        Unsupported = "unsupported",
        /// Made for a trial: recorded where records prove nothing.
    Trial = "trial",
    /// The list of recognised issuers could not be had.
        TrustUnknown = "trust-unknown",
        /// The reader or the host page declined a look-up.
        Declined = "declined",
        /// There is no network.
        Offline = "offline",
        /// Something else could not be found out: see the rows.
        Incomplete = "incomplete",
        /// Several credentials, each with its own answer below.
        Several = "several",
        /// The file is not signed.
        Unsigned = "unsigned",
        /// Only the issuing platform's own page can show it.
        HostedOnly = "hosted-only",
        /// A kind or size of file that is not looked into.
        NotRead = "not-read",
        /// Nothing in it is a credential.
        NotACredential = "not-a-credential",
        /// Our checker failed.
        Internal = "internal",
    }
}

/// What the rows of a report say together: all that the verdict looks at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts([Seen; 7]);

/// The statuses that the rows of one group have, one bit each.
#[derive(Clone, Copy, Debug, Default)]
struct Seen(u8);

impl Seen {
    fn any(self, statuses: &[Status]) -> bool {
        statuses.iter().any(|s| self.0 & 1 << *s as u8 != 0)
    }
}

impl Facts {
    /// Reads rows.
    pub fn of(rows: impl IntoIterator<Item = (Group, Status)>) -> Self {
        let mut facts = Facts::default();
        for (group, status) in rows {
            if let Some(seen) = facts.0.get_mut(group as usize) {
                seen.0 |= 1 << status as u8;
            }
        }
        facts
    }

    fn any(self, groups: &[Group], statuses: &[Status]) -> bool {
        groups.iter().any(|g| self.0.get(*g as usize).is_some_and(|seen| seen.any(statuses)))
    }

    fn has_row(self, group: Group) -> bool {
        self.0.get(group as usize).is_some_and(|seen| seen.0 != 0)
    }
}

/// The verdict: the first line of report.md's table that applies.
pub fn verdict(facts: Facts) -> Verdict {
    use Group::{Currency, Format, Issuer, Proof, Recipient, Trust};
    use Status::{Absent, Failed, Skipped, Unknown};
    const CORE: [Group; 3] = [Format, Proof, Issuer];
    if facts.any(&CORE, &[Failed]) {
        return Verdict::Rejected;
    }
    if [Format, Proof, Issuer, Currency, Recipient, Trust].iter().any(|g| !facts.has_row(*g)) {
        return Verdict::Incomplete;
    }
    if facts.any(&CORE, &[Unknown, Absent, Skipped]) {
        Verdict::Incomplete
    } else if facts.any(&[Recipient], &[Failed]) {
        Verdict::Rejected
    } else if facts.any(&[Currency], &[Failed]) {
        Verdict::Ended
    } else if facts.any(&[Currency, Recipient, Trust], &[Unknown])
        || facts.any(&[Currency, Recipient], &[Skipped])
    {
        Verdict::Incomplete
    } else if facts.any(&[Trust], &[Failed, Absent, Skipped]) {
        Verdict::Unrecognized
    } else {
        Verdict::Verified
    }
}
