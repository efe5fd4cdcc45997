//! Evaluating a schema: references, and the keywords that apply schemas to the same instance.

mod parts;

use core::cell::Cell;

use super::index::{Index, Resource};
use super::{Draft, Fault};
use crate::codec;
use crate::json::{Json, Object};
use crate::rdf;

/// Deepest nesting of schemas, references included.
const MAX_DEPTH: u32 = 200;

/// Whether it fits.
type Answer = Result<bool, Fault>;

/// One validation.
pub(super) struct Evaluator<'i, 'a> {
    index: &'i Index<'a>,
    steps: &'i Cell<u32>,
    depth: u32,
    /// How many attempts are under way whose failure is not the instance's.
    trials: u32,
    failed: Option<String>,
}

/// The resources that led here, the innermost first: the dynamic scope.
#[derive(Clone, Copy)]
struct Scope<'s> {
    resource: usize,
    outer: Option<&'s Scope<'s>>,
}

/// A value of the instance, and where it is.
#[derive(Clone, Copy)]
struct Spot<'v> {
    value: &'v Json,
    /// The member or item of `outer` that it is.
    step: Step<'v>,
    outer: Option<&'v Spot<'v>>,
}

#[derive(Clone, Copy)]
enum Step<'v> {
    Member(&'v str),
    Item(usize),
}

/// What a keyword may look at besides its value.
#[derive(Clone, Copy)]
struct Here<'h, 'a> {
    schema: &'a Object,
    draft: Draft,
    scope: &'h Scope<'h>,
    spot: &'h Spot<'h>,
}

/// Which members or items of an instance some schema has evaluated; nothing is kept where none asks.
struct Seen(Vec<bool>);

impl Seen {
    fn mark(&mut self, at: usize) {
        if let Some(seen) = self.0.get_mut(at) {
            *seen = true;
        }
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at) == Some(&true)
    }

    fn add(&mut self, other: &Seen) {
        for (ours, theirs) in self.0.iter_mut().zip(&other.0) {
            *ours |= theirs;
        }
    }
}

/// Several answers that must all be yes. One no decides, whatever else could not be decided.
#[derive(Default)]
struct All(Option<Fault>);

impl All {
    /// Whether `answer` is no.
    fn fails(&mut self, answer: Answer) -> Answer {
        match answer {
            Ok(fits) => Ok(!fits),
            Err(Fault::TooComplex) => Err(Fault::TooComplex),
            Err(fault) => {
                self.0.get_or_insert(fault);
                Ok(false)
            }
        }
    }

    fn end(self) -> Answer {
        self.0.map_or(Ok(true), Err)
    }
}

impl<'i, 'a> Evaluator<'i, 'a> {
    pub(super) fn new(index: &'i Index<'a>, steps: &'i Cell<u32>) -> Self {
        Evaluator { index, steps, depth: 0, trials: 0, failed: None }
    }

    /// Validates `instance` against the first resource.
    pub(super) fn run(&mut self, instance: &Json) -> Answer {
        self.spend(self.index.nodes)?;
        let root = self.resource(0)?.root;
        let spot = Spot { value: instance, step: Step::Member(""), outer: None };
        let mut seen = self.unseen(instance);
        self.schema(root, &Scope { resource: 0, outer: None }, &spot, &mut seen)
    }

    /// Where the instance first failed.
    pub(super) fn place(self) -> String {
        self.failed.unwrap_or_default()
    }

    fn resource(&self, at: usize) -> Result<&'i Resource<'a>, Fault> {
        self.index.resource(at).ok_or(Fault::Malformed)
    }

    fn spend(&mut self, steps: usize) -> Result<(), Fault> {
        spend(self.steps, steps)
    }

    /// Nothing of `instance` evaluated yet.
    fn unseen(&self, instance: &Json) -> Seen {
        Seen(match instance {
            Json::Object(object) if self.index.tracks => vec![false; object.len()],
            Json::Array(items) if self.index.tracks => vec![false; items.len()],
            _ => Vec::new(),
        })
    }

    /// Notes where the instance fails, the first time that it does.
    fn note(&mut self, spot: &Spot<'_>, member: Option<&str>) {
        if self.trials > 0 || self.failed.is_some() {
            return;
        }
        let mut names = Vec::from_iter(member.map(String::from));
        let mut at = spot;
        while let Some(outer) = at.outer {
            names.push(match at.step {
                Step::Member(name) => name.into(),
                Step::Item(number) => number.to_string(),
            });
            at = outer;
        }
        names.reverse();
        self.failed = Some(names.join("."));
    }

