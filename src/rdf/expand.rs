//! Expansion (JSON-LD 1.1 API, section 5.1): a document as nodes, values and lists with every name an IRI.

use std::rc::Rc;

use super::context::{Active, How};
use super::definition::{Container, Definition, Direction, Iri};
use super::iri::split_compact;
use super::keyword::Keyword;
use super::processor::{Note, Processor};
use super::{Error, full};
use crate::json::{Json, Object};

/// One expanded item.
#[derive(Clone, Debug)]
pub(super) enum Item<'a> {
    Value(Value<'a>),
    List(Vec<Item<'a>>),
    /// A node of which only the identifier is said.
    Reference(Iri),
    Node(Box<Node<'a>>),
}

/// A literal.
#[derive(Clone, Debug)]
pub(super) struct Value<'a> {
    pub(super) content: Content<'a>,
    /// A datatype, or `@json`.
    pub(super) ty: Option<Iri>,
    pub(super) language: Option<&'a str>,
    pub(super) direction: Option<Direction>,
}

/// What a literal says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'a> {
    Text(&'a str),
    Json(&'a Json),
}

/// A node object.
#[derive(Clone, Debug, Default)]
pub(super) struct Node<'a> {
    pub(super) id: Option<Iri>,
    pub(super) types: Vec<Iri>,
    pub(super) members: Vec<(Iri, Item<'a>)>,
    pub(super) reverse: Vec<(Iri, Item<'a>)>,
    pub(super) graph: Option<Vec<Item<'a>>>,
    pub(super) included: Vec<Item<'a>>,
}

impl<'a> Item<'a> {
    pub(super) fn is_node(&self) -> bool {
        matches!(self, Item::Reference(_) | Item::Node(_))
    }

    /// Whether this is a node with `@graph` and nothing else but perhaps an identifier.
    pub(super) fn is_graph(&self) -> bool {
        matches!(self, Item::Node(node) if node.graph.is_some() && node.has_no_members())
    }

    pub(super) fn graph_of(items: Vec<Item<'a>>) -> Self {
        Item::Node(Box::new(Node { graph: Some(items), ..Node::default() }))
    }

    /// The node, to be added to; `None` for a value or a list.
    pub(super) fn as_node(&mut self) -> Option<&mut Node<'a>> {
        if let Item::Reference(id) = self {
            *self = Item::Node(Box::new(Node { id: Some(*id), ..Node::default() }));
        }
        if let Item::Node(node) = self { Some(node) } else { None }
    }
}

impl Node<'_> {
    fn has_no_members(&self) -> bool {
        self.types.is_empty()
            && self.members.is_empty()
            && self.reverse.is_empty()
            && self.included.is_empty()
    }

    /// Whether there is a graph and not even an identifier for it.
    pub(super) fn is_bare_graph(&self) -> bool {
        self.graph.is_some() && self.id.is_none() && self.has_no_members()
    }

    /// Whether there is more than identifier and types.
    pub(super) fn says_more_than_id(&self) -> bool {
        self.graph.is_some()
            || !self.included.is_empty()
            || !self.reverse.is_empty()
            || !self.members.is_empty()
    }
}

/// What an element became.
#[derive(Debug)]
pub(super) enum Expanded<'a> {
    Nothing,
    One(Item<'a>),
    /// An array, or a set.
    Many(Vec<Item<'a>>),
}

impl<'a> Expanded<'a> {
    pub(super) fn into_vec(self) -> Vec<Item<'a>> {
        match self {
            Expanded::Nothing => Vec::new(),
            Expanded::One(item) => vec![item],
            Expanded::Many(items) => items,
        }
    }
}

/// Whose value an element is.
#[derive(Clone, Copy)]
pub(super) enum Property<'a> {
    /// Nobody's: the document itself, or an included node.
    Top,
    /// `@graph`'s.
    Graph,
    /// `@reverse`'s.
    Reverse,
    /// That of a member with this name.
    Member(&'a str),
}

impl Property<'_> {
    /// Whether a mere value is lost here.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Property::Top | Property::Graph)
    }
}

