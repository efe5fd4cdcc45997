//! Reading a pattern (ECMA-262, section 22.2.1, as with the flag `u`, and more lenient about what needs no escape).

use core::iter::Peekable;
use core::str::Chars;

use super::{Fault, Node, Set};

/// Deepest nesting of groups.
const MAX_DEPTH: u32 = 50;

pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader { chars: text.chars().peekable(), depth: 0 };
    let node = reader.alternatives()?;
    // A closing parenthesis that nothing opened.
    if reader.chars.next().is_some() { Err(Fault::Pattern) } else { Ok(node) }
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    depth: u32,
}

const DIGITS: [(char, char); 1] = [('0', '9')];
const WORD: [(char, char); 4] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const SPACE: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];
/// What `.` does not stand for.
const LINE_ENDS: [(char, char); 3] = [('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

impl Reader<'_> {
    fn take(&mut self, wanted: char) -> bool {
        self.chars.next_if_eq(&wanted).is_some()
    }

    fn next(&mut self) -> Result<char, Fault> {
        self.chars.next().ok_or(Fault::Pattern)
    }

    fn alternatives(&mut self) -> Result<Node, Fault> {
        let mut all = vec![self.sequence()?];
        while self.take('|') {
            all.push(self.sequence()?);
        }
        Ok(Node::Any(all))
    }

    fn sequence(&mut self) -> Result<Node, Fault> {
        let mut nodes = Vec::new();
        while self.chars.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let node = self.term()?;
            nodes.push(self.repeated(node)?);
        }
        Ok(Node::All(nodes))
    }

    fn term(&mut self) -> Result<Node, Fault> {
        Ok(match self.next()? {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Set(Set { ranges: LINE_ENDS.into(), except: true }),
            '(' => self.group()?,
            '[' => Node::Set(self.class()?),
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err(Fault::Pattern),
            c => Node::Set(one(c)),
        })
    }

    fn group(&mut self) -> Result<Node, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::Pattern);
        }
        if self.take('?') && !self.take(':') {
            // A name; what else can follow looks around.
            if !self.take('<') || self.chars.peek().is_none_or(|c| matches!(c, '=' | '!')) {
                return Err(Fault::Pattern);
            }
            while self.next()? != '>' {}
        }
        let node = self.alternatives()?;
        self.depth -= 1;
        if self.take(')') { Ok(node) } else { Err(Fault::Pattern) }
    }

    /// `node` with what says how often it comes.
    fn repeated(&mut self, node: Node) -> Result<Node, Fault> {
        let (least, most) = match self.chars.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        self.chars.next();
        if most.is_some_and(|most| most < least) || !matches!(node, Node::Set(_) | Node::Any(_)) {
            return Err(Fault::Pattern);
        }
        // Whether long or short matches are tried first makes no difference to whether there is one.
        self.take('?');
        Ok(Node::Repeat(Box::new(node), least, most))
    }

    /// The counts in braces, read up to the closing one; a brace without counts is a character like any other.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let mut ahead = self.chars.clone();
        ahead.next();
        let number = |ahead: &mut Peekable<Chars<'_>>| {
            let mut value = None;
            while let Some(digit) = ahead.peek().and_then(|c| c.to_digit(10)) {
                value = Some((value.unwrap_or(0) * 10 + digit).min(100_000));
                ahead.next();
            }
            value
        };
        let least = number(&mut ahead)?;
        let most = if ahead.next_if_eq(&',').is_some() { number(&mut ahead) } else { Some(least) };
        if ahead.peek() != Some(&'}') {
            return None;
        }
        self.chars = ahead;
        Some((least, most))
    }

    /// What follows a backslash outside of a class.
    fn escape(&mut self) -> Result<Node, Fault> {
        Ok(match self.chars.peek() {
            Some('b') => self.boundary(true),
            Some('B') => self.boundary(false),
            _ => Node::Set(self.escaped()?),
        })
    }

    fn boundary(&mut self, is: bool) -> Node {
        self.chars.next();
        Node::Boundary(is)
    }

    /// The set that follows a backslash.
    fn escaped(&mut self) -> Result<Set, Fault> {
        let set = |ranges: &[(char, char)], except| Set { ranges: ranges.into(), except };
        Ok(match self.next()? {
            'd' => set(&DIGITS, false),
            'D' => set(&DIGITS, true),
            'w' => set(&WORD, false),
            'W' => set(&WORD, true),
            's' => set(&SPACE, false),
            'S' => set(&SPACE, true),
            't' => one('\t'),
            'n' => one('\n'),
            'v' => one('\u{b}'),
            'f' => one('\u{c}'),
            'r' => one('\r'),
            '0' if self.chars.peek().is_none_or(|c| !c.is_ascii_digit()) => one('\0'),
            'c' => {
                let letter = self.next()?;
                one(char::from(
                    u8::try_from(letter).ok().filter(u8::is_ascii_alphabetic).ok_or(Fault::Pattern)? % 32,
                ))
            }
            'x' => one(self.hex(2).and_then(char::from_u32).ok_or(Fault::Pattern)?),
            'u' => one(self.unicode().ok_or(Fault::Pattern)?),
            // Back references, properties and what has no meaning.
            c if c.is_ascii_alphanumeric() => return Err(Fault::Pattern),
            c => one(c),
        })
    }

    fn hex(&mut self, digits: u32) -> Option<u32> {
        (0..digits).try_fold(0, |value, _| Some(value * 16 + self.chars.next()?.to_digit(16)?))
    }

    /// What follows `\u`: a code point, half of one with its other half behind it, or a code point in braces.
    fn unicode(&mut self) -> Option<char> {
        if self.take('{') {
            let mut value = 0_u32;
            loop {
                match self.chars.next()? {
                    '}' => return char::from_u32(value),
                    digit => value = (value * 16 + digit.to_digit(16)?).min(0x11_0000),
                }
            }
        }
        let first = self.hex(4)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        let second = (self.take('\\') && self.take('u')).then(|| self.hex(4))??;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)
    }

    /// A class, behind its opening bracket.
    fn class(&mut self) -> Result<Set, Fault> {
        let except = self.take('^');
        let mut ranges = Vec::new();
        while !self.take(']') {
            let from = self.member()?;
            let (Some(start), true) = (single(&from), self.chars.peek() == Some(&'-')) else {
                ranges.extend(included(from));
                continue;
            };
            self.chars.next();
            if self.take(']') {
                ranges.extend([(start, start), ('-', '-')]);
                break;
            }
            let to = self.member()?;
            match single(&to) {
                Some(end) if start <= end => ranges.push((start, end)),
                Some(_) => return Err(Fault::Pattern),
                // As in `[\w-.]`: no range, so a hyphen.
                None => {
                    ranges.extend([(start, start), ('-', '-')]);
                    ranges.extend(included(to));
                }
            }
        }
        Ok(Set { ranges, except })
    }

    fn member(&mut self) -> Result<Set, Fault> {
        match self.next()? {
            '\\' if self.take('b') => Ok(one('\u{8}')),
            '\\' => self.escaped(),
            c => Ok(one(c)),
        }
    }
}

fn one(c: char) -> Set {
    Set { ranges: vec![(c, c)], except: false }
}

fn single(set: &Set) -> Option<char> {
    match set.ranges.as_slice() {
        [(from, to)] if from == to && !set.except => Some(*from),
        _ => None,
    }
}

/// The ranges of a set inside a class; those of a complement are what is between its ranges, which ascend.
fn included(set: Set) -> Vec<(char, char)> {
    if !set.except {
        return set.ranges;
    }
    let mut between = Vec::new();
    let mut from = '\0';
    for (start, end) in set.ranges {
        // None of the sets begins at the first character or ends at the last.
        if let Some(before) = char::from_u32(u32::from(start) - 1) {
            between.push((from, before));
        }
        from = char::from_u32(u32::from(end) + 1).unwrap_or(char::MAX);
    }
    between.push((from, char::MAX));
    between
}
