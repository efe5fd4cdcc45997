//! `pattern`: the part of ECMA-262 regular expressions that needs no backtracking.
//!
//! A pattern becomes a small program that all threads of a match run side by side (Thompson's construction), so that
//! no pattern takes more than its length times the text's. Back references, look-around and Unicode properties are not
//! understood, and said to be so.

mod parse;

use core::cell::Cell;

use super::Fault;
use super::evaluate::spend;

/// A pattern, ready to match.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Op>);

/// One instruction. Targets are places in the program.
#[derive(Clone, Debug)]
enum Op {
    Set(Set),
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    /// `\b`, or `\B` where false.
    Boundary(bool),
    Match,
}

/// A set of characters: ranges, or everything else.
#[derive(Clone, Debug, Default)]
struct Set {
    ranges: Vec<(char, char)>,
    except: bool,
}

/// A pattern as it is written.
#[derive(Clone, Debug)]
enum Node {
    Set(Set),
    Start,
    End,
    Boundary(bool),
    All(Vec<Node>),
    Any(Vec<Node>),
    /// At least and at most so often.
    Repeat(Box<Node>, u32, Option<u32>),
}

/// Most instructions of a pattern: counted repetitions are written out.
const MAX_OPS: usize = 4_000;

impl Set {
    fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != self.except
    }
}