impl<'a> Processor<'a> {
    /// What the name of the property means in `active`.
    fn property(&self, active: &Active<'a>, property: Property<'a>) -> Option<Definition<'a>> {
        match property {
            Property::Member(name) => self.lookup(active, name),
            _ => None,
        }
    }

    /// Section 5.1.2. `from_map`: the element is an entry of an id, type or other map.
    pub(super) fn expand(
        &mut self,
        active: &Rc<Active<'a>>,
        property: Property<'a>,
        element: &'a Json,
        from_map: bool,
    ) -> Result<Expanded<'a>, Error> {
        match element {
            Json::Null => {
                self.drop_here(Some("null"));
                Ok(Expanded::Nothing)
            }
            Json::Array(items) => self.expand_array(active, property, items, from_map),
            Json::Object(object) => self.expand_object(active, property, object, from_map),
            scalar => {
                let Property::Member(name) = property else {
                    self.drop_here(scalar.as_str());
                    return Ok(Expanded::Nothing);
                };
                let mut definition = self.lookup(active, name);
                let mut active = Rc::clone(active);
                if let Some(scope) = definition.and_then(|definition| definition.scope) {
                    active = self.derive_scoped(&active, scope, How::PROPERTY)?;
                    definition = self.lookup(&active, name);
                }
                self.expand_value(&active, definition.unwrap_or_default(), scalar).map(Expanded::One)
            }
        }
    }

    fn expand_array(
        &mut self,
        active: &Rc<Active<'a>>,
        property: Property<'a>,
        items: &'a [Json],
        from_map: bool,
    ) -> Result<Expanded<'a>, Error> {
        let container = self.property(active, property).unwrap_or_default().container;
        let list = container.has(Container::LIST);
        if items.is_empty() && !list {
            self.drop_here(Some("[]"));
        }
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            match self.expand(active, property, item, from_map)? {
                Expanded::Nothing => {}
                Expanded::One(item) => out.push(item),
                Expanded::Many(items) if list => out.push(Item::List(items)),
                Expanded::Many(items) => out.extend(items),
            }
        }
        Ok(Expanded::Many(out))
    }

    /// Section 5.3.2, for a value that is not structured.
    pub(super) fn expand_value(
        &mut self,
        active: &Active<'a>,
        definition: Definition<'a>,
        value: &'a Json,
    ) -> Result<Item<'a>, Error> {
        let ty = definition.ty.filter(|ty| is_datatype(*ty));
        if let Some(ty) = ty {
            self.check_coercion(ty, value);
        }
        match value {
            Json::String(text) => self.expand_text(active, definition, text),
            json => {
                let content = Content::Json(json);
                Ok(Item::Value(Value { content, ty, language: None, direction: None }))
            }
        }
    }

    /// Section 5.3.2, for a string.
    pub(super) fn expand_text(
        &mut self,
        active: &Active<'a>,
        definition: Definition<'a>,
        text: &'a str,
    ) -> Result<Item<'a>, Error> {
        let keyword = definition.ty.and_then(Iri::keyword);
        if matches!(keyword, Some(Keyword::Id | Keyword::Vocab)) {
            return Ok(Item::Reference(self.reference(active, text, keyword == Some(Keyword::Vocab))?));
        }
        let content = Content::Text(text);
        if let Some(ty) = definition.ty.filter(|ty| is_datatype(*ty)) {
            return Ok(Item::Value(Value { content, ty: Some(ty), language: None, direction: None }));
        }
        let language = full(definition.language).unwrap_or(full(active.language));
        let direction = full(definition.direction).unwrap_or(full(active.direction));
        let value = Value { content, ty: None, language, direction };
        self.check_text(&value);
        Ok(Item::Value(value))
    }

    /// The IRI of what `text` refers to, as a term too where `vocab`. Notes one that cannot be in a quad, and one that
    /// only a context of the document makes what it is.
    pub(super) fn reference(
        &mut self,
        active: &Active<'a>,
        text: &'a str,
        vocab: bool,
    ) -> Result<Iri, Error> {
        let iri = match self.expand_iri(active, text, true, vocab)? {
            Some(iri) => iri,
            None => self.intern("".into())?,
        };
        if !self.is_well_formed(iri) && !iri.is(Keyword::Json) {
            self.drop_here(Some(text));
        }
        let by_prefix = split_compact(text).filter(|(_, suffix)| !suffix.starts_with("//"));
        let names = [Some(text).filter(|_| vocab), by_prefix.map(|(prefix, _)| prefix)];
        let term = |name: &str| self.find_term(name).map(|term| active.get(term)).unwrap_or_default();
        if self.has_inline() && names.into_iter().flatten().any(|name| self.is_inline(term(name))) {
            self.note(Note::InlineTerm, Some(text));
        }
        Ok(iri)
    }

    /// Notes language and direction that will not be in the quads.
    pub(super) fn check_text(&mut self, value: &Value<'a>) {
        if let Some(language) = value.language.filter(|language| !super::literal::is_language(language)) {
            self.drop_here(Some(language));
        }
        if let Some(direction) = value.direction
            && full(self.settings.rdf_direction).is_none()
        {
            self.drop_here(Some(direction.text()));
        }
    }

    /// Notes a value that is not of the JSON type that goes with its datatype. The datatype's own name decides:
    /// contexts spell the namespace of XML Schema in three ways.
    fn check_coercion(&mut self, ty: Iri, value: &Json) {
        let fits = match self.parts(ty) {
            [_, "anyType"] => true,
            [_, "boolean"] => matches!(value, Json::Bool(_)),
            [_, name] if NUMBERS.contains(&name) => matches!(value, Json::Number(_)),
            _ => ty.is(Keyword::Json) || matches!(value, Json::String(_)),
        };
        if !fits {
            self.note(Note::Coerced, None);
        }
    }

    pub(super) fn expand_object(
        &mut self,
        active: &Rc<Active<'a>>,
        property: Property<'a>,
        object: &'a Object,
        from_map: bool,
    ) -> Result<Expanded<'a>, Error> {
        let definition = self.property(active, property);
        let mut active = Rc::clone(active);
        if let Some(previous) = active.previous.clone()
            && !from_map
            && !self.keeps_context(&active, object)?
        {
            active = previous;
        }
        if let Some(scope) = definition.and_then(|definition| definition.scope) {
            active = self.derive_scoped(&active, scope, How::PROPERTY)?;
        }
        if let Some(context) = object.get("@context") {
            active = self.derive(&active, context, self.base, How::LOCAL)?;
        }
        self.expand_node(active, property, object)
    }

    /// Whether a context made for the node around also holds for `object`: for a value and for a mere reference.
    fn keeps_context(&mut self, active: &Active<'a>, object: &'a Object) -> Result<bool, Error> {
        for (name, _) in object.iter() {
            let keyword = self.member(active, name)?.and_then(|member| member.iri.keyword());
            if keyword == Some(Keyword::Value) || (object.len() == 1 && keyword == Some(Keyword::Id)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What the name of a member means in `active`; `None` where nothing.
    pub(super) fn member(&mut self, active: &Active<'a>, name: &'a str) -> Result<Option<Member<'a>>, Error> {
        if let Some(term) = self.find_term(name) {
            let entry = active.get(term);
            if let Some(definition) = self.definition(entry) {
                let inline = self.is_inline(entry);
                return Ok(definition.iri.map(|iri| Member { iri, definition, inline }));
            }
        }
        let names_something = name.starts_with('@') || name.contains(':') || active.vocab.is_some();
        if !names_something {
            return Ok(None);
        }
        let iri = self.expand_iri(active, name, false, true)?;
        let iri = iri
            .filter(|iri| iri.keyword().is_some() || self.parts(*iri).iter().any(|part| part.contains(':')));
        Ok(iri.map(|iri| Member { iri, definition: Definition::default(), inline: false }))
    }
}

/// Whether a term's type is that of literals.
fn is_datatype(ty: Iri) -> bool {
    !matches!(ty.keyword(), Some(Keyword::Id | Keyword::Vocab | Keyword::None))
}

/// The meaning of a member's name.
pub(super) struct Member<'a> {
    pub(super) iri: Iri,
    pub(super) definition: Definition<'a>,
    /// Whether a context of the document itself defines it.
    pub(super) inline: bool,
}

/// The datatypes of numbers (XML Schema 1.1, part 2).
const NUMBERS: [&str; 16] = [
    "decimal",
    "double",
    "float",
    "integer",
    "int",
    "long",
    "short",
    "byte",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "positiveInteger",
    "negativeInteger",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
    "unsignedByte",
];

/// The namespace of XML Schema's datatypes.
pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
