//! From expanded nodes to quads (JSON-LD 1.1 API, section 8.2).
//!
//! The node map of the specification is not built: nodes with one identifier come together by themselves, since a
//! dataset is a set.

use super::definition::Iri;
use super::expand::{Content, Expanded, Item, Node, Value, XSD};
use super::keyword::Keyword;
use super::literal::{is_language, number};
use super::processor::{Notes, Processor};
use super::{Dataset, Error, FULL, Quad, RdfDirection, Term, full};
use crate::json::{self, Json};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// The quads of a document. What `processor` found is moved into the dataset.
pub(super) fn emit<'a>(processor: &mut Processor<'a>, document: Expanded<'a>) -> Result<Dataset, Error> {
    let items = match document {
        // A document that is nothing but a graph is that graph.
        Expanded::One(Item::Node(mut node)) if node.is_bare_graph() => node.graph.take().unwrap_or_default(),
        other => other.into_vec(),
    };
    let mut dataset = Dataset::default();
    let Notes { dropped, coerced, inline_terms, keywords } = core::mem::take(&mut processor.notes);
    (dataset.dropped, dataset.coerced) = (dropped, coerced);
    (dataset.inline_terms, dataset.keywords) = (inline_terms, keywords);
    let slots = vec![None; processor.iri_count() as usize];
    let mut emitter = Emitter { processor, dataset, slots, wells: [None; 4] };
    for item in &items {
        emitter.item(item, Graph::Default)?;
    }
    Ok(emitter.dataset)
}

/// Where quads go.
#[derive(Clone, Copy)]
enum Graph {
    Default,
    /// A named graph; without a term its name cannot be written, and neither can its quads.
    Named(Option<Term>),
}

/// Terms of RDF itself.
#[derive(Clone, Copy)]
enum Well {
    Type,
    First,
    Rest,
    Nil,
}

struct Emitter<'p, 'a> {
    processor: &'p Processor<'a>,
    dataset: Dataset,
    /// The terms of the IRIs and blank nodes met so far.
    slots: Vec<Option<Term>>,
    wells: [Option<Term>; 4],
}

