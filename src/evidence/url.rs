//! The URL policy: which addresses are ever looked up. The only place that decides it.

use crate::codec::strip_start;

/// An address that may be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafeUrl<'a> {
    text: &'a str,
    host: &'a str,
}

/// Why an address is never looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// Not `https:`.
    Scheme,
    /// Longer than 2,048 bytes.
    TooLong,
    /// A character that URLs cannot have, or that URL readers treat differently.
    Character,
    /// A user name or password.
    UserInfo,
    /// A port below 1,024 other than 443: other services listen there.
    Port,
    /// An IP address, a name on this machine or its network, or no public name.
    Host,
}

/// Longest address, in bytes.
const MAX_LENGTH: usize = 2_048;

/// Names that never lead to a public server (RFC 6761, RFC 6762, RFC 8375 and common home networks).
const PRIVATE_SUFFIXES: [&str; 14] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "localdomain",
    "arpa",
    "test",
    "invalid",
    "onion",
    "alt",
];

impl<'a> SafeUrl<'a> {
    /// Checks an absolute URL.
    ///
    /// # Errors
    /// The first rule that it breaks. With `allow_http`, `http:`, ports and local hosts are let through: for tests.
    pub fn parse(text: &'a str, allow_http: bool) -> Result<Self, Refused> {
        if text.len() > MAX_LENGTH {
            return Err(Refused::TooLong);
        }
        let rest = strip_start(text, "https://")
            .or_else(|| allow_http.then(|| strip_start(text, "http://")).flatten())
            .ok_or(Refused::Scheme)?;
        // A backslash is a slash to browsers and not to others; blanks and controls are dropped by some.
        if !text.bytes().all(|b| {
            b.is_ascii_graphic()
                && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}')
        }) {
            return Err(Refused::Character);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(Refused::UserInfo);
        }
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        if port.is_some_and(|p| !is_allowed_port(p) && !allow_http) {
            return Err(Refused::Port);
        }
        if !is_public_host(host) && !allow_http {
            return Err(Refused::Host);
        }
        Ok(SafeUrl { text, host })
    }

    /// The host name, as written.
    pub fn host(&self) -> &'a str {
        self.host
    }

    /// The address as it is sent.
    pub fn without_fragment(&self) -> &'a str {
        self.text.split('#').next().unwrap_or(self.text)
    }
}

/// Whether a port is 443, or one that a did:web may well name.
fn is_allowed_port(port: &str) -> bool {
    let plain = !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit());
    plain && port.parse::<u16>().is_ok_and(|port| port == 443 || port >= 1_024)
}

/// Whether `host` is a public DNS name: at least two labels of letters, digits and inner hyphens, and a last label
/// that is neither a number (an IP address to browsers) nor one of the special-use names.
pub fn is_public_host(host: &str) -> bool {
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    if host.len() > 253 || !host.split('.').all(label) {
        return false;
    }
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    let numeric = last.bytes().all(|b| b.is_ascii_digit()) || strip_start(last, "0x").is_some();
    !numeric && !PRIVATE_SUFFIXES.iter().any(|s| last.eq_ignore_ascii_case(s))
}
