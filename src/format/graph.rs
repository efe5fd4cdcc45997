//! Reading a signed document the way its signature sees it: as nodes with identifiers.
//!
//! Where two objects carry the same `id`, RDF has one node with the members of both, and the signature cannot tell
//! which object a member was written in. Reading members through [`Graph`] makes both spellings read the same: a
//! member that was moved between such objects stays where every reader finds it, and two different values of one
//! member become a list that no single-valued reading accepts.

use crate::json::{Json, Object};
use crate::order;

/// The nodes of a document by `id`.
#[derive(Debug)]
pub(crate) struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    /// The document around, where this is a part of one.
    around: Option<&'a Graph<'a>>,
}

#[derive(Debug)]
struct Node<'a> {
    id: &'a str,
    first: &'a Object,
    /// Set where several objects share the id.
    merged: Option<Object>,
}

impl<'a> Graph<'a> {
    /// Reads `document`. Proofs are left out: they are graphs of their own.
    pub(crate) fn of(document: &'a Object) -> Self {
        let mut objects = Vec::new();
        collect(document, &mut objects);
        order::sort_by_key(&mut objects, |(id, _): &(&'a str, _)| *id);
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(objects.len());
        for (id, object) in objects {
            match nodes.last_mut() {
                Some(node) if node.id == id => {
                    let so_far = node.merged.take().unwrap_or_else(|| node.first.clone());
                    node.merged = Some(merge(so_far, object));
                }
                _ => nodes.push(Node { id, first: object, merged: None }),
            }
        }
        Graph { nodes, around: None }
    }

    /// Reads `credential`, which stands in the document that `around` reads and is signed as a part of it: as that one
    /// does, but for the subjects, which are as they stand in `credential`.
    pub(crate) fn inside(around: &'a Graph<'a>, credential: &'a Object) -> Self {
        let subjects = credential.each("credentialSubject").iter().filter_map(Json::as_object);
        let mut nodes: Vec<Node<'a>> =
            subjects.filter_map(|first| Some(Node { id: first.str("id")?, first, merged: None })).collect();
        order::sort_by_key(&mut nodes, |node| node.id);
        Graph { nodes, around: Some(around) }
    }

    /// The members of the node that `value` is or refers to; `None` for a plain value or an unknown reference.
    pub(crate) fn node<'s>(&'s self, value: &'s Json) -> Option<&'s Object> {
        match value {
            Json::String(id) => self.find(id),
            Json::Object(object) => Some(self.whole(object)),
            _ => None,
        }
    }

    /// All members of the node that `object` is.
    pub(crate) fn whole<'s>(&'s self, object: &'s Object) -> &'s Object {
        object.str("id").and_then(|id| self.find(id)).unwrap_or(object)
    }

    fn find(&self, id: &str) -> Option<&Object> {
        match self.nodes.binary_search_by(|node| node.id.cmp(id)) {
            Ok(at) => self.nodes.get(at).map(|node| node.merged.as_ref().unwrap_or(node.first)),
            Err(_) => self.around?.find(id),
        }
    }

    /// The first node under member `name` of `object`.
    pub(crate) fn first<'s>(&'s self, object: &'s Object, name: &str) -> Option<&'s Object> {
        self.node(object.each(name).first()?)
    }
}

fn collect<'a>(object: &'a Object, into: &mut Vec<(&'a str, &'a Object)>) {
    if let Some(id) = object.str("id") {
        into.push((id, object));
    }
    for (name, value) in object.iter() {
        if name != "proof" && name != "@context" {
            for inner in value.each().iter().filter_map(Json::as_object) {
                // A credential in a record that has a signature of its own: what was moved into it breaks that one.
                if name != "verifiableCredential" || !inner.has("proof") {
                    collect(inner, into);
                }
            }
        }
    }
}

/// The members of both, as sets.
fn merge(mut into: Object, other: &Object) -> Object {
    for (name, value) in other.iter() {
        let merged = match into.get(name) {
            None => value.clone(),
            Some(have) => {
                let mut values = have.each().to_vec();
                for item in value.each() {
                    if !values.iter().any(|value| plain(value) == plain(item)) {
                        values.push(item.clone());
                    }
                }
                if values.len() == 1 { values.swap_remove(0) } else { Json::Array(values) }
            }
        };
        into = into.with(name, merged);
    }
    into
}

/// A text that is written as a value object without a language is that text.
pub(super) fn plain(value: &Json) -> &Json {
    match value {
        Json::Object(object) if object.len() == 1 => object.get("@value").unwrap_or(value),
        _ => value,
    }
}