    fn schema(&mut self, schema: &'a Json, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        self.spend(1 + seen.0.len() / 64)?;
        if self.depth >= MAX_DEPTH {
            return Err(Fault::TooComplex);
        }
        let object = match schema {
            Json::Bool(fits) => {
                if !fits {
                    self.note(spot, None);
                }
                return Ok(*fits);
            }
            Json::Object(object) => object,
            _ => return Err(Fault::Malformed),
        };
        let inner = self.index.rooted_at(schema).filter(|resource| *resource != scope.resource);
        let inner = inner.map(|resource| Scope { resource, outer: Some(scope) });
        self.depth += 1;
        let answer = self.object(object, inner.as_ref().unwrap_or(scope), spot, seen);
        self.depth -= 1;
        answer
    }

    fn object(&mut self, schema: &'a Object, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        let draft = self.resource(scope.resource)?.draft.ok_or(Fault::Dialect)?;
        if draft == Draft::Draft7
            && let Some(reference) = schema.get("$ref")
        {
            return self.reference(reference, scope, spot, seen);
        }
        let here = Here { schema, draft, scope, spot };
        let mut all = All::default();
        // What is left unevaluated is known when all else is evaluated.
        for last in [false, true] {
            for (keyword, value) in schema.iter().filter(|(k, _)| k.starts_with("unevaluated") == last) {
                self.spend(1)?;
                let answer = self.keyword(here, keyword, value, seen);
                if all.fails(answer)? {
                    self.note(spot, None);
                    return Ok(false);
                }
            }
        }
        all.end()
    }

    fn keyword(&mut self, here: Here<'_, 'a>, keyword: &str, value: &'a Json, seen: &mut Seen) -> Answer {
        let Here { schema, draft, scope, spot } = here;
        match keyword {
            "$ref" => self.reference(value, scope, spot, seen),
            "$dynamicRef" if draft == Draft::Draft2020 => self.dynamic(value, scope, spot, seen),
            "$recursiveRef" if draft == Draft::Draft2019 => self.recursive(scope, spot, seen),
            "allOf" => {
                let mut all = All::default();
                for part in array(value)? {
                    let answer = self.beside(part, scope, spot, seen);
                    if all.fails(answer)? {
                        return Ok(false);
                    }
                }
                all.end()
            }
            "anyOf" => self.some(array(value)?, usize::MAX, scope, spot, seen),
            "oneOf" => self.some(array(value)?, 1, scope, spot, seen),
            "not" => {
                let mut sub = self.unseen(spot.value);
                self.attempt(value, scope, spot, &mut sub).map(|fits| !fits)
            }
            "if" => {
                let mut sub = self.unseen(spot.value);
                let fits = self.attempt(value, scope, spot, &mut sub)?;
                if fits {
                    seen.add(&sub);
                }
                match schema.get(if fits { "then" } else { "else" }) {
                    Some(next) => self.beside(next, scope, spot, seen),
                    None => Ok(true),
                }
            }
            _ => self.assertion(here, keyword, value, seen),
        }
    }

    /// A schema for the same value.
    fn beside(&mut self, schema: &'a Json, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        let mut sub = self.unseen(spot.value);
        let fits = self.schema(schema, scope, spot, &mut sub)?;
        if fits {
            seen.add(&sub);
        }
        Ok(fits)
    }

    /// A schema that the value need not fit.
    fn attempt(&mut self, schema: &'a Json, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        self.trials += 1;
        let answer = self.schema(schema, scope, spot, seen);
        self.trials -= 1;
        answer
    }

    /// `anyOf` and `oneOf`: at least one schema fits, and at most so many.
    fn some(
        &mut self,
        parts: &'a [Json],
        most: usize,
        scope: &Scope<'_>,
        spot: &Spot<'_>,
        seen: &mut Seen,
    ) -> Answer {
        let (mut fitting, mut all) = (0, All::default());
        for part in parts {
            let mut sub = self.unseen(spot.value);
            let answer = self.attempt(part, scope, spot, &mut sub);
            if answer == Ok(true) {
                fitting += 1;
                seen.add(&sub);
            }
            all.fails(answer)?;
            if fitting > most {
                return Ok(false);
            }
            // What the other schemas evaluate is of interest only where it is asked for.
            if most > 1 && fitting > 0 && !self.index.tracks {
                return Ok(true);
            }
        }
        all.end().map(|_| fitting > 0)
    }

    fn reference(&mut self, value: &Json, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        let (resource, node, _) = self.resolve(value, scope)?;
        self.go(resource, node, scope, spot, seen)
    }

