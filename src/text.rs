//! Searching and folding text. The standard library has both, at a price: its searcher for strings and its tables of
//! all scripts would be a tenth of the download.

/// Whether `part` is somewhere in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    split_once(text, part).is_some()
}

/// What comes before and after the first `separator` in `text`. For short separators: time grows with both lengths.
pub(crate) fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(separator.len()).position(|here| here == separator.as_bytes())?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.strip_prefix(separator)?))
}

/// Whether `c` is somewhere in `text`. For `char`s too, the standard library brings its searcher for strings.
pub(crate) fn has(text: &str, c: char) -> bool {
    text.chars().any(|here| here == c)
}

/// Small letters for capital ones, in the alphabets of Europe.
pub(crate) fn fold(text: &str) -> String {
    let fold = |c: char| {
        let code = u32::from(c);
        let small = match c {
            'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => code + 32,
            'Ѐ'..='Џ' => code + 80,
            'Ā'..='ķ' | 'Ŋ'..='ŷ' => code | 1,
            'Ĺ'..='ň' | 'Ź'..='ž' => code + code % 2,
            'Ÿ' => return 'ÿ',
            _ => code,
        };
        char::from_u32(small).unwrap_or(c)
    };
    text.chars().map(fold).collect()
}
