//! An RDF dataset, its terms kept in the form that canonical N-Quads write them.

use super::Error;
use super::literal::write_quoted;
use crate::budget::MAX_QUADS;

/// Bytes of all terms together: far more than any credential has, far less than a repeated prefix could make.
const MAX_TEXT: usize = 16 << 20;

/// Quads, and what was lost on the way to them.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// What the document says and the quads do not: members that no context defines, types and identifiers that are
    /// no IRIs, `null`s, empty arrays and so on. Each is where it stands in the document, members joined by dots,
    /// followed by `: ` and the value where that is what was lost, long texts cut; the first hundred. No signature over
    /// the quads covers them.
    pub dropped: Vec<String>,
    /// Members whose JSON type is not that of the datatype their term is coerced to, such as `"true"` where the term
    /// is `xsd:boolean`: the quads do not tell them from the right one. Written as in `dropped`.
    pub coerced: Vec<String>,
    /// Members whose term only a context inside the document itself defines. Written as in `dropped`.
    pub inline_terms: Vec<String>,
    /// Members that are a keyword or an alias of one, other than `@context`, and the aliases `id` and `type` of `@id`
    /// and `@type`. Written as in `dropped`.
    pub keywords: Vec<String>,
    text: String,
    spans: Vec<(u32, u32)>,
    blanks: u32,
    pub(super) quads: Vec<Quad>,
}

/// A blank node by its number, or an IRI or literal by the number of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A blank node, numbered from 0.
    Blank(u32),
    /// An IRI or literal of this dataset. Two that differ may still have the same text.
    Text(u32),
}

/// A statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quad {
    /// The subject.
    pub subject: Term,
    /// The predicate.
    pub predicate: Term,
    /// The object.
    pub object: Term,
    /// The graph; `None` is the default graph.
    pub graph: Option<Term>,
}

impl Dataset {
    /// How many quads there are, repeated ones counted.
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether there is no quad.
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }

    /// The number of blank nodes.
    pub fn blanks(&self) -> u32 {
        self.blanks
    }

    /// A new blank node.
    pub fn blank(&mut self) -> Term {
        self.blanks += 1;
        Term::Blank(self.blanks - 1)
    }

    /// The IRI that `parts` make together.
    ///
    /// # Errors
    /// [`Error::TooComplex`] when the dataset grows too large.
    pub fn iri(&mut self, parts: &[&str]) -> Result<Term, Error> {
        self.term(|out| {
            out.push('<');
            for part in parts {
                out.push_str(part);
            }
            out.push('>');
        })
    }

    /// A literal of the datatype that `datatype`'s parts make together; `xsd:string` where there are none.
    ///
    /// # Errors
    /// [`Error::TooComplex`] when the dataset grows too large.
    pub fn literal(&mut self, lexical: &str, datatype: &[&str]) -> Result<Term, Error> {
        self.term(|out| {
            write_quoted(lexical, out);
            if !datatype.is_empty() {
                out.push_str("^^<");
                for part in datatype {
                    out.push_str(part);
                }
                out.push('>');
            }
        })
    }

    /// A string in the language `tag`, which is written in lower case, as JavaScript issuers sign it.
    ///
    /// # Errors
    /// [`Error::TooComplex`] when the dataset grows too large.
    pub fn language_string(&mut self, lexical: &str, tag: &str) -> Result<Term, Error> {
        self.term(|out| {
            write_quoted(lexical, out);
            out.push('@');
            out.extend(tag.chars().map(|c| c.to_ascii_lowercase()));
        })
    }

    /// Adds a quad.
    ///
    /// # Errors
    /// [`Error::TooComplex`] after [`MAX_QUADS`] quads.
    pub fn insert(&mut self, quad: Quad) -> Result<(), Error> {
        if self.quads.len() >= MAX_QUADS {
            return Err(Error::TooComplex);
        }
        self.quads.push(quad);
        Ok(())
    }

    fn term(&mut self, write: impl FnOnce(&mut String)) -> Result<Term, Error> {
        let start = self.text.len();
        write(&mut self.text);
        let end = self.text.len();
        if end > MAX_TEXT {
            return Err(Error::TooComplex);
        }
        self.spans.push((start as u32, end as u32));
        Ok(Term::Text(self.spans.len() as u32 - 1))
    }

    /// The canonical N-Quads form of text `number`.
    pub(super) fn text(&self, number: u32) -> &str {
        let (start, end) = self.spans.get(number as usize).copied().unwrap_or_default();
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}
