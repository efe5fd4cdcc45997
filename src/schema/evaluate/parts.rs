//! The keywords that look at one kind of value, and those that apply schemas to its parts.

use super::{All, Answer, Evaluator, Here, Seen, Spot, Step, array};
use crate::json::{Json, Object};
use crate::schema::number::is_multiple;
use crate::schema::pattern::Pattern;
use crate::schema::{Draft, Fault};

impl<'a> Evaluator<'_, 'a> {
    pub(super) fn assertion(
        &mut self,
        here: Here<'_, 'a>,
        keyword: &str,
        value: &'a Json,
        seen: &mut Seen,
    ) -> Answer {
        let instance = here.spot.value;
        match (keyword, instance) {
            ("const", _) => self.same(value, instance),
            ("enum", _) => {
                for candidate in array(value)? {
                    if self.same(candidate, instance)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            ("type", _) => {
                for name in value.each() {
                    if is_of_type(instance, name.as_str().ok_or(Fault::Malformed)?)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            (_, Json::Object(object)) => self.object_keyword(here, keyword, value, object, seen),
            (_, Json::Array(items)) => self.array_keyword(here, keyword, value, items, seen),
            (_, Json::String(text)) => self.string_keyword(keyword, value, text),
            (_, Json::Number(number)) => number_keyword(keyword, value, *number),
            (_, Json::Null | Json::Bool(_)) => Ok(true),
        }
    }

    fn object_keyword(
        &mut self,
        here: Here<'_, 'a>,
        keyword: &str,
        value: &'a Json,
        object: &Object,
        seen: &mut Seen,
    ) -> Answer {
        let Here { schema, draft, scope, spot } = here;
        let later = draft > Draft::Draft7;
        match keyword {
            "properties" => {
                let properties = map(value)?;
                self.members(here, object, seen, |_, _, name| Ok(properties.get(name)))
            }
            "patternProperties" => {
                let mut all = All::default();
                for (pattern, part) in map(value)?.iter() {
                    let answer = match self.pattern(pattern) {
                        Ok(pattern) => self.members(here, object, seen, |this, _, name| {
                            Ok(pattern.is_match(name, this.steps)?.then_some(part))
                        }),
                        Err(fault) => Err(fault),
                    };
                    if all.fails(answer)? {
                        return Ok(false);
                    }
                }
                all.end()
            }
            "additionalProperties" => {
                let listed = schema.get("properties").map(map).transpose()?;
                let mut patterns = Vec::new();
                if let Some(by_pattern) = schema.get("patternProperties") {
                    for (pattern, _) in map(by_pattern)?.iter() {
                        patterns.push(self.pattern(pattern)?);
                    }
                }
                self.members(here, object, seen, |this, _, name| {
                    if listed.is_some_and(|listed| listed.has(name)) {
                        return Ok(None);
                    }
                    for pattern in &patterns {
                        if pattern.is_match(name, this.steps)? {
                            return Ok(None);
                        }
                    }
                    Ok(Some(value))
                })
            }
            "unevaluatedProperties" if later => {
                let before = Seen(seen.0.clone());
                self.members(here, object, seen, |_, at, _| Ok((!before.has(at)).then_some(value)))
            }
            "propertyNames" => {
                let mut all = All::default();
                for (name, _) in object.iter() {
                    let value_of_name = Json::String(name.into());
                    let name = Spot { value: &value_of_name, step: Step::Member(name), outer: Some(spot) };
                    let answer = self.schema(value, scope, &name, &mut Seen(Vec::new()));
                    if all.fails(answer)? {
                        return Ok(false);
                    }
                }
                all.end()
            }
            "required" => self.required(spot, value, object),
            "minProperties" => Ok(object.len() as f64 >= number(value)?),
            "maxProperties" => Ok(object.len() as f64 <= number(value)?),
            // In two keywords since 2019-09; the old one is still met.
            "dependentRequired" | "dependentSchemas" if later => self.dependent(here, value, object, seen),
            "dependencies" => self.dependent(here, value, object, seen),
            _ => Ok(true),
        }
    }

    /// Applies to each member the schema that `choose` gives for its place and name, if any.
    fn members(
        &mut self,
        here: Here<'_, 'a>,
        object: &Object,
        seen: &mut Seen,
        mut choose: impl FnMut(&mut Self, usize, &str) -> Result<Option<&'a Json>, Fault>,
    ) -> Answer {
        let mut all = All::default();
        for (at, (name, value)) in (0..).zip(object.iter()) {
            self.spend(1)?;
            let Some(schema) = choose(self, at, name)? else { continue };
            let spot = Spot { value, step: Step::Member(name), outer: Some(here.spot) };
            let mut inner = self.unseen(value);
            let answer = self.schema(schema, here.scope, &spot, &mut inner);
            if all.fails(answer)? {
                return Ok(false);
            }
            seen.mark(at);
        }
        all.end()
    }

    /// What must be there, or fit, where a member is.
    fn dependent(&mut self, here: Here<'_, 'a>, value: &'a Json, object: &Object, seen: &mut Seen) -> Answer {
        let mut all = All::default();
        for (_, wanted) in map(value)?.iter().filter(|(name, _)| object.has(name)) {
            let answer = match wanted {
                Json::Array(_) => self.required(here.spot, wanted, object),
                schema => self.beside(schema, here.scope, here.spot, seen),
            };
            if all.fails(answer)? {
                return Ok(false);
            }
        }
        all.end()
    }

    fn required(&mut self, spot: &Spot<'_>, names: &Json, object: &Object) -> Answer {
        for name in array(names)? {
            self.spend(1 + object.len() / 16)?;
            let name = name.as_str().ok_or(Fault::Malformed)?;
            if !object.has(name) {
                self.note(spot, Some(name));
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn array_keyword(
        &mut self,
        here: Here<'_, 'a>,
        keyword: &str,
        value: &'a Json,
        items: &[Json],
        seen: &mut Seen,
    ) -> Answer {
        let Here { schema, draft, .. } = here;
        let newest = draft == Draft::Draft2020;
        match (keyword, value) {
            ("prefixItems", _) if newest => self.tuple(here, array(value)?, items, seen),
            ("items", Json::Array(schemas)) if !newest => self.tuple(here, schemas, items, seen),
            ("items", _) => {
                let first = schema.get("prefixItems").filter(|_| newest).and_then(Json::as_array);
                self.rest(here, value, first.map_or(0, <[Json]>::len), items, seen)
            }
            ("additionalItems", _) if !newest => match schema.get("items") {
                Some(Json::Array(first)) => self.rest(here, value, first.len(), items, seen),
                _ => Ok(true),
            },
            ("unevaluatedItems", _) if draft > Draft::Draft7 => {
                let mut all = All::default();
                for (at, item) in (0..).zip(items) {
                    if !seen.has(at) && all.fails(self.item(here, value, at, item))? {
                        return Ok(false);
                    }
                    seen.mark(at);
                }
                all.end()
            }
            ("contains", _) => self.contains(here, value, items, seen),
            ("minItems", _) => Ok(items.len() as f64 >= number(value)?),
            ("maxItems", _) => Ok(items.len() as f64 <= number(value)?),
            ("uniqueItems", Json::Bool(true)) => {
                for (at, item) in (0..).zip(items) {
                    for other in items.iter().skip(at + 1) {
                        if self.same(item, other)? {
                            return Ok(false);
                        }
                    }
                }
                Ok(true)
            }
            _ => Ok(true),
        }
    }

    fn item(&mut self, here: Here<'_, 'a>, schema: &'a Json, at: usize, value: &Json) -> Answer {
        let spot = Spot { value, step: Step::Item(at), outer: Some(here.spot) };
        let mut seen = self.unseen(value);
        self.schema(schema, here.scope, &spot, &mut seen)
    }

    /// One schema for each of the first items.
    fn tuple(&mut self, here: Here<'_, 'a>, schemas: &'a [Json], items: &[Json], seen: &mut Seen) -> Answer {
        let mut all = All::default();
        for (at, (schema, item)) in schemas.iter().zip(items).enumerate() {
            if all.fails(self.item(here, schema, at, item))? {
                return Ok(false);
            }
            seen.mark(at);
        }
        all.end()
    }

    /// One schema for all items but the first.
    fn rest(
        &mut self,
        here: Here<'_, 'a>,
        schema: &'a Json,
        first: usize,
        items: &[Json],
        seen: &mut Seen,
    ) -> Answer {
        let mut all = All::default();
        for (at, item) in items.iter().enumerate().skip(first) {
            if all.fails(self.item(here, schema, at, item))? {
                return Ok(false);
            }
            seen.mark(at);
        }
        all.end()
    }

    fn contains(&mut self, here: Here<'_, 'a>, value: &'a Json, items: &[Json], seen: &mut Seen) -> Answer {
        let bound = |name: &str, default: f64| match here.schema.get(name) {
            Some(value) if here.draft > Draft::Draft7 => number(value),
            _ => Ok(default),
        };
        let (least, most) = (bound("minContains", 1.0)?, bound("maxContains", f64::INFINITY)?);
        let mut fitting = 0.0;
        for (at, item) in (0..).zip(items) {
            self.trials += 1;
            let answer = self.item(here, value, at, item);
            self.trials -= 1;
            if answer? {
                fitting += 1.0;
                // Evaluated since 2020-12.
                if here.draft == Draft::Draft2020 {
                    seen.mark(at);
                }
            }
        }
        Ok(fitting >= least && fitting <= most)
    }

    fn string_keyword(&mut self, keyword: &str, value: &Json, text: &str) -> Answer {
        match keyword {
            "minLength" | "maxLength" => {
                self.spend(text.len() / 64)?;
                let (length, bound) = (text.chars().count() as f64, number(value)?);
                Ok(if keyword == "minLength" { length >= bound } else { length <= bound })
            }
            "pattern" => {
                let pattern = self.pattern(value.as_str().ok_or(Fault::Malformed)?)?;
                pattern.is_match(text, self.steps)
            }
            _ => Ok(true),
        }
    }

    fn pattern(&mut self, text: &str) -> Result<Pattern, Fault> {
        let pattern = Pattern::parse(text)?;
        self.spend(text.len() / 8 + pattern.len())?;
        Ok(pattern)
    }

    /// Whether two values are equal: numbers by value, objects whatever the order of their members.
    fn same(&mut self, a: &Json, b: &Json) -> Answer {
        self.spend(1)?;
        match (a, b) {
            (Json::String(a), Json::String(b)) => {
                self.spend(a.len().min(b.len()) / 64)?;
                Ok(a == b)
            }
            (Json::Array(a), Json::Array(b)) => {
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (a, b) in a.iter().zip(b) {
                    if !self.same(a, b)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Json::Object(a), Json::Object(b)) => {
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (name, a) in a.iter() {
                    self.spend(b.len() / 16)?;
                    match b.get(name) {
                        Some(b) if self.same(a, b)? => {}
                        _ => return Ok(false),
                    }
                }
                Ok(true)
            }
            (a, b) => Ok(a == b),
        }
    }
}

fn number_keyword(keyword: &str, value: &Json, instance: f64) -> Answer {
    Ok(match keyword {
        "minimum" => instance >= number(value)?,
        "maximum" => instance <= number(value)?,
        "exclusiveMinimum" => instance > number(value)?,
        "exclusiveMaximum" => instance < number(value)?,
        "multipleOf" => is_multiple(instance, number(value)?).ok_or(Fault::Malformed)?,
        _ => true,
    })
}

fn number(value: &Json) -> Result<f64, Fault> {
    value.as_f64().ok_or(Fault::Malformed)
}

fn map(value: &Json) -> Result<&Object, Fault> {
    value.as_object().ok_or(Fault::Malformed)
}

fn is_of_type(instance: &Json, name: &str) -> Answer {
    Ok(match name {
        "null" => matches!(instance, Json::Null),
        "boolean" => matches!(instance, Json::Bool(_)),
        "object" => matches!(instance, Json::Object(_)),
        "array" => matches!(instance, Json::Array(_)),
        "string" => matches!(instance, Json::String(_)),
        "number" => matches!(instance, Json::Number(_)),
        "integer" => instance.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => return Err(Fault::Malformed),
    })
}
