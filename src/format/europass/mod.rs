//! Documents under an electronic seal, as European Digital Credentials for Learning are: JAdES with the sealer's
//! certificate.
//!
//! Everything but one thing can be checked where the reader is: that the contents fit the seal, that the certificate is
//! the one that it was made under, was valid then and builds on those that came along. Whose the certificate is only
//! the European list of trusted services says, which is not here. So that stays open, unless the host itself names the
//! certificate: by `ni:///sha-256;` and its digest in base64url (RFC 6920), which is `x5t#S256` of the seal.

mod owner;
mod text;
pub(crate) mod view;

use super::currency;
use super::draft::Draft;
use super::family::{self, CREDENTIALS_V1, CREDENTIALS_V2, Kind};
use super::graph::Graph;
use super::model::{self, DataModel};
use super::open::Scope;
use crate::json::{self, Json, Object};
use crate::proof::jose::jades::{Seal, Sealed};
use crate::proof::{self, Shown};
use crate::report::{Basis, Check, CheckId, Explain, Family, Format, Reason, Report, Status};
use crate::{recipient, trust};
use owner::Owner;

/// A sealed document, as it came.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    /// JWS in JSON serialization.
    Json(&'a Object),
    /// Compact JWS.
    Compact(&'a str),
}

/// The report of a sealed document. `presented` where it stands in a presentation.
#[inline(never)]
pub(crate) fn report(source: Source<'_>, format: Format, presented: bool, scope: Scope<'_>) -> Report {
    let mut draft = Draft::new(Format { family: Some(Family::Europass), ..format });
    draft.push(Check::new(CheckId::Readable, Status::Passed));
    let sealed = match source {
        Source::Json(document) => Sealed::of(document),
        Source::Compact(text) => Sealed::compact(text),
    };
    let sealed = match sealed {
        Ok(sealed) => sealed,
        Err(fault) => {
            draft.push(Check::explained(CheckId::Signature, &fault));
            return draft.finish(scope.policy, scope.now);
        }
    };
    let Some(credential) = credential(&sealed.payload) else {
        draft.push(Check::because(CheckId::Type, Status::Failed, Reason::NotACredential));
        return draft.finish(scope.policy, scope.now);
    };
    if let Kind::Credential(family) = family::of(&credential) {
        draft.format.family = Some(family);
    }
    form(&credential, &mut draft);
    let owners = seals(&sealed, &mut draft, scope);
    if let Some(owner) = owners.first() {
        draft.push(owner.profile(&credential));
    }
    if credential.has("credentialSchema") {
        draft.push(Check::because(CheckId::Schema, Status::Warned, Reason::SchemaNotChecked));
    }
    currency::rows(&credential, None, Shown::Whole, &mut draft, scope);
    let is_elm = view::is_elm(&credential);
    let subject = if is_elm {
        view::subject(&credential)
    } else {
        credential.each("credentialSubject").first().and_then(Json::as_object).cloned().unwrap_or_default()
    };
    draft.push(recipient::check(&subject, scope.policy.recipient.as_ref()));
    if presented || scope.policy.challenge.is_some() {
        draft.push(Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven));
    }
    recognition(&owners, &mut draft, scope);
    draft.view = Some(if is_elm {
        view::of(&credential)
    } else {
        super::view::of(&credential, &Graph::of(&credential))
    });
    draft.finish(scope.policy, scope.now)
}

/// The credential that was sealed. Text that begins with a byte order mark is refused: readers differ on it.
fn credential(payload: &[u8]) -> Option<Object> {
    match json::parse(payload).ok()? {
        Json::Object(object) if !payload.starts_with(b"\xEF\xBB\xBF") => {
            matches!(family::of(&object), Kind::Credential(_)).then_some(object)
        }
        _ => None,
    }
}

