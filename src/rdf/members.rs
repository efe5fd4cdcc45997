//! The members of one object (JSON-LD 1.1 API, section 5.1.2, steps 11 to 19).

use std::rc::Rc;

use super::context::{Active, How, direction};
use super::definition::{Container, Definition, Direction, Iri, Scope};
use super::expand::{Content, Expanded, Item, Member, Node, Property, Value};
use super::keyword::Keyword;
use super::processor::{Note, Processor};
use super::{Error, FULL};
use crate::json::{Json, Object};
use crate::order;

/// An object on its way to a node, a value, a list or a set.
#[derive(Default)]
struct Draft<'a> {
    node: Node<'a>,
    types: Option<Types>,
    value: Option<&'a Json>,
    language: Option<&'a str>,
    direction: Option<Option<Direction>>,
    index: bool,
    list: Option<Vec<Item<'a>>>,
    set: Option<Expanded<'a>>,
}

/// How `@type` was written: a value may have one type, and not in an array.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Types {
    One,
    Array,
}

/// What holds for all members of an object.
struct Frame<'a> {
    active: Rc<Active<'a>>,
    /// The context in which types are read: the one before theirs.
    for_types: Rc<Active<'a>>,
    property: Property<'a>,
    /// Whether the object is of type `@json`.
    json: bool,
}

