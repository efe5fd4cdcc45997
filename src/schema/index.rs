//! Where the schemas of a set of documents are: resources by URI, anchors by name.

use super::{Document, Draft};
use crate::json::{Json, Object};
use crate::order;
use crate::rdf;

/// A schema with a URI of its own: a document, or a part of one that has an `$id`.
#[derive(Debug)]
pub(super) struct Resource<'a> {
    /// Absolute, without fragment.
    pub(super) uri: String,
    /// Where a document was found, if it calls itself otherwise.
    found_at: &'a str,
    pub(super) root: &'a Json,
    /// `None` for a dialect that is not read.
    pub(super) draft: Option<Draft>,
    /// `$recursiveAnchor`
    pub(super) recursive: bool,
    anchors: Vec<Anchor<'a>>,
}

/// A name for a place inside a resource.
#[derive(Debug)]
struct Anchor<'a> {
    name: &'a str,
    node: &'a Json,
    dynamic: bool,
}

/// All resources; the first is the schema itself.
#[derive(Debug)]
pub(super) struct Index<'a> {
    resources: Vec<Resource<'a>>,
    /// The resources by the address of their root in memory, ascending.
    roots: Vec<(usize, usize)>,
    /// How many schemas were read.
    pub(super) nodes: usize,
    /// Whether any schema asks what others have left unevaluated.
    pub(super) tracks: bool,
}

/// Keywords whose value is a schema; arrays of schemas are read wherever they stand.
const SCHEMAS: [&str; 16] = [
    "items",
    "additionalItems",
    "prefixItems",
    "contains",
    "additionalProperties",
    "propertyNames",
    "if",
    "then",
    "else",
    "not",
    "allOf",
    "anyOf",
    "oneOf",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// Keywords whose value is an object of schemas.
const MAPS: [&str; 6] =
    ["$defs", "definitions", "properties", "patternProperties", "dependentSchemas", "dependencies"];

impl<'a> Index<'a> {
    pub(super) fn of(documents: &[Document<'a>], draft: Draft) -> Self {
        let mut index = Index { resources: Vec::new(), roots: Vec::new(), nodes: 0, tracks: false };
        let mut default = Some(draft);
        for document in documents {
            let at = index.add(document.url, document.url, document.schema, default);
            index.read(document.schema, at);
            // What it refers to is read in its own dialect, where it names none.
            default = index.resources.first().map_or(default, |first| first.draft);
        }
        order::sort_by_key(&mut index.roots, |(address, _)| *address);
        index
    }

    /// Adds `root`, which was found at `found_at`, and whose `$id` is relative to `base`.
    fn add(&mut self, base: &str, found_at: &'a str, root: &'a Json, draft: Option<Draft>) -> usize {
        let at = self.resources.len();
        let draft = match root.get("$schema").and_then(Json::as_str) {
            Some(named) => Draft::of(named),
            None => draft,
        };
        let uri = match id(root, draft).filter(|id| !id.starts_with('#')) {
            Some(id) => rdf::resolve(base, id),
            None => base.into(),
        };
        let uri = without_fragment(&uri).into();
        let recursive = root.get("$recursiveAnchor") == Some(&Json::Bool(true));
        self.resources.push(Resource { uri, found_at, root, draft, recursive, anchors: Vec::new() });
        self.roots.push((address(root), at));
        at
    }

    /// Reads a schema below the root of the resource `at`.
    fn walk(&mut self, schema: &'a Json, mut at: usize) {
        let Some(resource) = self.resources.get(at) else { return };
        if id(schema, resource.draft).is_some_and(|id| !id.starts_with('#')) {
            let (base, draft) = (resource.uri.clone(), resource.draft);
            at = self.add(&base, "", schema, draft);
        }
        self.read(schema, at);
    }

    /// Reads a schema that is part of the resource `at`, or its root.
    fn read(&mut self, schema: &'a Json, at: usize) {
        self.nodes += 1;
        let Json::Object(object) = schema else { return };
        let old = self.resources.get(at).is_some_and(|r| r.draft == Some(Draft::Draft7));
        let names = if old {
            [id(schema, Some(Draft::Draft7)).and_then(|id| id.strip_prefix('#')), None]
        } else {
            [object.str("$anchor"), object.str("$dynamicAnchor")]
        };
        for (name, dynamic) in names.into_iter().zip([false, true]) {
            if let (Some(name), Some(resource)) = (name, self.resources.get_mut(at)) {
                resource.anchors.push(Anchor { name, node: schema, dynamic });
            }
        }
        self.tracks |= object.has("unevaluatedProperties") || object.has("unevaluatedItems");
        for (keyword, value) in object.iter() {
            if SCHEMAS.contains(&keyword) {
                value.each().iter().for_each(|part| self.walk(part, at));
            }
            if let Json::Object(map) = value
                && MAPS.contains(&keyword)
            {
                map.iter().for_each(|(_, part)| self.walk(part, at));
            }
        }
    }

    pub(super) fn resource(&self, at: usize) -> Option<&Resource<'a>> {
        self.resources.get(at)
    }

    /// The resource whose root is `node`.
    pub(super) fn rooted_at(&self, node: &Json) -> Option<usize> {
        let at = self.roots.binary_search_by_key(&address(node), |(address, _)| *address).ok()?;
        self.roots.get(at).map(|(_, resource)| *resource)
    }

    /// The resource with this URI, which has no fragment.
    pub(super) fn find(&self, uri: &str) -> Option<usize> {
        self.resources.iter().position(|r| r.uri == uri || (r.found_at == uri && !uri.is_empty()))
    }
}

impl<'a> Resource<'a> {
    /// The schema that is called `name`, and whether dynamically.
    pub(super) fn anchor(&self, name: &str) -> Option<(&'a Json, bool)> {
        let mut named = self.anchors.iter().filter(|anchor| anchor.name == name);
        let first = named.next()?;
        Some((first.node, first.dynamic || named.any(|anchor| anchor.dynamic)))
    }
}

/// `$id`, which in draft 7 counts only where no `$ref` is beside it.
fn id(schema: &Json, draft: Option<Draft>) -> Option<&str> {
    let object: &Object = schema.as_object()?;
    object.str("$id").filter(|_| !(draft == Some(Draft::Draft7) && object.has("$ref")))
}

fn address(node: &Json) -> usize {
    core::ptr::from_ref(node).addr()
}

fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or(uri)
}