impl<'a> Emitter<'_, 'a> {
    /// The term of an IRI or blank node identifier; `None` for one that cannot be in a quad.
    fn term(&mut self, iri: Iri) -> Result<Option<Term>, Error> {
        if let Some(Some(term)) = self.slots.get(iri.0 as usize) {
            return Ok(Some(*term));
        }
        if !self.processor.is_well_formed(iri) {
            return Ok(None);
        }
        let term = if self.processor.is_blank(iri) {
            self.dataset.blank()
        } else {
            self.dataset.iri(&self.processor.parts(iri))?
        };
        if let Some(slot) = self.slots.get_mut(iri.0 as usize) {
            *slot = Some(term);
        }
        Ok(Some(term))
    }

    fn well(&mut self, well: Well) -> Result<Term, Error> {
        let slot = self.wells.get_mut(well as usize);
        if let Some(Some(term)) = slot {
            return Ok(*term);
        }
        let name = match well {
            Well::Type => "type",
            Well::First => "first",
            Well::Rest => "rest",
            Well::Nil => "nil",
        };
        let term = self.dataset.iri(&[RDF, name])?;
        if let Some(slot) = slot {
            *slot = Some(term);
        }
        Ok(term)
    }

    /// Adds a quad, if all its terms can be written.
    fn quad(
        &mut self,
        subject: Option<Term>,
        predicate: Option<Term>,
        object: Option<Term>,
        graph: Graph,
    ) -> Result<(), Error> {
        let graph = match graph {
            Graph::Default => None,
            Graph::Named(Some(name)) => Some(name),
            Graph::Named(None) => return Ok(()),
        };
        match (subject, predicate, object) {
            (Some(subject), Some(predicate), Some(object)) => {
                self.dataset.insert(Quad { subject, predicate, object, graph })
            }
            _ => Ok(()),
        }
    }

    /// The term of an item, its quads added.
    fn item(&mut self, item: &Item<'a>, graph: Graph) -> Result<Option<Term>, Error> {
        match item {
            Item::Value(value) => self.value(value, graph),
            Item::List(items) => self.list(items, graph).map(Some),
            Item::Reference(iri) => self.term(*iri),
            Item::Node(node) => self.node(node, graph),
        }
    }

    fn predicate(&mut self, iri: Iri) -> Result<Option<Term>, Error> {
        if self.processor.is_blank(iri) && !(FULL && self.processor.settings.generalized) {
            return Ok(None);
        }
        self.term(iri)
    }

    fn node(&mut self, node: &Node<'a>, graph: Graph) -> Result<Option<Term>, Error> {
        let subject = match node.id {
            Some(id) => self.term(id)?,
            None => Some(self.dataset.blank()),
        };
        if !node.types.is_empty() {
            let predicate = Some(self.well(Well::Type)?);
            for ty in &node.types {
                let object = self.term(*ty)?;
                self.quad(subject, predicate, object, graph)?;
            }
        }
        for (iri, item) in &node.members {
            let predicate = self.predicate(*iri)?;
            let object = self.item(item, graph)?;
            self.quad(subject, predicate, object, graph)?;
        }
        for (iri, item) in &node.reverse {
            let predicate = self.predicate(*iri)?;
            let from = self.item(item, graph)?;
            self.quad(from, predicate, subject, graph)?;
        }
        for item in &node.included {
            self.item(item, graph)?;
        }
        for item in node.graph.iter().flatten() {
            self.item(item, Graph::Named(subject))?;
        }
        Ok(subject)
    }

    fn list(&mut self, items: &[Item<'a>], graph: Graph) -> Result<Term, Error> {
        let nil = self.well(Well::Nil)?;
        let (first, rest) = (self.well(Well::First)?, self.well(Well::Rest)?);
        let mut head = None;
        let mut before: Option<Term> = None;
        for item in items {
            let cell = self.dataset.blank();
            if let Some(before) = before {
                self.quad(Some(before), Some(rest), Some(cell), graph)?;
            }
            head = head.or(Some(cell));
            let object = self.item(item, graph)?;
            self.quad(Some(cell), Some(first), object, graph)?;
            before = Some(cell);
        }
        if let Some(last) = before {
            self.quad(Some(last), Some(rest), Some(nil), graph)?;
        }
        Ok(head.unwrap_or(nil))
    }

    /// Section 8.2.2.
    fn value(&mut self, value: &Value<'a>, graph: Graph) -> Result<Option<Term>, Error> {
        let processor = self.processor;
        if value.language.is_some_and(|language| !is_language(language)) {
            return Ok(None);
        }
        if value.ty.is_some_and(|ty| ty.is(Keyword::Json)) {
            let canonical = match value.content {
                Content::Json(json) => json::canonicalize(json),
                Content::Text(text) => json::canonicalize(&Json::String(text.into())),
            };
            return self.dataset.literal(&canonical, &[RDF, "JSON"]).map(Some);
        }
        if value.ty.is_some_and(|ty| !processor.is_well_formed(ty) || processor.is_blank(ty)) {
            return Ok(None);
        }
        let ty = value.ty.map(|ty| processor.parts(ty));
        let typed = |default: &'static str| ty.unwrap_or([XSD, default]);
        match value.content {
            Content::Json(Json::Bool(value)) => {
                let lexical = if *value { "true" } else { "false" };
                self.dataset.literal(lexical, &typed("boolean")).map(Some)
            }
            Content::Json(Json::Number(value)) => {
                let number = number(*value, ty.is_some_and(|ty| ty == [XSD, "double"]));
                let default = if number.double { "double" } else { "integer" };
                self.dataset.literal(&number.lexical, &typed(default)).map(Some)
            }
            Content::Text(text) => self.text(text, ty, value, graph).map(Some),
            Content::Json(Json::String(text)) => self.text(text, ty, value, graph).map(Some),
            Content::Json(_) => Ok(None),
        }
    }

    fn text(
        &mut self,
        text: &str,
        ty: Option<[&str; 2]>,
        value: &Value<'a>,
        graph: Graph,
    ) -> Result<Term, Error> {
        let language = value.language.map(str::to_ascii_lowercase);
        match (value.direction, full(self.processor.settings.rdf_direction)) {
            (Some(direction), Some(RdfDirection::I18nDatatype)) => {
                let language = language.as_deref().unwrap_or_default();
                let datatype = ["https://www.w3.org/ns/i18n#", language, "_", direction.text()];
                self.dataset.literal(text, &datatype)
            }
            (Some(direction), Some(RdfDirection::CompoundLiteral)) => {
                let node = self.dataset.blank();
                let parts = [
                    ("value", Some(text)),
                    ("language", language.as_deref()),
                    ("direction", Some(direction.text())),
                ];
                for (name, part) in parts {
                    if let Some(part) = part {
                        let predicate = self.dataset.iri(&[RDF, name])?;
                        let object = self.dataset.literal(part, &[])?;
                        self.quad(Some(node), Some(predicate), Some(object), graph)?;
                    }
                }
                Ok(node)
            }
            _ => match (language, ty) {
                (Some(language), _) => self.dataset.language_string(text, &language),
                (None, Some(ty)) if ty != [XSD, "string"] => self.dataset.literal(text, &ty),
                _ => self.dataset.literal(text, &[]),
            },
        }
    }
}
