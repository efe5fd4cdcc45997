//! Files in one file: each that is a credential has a report of its own, with its name; what is none is counted.

use crate::budget::MAX_NESTING;
use crate::input::packed::{File, Files, open};
use crate::input::{self, Packing};
use crate::report::{Check, CheckId, Container, Format, Headline, Reason, Report, Status};

use super::Via;
use super::draft::Draft;
use super::open::Scope;
use super::several::{together, too_many};

/// Most files without a credential whose names are told.
const NAMED: usize = 5;

/// The report of an archive, or of a document with attachments.
#[inline(never)]
pub(crate) fn report(packing: Packing, bytes: &[u8], format: Format, scope: Scope<'_>) -> Report {
    if scope.nesting >= MAX_NESTING {
        return too_many(scope);
    }
    let Files { files, gaps } = match open(packing, bytes, scope.budget) {
        Ok(files) => files,
        Err(fault) => return super::unreadable(format.container, &input::Error::from(fault), scope),
    };
    let (items, others) = sort_out(files, Scope { nesting: scope.nesting + 1, ..scope });
    let because = |status, reason| Check::because(CheckId::Readable, status, reason);
    let readable = match (items.is_empty(), packing) {
        (true, _) if gaps => because(Status::Failed, Reason::PdfNotRead),
        (true, Packing::Pdf) => because(Status::Failed, Reason::PdfWithoutCredential),
        (true, Packing::Zip | Packing::Tar) => because(Status::Failed, Reason::ArchiveWithoutCredential),
        (false, Packing::Pdf) => because(Status::Warned, Reason::PdfPages),
        (false, _) if others.count == 0 => Check::new(CheckId::Readable, Status::Passed),
        (false, _) => because(Status::Warned, Reason::FilesOthers)
            .with("count", others.count.to_string())
            .with("names", others.names),
    };
    if items.is_empty() {
        let mut draft = Draft::new(format);
        draft.push(readable);
        return draft.finish(scope.policy, scope.now);
    }
    match <[Report; 1]>::try_from(items) {
        Ok([only]) => alone(only, format.container, readable),
        Err(items) => together(items, format, readable, scope),
    }
}

/// The report of the only credential in a file, which needs none of its own.
fn alone(mut report: Report, container: Container, readable: Check) -> Report {
    report.format.container = container;
    super::remark(&mut report, readable);
    report
}

/// Files that are no credentials.
#[derive(Default)]
struct Others {
    count: usize,
    names: String,
}

impl Others {
    fn add(&mut self, name: Option<&str>) {
        self.count += 1;
        let Some(name) = name else { return };
        if self.count <= NAMED {
            if !self.names.is_empty() {
                self.names.push_str(", ");
            }
            self.names.push_str(name);
        } else if self.count == NAMED + 1 {
            self.names.push_str(", …");
        }
    }
}

/// The reports of the credentials among `files`.
fn sort_out(files: Vec<File>, scope: Scope<'_>) -> (Vec<Report>, Others) {
    let (mut items, mut others) = (Vec::new(), Others::default());
    for File { name, bytes } in files {
        let report = match &bytes {
            Ok(bytes) => {
                let report = super::bytes(bytes, Via::File(name.as_deref()), scope);
                Some(report).filter(|report| !is_nothing(report, bytes))
            }
            Err(fault) => Some(super::unreadable(Container::Unknown, &input::Error::from(*fault), scope)),
        };
        let Some(mut report) = report else {
            others.add(name.as_deref());
            continue;
        };
        if !scope.budget.item() {
            items.push(too_many(scope));
            break;
        }
        report.format.file = name.or(report.format.file);
        items.push(report);
    }
    (items, others)
}

/// Whether a file is no credential: nothing in it is one, or it cannot be read and nothing in it looks like one.
fn is_nothing(report: &Report, bytes: &[u8]) -> bool {
    let unread = report.checks.iter().find(|c| c.id == CheckId::Readable && c.status == Status::Failed);
    match unread.and_then(|row| row.reason) {
        _ if report.headline == Headline::NotACredential => true,
        Some(Reason::HtmlPage) => true,
        None
        | Some(
            Reason::InputTooLarge
            | Reason::PdfNotRead
            | Reason::PdfLocked
            | Reason::ArchiveDamaged
            | Reason::ArchiveLocked
            | Reason::Encrypted
            | Reason::ArchiveUnsupported,
        ) => false,
        Some(_) => {
            let hints: [&[u8]; 4] = [b"@context", b"openbadge", b"purl.imsglobal.org", b"eyJ"];
            !hints.iter().any(|hint| bytes.windows(hint.len()).any(|w| w == *hint))
        }
    }
}
