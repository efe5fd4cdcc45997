//! DER (X.690), as far as keys and certificates need it: tags of one byte, and lengths below 65,536 in their fewest
//! bytes.

/// One element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    /// With its tag and length.
    pub(super) whole: &'a [u8],
    pub(super) contents: &'a [u8],
}

/// The element at the front, and what follows it.
pub(super) fn first(der: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, least, rest) = match *length {
        0x81 => {
            let (long, rest) = rest.split_first()?;
            (usize::from(*long), 0x80, rest)
        }
        0x82 => {
            let (long, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*long)), 0x100, rest)
        }
        short if short < 0x80 => (usize::from(short), 0, rest),
        _ => return None,
    };
    let (contents, rest) = rest.split_at_checked(length)?;
    let whole = der.get(..der.len() - rest.len())?;
    // The last five bits set would say that the tag goes on.
    (length >= least && tag & 0x1f != 0x1f).then_some((Element { tag: *tag, whole, contents }, rest))
}

/// The contents of the element at the front, which must have `tag`, and what follows it.
pub(super) fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (element, rest) = first(der)?;
    (element.tag == tag).then_some((element.contents, rest))
}

/// The contents of the only element, which must have `tag`.
pub(super) fn only(der: &[u8], tag: u8) -> Option<&[u8]> {
    element(der, tag).filter(|(_, rest)| rest.is_empty()).map(|(contents, _)| contents)
}

/// The elements of a sequence or set; `None` where they are no elements, or more than `most`.
pub(super) fn all(der: &[u8], most: usize) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    let mut rest = der;
    while !rest.is_empty() {
        let (element, after) = first(rest)?;
        if elements.len() == most {
            return None;
        }
        elements.push(element);
        rest = after;
    }
    Some(elements)
}

/// A positive integer without needless leading zeros.
pub(super) fn integer(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (value, rest) = element(der, 0x02)?;
    let magnitude = match value {
        [0, magnitude @ ..] if magnitude.first().is_some_and(|b| b & 0x80 != 0) => magnitude,
        [1..=0x7f, ..] => value,
        _ => return None,
    };
    Some((magnitude, rest))
}
