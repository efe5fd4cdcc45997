//! Recursive length prefix, for writing alone (Ethereum Yellow Paper, appendix B).

/// A byte string.
pub(super) fn string(bytes: &[u8]) -> Vec<u8> {
    match bytes {
        [byte @ ..0x80] => vec![*byte],
        _ => [&prefix(0x80, bytes.len()), bytes].concat(),
    }
}

/// A list of what is written already.
pub(super) fn list(items: &[Vec<u8>]) -> Vec<u8> {
    let contents = items.concat();
    [&prefix(0xc0, contents.len()), contents.as_slice()].concat()
}

fn prefix(kind: u8, length: usize) -> Vec<u8> {
    match u8::try_from(length) {
        Ok(length @ ..56) => vec![kind + length],
        _ => {
            let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            [&[kind + 55 + bytes.len() as u8], bytes.as_slice()].concat()
        }
    }
}
