//! Digests of the documents that contexts are published as, for credentials that state them.
//!
//! Each is kept by its first bytes: whoever states a digest means the document that is there, and would gain nothing
//! by a collision.

use sha2::{Digest, Sha256};

/// Rows of 16 bytes, four of each: SHA-256 of the URL, then SHA-256, SHA-384 and SHA-512 of the document. Written by
/// `cargo xtask contexts`.
static DIGESTS: &[u8] = include_bytes!("digests.bin");

/// Whether the document of the context at `url` is known by its digests.
pub(crate) fn has_context_digests(url: &str) -> bool {
    rows(url).next().is_some()
}

/// Whether `digest` is one of the document that is published at `url`.
pub(crate) fn is_digest_of_context(url: &str, digest: &[u8]) -> bool {
    rows(url).any(|row| row.chunks_exact(4).skip(1).any(|start| digest.starts_with(start)))
}

fn rows(url: &str) -> impl Iterator<Item = &'static [u8]> {
    let key = Sha256::digest(url);
    DIGESTS.chunks_exact(16).filter(move |row| row.iter().zip(&key).take(4).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::hex;

    /// As VCDM 2.0 states them (appendix B.1), and Data Integrity.
    #[test]
    fn stated_digests_are_known() {
        for (url, digest) in [
            (
                "https://www.w3.org/ns/credentials/v2",
                "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
            ),
            (
                "https://www.w3.org/2018/credentials/v1",
                "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
            ),
            (
                "https://w3id.org/security/data-integrity/v2",
                "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
            ),
        ] {
            let digest = hex(digest).unwrap();
            assert!(is_digest_of_context(url, &digest), "{url}");
            assert!(!is_digest_of_context("https://w3id.org/security/multikey/v1", &digest), "{url}");
        }
        assert!(has_context_digests("https://w3id.org/security/multikey/v1"));
        assert!(!has_context_digests("https://example.com/none"));
    }
}
