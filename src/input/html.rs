//! Web pages: what in them is, or leads to, a credential. A tolerant scanner of tags after the HTML standard's
//! tokenizer (section 13.2.5); it builds no tree, and what a page shows is never looked at.

use std::borrow::Cow;

use super::xml;
use crate::codec::strip_start;

/// Most addresses of one kind that are kept.
const KEPT: usize = 8;

/// Most `data:` URLs that are kept: pages have many icons in them, and a small picture may unpack to a large text.
const DATA_URLS: usize = 32;

/// What a page embeds and where it leads, each in the page's order.
#[derive(Debug, Default)]
pub(crate) struct Page<'a> {
    /// Credentials that stand in the page: the texts of scripts that are data, and `data:` URLs.
    pub(crate) embedded: Vec<Cow<'a, str>>,
    /// Addresses that the page gives as those of a credential, by their media type.
    pub(crate) credentials: Vec<String>,
    /// Addresses of other data, and of pictures, that the page gives as another form of itself.
    pub(crate) alternates: Vec<String>,
    /// Pictures that are shown for the page elsewhere (Open Graph and its like).
    pub(crate) pictures: Vec<String>,
    /// Addresses that a reader can go to, two at most: of more, none is the one.
    pub(crate) anchors: Vec<String>,
    /// What addresses are relative to, where the page says so.
    pub(crate) base: Option<String>,
    data_urls: usize,
}

/// What a media type promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promise {
    /// A credential, or a presentation.
    Credential,
    /// JSON of any kind.
    Json,
    /// A picture of a kind that badges are baked into.
    Picture,
}

/// The text of a page. What is not UTF-8 is read as Windows-1252, as browsers do where nothing else is declared.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

/// Looks through a page, once from its beginning to its end.
pub(crate) fn scan(text: &str) -> Page<'_> {
    let mut page = Page::default();
    let mut rest = text;
    while let Some((_, at_tag)) = rest.split_once('<') {
        rest = match at_tag.bytes().next() {
            Some(b'!') if at_tag.starts_with("!--") => after_comment(at_tag.get(3..).unwrap_or_default()),
            Some(b'!' | b'?' | b'/') => at_tag.split_once('>').map_or("", |(_, rest)| rest),
            Some(c) if c.is_ascii_alphabetic() => {
                let Some((tag, after)) = Tag::read(at_tag) else { break };
                let (body, after) = tag.raw_text(after);
                page.take(&tag, body);
                after
            }
            _ => at_tag,
        };
    }
    page
}

/// What follows a comment whose text begins here.
fn after_comment(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('>').or_else(|| text.strip_prefix("->")) {
        return rest;
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('-') {
        if let Some(end) = after.strip_prefix("->").or_else(|| after.strip_prefix("-!>")) {
            return end;
        }
        rest = after;
    }
    ""
}

impl<'a> Page<'a> {
    fn take(&mut self, tag: &Tag<'a>, body: &'a str) {
        let promise = tag.attribute("type").and_then(|kind| promise(&kind));
        if tag.is("script") {
            if matches!(promise, Some(Promise::Credential | Promise::Json)) {
                self.embedded.push(Cow::Borrowed(body));
            }
            return;
        }
        let (is_link, is_anchor) = (tag.is("link"), tag.is("a"));
        let address = match tag.name.len() {
            3 if tag.is("img") => tag.attribute("src"),
            4 if tag.is("meta") => tag.attribute("content").filter(|_| tag.is_of_picture()),
            _ if is_link || is_anchor || tag.is("base") => tag.attribute("href"),
            _ => None,
        };
        let Some(address) = address else { return };
        let address = address.trim();
        if strip_start(address, "data:").is_some() {
            if self.data_urls < DATA_URLS {
                self.data_urls += 1;
                self.embedded.push(Cow::Owned(address.into()));
            }
        } else if tag.is("base") {
            self.base.get_or_insert_with(|| address.into());
        } else if tag.is("meta") {
            keep(&mut self.pictures, address);
        } else if is_link || is_anchor {
            match promise {
                Some(Promise::Credential) => keep(&mut self.credentials, address),
                Some(_) if is_link && tag.is_alternate() => keep(&mut self.alternates, address),
                _ if is_anchor && self.anchors.len() < 2 => keep(&mut self.anchors, address),
                _ => {}
            }
        }
    }
}

fn keep(addresses: &mut Vec<String>, address: &str) {
    if addresses.len() < KEPT && !address.is_empty() && !addresses.iter().any(|known| known == address) {
        addresses.push(address.into());
    }
}

/// What a media type promises: the registered types of credentials and presentations, with their older spellings.
fn promise(media_type: &str) -> Option<Promise> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "application/ld+json" => Some(Promise::Json),
        "image/png" | "image/svg+xml" => Some(Promise::Picture),
        "application/jwt" | "application/sd-jwt" => Some(Promise::Credential),
        other => {
            let first = other.strip_prefix("application/")?.split(['+', '-']).next()?;
            matches!(first, "vc" | "vp" | "dc").then_some(Promise::Credential)
        }
    }
}

