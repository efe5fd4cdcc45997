//! 1EdTech revocation lists (Revocation List Status Method 1.0): plain JSON, vouched for by its server alone.

use super::Error;
use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Reason, Status};

/// The row of a credential whose revocation list is `list`. An issuer's reason is its argument `message`.
pub fn revoked(list: &Object, credential: &Object) -> Check {
    match find(list, credential) {
        Ok(None) => Check::new(CheckId::Revocation, Status::Passed),
        Ok(Some(entry)) => {
            let row = Check::because(CheckId::Revocation, Status::Failed, Reason::Revoked);
            match entry.str("revocationReason") {
                Some(text) => row.with("message", text),
                None => row,
            }
        }
        Err(error) => Check::explained(CheckId::Revocation, &error),
    }
}

/// The entry that withdraws `credential`.
fn find<'a>(list: &'a Object, credential: &Object) -> Result<Option<&'a Object>, Error> {
    let id = credential.str("id").ok_or(Error::NoId)?;
    let issuer = party(list).ok_or(Error::List)?;
    if party(credential) != Some(issuer) {
        return Err(Error::ListOther);
    }
    // The specification's name, and the one that its own validator and issuers use.
    let names = ["revokedCredential", "revokedCredentials"];
    if !names.iter().any(|name| list.has(name)) {
        return Err(Error::List);
    }
    let mut malformed = false;
    for entry in names.iter().flat_map(|name| list.each(name)) {
        match entry.as_object().and_then(|entry| Some((entry, entry.str("id")?, withdraws(entry)?))) {
            Some((entry, listed, true)) if listed == id => return Ok(Some(entry)),
            Some(_) => {}
            // It could have been the one.
            None => malformed = true,
        }
    }
    if malformed { Err(Error::List) } else { Ok(None) }
}

/// Whether an entry withdraws: it does, unless `revoked` says no.
fn withdraws(entry: &Object) -> Option<bool> {
    match entry.get("revoked") {
        None | Some(Json::Bool(true)) => Some(true),
        Some(Json::Bool(false)) => Some(false),
        // Issuers put booleans in strings.
        Some(Json::String(s)) if s == "true" => Some(true),
        Some(Json::String(s)) if s == "false" => Some(false),
        Some(_) => None,
    }
}

/// The issuer's id.
fn party(document: &Object) -> Option<&str> {
    let issuer = document.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id")?.as_str())
}