impl<'a> Processor<'a> {
    /// Steps 10 to 19, `@context` being applied.
    pub(super) fn expand_node(
        &mut self,
        active: Rc<Active<'a>>,
        property: Property<'a>,
        object: &'a Object,
    ) -> Result<Expanded<'a>, Error> {
        let for_types = Rc::clone(&active);
        let mut frame = Frame { active, for_types, property, json: false };
        self.apply_types(&mut frame, object)?;
        let mut draft = Draft::default();
        self.expand_members(&frame, object, &mut draft)?;
        self.finish(property, draft)
    }

    /// Type-scoped contexts, and whether the first type member says `@json`. Steps 11 and 12.
    fn apply_types(&mut self, frame: &mut Frame<'a>, object: &'a Object) -> Result<(), Error> {
        let mut members: Vec<(&'a str, &'a Json)> = Vec::new();
        for (name, value) in object.iter() {
            if self.member(&frame.for_types, name)?.is_some_and(|member| member.iri.is(Keyword::Type)) {
                members.push((name, value));
            }
        }
        order::sort_by_key(&mut members, |(name, _)| *name);
        if let Some(ty) = members.first().and_then(|(_, value)| value.each().last()?.as_str()) {
            let means_json =
                |definition: Definition<'_>| definition.iri.is_some_and(|iri| iri.is(Keyword::Json));
            frame.json =
                ty == Keyword::Json.text() || self.lookup(&frame.for_types, ty).is_some_and(means_json);
        }
        for (_, value) in members {
            let mut scopes: Vec<(&str, Scope<'a>)> = Vec::new();
            for ty in value.each().iter().filter_map(Json::as_str) {
                let definition = self.lookup(&frame.for_types, ty);
                scopes.extend(definition.and_then(|definition| definition.scope).map(|scope| (ty, scope)));
            }
            order::sort_by_key(&mut scopes, |(ty, _)| *ty);
            for (_, scope) in scopes {
                frame.active = self.derive_scoped(&frame.active, scope, How::TYPE)?;
            }
        }
        Ok(())
    }

    /// Steps 13 and 14.
    fn expand_members(
        &mut self,
        frame: &Frame<'a>,
        object: &'a Object,
        draft: &mut Draft<'a>,
    ) -> Result<(), Error> {
        let mut nests = Vec::new();
        for (name, value) in object.iter().filter(|(name, _)| *name != Keyword::Context.text()) {
            self.path.push(name);
            match self.member(&frame.active, name)? {
                None => self.drop_here(None),
                Some(member) => {
                    if member.inline {
                        self.note(Note::InlineTerm, None);
                    }
                    match member.iri.keyword() {
                        Some(Keyword::Nest) if FULL => nests.push((name, value)),
                        Some(keyword) => self.expand_keyword(frame, keyword, name, value, draft)?,
                        None => {
                            self.expand_member(frame, &member, name, value, draft)?;
                        }
                    }
                }
            }
            self.path.pop();
        }
        for (name, value) in nests {
            self.path.push(name);
            self.note(Note::Keyword, None);
            self.expand_nest(frame, name, value, draft)?;
            self.path.pop();
        }
        Ok(())
    }

    fn expand_nest(
        &mut self,
        frame: &Frame<'a>,
        name: &'a str,
        value: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), Error> {
        let mut active = Rc::clone(&frame.active);
        if let Some(scope) = self.lookup(&active, name).and_then(|definition| definition.scope) {
            active = self.derive_scoped(&active, scope, How::PROPERTY)?;
        }
        let frame = Frame { active, for_types: Rc::clone(&frame.for_types), ..*frame };
        for nested in value.each() {
            let object = nested.as_object().ok_or(Error::InvalidNestValue)?;
            for (name, _) in object.iter() {
                let member = self.member(&frame.active, name)?;
                if member.is_some_and(|member| member.iri.is(Keyword::Value)) {
                    return Err(Error::InvalidNestValue);
                }
            }
            self.expand_members(&frame, object, draft)?;
        }
        Ok(())
    }

    /// A member whose name is a keyword or an alias of one: step 13.4.
    fn expand_keyword(
        &mut self,
        frame: &Frame<'a>,
        keyword: Keyword,
        name: &'a str,
        value: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), Error> {
        if matches!(frame.property, Property::Reverse) {
            return Err(Error::InvalidReversePropertyMap);
        }
        if !matches!((keyword, name), (Keyword::Id, "id") | (Keyword::Type, "type")) {
            self.note(Note::Keyword, None);
        }
        let active = &frame.active;
        let old = FULL && self.settings.mode_10;
        let once = |given: bool| if given { Err(Error::CollidingKeywords) } else { Ok(()) };
        match keyword {
            Keyword::Id => {
                once(draft.node.id.is_some())?;
                let text = value.as_str().ok_or(Error::InvalidIdValue)?;
                draft.node.id = Some(self.reference(active, text, false)?);
            }
            Keyword::Type => self.expand_types(frame, value, draft)?,
            Keyword::Graph if FULL => {
                once(draft.node.graph.is_some())?;
                draft.node.graph = Some(self.expand(active, Property::Graph, value, false)?.into_vec());
            }
            Keyword::Included if FULL && old => self.drop_here(None),
            Keyword::Included if FULL => {
                let included = self.expand(active, Property::Top, value, false)?.into_vec();
                let nothing = included.is_empty() && !value.each().is_empty();
                if nothing || !included.iter().all(Item::is_node) {
                    return Err(Error::InvalidIncludedValue);
                }
                draft.node.included.extend(included);
            }
            Keyword::Value => {
                once(draft.value.is_some())?;
                let structured = matches!(value, Json::Array(_) | Json::Object(_));
                if if frame.json { old } else { structured } {
                    return Err(Error::InvalidValueObjectValue);
                }
                draft.value = Some(value);
            }
            Keyword::Language => {
                once(draft.language.is_some())?;
                draft.language = Some(value.as_str().ok_or(Error::InvalidLanguageTaggedString)?);
            }
            Keyword::Direction if FULL && old => self.drop_here(None),
            Keyword::Direction => {
                once(draft.direction.is_some())?;
                draft.direction = Some(match value {
                    Json::String(_) => direction(value)?,
                    _ => return Err(Error::InvalidBaseDirection),
                });
            }
            Keyword::Index if FULL => {
                once(draft.index)?;
                let index = value.as_str().ok_or(Error::InvalidIndexValue)?;
                draft.index = true;
                self.drop_here(Some(index));
            }
            Keyword::List if FULL && frame.property.is_free() => self.drop_here(None),
            Keyword::List if FULL => {
                once(draft.list.is_some())?;
                draft.list = Some(self.expand_list(frame, value)?);
            }
            Keyword::Set if FULL => {
                once(draft.set.is_some())?;
                draft.set = Some(self.expand(active, frame.property, value, false)?);
            }
            Keyword::Reverse if FULL => self.expand_reverse(frame, value, draft)?,
            _ if !FULL => return Err(Error::TooComplex),
            _ => self.drop_here(None),
        }
        Ok(())
    }

    fn expand_types(
        &mut self,
        frame: &Frame<'a>,
        value: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), Error> {
        let array = value.as_array().is_some() || draft.types.is_some();
        draft.types = Some(if array { Types::Array } else { Types::One });
        if value.each().is_empty() {
            self.drop_here(Some("[]"));
        }
        for ty in value.each() {
            let text = ty.as_str().ok_or(Error::InvalidTypeValue)?;
            let iri = self.reference(&frame.for_types, text, true)?;
            draft.node.types.push(iri);
        }
        Ok(())
    }

    fn expand_list(&mut self, frame: &Frame<'a>, value: &'a Json) -> Result<Vec<Item<'a>>, Error> {
        let mut list = Vec::new();
        for item in value.each() {
            match self.expand(&frame.active, frame.property, item, false)? {
                Expanded::Many(items) if item.as_array().is_some() => list.push(Item::List(items)),
                expanded => list.extend(expanded.into_vec()),
            }
        }
        Ok(list)
    }

    fn expand_reverse(
        &mut self,
        frame: &Frame<'a>,
        value: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), Error> {
        if value.as_object().is_none() {
            return Err(Error::InvalidReverseValue);
        }
        let expanded = self.expand(&frame.active, Property::Reverse, value, false)?;
        if let Expanded::One(Item::Node(node)) = expanded {
            draft.node.members.extend(node.reverse);
            if !node.members.iter().all(|(_, item)| item.is_node()) {
                return Err(Error::InvalidReversePropertyValue);
            }
            draft.node.reverse.extend(node.members);
        }
        Ok(())
    }

    /// A member that is a property: steps 13.5 to 13.14.
    fn expand_member(
        &mut self,
        frame: &Frame<'a>,
        member: &Member<'a>,
        name: &'a str,
        value: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), Error> {
        let Member { iri, definition, .. } = *member;
        if !self.is_well_formed(iri) || (self.is_blank(iri) && !(FULL && self.settings.generalized)) {
            self.drop_here(None);
        }
        let active = &frame.active;
        let container = definition.container;
        let expanded = match value {
            _ if definition.ty.is_some_and(|ty| ty.is(Keyword::Json)) => Expanded::One(Item::Value(Value {
                content: Content::Json(value),
                ty: definition.ty,
                language: None,
                direction: None,
            })),
            Json::Object(map) if FULL && container.has(Container::LANGUAGE) => {
                self.expand_language_map(active, definition, map)?
            }
            Json::Object(map) if FULL && container.has(Container::MAP) => {
                self.expand_map(active, definition, name, map)?
            }
            _ => self.expand(active, Property::Member(name), value, false)?,
        };
        let expanded = match expanded {
            Expanded::Nothing => return Ok(()),
            Expanded::One(list @ Item::List(_)) => Expanded::One(list),
            other if container.has(Container::LIST) => Expanded::One(Item::List(other.into_vec())),
            other => other,
        };
        let graph = container.has(Container::GRAPH)
            && !container.has(Container::ID)
            && !container.has(Container::INDEX);
        let to = if definition.reverse { &mut draft.node.reverse } else { &mut draft.node.members };
        let mut add = |item: Item<'a>| {
            if definition.reverse && !item.is_node() {
                return Err(Error::InvalidReversePropertyValue);
            }
            to.push((iri, if graph { self.in_graph(item) } else { item }));
            Ok(())
        };
        match expanded {
            Expanded::One(item) => add(item),
            other => other.into_vec().into_iter().try_for_each(add),
        }
    }

    /// Steps 15 to 19.
    fn finish(&mut self, property: Property<'a>, draft: Draft<'a>) -> Result<Expanded<'a>, Error> {
        let Draft { node, types, value, language, direction, list, set, .. } = draft;
        let has_text = language.is_some() || direction.is_some();
        let has_members = node.id.is_some()
            || node.graph.is_some()
            || !node.included.is_empty()
            || !node.reverse.is_empty()
            || !node.members.is_empty();
        if let Some(json) = value {
            if has_members || list.is_some() || set.is_some() || (types.is_some() && has_text) {
                return Err(Error::InvalidValueObject);
            }
            let direction = direction.flatten();
            return self.finish_value(property, json, types, &node.types, language, direction);
        }
        let others = has_members || types.is_some() || has_text;
        if let Some(list) = list {
            if others || set.is_some() {
                return Err(Error::InvalidSetOrListObject);
            }
            return Ok(Expanded::One(Item::List(list)));
        }
        if let Some(set) = set {
            if others {
                return Err(Error::InvalidSetOrListObject);
            }
            return Ok(Expanded::Many(set.into_vec()));
        }
        if has_text {
            self.drop_here(language.or(direction.flatten().map(Direction::text)));
            if !has_members && types.is_none() {
                return Ok(Expanded::Nothing);
            }
        }
        let only_id = types.is_none() && !node.says_more_than_id();
        if property.is_free() && only_id {
            if let Some(id) = node.id {
                let id = self.text(id);
                self.drop_here(Some(&id));
            }
            return Ok(Expanded::Nothing);
        }
        Ok(Expanded::One(match node.id {
            Some(id) if only_id => Item::Reference(id),
            _ => Item::Node(Box::new(node)),
        }))
    }

    fn finish_value(
        &mut self,
        property: Property<'a>,
        json: &'a Json,
        types: Option<Types>,
        type_iris: &[Iri],
        language: Option<&'a str>,
        direction: Option<Direction>,
    ) -> Result<Expanded<'a>, Error> {
        let ty = match (types, type_iris) {
            (None, _) => None,
            (Some(Types::One), [ty]) => Some(*ty),
            _ => return Err(Error::InvalidTypedValue),
        };
        if !ty.is_some_and(|ty| ty.is(Keyword::Json)) {
            if *json == Json::Null {
                self.drop_here(Some("null"));
                return Ok(Expanded::Nothing);
            }
            if language.is_some() && json.as_str().is_none() {
                return Err(Error::InvalidLanguageTaggedValue);
            }
            if matches!(json, Json::Array(_) | Json::Object(_)) {
                return Err(Error::InvalidValueObjectValue);
            }
            if ty.is_some_and(|ty| {
                !self.is_absolute(ty) || self.parts(ty).iter().any(|part| part.contains(' '))
            }) {
                return Err(Error::InvalidTypedValue);
            }
        }
        if property.is_free() {
            self.drop_here(json.as_str());
            return Ok(Expanded::Nothing);
        }
        let value = Value { content: Content::Json(json), ty, language, direction };
        self.check_text(&value);
        Ok(Expanded::One(Item::Value(value)))
    }
}
