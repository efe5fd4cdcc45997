//! A report in the making, and how it becomes one: the verdict, and the one sentence that sums it up.

use crate::order;
use crate::policy::Policy;
use crate::report::{
    Args, Check, CheckId, Endorsement, Engine, Explain, Facts, Format, Group, Headline, Issuer, Reason,
    Report, SCHEMA, Status, Verdict, View, verdict,
};
use crate::time::Timestamp;

/// A report in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) format: Format,
    pub(crate) checks: Vec<Check>,
    pub(crate) issuer: Option<Issuer>,
    pub(crate) view: Option<View>,
    pub(crate) items: Vec<Report>,
    pub(crate) endorsements: Vec<Endorsement>,
    /// Arguments of the headline beyond those of the row that decides.
    pub(crate) args: Args,
}

impl Draft {
    /// A draft about an input of this form.
    pub(crate) fn new(format: Format) -> Self {
        Draft { format, ..Draft::default() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, check: Check) {
        self.checks.push(check);
    }

    /// Adds a row for what `cause` explains.
    pub(crate) fn explain(&mut self, id: CheckId, cause: &dyn Explain) {
        self.push(Check::explained(id, cause));
    }

    /// Whether any row of the groups that decide on genuineness failed.
    pub(crate) fn core_failed(&self) -> bool {
        self.core_has(Status::Failed)
    }

    /// Whether any row of these groups came out as `status`.
    pub(crate) fn core_has(&self, status: Status) -> bool {
        self.checks.iter().any(|c| is_core(c.group) && c.status == status)
    }

    /// Whether there is a signature.
    pub(crate) fn is_signed(&self) -> bool {
        !self.has(Reason::ProofMissing) && !self.has(Reason::RecordHearsay)
    }

    /// Whether signature and issuer key hold, and with them everything that is shown.
    pub(crate) fn core_holds(&self) -> bool {
        let holds = |c: &Check| matches!(c.status, Status::Passed | Status::Warned);
        [Group::Format, Group::Proof, Group::Issuer].iter().all(|g| self.checks.iter().any(|c| c.group == *g))
            && self.checks.iter().filter(|c| is_core(c.group)).all(holds)
    }

    /// Of several rows for one check the gravest stays, in the order of a report.
    fn keep_gravest(&mut self) {
        order::sort_by(&mut self.checks, |a, b| {
            a.id.cmp(&b.id).then(gravity(b.status).cmp(&gravity(a.status)))
        });
        self.checks.dedup_by_key(|row| row.id);
    }

    /// The finished report of one credential. Needs and evidence are the whole verification's, added at the end.
    pub(crate) fn finish(mut self, policy: &Policy, now: Timestamp) -> Report {
        self.keep_gravest();
        let core_holds = self.core_holds();
        let mut answer = verdict(Facts::of(self.checks.iter().map(|c| (c.group, c.status))));
        let unmet = |id: &CheckId| {
            !self.checks.iter().any(|c| c.id == *id && matches!(c.status, Status::Passed | Status::Warned))
        };
        if matches!(answer, Verdict::Verified | Verdict::Unrecognized) && policy.require.iter().any(unmet) {
            answer = Verdict::Incomplete;
        }
        let (answer, headline) = self.sum_up(answer);
        let decisive = self.decisive(headline).map(|c| c.message.args.clone()).unwrap_or_default();
        self.args.extend(decisive);
        if !core_holds {
            self.issuer = None;
        }
        let (attested, claimed) = if core_holds { (self.view, None) } else { (None, self.view) };
        Report {
            schema: SCHEMA,
            verdict: answer,
            headline,
            args: self.args,
            at: now.to_string(),
            format: self.format,
            issuer: self.issuer,
            checks: self.checks,
            needs: Vec::new(),
            attested,
            claimed,
            evidence: Vec::new(),
            items: self.items,
            endorsements: self.endorsements,
            engine: Engine::default(),
        }
    }

    fn row(&self, id: CheckId) -> Option<&Check> {
        self.checks.iter().find(|c| c.id == id)
    }

    fn has(&self, reason: Reason) -> bool {
        self.checks.iter().any(|c| c.reason == Some(reason))
    }

    /// The headline that fits a verdict; some inputs are nothing to pass a verdict on.
    fn sum_up(&self, answer: Verdict) -> (Option<Verdict>, Headline) {
        let nothing = self.checks.iter().filter_map(|c| c.reason).find_map(|r| match r {
            Reason::Internal => Some(Headline::Internal),
            Reason::HostedOnly => Some(Headline::HostedOnly),
            Reason::ProofMissing => Some(Headline::Unsigned),
            Reason::InputTooLarge
            | Reason::PdfNotRead
            | Reason::PdfLocked
            | Reason::ArchiveLocked
            | Reason::Encrypted
            | Reason::ArchiveUnsupported
            | Reason::CborLdNotRead
            | Reason::HtmlPage => Some(Headline::NotRead),
            Reason::EmptyInput
            | Reason::NotRecognized
            | Reason::WalletLink
            | Reason::NotACredential
            | Reason::BadgePart
            | Reason::PdfWithoutCredential
            | Reason::ArchiveWithoutCredential
            | Reason::HealthPass
            | Reason::ImageWithoutCredential => Some(Headline::NotACredential),
            _ => None,
        });
        if let Some(headline) = nothing {
            // An unsigned file that is malformed as well is still, first of all, unsigned.
            return (None, headline);
        }
        let no_status = self.row(CheckId::Revocation).is_none_or(|c| c.status == Status::Absent);
        let headline = match answer {
            Verdict::Verified if no_status => Headline::OkStatusNone,
            Verdict::Verified => Headline::Ok,
            Verdict::Unrecognized if no_status => Headline::GenuineStatusNone,
            Verdict::Unrecognized => Headline::Genuine,
            Verdict::Ended => self.ended(),
            Verdict::Rejected => self.rejected(),
            Verdict::Incomplete => self.incomplete(),
        };
        (Some(answer), headline)
    }

    fn ended(&self) -> Headline {
        if self.has(Reason::Revoked) {
            Headline::Withdrawn
        } else if self.has(Reason::Suspended) {
            Headline::OnHold
        } else if self.has(Reason::Expired) {
            Headline::Expired
        } else {
            Headline::NotYet
        }
    }

    fn rejected(&self) -> Headline {
        let failed = |id: CheckId| self.row(id).is_some_and(|c| c.status == Status::Failed);
        if !self.core_failed() {
            let other_subject = self.has(Reason::EndorsementSubject);
            if other_subject { Headline::OtherSubject } else { Headline::WrongPerson }
        } else if self.has(Reason::Revoked) && failed(CheckId::Hosted) {
            Headline::Withdrawn
        } else if failed(CheckId::Readable)
            || failed(CheckId::Type)
            || failed(CheckId::Schema)
            || self.has(Reason::ContextForbidden)
        {
            // Of a vocabulary of its own, nobody knows whether the issuer gave it or somebody added it.
            Headline::Malformed
        } else {
            Headline::Changed
        }
    }

    fn incomplete(&self) -> Headline {
        let Some(row) = self.undecided() else { return Headline::Incomplete };
        match (row.reason, row.group) {
            (Some(Reason::Offline), _) => Headline::Offline,
            (Some(Reason::Declined), _) => Headline::Declined,
            (Some(Reason::ProofBase), _) => Headline::Incomplete,
            (Some(Reason::MayBeLeftOut), _) => Headline::PartShown,
            (Some(Reason::ChainTest), _) => Headline::Trial,
            (Some(Reason::SealOwner | Reason::LedgerNotAsked), _) => Headline::Intact,
            (
                Some(
                    Reason::ProofUnsupported
                    | Reason::KeyMethodUnsupported
                    | Reason::FamilyUnsupported
                    | Reason::SchemaUnsupported
                    | Reason::ContextUnknown
                    | Reason::ChainUnsupported
                    | Reason::TooComplex,
                ),
                _,
            ) => Headline::Unsupported,
            (Some(Reason::HostedGone), _) => Headline::NotConfirmed,
            (Some(Reason::NoAddress), _) => Headline::Unsupported,
            (_, Group::Proof) if row.id == CheckId::Anchor => Headline::Incomplete,
            (_, Group::Issuer) => Headline::KeyUnreachable,
            (_, Group::Proof) if self.row(CheckId::Hosted).is_some() => Headline::KeyUnreachable,
            (_, Group::Proof) if self.row(CheckId::Key).is_some_and(|c| c.status == Status::Unknown) => {
                Headline::KeyUnreachable
            }
            (_, Group::Currency) => Headline::StatusUnknown,
            (_, Group::Trust) => Headline::TrustUnknown,
            _ => Headline::Incomplete,
        }
    }

    /// The first row that keeps the verdict open.
    fn undecided(&self) -> Option<&Check> {
        let open = |c: &&Check| match c.group {
            Group::Format | Group::Proof | Group::Issuer => {
                matches!(c.status, Status::Unknown | Status::Absent | Status::Skipped)
            }
            Group::Currency | Group::Recipient => matches!(c.status, Status::Unknown | Status::Skipped),
            Group::Trust => c.status == Status::Unknown,
            Group::Extra => false,
        };
        self.checks.iter().find(open)
    }

    /// The row whose arguments the headline's sentence uses.
    fn decisive(&self, headline: Headline) -> Option<&Check> {
        let by_reason = |reason| self.checks.iter().find(|c| c.reason == Some(reason));
        match headline {
            Headline::Expired => by_reason(Reason::Expired),
            Headline::NotYet => by_reason(Reason::NotYetValid),
            Headline::Withdrawn => by_reason(Reason::Revoked),
            Headline::OnHold => by_reason(Reason::Suspended),
            Headline::Changed | Headline::Malformed | Headline::NotACredential | Headline::NotRead => self
                .checks
                .iter()
                .find(|c| c.reason.is_some() && !matches!(c.status, Status::Passed | Status::Warned)),
            Headline::WrongPerson | Headline::OtherSubject => self.row(CheckId::Match),
            _ => self.undecided(),
        }
    }
}

const fn gravity(status: Status) -> u8 {
    match status {
        Status::Passed => 0,
        Status::Warned => 1,
        Status::Absent => 2,
        Status::Skipped => 3,
        Status::Unknown => 4,
        Status::Failed => 5,
    }
}

const fn is_core(group: Group) -> bool {
    matches!(group, Group::Format | Group::Proof | Group::Issuer)
}

/// The higher, the worse.
pub(crate) const fn rank(verdict: Option<Verdict>) -> u8 {
    match verdict {
        Some(Verdict::Verified) => 0,
        Some(Verdict::Unrecognized) => 1,
        None => 2,
        Some(Verdict::Incomplete) => 3,
        Some(Verdict::Ended) => 4,
        Some(Verdict::Rejected) => 5,
    }
}

/// The answer to several credentials together: never better than the worst of them.
pub(crate) fn worst<'a>(items: impl Iterator<Item = &'a Report>) -> Option<Verdict> {
    items.map(|item| item.verdict).max_by_key(|v| rank(*v)).flatten()
}
