//! Does whoever presents an SD-JWT hold its key? The issuer names the key (`cnf`), the holder answers with a key
//! binding JWT (RFC 9901, section 7.3).

use crate::json::{Json, Object};
use crate::key::{self, PublicKey, Relationship};
use crate::proof::jose::key_binding::{self, Demand};
use crate::proof::jose::sd_jwt::SdJwt;
use crate::report::{Check, CheckId, Explain, Reason, Status};

use super::open::Scope;

/// `recipient.holder`, and `proof.purpose` where the answer is wrong: a wrong answer spoils the whole presentation.
/// Nobody has to answer inside a presentation that itself says whose it is.
pub(crate) fn binding(sd_jwt: &SdJwt<'_>, payload: &Json, is_inside: bool, scope: Scope<'_>) -> Vec<Check> {
    let is_asked = scope.policy.challenge.is_some();
    let because = |id, status, reason| Check::because(id, status, reason);
    let not_proven = if is_asked {
        because(CheckId::Holder, Status::Absent, Reason::HolderNotProven)
    } else {
        Check::new(CheckId::Holder, Status::Absent)
    };
    let Some(text) = sd_jwt.binding() else {
        return if is_asked && !is_inside { vec![not_proven] } else { Vec::new() };
    };
    let key = match payload.as_object().and_then(|claims| confirmation(claims, scope)) {
        None => {
            let row = because(CheckId::Purpose, Status::Failed, Reason::HolderKeyMissing);
            return vec![row, not_proven];
        }
        Some(Err(fault)) if fault.status() == Status::Unknown => {
            return vec![Check::explained(CheckId::Holder, &fault)];
        }
        Some(Err(fault)) => return vec![Check::explained(CheckId::Purpose, &fault), not_proven],
        Some(Ok(key)) => key,
    };
    let policy = scope.policy;
    let demand =
        Demand { challenge: policy.challenge.as_deref(), domain: policy.domain.as_deref(), now: scope.now };
    match key_binding::verify(text, sd_jwt, &key, demand) {
        // An answer to nobody's question may be a copy of one that others got.
        Ok(_) if !is_asked => vec![because(CheckId::Holder, Status::Absent, Reason::HolderUnchallenged)],
        Ok(bound) if bound.is_old => {
            let row = because(CheckId::Holder, Status::Warned, Reason::HolderBindingOld);
            vec![row.with("date", bound.at.to_string())]
        }
        Ok(_) => vec![Check::new(CheckId::Holder, Status::Passed)],
        Err(fault) if fault.status() == Status::Unknown => vec![Check::because_of(CheckId::Holder, &fault)],
        Err(fault) => vec![Check::because_of(CheckId::Purpose, &fault), not_proven],
    }
}

/// The rows of a key binding, where all that it rests on holds: a key is the holder's by the issuer's signature alone.
pub(crate) fn resting_on<'a>(core: impl IntoIterator<Item = &'a Check>, held: &[Check]) -> Vec<Check> {
    let holds = |row: &Check| matches!(row.status, Status::Passed | Status::Warned);
    let is_proven = core.into_iter().all(holds);
    let mut rows = held.to_vec();
    for row in rows.iter_mut().filter(|row| row.id == CheckId::Holder && holds(row) && !is_proven) {
        *row = Check::because(CheckId::Holder, Status::Absent, Reason::HolderNotProven);
    }
    rows
}

/// The key that the issuer names as the holder's (RFC 7800, section 3); `None` where it names none.
pub(crate) fn confirmation(payload: &Object, scope: Scope<'_>) -> Option<Result<PublicKey, key::Error>> {
    let claim = payload.get("cnf").and_then(Json::as_object)?;
    if let Some(jwk) = claim.get("jwk") {
        return Some(PublicKey::from_jwk(jwk.as_object()?));
    }
    let Some(kid) = claim.str("kid") else {
        let (name, _) = claim.iter().next()?;
        return Some(Err(key::Error::MethodUnsupported(["cnf.", name].concat())));
    };
    let did = kid.split('#').next().unwrap_or(kid);
    let resolved = key::resolve(kid, did, Relationship::Authentication, scope.lookups, scope.now);
    Some(resolved.map(|resolved| resolved.key))
}