/// `format.type` and `format.coverage`. A seal covers each byte, so no context can hide anything in it.
fn form(credential: &Object, draft: &mut Draft) {
    draft.push(Check::new(CheckId::Coverage, Status::Passed));
    let is_object = |name| credential.each(name).iter().all(|value| value.as_object().is_some());
    let fault = if !credential.includes("type", "VerifiableCredential") {
        Some(model::Error::Malformed("type"))
    } else if ["issuer", "credentialSubject"].iter().any(|name| credential.each(name).is_empty()) {
        let missing = if credential.has("issuer") { "credentialSubject" } else { "issuer" };
        Some(model::Error::Missing(missing))
    } else if !is_object("credentialSubject") {
        Some(model::Error::Malformed("credentialSubject"))
    } else {
        None
    };
    let stated = |context| credential.includes("@context", context);
    draft.format.data_model = [(CREDENTIALS_V2, DataModel::V2), (CREDENTIALS_V1, DataModel::V1)]
        .into_iter()
        .find(|(context, _)| stated(context))
        .map(|(_, model)| model.version().into());
    draft.push(match fault {
        Some(fault) => Check::because_of(CheckId::Type, &fault),
        None => Check::new(CheckId::Type, Status::Passed),
    });
}

/// The rows of signature and key, and who sealed: first whoever the host names.
fn seals(sealed: &Sealed, draft: &mut Draft, scope: Scope<'_>) -> Vec<Owner> {
    let mut owners: Vec<Owner> = Vec::new();
    let mut open: Vec<&proof::Error> = Vec::new();
    for seal in &sealed.seals {
        let seal = match seal {
            Ok(seal) => seal,
            Err(fault) => {
                if fault.status() == Status::Unknown {
                    open.push(fault);
                } else {
                    draft.push(Check::explained(CheckId::Signature, fault));
                }
                continue;
            }
        };
        draft.format.securing = Some(["JAdES ", seal.alg()].concat());
        let (owner, rows) = judge(seal, scope);
        for row in rows {
            draft.push(row);
        }
        match owner {
            Some(owner) if owner.pinned => owners.insert(0, owner),
            Some(owner) => owners.push(owner),
            None => {}
        }
    }
    // One of a kind that is not checked here is a note beside a good one.
    for fault in open {
        let row = if owners.is_empty() {
            Check::explained(CheckId::Signature, fault)
        } else {
            Check::because(CheckId::Signature, Status::Warned, Reason::ProofAlongside)
        };
        draft.push(row);
    }
    // Of several sealers, one whom the host names is enough.
    if let Some(owner) = owners.first() {
        draft.push(owner.key(scope.now));
    } else if !draft.checks.iter().any(|row| row.id == CheckId::Key) {
        draft.push(Check::because(CheckId::Key, Status::Unknown, Reason::ProofUnsupported));
    }
    owners
}

/// The rows of one seal, and whose it says it is, where it fits.
fn judge(seal: &Seal, scope: Scope<'_>) -> (Option<Owner>, Vec<Check>) {
    let signature = |fault: &dyn Explain| Check::explained(CheckId::Signature, fault);
    let time = match seal.time(scope.now) {
        Ok(time) => time,
        Err(fault) => return (None, vec![signature(&fault)]),
    };
    let owner = match Owner::of(seal.certificates(), time, scope) {
        Ok(owner) => owner,
        Err(fault) => {
            let row = super::open::unreached(CheckId::Signature, &fault);
            return (None, vec![Check::because_of(CheckId::Key, &fault), row]);
        }
    };
    match seal.verify(&owner.certificate) {
        Ok(_) => (Some(owner), vec![Check::new(CheckId::Signature, Status::Passed)]),
        Err(fault) => (None, vec![signature(&fault)]),
    }
}

/// `trust.issuer`, and who the issuer is, where the host names the certificate.
fn recognition(owners: &[Owner], draft: &mut Draft, scope: Scope<'_>) {
    if let Some(name) = owners.first().and_then(|owner| owner.name.as_ref()) {
        draft.args.insert("issuer".into(), name.clone());
    }
    let Some(owner) = owners.first().filter(|owner| owner.pinned && draft.core_holds()) else {
        draft.push(Check::because(CheckId::Trust, Status::Skipped, Reason::IssuerNotProven));
        return;
    };
    let identified = trust::Identified {
        id: &owner.id,
        basis: Basis::Itself,
        domain: None,
        claimed_name: owner.name.as_deref(),
    };
    let (row, finding) = trust::check(identified, scope.policy);
    if let Some(name) = &finding.name {
        draft.args.insert("issuer".into(), name.clone());
    }
    draft.push(row);
    draft.issuer = Some(finding);
}
