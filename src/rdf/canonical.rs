//! RDFC-1.0: blank nodes named by what is said of them, quads sorted, one text for one dataset.

use core::cmp::Ordering;

use sha2::{Digest as _, Sha256, Sha384};

use super::{Dataset, Error, Hash, Quad, Term};
use crate::budget::Budget;
use crate::order;
use crate::part::{self, Part};

/// Bytes of canonical text: each quad repeats its subject and graph, so a small dataset could make a large text.
const MAX_CANONICAL: usize = 16 << 20;
/// Nested calls of the hash-n-degree algorithm: as deep as the smallest stack allows.
const MAX_DEPTH: u32 = 200;
/// Mentions of a blank node that one step of the budget pays for.
const MENTIONS_PER_STEP: usize = 16;

/// The canonical N-Quads of `dataset` (RDFC-1.0, section 4.4), UTF-8, a newline after each.
///
/// # Errors
/// [`Error::TooComplex`] when `budget` is spent or the text would become too large.
pub fn canonicalize(dataset: &Dataset, hash: Hash, budget: &Budget) -> Result<String, Error> {
    let issued = Canonicalizer::new(dataset, hash, budget).label()?;
    write(dataset, &issued, &|number, out| push_label(CANONICAL, number, out))
}

/// The same, sorted anew, with the names `labels` in place of `c14n0`, `c14n1` and so on (VC-DI-ECDSA 1.0, section
/// 3.4.1); `None` where there are not as many names as blank nodes.
///
/// # Errors
/// As [`canonicalize`].
pub(crate) fn canonicalize_as(
    dataset: &Dataset,
    hash: Hash,
    labels: &[String],
    budget: &Budget,
) -> Result<Option<String>, Error> {
    let issued = Canonicalizer::new(dataset, hash, budget).label()?;
    if issued.order.len() != labels.len() {
        return Ok(None);
    }
    let label = |number: u32, out: &mut String| {
        out.push_str("_:");
        out.push_str(labels.get(number as usize).map_or("", String::as_str));
    };
    write(dataset, &issued, &label).map(Some)
}

/// The canonical number of each blank node, by its number in the dataset; `None` for one that no quad mentions.
///
/// # Errors
/// As [`canonicalize`].
pub fn canonical_labels(dataset: &Dataset, hash: Hash, budget: &Budget) -> Result<Vec<Option<u32>>, Error> {
    Ok(Canonicalizer::new(dataset, hash, budget).label()?.numbers)
}

/// Writes the quads in code point order; `push` writes the name of a blank node by its canonical number.
fn write(dataset: &Dataset, issuer: &Issuer, push: &dyn Fn(u32, &mut String)) -> Result<String, Error> {
    let mut labels = vec![String::new(); dataset.blanks() as usize];
    for (number, blank) in issuer.order.iter().enumerate() {
        if let Some(label) = labels.get_mut(*blank as usize) {
            push(number as u32, label);
        }
    }
    let text = |term: Term| match term {
        Term::Blank(blank) => labels.get(blank as usize).map_or("", String::as_str),
        Term::Text(number) => dataset.text(number),
    };
    let mut quads: Vec<&Quad> = dataset.quads.iter().collect();
    sort_lines(&mut quads, &text);
    let mut size = 0;
    for quad in &quads {
        let graph = quad.graph.map_or(0, |graph| text(graph).len() + 1);
        size += text(quad.subject).len() + text(quad.predicate).len() + text(quad.object).len() + graph + 5;
    }
    if size > MAX_CANONICAL {
        return Err(Error::TooComplex);
    }
    let mut out = String::with_capacity(size);
    for quad in quads {
        write_quad(quad, &text, &mut out);
    }
    Ok(out)
}

/// Sorts quads as their lines sort, and leaves each once. Where `text` does not tell blank nodes apart, their numbers
/// do.
fn sort_lines<'t>(quads: &mut Vec<&Quad>, text: &dyn Fn(Term) -> &'t str) {
    let compare = |a: &Quad, b: &Quad| compare(a, b, text).then_with(|| blanks_of(a).cmp(blanks_of(b)));
    order::sort_by(quads, |a, b| compare(a, b));
    quads.dedup_by(|a, b| compare(a, b) == Ordering::Equal);
}

