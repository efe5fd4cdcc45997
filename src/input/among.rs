//! Words around a credential or a link: a mail, a chat, a page's text.

use super::{Fault, token};
use crate::json;

/// Longest line of a mail (RFC 5322, section 2.1.1): what has longer ones was not broken into lines by any.
const LINE: usize = 998;

/// Characters of signatures of every size in use, that of no signature among them.
const SIGNATURES: [usize; 9] = [0, 43, 64, 86, 128, 176, 342, 512, 683];

/// What is meant in `text`, where that is clear: a JSON object, the one token, else the one link.
///
/// # Errors
/// `NotRecognized`, or `Jwt` where there is no more than a part of a token.
pub(crate) fn among(text: &str) -> Result<String, Fault> {
    if let Some(object) = object(text) {
        return Ok(object.into());
    }
    if let Some(link) = without_scheme(text) {
        return Ok(link);
    }
    let (mut tokens, mut links) = (Vec::new(), Vec::new());
    // The token whose lines are being read.
    let mut open: Option<String> = None;
    for line in text.lines() {
        let is_short = line.len() <= LINE;
        // Mail quotes lines with this, and breaks them with an equals sign at the end.
        let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let line = line.strip_suffix('=').unwrap_or(line);
        if let Some(mut token) = open.take() {
            if goes_on(&token, bare(line)) {
                token.push_str(bare(line));
                open = Some(token);
                continue;
            }
            keep(&mut tokens, token);
        }
        for word in line.split_whitespace().map(bare) {
            if token::is_link(word) {
                keep(&mut links, word.into());
            } else if word.starts_with("eyJ") && word.bytes().all(token::is_of_token) {
                open = Some(word.into());
            } else {
                continue;
            }
            if open.is_some() && !(is_short && line.trim_end_matches(is_around).ends_with(word)) {
                // More words follow on its line, or nothing broke it, so that it is whole.
                keep(&mut tokens, open.take().unwrap_or_default());
            }
        }
    }
    open.into_iter().for_each(|token| keep(&mut tokens, token));
    if tokens.iter().any(|token| !is_whole(token)) {
        return Err(Fault::Jwt);
    }
    let mut found = if tokens.is_empty() { links } else { tokens };
    // Of several, nobody says which is meant.
    if found.len() > 1 { Err(Fault::NotRecognized) } else { found.pop().ok_or(Fault::NotRecognized) }
}

fn is_whole(token: &str) -> bool {
    token::kind(token).is_ok() && (token.contains('~') || signature(token).is_some_and(is_signature))
}

fn signature(token: &str) -> Option<&str> {
    token.splitn(3, '.').nth(2)
}

fn is_signature(text: &str) -> bool {
    SIGNATURES.contains(&text.len())
}

/// Whether `line` can be the next piece of a token that was broken into lines: a word of greeting looks like one too.
fn goes_on(token: &str, line: &str) -> bool {
    let ended = match token.rsplit_once('~') {
        Some((_, "")) => !line.contains(['~', '.']),
        Some(_) => false,
        None => signature(token).is_some_and(|text| text.len() >= 86 && is_signature(text)),
    };
    !ended && !line.is_empty() && line.bytes().all(token::is_of_token)
}

/// A few different texts are enough to know that there are several.
fn keep(found: &mut Vec<String>, text: String) {
    if found.len() < 3 && !found.contains(&text) {
        found.push(text);
    }
}

/// A word without what people write around it.
fn bare(word: &str) -> &str {
    word.trim_matches(is_around)
}

const fn is_around(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '.' | '!' | '“' | '”' | '«' | '»'
    )
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
