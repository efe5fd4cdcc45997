//! One file for each credential family: what is checked, and in which order.

mod blockcerts;
mod claims;
mod credential;
mod currency;
mod detail;
mod draft;
mod endorsement;
mod europass;
mod family;
mod gate;
mod graph;
mod holder;
mod jwt;
mod link;
mod model;
mod named_schema;
mod open;
mod open_attestation;
mod open_badges_2;
mod open_badges_3;
mod own_words;
mod packed;
mod page;
mod picture;
mod presentation;
mod record;
mod resources;
mod results;
mod schema;
mod sd_jwt;
mod several;
mod token_status;
mod type_metadata;
mod view;

use sha2::{Digest, Sha256};

use crate::budget::Budget;
use crate::codec::to_hex;
use crate::evidence::{Evidence, Lookups, Picture};
use crate::input::{self, Content, Fault, Input};
use crate::json::{ErrorKind, Json, Object};
use crate::part::{self, NotLoaded, Part};
use crate::policy::Policy;
use crate::proof;
use crate::proof::jose::Token;
use crate::report::{Check, CheckId, Container, Explain, Family, Format, NeedKind, Reason, Report, Status};
use crate::time::Timestamp;

use draft::Draft;
use family::Kind;
use open::{Scope, Sealed};
use presentation::Presenter;
use several::collection;

/// Verifies `input` at the time `now`, with the documents in `evidence`, as `policy` demands.
///
/// Pure: no I/O, no clock, no randomness. A report is made for any bytes. While the report lists needs, answer them
/// (see [`Evidence`]) and call again; each need is asked for once, and there are at most
/// [`MAX_NEEDS`](crate::budget::MAX_NEEDS).
pub fn verify(input: &[u8], evidence: &Evidence, policy: &Policy, now: Timestamp) -> Report {
    verify_with_picture(input, evidence, policy, now).0
}

/// The same, with the next of the pictures without a credential that were found at a link or among files: for a host that
/// can read QR codes. Once the report lists no needs, answer the picture and call again; there are at most
/// [`MAX_PICTURES`](crate::budget::MAX_PICTURES) in one verification.
pub fn verify_with_picture(
    input: &[u8],
    evidence: &Evidence,
    policy: &Policy,
    now: Timestamp,
) -> (Report, Option<Picture>) {
    let lookups = Lookups::new(evidence, policy.dangerously_allow.http);
    let (budget, aside) = (Budget::default(), Budget::aside());
    let scope = Scope {
        lookups: &lookups,
        policy,
        budget: &budget,
        aside: &aside,
        endorses: None,
        within: None,
        depth: 0,
        nesting: 0,
        now,
    };
    let mut report = bytes(input, Via::Reader, scope);
    let picture;
    (report.needs, report.evidence, picture) = lookups.into_parts();
    (report, picture)
}

/// How bytes came, which says what they may lead on to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Via<'a> {
    /// The reader gave them: they may be a link or a page, or have either among other words.
    Reader,
    /// They are at this address: a page may hold a credential.
    Link(&'a str),
    /// A page holds them or names their address.
    Page,
    /// They were among other files in one, under a name: a picture may name an address.
    File(Option<&'a str>),
    /// A picture names their address: they lead nowhere.
    Picture,
}

/// What the bytes hold.
fn bytes(input: &[u8], via: Via<'_>, scope: Scope<'_>) -> Report {
    let read = match input::read(input) {
        Ok(read) => read,
        Err(fault) => return unread(input, &fault, via, scope),
    };
    let Input { container, content, notes } = read;
    let format =
        |text: &[u8]| Format { container, sha256: Some(to_hex(&Sha256::digest(text))), ..Format::default() };
    let mut report = match content {
        Content::Json(json, text) => document(&json, format(&text), None, scope),
        Content::Jwt(text) => token(&text, format(text.as_bytes()), None, scope),
        Content::SdJwt(text) => {
            seldom(Part::Wide, Family::SdJwtVc, format(text.as_bytes()), scope, |format| {
                sd_jwt::report(&text, format, None, scope)
            })
        }
        Content::Url(url) => match (container, via) {
            (Container::Png | Container::Svg, Via::Reader | Via::Link(_) | Via::Page | Via::File(_)) => {
                match scope.lookups.get(NeedKind::Credential, &url, CheckId::Readable) {
                    Ok(fetched) => bytes(fetched, Via::Picture, scope),
                    Err(missing) => unreadable(Container::Url, &missing, scope),
                }
            }
            (Container::Url, Via::Reader) => match part::need(Part::Files) {
                Ok(()) => link::follow(&url, scope),
                Err(missing) => unreadable(Container::Url, &missing, scope),
            },
            _ => {
                let mut draft = Draft::new(Format { container: Container::Url, ..Format::default() });
                draft.push(Check::because(CheckId::Readable, Status::Failed, Reason::NotRecognized));
                draft.finish(scope.policy, scope.now)
            }
        },
        Content::Packed(packing, file) => match part::need(Part::Files) {
            Ok(()) => packed::report(packing, &file, format(&file), scope),
            Err(fault) => unreadable(container, &fault, scope),
        },
    };
    if let Some(note) = notes.first() {
        remark(&mut report, Check::because(CheckId::Readable, Status::Warned, note.reason()));
    }
    report
}

/// How it came is a note on the row that says it could be read; it changes no verdict.
fn remark(report: &mut Report, readable: Check) {
    if let Some(row) =
        report.checks.iter_mut().find(|c| c.id == CheckId::Readable && c.status == Status::Passed)
    {
        *row = readable;
    }
}

/// What cannot be read as it stands: a page, or words around a link, may hold what can.
fn unread(input: &[u8], fault: &input::Error, via: Via<'_>, scope: Scope<'_>) -> Report {
    match (fault.fault(), via) {
        (Fault::Html, Via::Reader | Via::Link(_))
        | (
            Fault::NotRecognized | Fault::Jwt | Fault::Json(ErrorKind::Trailing, ..),
            Via::Reader | Via::Link(_) | Via::File(_),
        ) => match part::need(Part::Files) {
            Ok(()) => page::report(input, fault, via, scope),
            Err(missing) => unreadable(fault.container(), &missing, scope),
        },
        (Fault::ImageWithoutCredential, Via::Link(_) | Via::File(_)) => match part::need(Part::Files) {
            Ok(()) => picture::report(input, fault, via, scope),
            Err(missing) => unreadable(fault.container(), &missing, scope),
        },
        _ => unreadable(fault.container(), fault, scope),
    }
}

fn unreadable(container: Container, fault: &dyn Explain, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { container, ..Format::default() });
    draft.explain(CheckId::Readable, fault);
    draft.finish(scope.policy, scope.now)
}