/// The order of two lines. Term by term is the same as by the whole line: the space after a term sorts before
/// whatever a longer term continues with.
fn compare<'t>(a: &Quad, b: &Quad, text: &dyn Fn(Term) -> &'t str) -> Ordering {
    let terms = |a: Term, b: Term| if a == b { Ordering::Equal } else { text(a).cmp(text(b)) };
    terms(a.subject, b.subject)
        .then_with(|| terms(a.predicate, b.predicate))
        .then_with(|| terms(a.object, b.object))
        .then_with(|| a.graph.map(text).cmp(&b.graph.map(text)))
}

fn write_quad<'t>(quad: &Quad, text: &dyn Fn(Term) -> &'t str, out: &mut String) {
    for term in [quad.subject, quad.predicate, quad.object].into_iter().chain(quad.graph) {
        out.push_str(text(term));
        out.push(' ');
    }
    out.push_str(".\n");
}

/// Labels that the algorithm gives.
const CANONICAL: &str = "_:c14n";
const TEMPORARY: &str = "_:b";

fn push_label(prefix: &str, number: u32, out: &mut String) {
    out.push_str(prefix);
    crate::json::write_number(f64::from(number), out);
}

/// The indices below `count` in the order that `compare` gives. One copy of the sort serves every use.
fn sorted(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    order::sort_by(&mut order, |a, b| compare(*a, *b));
    order
}

/// Gives numbers to blank nodes in the order they are asked for (section 4.5).
#[derive(Clone)]
struct Issuer {
    numbers: Vec<Option<u32>>,
    order: Vec<u32>,
}

impl Issuer {
    fn new(blanks: u32) -> Self {
        Issuer { numbers: vec![None; blanks as usize], order: Vec::new() }
    }

    fn get(&self, blank: u32) -> Option<u32> {
        self.numbers.get(blank as usize).copied().flatten()
    }

    fn issue(&mut self, blank: u32) -> u32 {
        self.get(blank).unwrap_or_else(|| {
            let number = self.order.len() as u32;
            self.order.push(blank);
            if let Some(slot) = self.numbers.get_mut(blank as usize) {
                *slot = Some(number);
            }
            number
        })
    }
}

/// A hash: 32 bytes and zeros, or 48. Compares as its hexadecimal form does.
type Digest = [u8; 48];

impl Hash {
    fn digest(self, data: &[u8]) -> Digest {
        let mut digest = [0; 48];
        match self {
            Hash::Sha256 => digest.iter_mut().zip(Sha256::digest(data)).for_each(|(to, from)| *to = from),
            Hash::Sha384 => digest.iter_mut().zip(Sha384::digest(data)).for_each(|(to, from)| *to = from),
        }
        digest
    }

    fn push_hex(self, digest: &Digest, out: &mut String) {
        let size = if self == Hash::Sha256 { 32 } else { 48 };
        for byte in digest.iter().take(size) {
            out.extend([byte >> 4, byte & 15].iter().filter_map(|n| char::from_digit(u32::from(*n), 16)));
        }
    }
}

/// The blank nodes of a quad with their positions, as the algorithm names them (section 4.7.3).
fn blanks_of(quad: &Quad) -> impl Iterator<Item = (u32, char)> {
    [(Some(quad.subject), 's'), (Some(quad.object), 'o'), (quad.graph, 'g')].into_iter().filter_map(
        |(term, position)| match term {
            Some(Term::Blank(blank)) => Some((blank, position)),
            _ => None,
        },
    )
}

struct Canonicalizer<'a> {
    dataset: &'a Dataset,
    hash: Hash,
    budget: &'a Budget,
    /// For each blank node the quads that mention it.
    mentions: Vec<Vec<&'a Quad>>,
    /// For each blank node its first-degree hash.
    first: Vec<Digest>,
    canonical: Issuer,
}

impl<'a> Canonicalizer<'a> {
    fn new(dataset: &'a Dataset, hash: Hash, budget: &'a Budget) -> Self {
        let mut mentions: Vec<Vec<&Quad>> = vec![Vec::new(); dataset.blanks() as usize];
        for quad in &dataset.quads {
            for (blank, _) in blanks_of(quad) {
                if let Some(list) = mentions.get_mut(blank as usize)
                    && !list.last().is_some_and(|last| core::ptr::eq(*last, quad))
                {
                    list.push(quad);
                }
            }
        }
        let canonical = Issuer::new(dataset.blanks());
        Canonicalizer { dataset, hash, budget, mentions, first: Vec::new(), canonical }
    }