/// A start tag.
struct Tag<'a> {
    name: &'a str,
    /// Names and raw values; of one name the first counts.
    attributes: Vec<(&'a str, &'a str)>,
}

/// Most attributes of a tag that are kept.
const ATTRIBUTES: usize = 64;

impl<'a> Tag<'a> {
    /// Reads the tag that begins with its name here, and what follows it; `None` where it never ends.
    fn read(text: &'a str) -> Option<(Self, &'a str)> {
        let (name, mut rest) = split(text, |c| is_blank(c) || matches!(c, '/' | '>'));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c| is_blank(c) || c == '/');
            if let Some(rest) = rest.strip_prefix('>') {
                return Some((Tag { name, attributes }, rest));
            }
            // An equals sign in front belongs to the name.
            let first = rest.chars().next()?.len_utf8();
            let ends = |c| is_blank(c) || matches!(c, '/' | '>' | '=');
            let length = first + split(rest.get(first..)?, ends).0.len();
            let (name, after) = rest.split_at_checked(length)?;
            let after = after.trim_start_matches(is_blank);
            let value;
            (value, rest) = match after.strip_prefix('=').map(|value| value.trim_start_matches(is_blank)) {
                None => ("", after),
                Some(quoted) if quoted.starts_with('"') => quoted.get(1..)?.split_once('"')?,
                Some(quoted) if quoted.starts_with('\'') => quoted.get(1..)?.split_once('\'')?,
                Some(bare) => split(bare, |c| is_blank(c) || c == '>'),
            };
            if attributes.len() < ATTRIBUTES {
                attributes.push((name, value));
            }
        }
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute's value, references replaced.
    fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, raw) = self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(unescape(raw))
    }

    /// Whether a `meta` names the picture that stands for the page.
    fn is_of_picture(&self) -> bool {
        let named = |attribute| {
            self.attribute(attribute).is_some_and(|name| {
                ["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"]
                    .iter()
                    .any(|known| name.trim().eq_ignore_ascii_case(known))
            })
        };
        named("property") || named("name")
    }

    /// Whether a `link` leads to the same in another form, and not to what the page is made of.
    fn is_alternate(&self) -> bool {
        self.attribute("rel").is_some_and(|rel| {
            rel.split_ascii_whitespace().any(|word| {
                ["alternate", "describedby", "item", "related", "enclosure"]
                    .iter()
                    .any(|known| word.eq_ignore_ascii_case(known))
            })
        })
    }

    /// The text of an element that holds no tags, and what follows it; of other elements no text.
    fn raw_text(&self, rest: &'a str) -> (&'a str, &'a str) {
        const RAW: [&str; 8] =
            ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
        if !RAW.iter().any(|name| self.is(name)) {
            return ("", rest);
        }
        // Within a comment, a script may hold another script (section 13.2.5.17 and on).
        let (mut in_comment, mut in_script) = (false, false);
        let mut at = 0;
        while let Some(tail) = rest.get(at..) {
            let Some(step) = tail.find(['<', '-']) else { break };
            at += step;
            let tail = rest.get(at..).unwrap_or_default();
            if self.is("script") && tail.starts_with("<!--") {
                in_comment = true;
            } else if tail.starts_with("-->") {
                (in_comment, in_script) = (false, false);
            } else if let Some(name) = tail.strip_prefix("</") {
                if starts_tag(name, self.name) {
                    if !in_script {
                        let (body, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
                        return (body, after.split_once('>').map_or("", |(_, after)| after));
                    }
                    in_script = false;
                }
            } else if in_comment && tail.strip_prefix('<').is_some_and(|name| starts_tag(name, self.name)) {
                in_script = true;
            }
            at += 1;
        }
        // It never ends: nothing after it is markup, and it is no whole script.
        ("", "")
    }
}

/// Whether the name of a tag that begins here is `name`.
fn starts_tag(text: &str, name: &str) -> bool {
    strip_start(text, name).is_some_and(|rest| rest.starts_with(|c| is_blank(c) || matches!(c, '/' | '>')))
}

/// `text` before and from the first character that `ends` it.
fn split(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    let at = text.find(ends).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// White space of HTML.
const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Replaces the references that addresses are written with; what is none stays as it is.
fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut parts = raw.split('&');
    let mut out = String::with_capacity(raw.len());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((xml::character(name)?, rest))) {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    Cow::Owned(out)
}
