//! A picture at a link or among files, in which there is no badge: a QR code in it may hold one, or lead to one. The core
//! reads no pixels: the host does, and answers with the text.

use crate::budget::MAX_NESTING;
use crate::input;
use crate::report::{Check, CheckId, Reason, Report, Status};

use super::open::Scope;
use super::several::too_many;
use super::{Via, bytes, remark, unreadable};

/// The report of what the code in `picture` says; without one, that there is no credential in it.
#[inline(never)]
pub(crate) fn report(picture: &[u8], fault: &input::Error, via: Via<'_>, scope: Scope<'_>) -> Report {
    let file = if let Via::File(name) = via { name } else { None };
    let Some(text) = scope.lookups.code_in(picture, file) else {
        return unreadable(fault.container(), fault, scope);
    };
    if scope.nesting >= MAX_NESTING {
        return too_many(scope);
    }
    // The reader gave the picture for what it shows: a link in it is followed.
    let mut report = bytes(text, Via::Reader, Scope { nesting: scope.nesting + 1, ..scope });
    remark(&mut report, Check::because(CheckId::Readable, Status::Warned, Reason::FoundInCode));
    report
}
