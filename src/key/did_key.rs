//! did:key: the identifier is the key.

use super::{Did, Error, KeyKind, PublicKey, Query, Resolved};
use crate::report::Basis;

/// The key in the DID. The method's fragment must repeat the DID's value; some issuers leave it out.
pub(super) fn resolve(did: &Did, fragment: Option<&str>, query: &Query) -> Result<Resolved, Error> {
    let key = PublicKey::from_multikey(did.id)?;
    if fragment.is_some_and(|fragment| fragment != did.id) {
        return Err(Error::NotFound);
    }
    if key.kind() == KeyKind::X25519 {
        return Err(Error::NotAuthorized);
    }
    Ok(Resolved {
        key,
        method: [query.owner, "#", did.id].concat(),
        basis: Basis::Itself,
        domain: None,
        document: None,
    })
}
