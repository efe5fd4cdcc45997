//! Strict JSON: one value type and one parser for every byte that a verdict depends on.
//!
//! Other JSON readers differ on duplicate member names, lone surrogates and depth; a verifier that uses one of
//! them for the signature and another for the display can be shown two documents. Everything here goes through
//! [`parse`], which refuses what readers disagree on (RFC 8259 with the restrictions of RFC 7493, I-JSON).

mod canonical;
mod decimal;
mod parse;

pub use canonical::{canonicalize, write_number, write_string};
pub use parse::{Error, ErrorKind, Limits, parse, parse_with};

/// A JSON value. Member order is the document's; numbers are IEEE 754 doubles, as JavaScript issuers have them.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object with unique member names.
    Object(Object),
}

/// The members of a JSON object, in document order, names unique.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Json)>);

impl Json {
    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Json::String(s) = self { Some(s) } else { None }
    }

    /// The number, if this is one.
    pub fn as_f64(&self) -> Option<f64> {
        if let Json::Number(n) = self { Some(*n) } else { None }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Json::Bool(b) = self { Some(*b) } else { None }
    }

    /// The object, if this is one.
    pub fn as_object(&self) -> Option<&Object> {
        if let Json::Object(o) = self { Some(o) } else { None }
    }

    /// The array, if this is one.
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Json::Array(a) = self { Some(a) } else { None }
    }

    /// Member `name`, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// The values of a term that may be single or an array: the array's members, or the value itself.
    pub fn each(&self) -> &[Json] {
        match self {
            Json::Array(a) => a,
            one => core::slice::from_ref(one),
        }
    }

    /// Whether this is the string `s`.
    pub fn is(&self, s: &str) -> bool {
        self.as_str() == Some(s)
    }
}

impl Object {
    /// An object of `members`, whose names the caller knows to be unique.
    pub(crate) fn from_unique(members: Vec<(String, Json)>) -> Self {
        Object(members)
    }

    /// Member `name`.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// Member `name` as a string.
    pub fn str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The values of member `name`, single or array; empty when absent.
    pub fn each(&self, name: &str) -> &[Json] {
        self.get(name).map_or(&[], Json::each)
    }

    /// Whether member `name` is there.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether the values of `name` include the string `value`.
    pub fn includes(&self, name: &str, value: &str) -> bool {
        self.each(name).iter().any(|v| v.is(value))
    }

    /// Members in document order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A copy without the members that `drop` names.
    pub fn without(&self, drop: &[&str]) -> Object {
        Object(self.0.iter().filter(|(n, _)| !drop.contains(&n.as_str())).cloned().collect())
    }

    /// A copy in which `name` has `value`: in its old place, or at the end.
    pub fn with(&self, name: &str, value: Json) -> Object {
        let mut copy = self.clone();
        match copy.0.iter_mut().find(|(n, _)| n == name) {
            Some(member) => member.1 = value,
            None => copy.0.push((name.into(), value)),
        }
        copy
    }
}
