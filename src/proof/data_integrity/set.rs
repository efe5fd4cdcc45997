//! Proof sets and proof chains (VC Data Integrity 1.0, sections 2.1.1, 2.1.2 and 4.5).

use super::{malformed, strings};
use crate::budget::MAX_PROOFS;
use crate::json::{Json, Object};
use crate::order;
use crate::proof::Error;

/// The proofs of a document, and what each of them covers.
#[derive(Clone, Debug)]
pub struct ProofSet<'a> {
    document: &'a Object,
    proofs: Vec<&'a Object>,
}

impl<'a> ProofSet<'a> {
    /// The proofs of `document`, single or several.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none, [`Error::TooMany`] where there are more than
    /// [`MAX_PROOFS`], [`Error::Malformed`] where one is not an object.
    pub fn of(document: &'a Object) -> Result<Self, Error> {
        let values = document.each("proof");
        if values.is_empty() {
            return Err(Error::Missing);
        }
        if values.len() > MAX_PROOFS {
            return Err(Error::TooMany);
        }
        let objects = values.iter().map(|value| value.as_object().ok_or_else(|| malformed("proof")));
        Ok(ProofSet { document, proofs: objects.collect::<Result<_, _>>()? })
    }

    /// The proofs, in the document's order.
    pub fn proofs(&self) -> &[&'a Object] {
        &self.proofs
    }

    /// What the proof at `index` covers: the document with, as its `proof`, the earlier proofs that it refers to.
    ///
    /// # Errors
    /// [`Error::Chain`] where an earlier proof is not there, is not the only one of its id, or refers back.
    pub fn covered(&self, index: usize) -> Result<Object, Error> {
        let earlier = self.earlier(index)?;
        self.check_order(index, &mut Vec::new())?;
        let bare = self.document.without(&["proof"]);
        if earlier.is_empty() {
            return Ok(bare);
        }
        let proofs = earlier.iter().filter_map(|i| self.proofs.get(*i)).map(|p| Json::Object((*p).clone()));
        Ok(bare.with("proof", Json::Array(proofs.collect())))
    }

    /// The proofs that the one at `index` refers to, in the document's order.
    fn earlier(&self, index: usize) -> Result<Vec<usize>, Error> {
        let proof = self.proofs.get(index).ok_or(Error::Missing)?;
        let ids = strings(proof, "previousProof")?;
        // There cannot be more of them than proofs.
        if ids.len() > self.proofs.len() {
            return Err(Error::Chain);
        }
        let mut earlier = Vec::new();
        for id in &ids {
            let mut named = (0..).zip(&self.proofs).filter(|(_, p)| p.str("id") == Some(*id)).map(|(i, _)| i);
            match (named.next(), named.next()) {
                (Some(found), None) => earlier.push(found),
                _ => return Err(Error::Chain),
            }
        }
        order::sort_by_key(&mut earlier, |index| *index);
        earlier.dedup();
        Ok(earlier)
    }

    /// Walks back from `index`; `path` is the way there.
    fn check_order(&self, index: usize, path: &mut Vec<usize>) -> Result<(), Error> {
        if path.contains(&index) {
            return Err(Error::Chain);
        }
        path.push(index);
        for earlier in self.earlier(index)? {
            self.check_order(earlier, path)?;
        }
        path.pop();
        Ok(())
    }
}
