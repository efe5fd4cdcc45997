//! Links: to a credential, to a page that holds one, to the page of a platform, or to none of these.

mod platforms;
mod redirect;
mod wallet;

use platforms::Site;

use super::draft::Draft;
use super::open::Scope;
use super::{Via, bytes, unreadable};
use crate::codec;
use crate::evidence::Missing;
use crate::input;
use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Container, Failure, Format, Headline, NeedKind, Reason, Report, Status};

/// What `link`, which the reader gave, leads to.
#[inline(never)]
pub(crate) fn follow(link: &str, scope: Scope<'_>) -> Report {
    let link = redirect::unwrapped(link);
    if wallet::is_for_one(&link) {
        return wallet::report(scope);
    }
    if let Some(carried) = input::carried(&link)
        && input::read(&carried).is_ok()
    {
        return bytes(&carried, Via::Page, scope);
    }
    match platforms::of(&link) {
        Some(site) => of_platform(&site, &link, scope),
        None => fetched(&link, scope),
    }
}

fn fetched(link: &str, scope: Scope<'_>) -> Report {
    match scope.lookups.get(NeedKind::Credential, link, CheckId::Readable) {
        Ok(body) => bytes(body, Via::Link(scope.lookups.final_url(link).unwrap_or(link)), scope),
        Err(missing) => unreadable(Container::Url, &missing, scope),
    }
}

/// The badge that a platform keeps beside its page, where it is known to and the badge can be had. The page itself is
/// never fetched: nothing on it could be checked.
fn of_platform(site: &Site<'_>, link: &str, scope: Scope<'_>) -> Report {
    let Some(badge) = &site.badge else { return hosted_only(site, link, scope) };
    let report = match scope.lookups.get(NeedKind::Credential, badge, CheckId::Readable) {
        Ok(body) => bytes(body, Via::Page, scope),
        // What was taken away for good was withdrawn: the family's own plan says so.
        Err(Missing { cause: Some(Failure::Gone), .. }) => kept_at(badge, scope),
        Err(_) => return hosted_only(site, link, scope),
    };
    if holds_credential(&report) { report } else { hosted_only(site, link, scope) }
}

/// An assertion of which no more than the address is known.
fn kept_at(address: &str, scope: Scope<'_>) -> Report {
    let verify = Object::default().with("url", Json::String(address.into()));
    let file = Object::default().with("verify", Json::Object(verify));
    super::one(&file, Format { container: Container::Url, ..Format::default() }, None, scope)
}

fn hosted_only(site: &Site<'_>, link: &str, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { container: Container::Url, ..Format::default() });
    let row = Check::because(CheckId::Readable, Status::Unknown, Reason::HostedOnly);
    let url =
        codec::split_once(link, "://").map_or_else(String::new, |(_, rest)| ["https://", rest].concat());
    draft.push(row.with("site", site.name).with("host", site.host).with("url", url));
    draft.finish(scope.policy, scope.now)
}

/// The answer for a platform's page, where a link led to one in the end.
pub(super) fn if_of_platform(address: &str, scope: Scope<'_>) -> Option<Report> {
    Some(hosted_only(&platforms::of(address)?, address, scope))
}

/// The answer to a link for a wallet, where `text` is one.
pub(super) fn if_for_wallet(text: &str, scope: Scope<'_>) -> Option<Report> {
    wallet::is_for_one(text).then(|| wallet::report(scope))
}

/// Whether what was looked into is a credential of any kind, good or not.
pub(super) fn holds_credential(report: &Report) -> bool {
    let is_read =
        |c: &Check| c.id == CheckId::Readable && matches!(c.status, Status::Passed | Status::Warned);
    let nothing =
        matches!(report.headline, Headline::NotACredential | Headline::NotRead | Headline::HostedOnly);
    !nothing && (report.checks.iter().any(is_read) || !report.items.is_empty())
}