    /// `$dynamicRef` (2020-12, section 8.2.3.2): where it leads to a dynamic anchor, the outermost of that name counts.
    fn dynamic(&mut self, value: &Json, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        let (mut resource, mut node, name) = self.resolve(value, scope)?;
        if let Some(name) = name {
            let mut at = Some(scope);
            while let Some(inner) = at {
                self.spend(1)?;
                if let Some((found, true)) = self.resource(inner.resource)?.anchor(&name) {
                    (resource, node) = (inner.resource, found);
                }
                at = inner.outer;
            }
        }
        self.go(resource, node, scope, spot, seen)
    }

    /// `$recursiveRef` (2019-09, section 8.2.4.2), whose value is always `#`.
    fn recursive(&mut self, scope: &Scope<'_>, spot: &Spot<'_>, seen: &mut Seen) -> Answer {
        let mut resource = scope.resource;
        let mut at = Some(scope).filter(|_| self.resource(resource).is_ok_and(|r| r.recursive));
        while let Some(inner) = at {
            self.spend(1)?;
            if self.resource(inner.resource)?.recursive {
                resource = inner.resource;
            }
            at = inner.outer;
        }
        let node = self.resource(resource)?.root;
        self.go(resource, node, scope, spot, seen)
    }

    fn go(
        &mut self,
        resource: usize,
        node: &'a Json,
        scope: &Scope<'_>,
        spot: &Spot<'_>,
        seen: &mut Seen,
    ) -> Answer {
        if resource == scope.resource {
            return self.beside(node, scope, spot, seen);
        }
        self.beside(node, &Scope { resource, outer: Some(scope) }, spot, seen)
    }

    /// What a reference leads to: its resource, its schema, and its name if that is a dynamic anchor.
    fn resolve(
        &mut self,
        value: &Json,
        scope: &Scope<'_>,
    ) -> Result<(usize, &'a Json, Option<String>), Fault> {
        let reference = value.as_str().ok_or(Fault::Malformed)?;
        self.spend(1 + reference.len() / 16)?;
        let target = rdf::resolve(&self.resource(scope.resource)?.uri, reference);
        let (uri, fragment) = target.split_once('#').unwrap_or((&target, ""));
        let at = self.index.find(uri).ok_or_else(|| Fault::Missing(uri.into()))?;
        let resource = self.resource(at)?;
        let fragment = codec::percent_decode(fragment).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let fragment = fragment.ok_or(Fault::Malformed)?;
        if fragment.is_empty() {
            return Ok((at, resource.root, None));
        }
        if fragment.starts_with('/') {
            let (at, node) = self.pointed(at, resource.root, &fragment)?;
            return Ok((at, node, None));
        }
        let (node, dynamic) = resource.anchor(&fragment).ok_or(Fault::Malformed)?;
        Ok((at, node, dynamic.then_some(fragment)))
    }

    /// What a JSON pointer (RFC 6901) leads to from `node`, which belongs to the resource `at`.
    fn pointed(
        &mut self,
        mut at: usize,
        mut node: &'a Json,
        pointer: &str,
    ) -> Result<(usize, &'a Json), Fault> {
        for token in pointer.split('/').skip(1) {
            self.spend(1)?;
            node = match node {
                Json::Object(object) => object.get(&unescaped(token)),
                Json::Array(items) => token.parse().ok().and_then(|index: usize| items.get(index)),
                _ => None,
            }
            .ok_or(Fault::Malformed)?;
            at = self.index.rooted_at(node).unwrap_or(at);
        }
        Ok((at, node))
    }
}

/// Takes `steps` from what is left; all of it, where that is less.
pub(super) fn spend(left: &Cell<u32>, steps: usize) -> Result<(), Fault> {
    let after = u32::try_from(steps).ok().and_then(|steps| left.get().checked_sub(steps));
    left.set(after.unwrap_or(0));
    after.map(|_| ()).ok_or(Fault::TooComplex)
}

/// A token of a JSON pointer without its escapes (RFC 6901, section 4).
fn unescaped(token: &str) -> String {
    let mut out = String::new();
    let mut after_tilde = false;
    for c in token.chars() {
        match c {
            '~' => after_tilde = true,
            '0' | '1' if after_tilde => {
                out.push(if c == '0' { '~' } else { '/' });
                after_tilde = false;
            }
            c => {
                after_tilde = false;
                out.push(c);
            }
        }
    }
    out
}

fn array(value: &Json) -> Result<&[Json], Fault> {
    value.as_array().ok_or(Fault::Malformed)
}