impl Pattern {
    /// Reads a pattern, as with the flag `u`.
    ///
    /// # Errors
    /// [`Fault::Pattern`] for what is not understood, [`Fault::TooComplex`] for a program that is too long.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut pattern = Pattern(Vec::new());
        pattern.emit(&parse::parse(text)?)?;
        pattern.0.push(Op::Match);
        Ok(pattern)
    }

    fn emit(&mut self, node: &Node) -> Result<(), Fault> {
        match node {
            Node::Set(set) => self.push(Op::Set(set.clone()))?,
            Node::Start => self.push(Op::Start)?,
            Node::End => self.push(Op::End)?,
            Node::Boundary(is) => self.push(Op::Boundary(*is))?,
            Node::All(nodes) => nodes.iter().try_for_each(|node| self.emit(node))?,
            Node::Any(nodes) => self.any(nodes)?,
            Node::Repeat(node, least, most) => {
                for _ in 0..*least {
                    self.counted(node)?;
                }
                match most {
                    None => {
                        let split = self.hole()?;
                        self.emit(node)?;
                        self.push(Op::Jump(split))?;
                        self.fill(split, Op::Split(split + 1, self.0.len()));
                    }
                    Some(most) => {
                        let mut splits = Vec::new();
                        for _ in *least..*most {
                            splits.push(self.hole()?);
                            self.counted(node)?;
                        }
                        let end = self.0.len();
                        splits.into_iter().for_each(|split| self.fill(split, Op::Split(split + 1, end)));
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes a repeated `node` once more; what writes nothing counts too, or repetitions would be free.
    fn counted(&mut self, node: &Node) -> Result<(), Fault> {
        let before = self.0.len();
        self.emit(node)?;
        if self.0.len() == before { self.push(Op::Jump(before + 1)) } else { Ok(()) }
    }

    fn any(&mut self, nodes: &[Node]) -> Result<(), Fault> {
        let mut jumps = Vec::new();
        for (left, node) in (0..nodes.len()).rev().zip(nodes) {
            if left == 0 {
                self.emit(node)?;
            } else {
                let split = self.hole()?;
                self.emit(node)?;
                jumps.push(self.hole()?);
                self.fill(split, Op::Split(split + 1, self.0.len()));
            }
        }
        let end = self.0.len();
        jumps.into_iter().for_each(|jump| self.fill(jump, Op::Jump(end)));
        Ok(())
    }

    fn push(&mut self, op: Op) -> Result<(), Fault> {
        if self.0.len() >= MAX_OPS {
            return Err(Fault::TooComplex);
        }
        self.0.push(op);
        Ok(())
    }

    /// A place whose instruction is written later.
    fn hole(&mut self) -> Result<usize, Fault> {
        self.push(Op::Match)?;
        Ok(self.0.len() - 1)
    }

    fn fill(&mut self, at: usize, op: Op) {
        if let Some(hole) = self.0.get_mut(at) {
            *hole = op;
        }
    }

    /// How many instructions it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the pattern matches somewhere in `text`. Takes what it costs from `steps`.
    ///
    /// # Errors
    /// [`Fault::TooComplex`] when none are left.
    pub(super) fn is_match(&self, text: &str, steps: &Cell<u32>) -> Result<bool, Fault> {
        let mut threads = Threads { seen: vec![0; self.0.len()], round: 0, now: Vec::new(), before: None };
        let mut waiting: Vec<usize> = Vec::new();
        let mut chars = text.chars();
        loop {
            let next = chars.next();
            // A match may begin anywhere.
            waiting.push(0);
            threads.round += 1;
            threads.now.clear();
            for at in waiting.drain(..) {
                if self.follow(at, next, &mut threads, steps)? {
                    return Ok(true);
                }
            }
            let Some(c) = next else { return Ok(false) };
            waiting.extend(threads.now.iter().filter(|at| self.takes(**at, c)).map(|at| at + 1));
            threads.before = next;
        }
    }

    fn takes(&self, at: usize, c: char) -> bool {
        matches!(self.0.get(at), Some(Op::Set(set)) if set.has(c))
    }

    /// Runs a thread until it takes a character; whether it reaches a match.
    fn follow(
        &self,
        from: usize,
        next: Option<char>,
        threads: &mut Threads,
        steps: &Cell<u32>,
    ) -> Result<bool, Fault> {
        let mut stack = vec![from];
        while let Some(at) = stack.pop() {
            match threads.seen.get_mut(at) {
                Some(seen) if *seen != threads.round => *seen = threads.round,
                _ => continue,
            }
            spend(steps, 1)?;
            let goes_on = match self.0.get(at) {
                Some(Op::Match) => return Ok(true),
                Some(Op::Set(_)) => {
                    threads.now.push(at);
                    false
                }
                Some(Op::Jump(to)) => {
                    stack.push(*to);
                    false
                }
                Some(Op::Split(a, b)) => {
                    stack.extend([*a, *b]);
                    false
                }
                Some(Op::Start) => threads.before.is_none(),
                Some(Op::End) => next.is_none(),
                Some(Op::Boundary(is)) => (is_word(threads.before) != is_word(next)) == *is,
                None => false,
            };
            if goes_on {
                stack.push(at + 1);
            }
        }
        Ok(false)
    }
}

/// The threads at one place of the text.
struct Threads {
    /// The round in which each instruction was last met.
    seen: Vec<u32>,
    round: u32,
    /// Instructions that take a character.
    now: Vec<usize>,
    /// The character before this place.
    before: Option<char>,
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> Result<bool, Fault> {
        Pattern::parse(pattern)?.is_match(text, &Cell::new(1_000_000))
    }

    #[test]
    fn patterns_match_what_they_should() {
        for (pattern, yes, no) in [
            ("", "x", ""),
            ("^a*$", "aaa", "aab"),
            ("a+b?c", "xxaacx", "bc"),
            ("^(foo|bar|)$", "bar", "baz"),
            ("^(?:ab){2,3}$", "ababab", "abababab"),
            ("^(?<name>a)b{2}$", "abb", "ab"),
            ("^a{2,}$", "aaaa", "a"),
            ("^a{0,2}$", "", "aaa"),
            ("^[a-c\\d-]+$", "a-1", "d"),
            ("^[^a-c\\s]+$", "xyz", "x y"),
            ("^\\D\\W\\S$", "a-b", "1-b"),
            ("\\bcat\\b", "a cat!", "concat"),
            ("\\Bcat", "concat", "cat"),
            ("^.$", "\u{1f432}", "\n"),
            ("^\\u{1F432}\\ud83d\\udc32$", "\u{1f432}\u{1f432}", "\u{1f432}"),
            ("^\\x41\\t\\/\\.\\-$", "A\t/.-", "A\t/x-"),
            ("^\\cC$", "\u{3}", "C"),
            ("^[a-z|A-Z|0-9|.|-|_]+$", "a|B.9_", "a-b"),
            ("^(a*)*$", "aaaa", "b"),
            ("^(a|aa)+$", "aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
            ("^(|a){0,9}$", "aaa", "ab"),
            ("x|^y$", "axb", "yy"),
            ("a*?b+?", "aab", "aa"),
            ("^{$", "{", "a"),
            ("^[\\]\\b]$", "]", "b"),
        ] {
            assert_eq!(matches(pattern, yes), Ok(true), "{pattern} {yes}");
            if !pattern.is_empty() {
                assert_eq!(matches(pattern, no), Ok(false), "{pattern} {no}");
            }
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for pattern in [
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(a)\\1",
            "\\p{L}",
            "\\k<a>",
            "(",
            ")",
            "[a",
            "a**",
            "*",
            "\\",
            "[z-a]",
            "a{3,2}",
            "(?i:a)",
            "\\q",
            "\\u{110000}",
        ] {
            assert_eq!(matches(pattern, "a"), Err(Fault::Pattern), "{pattern}");
        }
    }

    #[test]
    fn work_is_bounded() {
        assert_eq!(matches("(a{99}){99}", "a"), Err(Fault::TooComplex));
        assert_eq!(matches("(((){9999}){9999}){9999}", "a"), Err(Fault::TooComplex));
        assert_eq!(matches(&"(".repeat(100_000), "a"), Err(Fault::Pattern));
        assert_eq!(matches("(x+x+)+y", &"x".repeat(5_000)), Ok(false));
        let text = "a".repeat(100_000);
        assert_eq!(matches("^(a?){1000}$", &text), Err(Fault::TooComplex));
    }
}
