//! Term definitions (JSON-LD 1.1 API, section 4.2.1), and the IRIs they hold.

use super::keyword::Keyword;
use crate::json::Json;

/// A keyword, an IRI of the compiled table, or a string of the document at hand, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Iri(pub(super) u32);

impl Iri {
    /// The first number that is not a keyword's.
    pub(super) const FIRST: u32 = 32;

    pub(super) const fn of(keyword: Keyword) -> Self {
        Iri(keyword as u32)
    }

    pub(super) fn keyword(self) -> Option<Keyword> {
        Keyword::ALL.get(self.0 as usize).copied()
    }

    pub(super) fn is(self, keyword: Keyword) -> bool {
        self == Iri::of(keyword)
    }
}

/// What a term means.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Definition<'a> {
    /// The IRI or keyword; `None` where the term is defined to mean nothing.
    pub(super) iri: Option<Iri>,
    /// The type of its values: a datatype, or `@id`, `@vocab`, `@json`, `@none`.
    pub(super) ty: Option<Iri>,
    pub(super) container: Container,
    /// Whether it may begin a compact IRI.
    pub(super) prefix: bool,
    pub(super) reverse: bool,
    /// The language of its strings; the inner `None` takes the context's default away.
    pub(super) language: Option<Option<&'a str>>,
    pub(super) direction: Option<Option<Direction>>,
    pub(super) index: Option<&'a str>,
    pub(super) nest: Option<&'a str>,
    pub(super) scope: Option<Scope<'a>>,
}

impl Definition<'_> {
    /// Whether two definitions of a protected term are the same. The base URL of a scoped context does not count:
    /// two contexts of the W3C define the same terms in the same words, and credentials list both
    /// (w3c/json-ld-syntax#190).
    pub(super) fn same(&self, other: &Self) -> bool {
        let scopes = match (self.scope, other.scope) {
            (None, None) => true,
            (Some(Scope::Compiled(a)), Some(Scope::Compiled(b))) => a == b,
            (Some(Scope::Inline { context: a, .. }), Some(Scope::Inline { context: b, .. })) => a == b,
            _ => false,
        };
        scopes
            && self.iri == other.iri
            && self.ty == other.ty
            && self.container == other.container
            && self.prefix == other.prefix
            && self.reverse == other.reverse
            && self.language == other.language
            && self.direction == other.direction
            && self.index == other.index
            && self.nest == other.nest
    }
}

/// A context that a term brings along for what stands below it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// A program of the compiled table.
    Compiled(u16),
    /// A context of the document, or of one that it refers to.
    Inline {
        /// The context.
        context: &'a Json,
        /// What its relative URLs resolve against.
        base: Option<Iri>,
    },
}

/// Base direction of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    pub(super) fn find(text: &str) -> Option<Self> {
        match text {
            "ltr" => Some(Direction::LeftToRight),
            "rtl" => Some(Direction::RightToLeft),
            _ => None,
        }
    }

    pub(super) const fn text(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// The container keywords of a term, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Container(pub(super) u8);

impl Container {
    pub(super) const GRAPH: Container = Container(1);
    pub(super) const ID: Container = Container(2);
    pub(super) const INDEX: Container = Container(4);
    pub(super) const LANGUAGE: Container = Container(8);
    pub(super) const LIST: Container = Container(16);
    pub(super) const SET: Container = Container(32);
    pub(super) const TYPE: Container = Container(64);
    /// Nodes by something.
    pub(super) const MAP: Container = Container::INDEX.with(Container::TYPE).with(Container::ID);

    pub(super) fn find(text: &str) -> Option<Self> {
        Some(match Keyword::find(text)? {
            Keyword::Graph => Container::GRAPH,
            Keyword::Id => Container::ID,
            Keyword::Index => Container::INDEX,
            Keyword::Language => Container::LANGUAGE,
            Keyword::List => Container::LIST,
            Keyword::Set => Container::SET,
            Keyword::Type => Container::TYPE,
            _ => return None,
        })
    }

    pub(super) const fn with(self, other: Container) -> Self {
        Container(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Container) -> Self {
        Container(self.0 & !other.0)
    }

    /// Whether any bit of `other` is set.
    pub(super) const fn has(self, other: Container) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether these keywords may go together (section 4.2.2, step 19.1).
    pub(super) fn is_allowed(self) -> bool {
        let rest = self.without(Container::SET);
        match rest.0.count_ones() {
            0 => self.0 != 0,
            1 => !(rest == Container::LIST && rest != self),
            _ => {
                rest == Container::GRAPH.with(Container::ID)
                    || rest == Container::GRAPH.with(Container::INDEX)
            }
        }
    }
}