/// A JSON document: one credential, a presentation, or an array of them.
fn document(json: &Json, format: Format, presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> Report {
    match json {
        Json::Object(object) => one(object, format, presenter, scope),
        Json::Array(items) => match items.as_slice() {
            [only] => nested_as(only, format, presenter, scope),
            [] => not_a_credential(format, scope),
            several => collection(several, format, Check::new(CheckId::Readable, Status::Passed), scope),
        },
        _ => not_a_credential(format, scope),
    }
}

fn one(object: &Object, format: Format, presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> Report {
    match family::of(object) {
        Kind::Credential(_) if object.includes("type", "EncryptedWallet") => {
            unreadable(format.container, &input::Error::from(Fault::Encrypted), scope)
        }
        Kind::Credential(_) => credential::report(Sealed::Json(object), format, presenter, scope),
        Kind::Presentation if may_present(presenter, scope) => {
            seldom(Part::Wide, Family::Presentation, format, scope, |format| {
                presentation::report(Sealed::Json(object), format, scope)
            })
        }
        Kind::Enveloped => match credential::enveloped(object) {
            Some(url) => inner_text(url, format, presenter, scope),
            None => not_a_credential(format, scope),
        },
        Kind::OlderBadge if scope.is_alone() => older_badge(object, None, format, presenter, scope),
        Kind::Blockcerts if scope.is_alone() => recorded(object, format, presenter, scope),
        Kind::SdJwt => seldom(Part::Wide, Family::SdJwtVc, format, scope, |format| {
            sd_jwt::report_json(object, format, presenter, scope)
        }),
        Kind::Sealed if scope.is_alone() => sealed(europass::Source::Json(object), format, presenter, scope),
        Kind::OpenAttestation if scope.is_alone() => {
            seldom(Part::Records, Family::OpenAttestation, format, scope, |format| {
                open_attestation::report(object, format, presenter.is_some(), scope)
            })
        }
        Kind::OlderBadge | Kind::Blockcerts | Kind::Presentation | Kind::Sealed | Kind::OpenAttestation => {
            not_a_credential(format, scope)
        }
        Kind::Nothing if presenter.is_some() || !scope.is_alone() => not_a_credential(format, scope),
        Kind::Nothing => match part::need(Part::Files) {
            Ok(()) => several::within(object, format, scope),
            Err(missing) => unreadable(format.container, &missing, scope),
        },
    }
}

/// Whether a presentation is looked for: none stands in another, for no holder could be told, or in a record, or endorses
/// anything.
fn may_present(presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> bool {
    presenter.is_none() && scope.is_alone()
}

/// A document of a family that few readers meet, where what reads it is here.
fn seldom(
    part: Part,
    family: Family,
    format: Format,
    scope: Scope<'_>,
    report: impl FnOnce(Format) -> Report,
) -> Report {
    match part::need(part) {
        Ok(()) => report(format),
        Err(fault) => not_loaded(family, format, &fault, scope),
    }
}

fn not_loaded(family: Family, format: Format, fault: &NotLoaded, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { family: Some(family), ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    draft.explain(CheckId::Type, fault);
    draft.finish(scope.policy, scope.now)
}

/// A certificate that is recorded in a blockchain, where what reads it is here. It is made of an older badge.
fn recorded(file: &Object, format: Format, presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> Report {
    match part::need(Part::Chain).and(part::need(Part::Wide)) {
        Ok(()) => blockcerts::report(file, format, presenter.is_some(), scope),
        Err(fault) => not_loaded(Family::Blockcerts, format, &fault, scope),
    }
}

/// A compact JWT: its payload tells whether it is a credential or a presentation.
fn token(text: &str, format: Format, presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> Report {
    let token = match Token::parse(text) {
        Ok(token) => token,
        Err(fault) => return unreadable(format.container, &fault, scope),
    };
    let document = jwt::document(&token).0;
    match family::of(&document) {
        Kind::Presentation if may_present(presenter, scope) => {
            seldom(Part::Wide, Family::Presentation, format, scope, |format| {
                presentation::report(Sealed::Jwt(&token), format, scope)
            })
        }
        Kind::Credential(family) if is_sealed(&token, family) && scope.is_alone() => {
            sealed(europass::Source::Compact(text), format, presenter, scope)
        }
        Kind::Credential(_) => credential::report(Sealed::Jwt(&token), format, presenter, scope),
        Kind::OlderBadge if scope.is_alone() => {
            older_badge(&document, Some(&token), format, presenter, scope)
        }
        // An SD-JWT has a tilde at least: the rest was left behind.
        _ if sd_jwt::is_selective(&token) => unreadable(format.container, &proof::Error::JwtMalformed, scope),
        Kind::OlderBadge
        | Kind::Blockcerts
        | Kind::Presentation
        | Kind::Enveloped
        | Kind::SdJwt
        | Kind::Sealed
        | Kind::OpenAttestation
        | Kind::Nothing => not_a_credential(format, scope),
    }
}

/// Whether a token is sealed with a certificate rather than signed with a key of its issuer: the certificate comes along,
/// no other key is named, and the header says when it was sealed (JAdES), or the family is one that is sealed.
fn is_sealed(token: &Token<'_>, family: Family) -> bool {
    let header = token.header();
    let names_key = token.kid().is_some_and(|kid| kid.starts_with("did:")) || header.has("jwk");
    let is_jades = header.has("sigT") || header.has("iat") && header.has("x5t#S256");
    header.has("x5c") && !names_key && (is_jades || family == Family::Europass)
}

/// A document under an electronic seal, where what reads them is here.
fn sealed(
    source: europass::Source<'_>,
    format: Format,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    seldom(Part::Records, Family::Europass, format, scope, |format| {
        europass::report(source, format, presenter.is_some(), scope)
    })
}

/// A badge of Open Badges 2.0 or before, where what reads them is here.
fn older_badge(
    file: &Object,
    token: Option<&Token<'_>>,
    format: Format,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    seldom(Part::Wide, Family::OpenBadges2, format, scope, |format| {
        open_badges_2::report(file, token, format, presenter.is_some(), scope)
    })
}

/// A credential inside another document.
fn nested_as(value: &Json, format: Format, presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> Report {
    match value {
        Json::Object(object) => one(object, format, presenter, scope),
        Json::String(text) => inner_text(text, format, presenter, scope),
        _ => not_a_credential(format, scope),
    }
}

/// A credential inside a document with this `context`: below one with contexts, an object without any is read with those.
#[inline(never)]
fn nested_under(
    value: &Json,
    context: Option<&Json>,
    presenter: Option<Presenter<'_>>,
    scope: Scope<'_>,
) -> Report {
    let format = Format { container: Container::Json, ..Format::default() };
    match (value, context) {
        (Json::Object(object), Some(context)) if !object.has("@context") => {
            one(&object.with("@context", context.clone()), format, presenter, scope)
        }
        _ => nested_as(value, format, presenter, scope),
    }
}

/// Text inside a document that holds a token, or a `data:` URL of one.
fn inner_text(text: &str, format: Format, presenter: Option<Presenter<'_>>, scope: Scope<'_>) -> Report {
    match input::read(text.as_bytes()) {
        Ok(Input { content: Content::Jwt(jwt), .. }) => {
            token(&jwt, Format { container: Container::Jwt, ..format }, presenter, scope)
        }
        Ok(Input { content: Content::SdJwt(text), .. }) => {
            let format = Format { container: Container::SdJwt, ..format };
            seldom(Part::Wide, Family::SdJwtVc, format, scope, |format| {
                sd_jwt::report(&text, format, presenter, scope)
            })
        }
        Ok(Input { content: Content::Json(Json::Object(object), _), .. })
            if matches!(family::of(&object), Kind::Credential(_)) =>
        {
            credential::report(Sealed::Json(&object), format, presenter, scope)
        }
        Err(fault) => unreadable(format.container, &fault, scope),
        Ok(_) => not_a_credential(format, scope),
    }
}

fn not_a_credential(format: Format, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(format);
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    draft.push(Check::because(CheckId::Type, Status::Failed, Reason::NotACredential));
    draft.finish(scope.policy, scope.now)
}
