//! IRIs as text: what is one, and how a relative one resolves (RFC 3986, section 5.2).

/// Whether `text` starts with a scheme.
pub(super) fn is_absolute(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// Whether `text` is a blank node identifier.
pub(super) fn is_blank(text: &str) -> bool {
    text.starts_with("_:")
}

/// Whether `text` is absolute and may stand in N-Quads.
pub(super) fn is_well_formed(text: &str) -> bool {
    let forbidden =
        |b: u8| b <= b' ' || matches!(b, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`');
    is_absolute(text) && !text.bytes().any(forbidden) && text.bytes().filter(|b| *b == b'#').count() < 2
}

/// Splits `text` behind its last separator into a namespace and the rest.
pub(super) fn split(text: &str) -> (&str, &str) {
    let at = text.rfind(['#', '/', ':']).map_or(0, |at| at + 1);
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Splits `text` at its first colon that is not its first character.
pub(super) fn split_compact(text: &str) -> Option<(&str, &str)> {
    let mut chars = text.char_indices();
    chars.next()?;
    let (at, _) = chars.find(|(_, c)| *c == ':')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The parts of an IRI or relative reference.
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let cut = |text: &'a str, at: char| text.split_once(at).map_or((text, None), |(a, b)| (a, Some(b)));
        let (text, fragment) = cut(text, '#');
        let (text, query) = cut(text, '?');
        let (scheme, text) = match text.split_once(':') {
            Some((scheme, rest)) if is_absolute(text) => (Some(scheme), rest),
            _ => (None, text),
        };
        let (authority, path) = match text.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) =
                    rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
                (Some(authority), path)
            }
            None => (None, text),
        };
        Parts { scheme, authority, path, query, fragment }
    }
}

/// `reference` as seen from `base`.
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    if is_absolute(reference) {
        return reference.into();
    }
    let (base, to) = (Parts::of(base), Parts::of(reference));
    let (authority, path, query) = if to.authority.is_some() {
        (to.authority, without_dots(to.path), to.query)
    } else if to.path.is_empty() {
        (base.authority, base.path.into(), to.query.or(base.query))
    } else if to.path.starts_with('/') {
        (base.authority, without_dots(to.path), to.query)
    } else {
        let folder = match base.path.rfind('/') {
            Some(at) => base.path.get(..=at).unwrap_or_default(),
            None if base.authority.is_some() => "/",
            None => "",
        };
        (base.authority, without_dots(&[folder, to.path].concat()), to.query)
    };
    let mut out = String::new();
    for (before, part, after) in [
        ("", base.scheme, ":"),
        ("//", authority, ""),
        ("", Some(path.as_str()), ""),
        ("?", query, ""),
        ("#", to.fragment, ""),
    ] {
        if let Some(part) = part {
            out.push_str(before);
            out.push_str(part);
            out.push_str(after);
        }
    }
    out
}

/// RFC 3986, section 5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                // The empty segment before a leading slash stays.
                if segment == ".." && kept.iter().any(|s| !s.is_empty()) {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    let joined = kept.join("/");
    if path.starts_with('/') && !joined.starts_with('/') { ["/", &joined].concat() } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 3986, section 5.4.
    #[test]
    fn references_resolve_as_the_rfc_lists_them() {
        for (reference, resolved) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), resolved, "{reference}");
        }
    }
}
