//! Containers (JSON-LD 1.1 API, section 5.1.2, steps 13.7 and 13.8): strings by language, nodes by index, identifier
//! or type, and graphs.

use std::rc::Rc;

use super::context::{Active, How};
use super::definition::{Container, Definition};
use super::expand::{Content, Expanded, Item, Property, Value};
use super::keyword::Keyword;
use super::processor::Processor;
use super::{Error, full};
use crate::json::{Json, Object};

impl<'a> Processor<'a> {
    /// A graph of `item` alone. Only what a node says can be in a graph.
    pub(super) fn in_graph(&mut self, item: Item<'a>) -> Item<'a> {
        match &item {
            Item::Node(_) => {}
            Item::Reference(id) => {
                let id = self.text(*id);
                self.drop_here(Some(&id));
            }
            _ => self.drop_here(None),
        }
        Item::graph_of(vec![item])
    }

    /// Strings by language: step 13.7.
    pub(super) fn expand_language_map(
        &mut self,
        active: &Active<'a>,
        definition: Definition<'a>,
        map: &'a Object,
    ) -> Result<Expanded<'a>, Error> {
        let direction = full(definition.direction).unwrap_or(full(active.direction));
        let mut out = Vec::new();
        for (tag, values) in map.iter() {
            let none = self.expand_iri(active, tag, false, true)?.is_some_and(|iri| iri.is(Keyword::None));
            let language = if none { None } else { Some(tag) };
            if values.each().is_empty() {
                self.drop_here(Some(tag));
            }
            for json in values.each() {
                match json {
                    Json::Null => self.drop_here(Some(tag)),
                    Json::String(text) => {
                        let content = Content::Text(text);
                        let value = Value { content, ty: None, language, direction };
                        self.check_text(&value);
                        out.push(Item::Value(value));
                    }
                    _ => return Err(Error::InvalidLanguageMapValue),
                }
            }
        }
        Ok(Expanded::Many(out))
    }

    /// Nodes by index, identifier or type: step 13.8.
    pub(super) fn expand_map(
        &mut self,
        active: &Rc<Active<'a>>,
        definition: Definition<'a>,
        name: &'a str,
        map: &'a Object,
    ) -> Result<Expanded<'a>, Error> {
        let container = definition.container;
        let mut out = Vec::new();
        for (index, value) in map.iter() {
            let mut inner = Rc::clone(active);
            if container.has(Container::ID.with(Container::TYPE))
                && let Some(previous) = &active.previous
            {
                inner = Rc::clone(previous);
            }
            if container.has(Container::TYPE)
                && let Some(scope) = self.lookup(&inner, index).and_then(|definition| definition.scope)
            {
                inner = self.derive_scoped(&inner, scope, How::TYPE)?;
            }
            let expanded_index = self.expand_iri(active, index, false, true)?;
            let none = expanded_index.is_some_and(|iri| iri.is(Keyword::None));
            let items = self.expand(&inner, Property::Member(name), value, true)?;
            for mut item in items.into_vec() {
                if container.has(Container::GRAPH) && !item.is_graph() {
                    item = self.in_graph(item);
                }
                if !none {
                    self.apply_index(active, definition, index, &mut item)?;
                }
                out.push(item);
            }
        }
        Ok(Expanded::Many(out))
    }

    /// Says of `item` what it is filed under: its identifier, a type, or a property. Steps 13.8.3.7.2 to 13.8.3.7.5.
    fn apply_index(
        &mut self,
        active: &Active<'a>,
        definition: Definition<'a>,
        index: &'a str,
        item: &mut Item<'a>,
    ) -> Result<(), Error> {
        if definition.container.has(Container::INDEX) {
            let Some(property) = full(definition.index).filter(|index| *index != Keyword::Index.text())
            else {
                self.drop_here(Some(index));
                return Ok(());
            };
            let iri = self.reference(active, property, true)?;
            let definition = self.lookup(active, property).unwrap_or_default();
            let value = self.expand_text(active, definition, index)?;
            item.as_node().ok_or(Error::InvalidValueObject)?.members.push((iri, value));
        } else if let Some(node) = item.as_node() {
            if definition.container.has(Container::TYPE) {
                node.types.insert(0, self.reference(active, index, true)?);
            } else if node.id.is_none() {
                node.id = Some(self.reference(active, index, false)?);
            } else {
                self.drop_here(Some(index));
            }
        } else {
            self.drop_here(Some(index));
        }
        Ok(())
    }
}
