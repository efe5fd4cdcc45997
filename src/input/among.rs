//! Words around a credential or a link: a mail, a chat, a page's text.

use super::{Fault, token};
use crate::budget::MAX_ITEMS;
use crate::json;

/// Longest line of a mail (RFC 5322, section 2.1.1): what has longer ones was not broken into lines by any.
const LINE: usize = 998;

/// Characters of signatures of every size in use, that of no signature among them.
const SIGNATURES: [usize; 9] = [0, 43, 64, 86, 128, 176, 342, 512, 683];

/// What is meant in `text`, where that is clear: a JSON object, the tokens, else the one link.
///
/// # Errors
/// `NotRecognized`, or `Jwt` where there is no more than a part of a token.
pub(crate) fn among(text: &str) -> Result<Vec<String>, Fault> {
    if let Some(object) = object(text) {
        return Ok(vec![object.into()]);
    }
    if let Some(link) = without_scheme(text) {
        return Ok(vec![link]);
    }
    let (mut tokens, mut links) = (Vec::new(), Vec::new());
    // The token whose lines are being read.
    let mut open: Option<Growing> = None;
    for line in text.lines() {
        let is_short = line.len() <= LINE;
        // Mail quotes lines with this, and breaks them with an equals sign at the end.
        let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let line = line.strip_suffix('=').unwrap_or(line);
        if let Some(mut token) = open.take() {
            let piece = unquoted(line);
            if token.goes_on(piece) {
                token.push(piece);
                open = Some(token);
                continue;
            }
            keep(&mut tokens, token.done());
        }
        for word in line.split_whitespace().map(unquoted) {
            let link = word.trim_end_matches(is_stop);
            if token::is_link(link) {
                keep(&mut links, link.into());
            } else if token::is_part(word) {
                open = Some(Growing::of(word));
            } else {
                continue;
            }
            if open.is_some()
                && !(is_short && line.trim_end_matches(is_stop).ends_with(word.trim_end_matches('.')))
            {
                // More words follow on its line, or nothing broke it, so that it is whole.
                keep(&mut tokens, open.take().unwrap_or_default().done());
            }
        }
    }
    open.into_iter().for_each(|token| keep(&mut tokens, token.done()));
    if tokens.iter().any(|token| !is_whole(token)) {
        return Err(Fault::Jwt);
    }
    match (tokens.is_empty(), links.len()) {
        (false, _) => Ok(tokens),
        (true, 1) => Ok(links),
        // Of several links among other words, nobody says which is meant.
        (true, _) => Err(Fault::NotRecognized),
    }
}

fn is_whole(token: &str) -> bool {
    let is_signed = |signature: &str| SIGNATURES.contains(&signature.len());
    token::kind(token).is_ok() && (token.contains('~') || token.splitn(3, '.').nth(2).is_some_and(is_signed))
}

/// A token whose lines are being read, and what tells that it is whole: looked at anew with each line, a long one would
/// be work without end.
#[derive(Default)]
struct Growing {
    text: String,
    dots: usize,
    /// Characters since the last dot.
    tail: usize,
    has_tilde: bool,
}

impl Growing {
    fn of(line: &str) -> Self {
        let mut token = Growing::default();
        token.push(line);
        token
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        for byte in line.bytes() {
            self.tail += 1;
            if byte == b'.' {
                (self.dots, self.tail) = (self.dots + 1, 0);
            }
            self.has_tilde |= byte == b'~';
        }
    }

    /// Whether `line` can be its next piece. A word of greeting looks like one too, but for its length: from one size of
    /// signatures to the next it is further.
    fn goes_on(&self, line: &str) -> bool {
        const WORD: usize = 40;
        let is_whole = if self.has_tilde {
            self.text.ends_with('~') && !line.contains(['~', '.'])
        } else {
            self.dots == 2 && self.tail >= 86 && SIGNATURES.contains(&self.tail)
        };
        let ended = is_whole && line.len() < WORD;
        !ended && !line.is_empty() && line.bytes().all(token::is_of_token)
    }

    /// The token, without the full stop of a sentence.
    fn done(mut self) -> String {
        if self.dots == 3 && self.tail == 0 && !self.has_tilde {
            self.text.pop();
        }
        self.text
    }
}

/// Keeps each text once, and one more than is looked at.
fn keep(found: &mut Vec<String>, text: String) {
    if found.len() <= MAX_ITEMS as usize && !found.contains(&text) {
        found.push(text);
    }
}

/// A word without what people write around it. A full stop may be a token's own, but for one after a quotation mark.
pub(super) fn unquoted(word: &str) -> &str {
    let bare = word.trim_matches(is_quote);
    if bare.bytes().all(token::is_of_token) { bare } else { bare.trim_end_matches(is_stop) }
}

/// What people write around a word.
const fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '!' | '“' | '”' | '«' | '»'
    )
}

/// What may end a sentence and an address with it.
const fn is_stop(c: char) -> bool {
    c == '.' || is_quote(c)
}

/// The JSON object between the first and the last brace, with words in front.
fn object(text: &str) -> Option<&str> {
    let (before, object) = text.split_at_checked(text.find('{')?)?;
    let object = object.get(..=object.rfind('}')?)?;
    let has_words = before.contains(|c: char| c.is_alphanumeric() || c == '`');
    (has_words && json::parse(object.as_bytes()).is_ok()).then_some(object)
}

/// An address from which only the scheme was left out, as people and address bars do.
fn without_scheme(text: &str) -> Option<String> {
    let (host, path) = text.split_once('/')?;
    let label =
        |l: &str| (1..=63).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_address = host.split('.').count() > 1
        && host.split('.').all(label)
        && host.ends_with(|c: char| c.is_ascii_alphabetic())
        && !path.contains(char::is_whitespace);
    is_address.then(|| ["https://", text].concat())
}