    /// Names every blank node (section 4.4.3, steps 3 to 5).
    fn label(mut self) -> Result<Issuer, Error> {
        let mentioned: Vec<u32> =
            (0..).zip(&self.mentions).filter(|(_, m)| !m.is_empty()).map(|(b, _)| b).collect();
        if let [only] = mentioned.as_slice() {
            self.canonical.issue(*only);
            return Ok(self.canonical);
        }
        self.first = vec![[0; 48]; self.mentions.len()];
        for blank in &mentioned {
            let digest = self.hash_first_degree(*blank);
            if let Some(slot) = self.first.get_mut(*blank as usize) {
                *slot = digest;
            }
        }
        let digest_of =
            |at: u32| mentioned.get(at as usize).and_then(|blank| self.first.get(*blank as usize));
        let order = sorted(mentioned.len(), &|a, b| digest_of(a).cmp(&digest_of(b)));
        let ordered: Vec<u32> = order.iter().filter_map(|at| mentioned.get(*at as usize)).copied().collect();
        let groups: Vec<&[u32]> = ordered.chunk_by(|a, b| self.first_of(*a) == self.first_of(*b)).collect();
        for group in &groups {
            if let [alone] = group {
                self.canonical.issue(*alone);
            }
        }
        let alike: Vec<&[u32]> = groups.into_iter().filter(|group| group.len() > 1).collect();
        if !alike.is_empty() {
            part::need(Part::Wide)?;
            self.issue_by_neighbours(&alike)?;
        }
        Ok(self.canonical)
    }

    /// Names the blank nodes of which the same is said, by their neighbours (section 4.4.3, step 5). Few credentials
    /// have any.
    #[inline(never)]
    fn issue_by_neighbours(&mut self, groups: &[&[u32]]) -> Result<(), Error> {
        for group in groups {
            let mut paths = Vec::new();
            for blank in *group {
                if self.canonical.get(*blank).is_none() {
                    let mut issuer = Issuer::new(self.dataset.blanks());
                    issuer.issue(*blank);
                    paths.push(self.hash_n_degree(*blank, issuer, 0)?);
                }
            }
            let path_of = |at: u32| paths.get(at as usize).map(|(digest, _)| digest);
            for at in sorted(paths.len(), &|a, b| path_of(a).cmp(&path_of(b))) {
                for blank in paths.get(at as usize).into_iter().flat_map(|(_, issuer)| &issuer.order) {
                    self.canonical.issue(*blank);
                }
            }
        }
        Ok(())
    }

    fn first_of(&self, blank: u32) -> Option<&Digest> {
        self.first.get(blank as usize)
    }

    fn quads_of(&self, blank: u32) -> &[&'a Quad] {
        self.mentions.get(blank as usize).map_or(&[], Vec::as_slice)
    }

    /// The hash of what is said of `blank`, other blank nodes left open (section 4.6). Its quads are sorted on the way.
    fn hash_first_degree(&mut self, blank: u32) -> Digest {
        let dataset = self.dataset;
        let text = |term: Term| match term {
            Term::Blank(it) if it == blank => "_:a",
            Term::Blank(_) => "_:z",
            Term::Text(number) => dataset.text(number),
        };
        let mut lines = String::new();
        if let Some(quads) = self.mentions.get_mut(blank as usize) {
            sort_lines(quads, &text);
            for quad in quads {
                write_quad(quad, &text, &mut lines);
            }
        }
        self.hash.digest(lines.as_bytes())
    }

    /// The hash that tells `related` apart, as seen from a quad that mentions it (section 4.7).
    fn hash_related(&self, related: u32, quad: &Quad, issuer: &Issuer, position: char) -> Digest {
        let mut input = String::new();
        input.push(position);
        if position != 'g'
            && let Term::Text(predicate) = quad.predicate
        {
            input.push_str(self.dataset.text(predicate));
        }
        if let Some(number) = self.canonical.get(related) {
            push_label(CANONICAL, number, &mut input);
        } else if let Some(number) = issuer.get(related) {
            push_label(TEMPORARY, number, &mut input);
        } else if let Some(digest) = self.first_of(related) {
            self.hash.push_hex(digest, &mut input);
        }
        self.hash.digest(input.as_bytes())
    }

    /// Takes the steps that looking at `mentions` blank nodes costs.
    fn charge(&self, mentions: usize) -> Result<(), Error> {
        let paid = (0..=mentions / MENTIONS_PER_STEP).all(|_| self.budget.canonical_step());
        if paid { Ok(()) } else { Err(Error::TooComplex) }
    }

    /// The hash of `blank` by way of its neighbours, and the names given on the best path (section 4.8).
    fn hash_n_degree(&self, blank: u32, mut issuer: Issuer, depth: u32) -> Result<(Digest, Issuer), Error> {
        if depth > MAX_DEPTH {
            return Err(Error::TooComplex);
        }
        let mut related: Vec<(Digest, u32)> = Vec::new();
        self.charge(self.quads_of(blank).len())?;
        for quad in self.quads_of(blank) {
            for (other, position) in blanks_of(quad).filter(|(other, _)| *other != blank) {
                related.push((self.hash_related(other, quad, &issuer, position), other));
            }
        }
        let order = sorted(related.len(), &|a, b| related.get(a as usize).cmp(&related.get(b as usize)));
        let related: Vec<(Digest, u32)> =
            order.iter().filter_map(|at| related.get(*at as usize)).copied().collect();
        let mut data = String::new();
        for group in related.chunk_by(|a, b| a.0 == b.0) {
            if let Some((digest, _)) = group.first() {
                self.hash.push_hex(digest, &mut data);
            }
            let mut order: Vec<u32> = group.iter().map(|(_, other)| *other).collect();
            let mut best: Option<(String, Issuer)> = None;
            loop {
                self.charge(order.len())?;
                let than = best.as_ref().map(|(path, _)| path.as_str());
                if let Some(path) = self.path(&order, &issuer, than, depth)? {
                    best = Some(path);
                }
                if !next_permutation(&mut order) {
                    break;
                }
            }
            if let Some((path, chosen)) = best {
                data.push_str(&path);
                issuer = chosen;
            }
        }
        Ok((self.hash.digest(data.as_bytes()), issuer))
    }

    /// The path through `order`, unless it sorts after `best` (section 4.8.3, steps 5.4.1 to 5.4.6).
    fn path(
        &self,
        order: &[u32],
        issuer: &Issuer,
        best: Option<&str>,
        depth: u32,
    ) -> Result<Option<(String, Issuer)>, Error> {
        let worse = |path: &str| best.is_some_and(|best| path.len() >= best.len() && path > best);
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut pending = Vec::new();
        for other in order {
            if let Some(number) = self.canonical.get(*other) {
                push_label(CANONICAL, number, &mut path);
            } else {
                if issuer.get(*other).is_none() {
                    pending.push(*other);
                }
                let number = issuer.issue(*other);
                push_label(TEMPORARY, number, &mut path);
            }
            if worse(&path) {
                return Ok(None);
            }
        }
        for other in pending {
            let (digest, after) = self.hash_n_degree(other, issuer.clone(), depth + 1)?;
            let number = issuer.issue(other);
            push_label(TEMPORARY, number, &mut path);
            path.push('<');
            self.hash.push_hex(&digest, &mut path);
            path.push('>');
            issuer = after;
            if worse(&path) {
                return Ok(None);
            }
        }
        let better = best.is_none_or(|best| path.as_str() < best);
        Ok(better.then_some((path, issuer)))
    }
}

/// Goes to the next arrangement in lexicographic order; `false` after the last.
fn next_permutation(items: &mut [u32]) -> bool {
    let Some(pivot) = items.windows(2).rposition(|pair| pair.first() < pair.last()) else { return false };
    let Some(swap) = items.iter().rposition(|item| Some(item) > items.get(pivot)) else { return false };
    items.swap(pivot, swap);
    if let Some(tail) = items.get_mut(pivot + 1..) {
        tail.reverse();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said twice counts once, also in what blank nodes are told apart by.
    #[test]
    fn a_repeated_quad_counts_once() {
        let canonical = |repeats: usize| {
            let mut dataset = Dataset::default();
            let predicate = dataset.iri(&["urn:p"]).unwrap();
            let nodes = [dataset.blank(), dataset.blank()];
            for _ in 0..repeats {
                // Two terms with one text.
                for (subject, text) in nodes.iter().zip(["b", "a"]) {
                    let object = dataset.literal(text, &[]).unwrap();
                    dataset.insert(Quad { subject: *subject, predicate, object, graph: None }).unwrap();
                }
            }
            canonicalize(&dataset, Hash::Sha256, &Budget::default()).unwrap()
        };
        assert_eq!(canonical(1).lines().count(), 2);
        assert_eq!(canonical(1), canonical(3));
    }
}
