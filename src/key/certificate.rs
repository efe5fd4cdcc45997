//! X.509 certificates (RFC 5280), as far as an electronic seal needs them: whose name and key they hold, when they are
//! valid, and how they are signed. Nothing here says that a certificate can be believed.

use super::der::{self, Element};
use super::{Error, KeyKind, PublicKey, pem};
use crate::time::Timestamp;

/// Largest certificate that is read, in bytes; qualified ones have two thousand.
const MAX_LENGTH: usize = 16_384;
/// Most parts of a name, and most extensions.
const MAX_PARTS: usize = 32;

/// Object identifiers, as DER writes them.
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANIZATION: &[u8] = &[0x55, 4, 10];
const ORGANIZATION_ID: &[u8] = &[0x55, 4, 97];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
/// Extensions that do not change what is read here, critical or not: policies, extended key usage.
const OTHERS: [&[u8]; 2] = [&[0x55, 0x1d, 32], &[0x55, 0x1d, 37]];

/// The usages of a key, by their bits (RFC 5280, section 4.2.1.3).
const DIGITAL_SIGNATURE: u8 = 0x80;
const CONTENT_COMMITMENT: u8 = 0x40;
const CERTIFICATE_SIGN: u8 = 0x04;

/// What stands in `AlgorithmIdentifier`, and the JOSE algorithm that is the same (RFC 4055, RFC 5758, RFC 8410).
static ALGORITHMS: [(&[u8], &str); 10] = [
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00", "RS256"),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c\x05\x00", "RS384"),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d\x05\x00", "RS512"),
    (
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x34\xa0\x0f\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\
          \x02\x01\x05\x00\xa1\x1c\x30\x1a\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08\x30\x0d\x06\x09\x60\x86\x48\
          \x01\x65\x03\x04\x02\x01\x05\x00\xa2\x03\x02\x01\x20",
        "PS256",
    ),
    (
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x34\xa0\x0f\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\
          \x02\x02\x05\x00\xa1\x1c\x30\x1a\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08\x30\x0d\x06\x09\x60\x86\x48\
          \x01\x65\x03\x04\x02\x02\x05\x00\xa2\x03\x02\x01\x30",
        "PS384",
    ),
    (
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x34\xa0\x0f\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\
          \x02\x03\x05\x00\xa1\x1c\x30\x1a\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08\x30\x0d\x06\x09\x60\x86\x48\
          \x01\x65\x03\x04\x02\x03\x05\x00\xa2\x03\x02\x01\x40",
        "PS512",
    ),
    (b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", "ES256"),
    (b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03", "ES384"),
    (b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x04", "ES512"),
    (b"\x06\x03\x2b\x65\x70", "EdDSA"),
];

/// A certificate that was read. Nothing about it is verified yet.
#[derive(Clone, Debug)]
pub struct Certificate<'a> {
    /// What was signed.
    signed: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    from: Timestamp,
    until: Timestamp,
    key: Result<PublicKey, Error>,
    extensions: Extensions,
}

/// What the extensions say that is looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Extensions {
    /// The first eight usages, where any are stated.
    usage: Option<u8>,
    is_authority: bool,
    /// How many authorities may follow below this one.
    path: Option<u8>,
    /// A critical one that is not understood here.
    unknown: bool,
}

impl<'a> Certificate<'a> {
    /// Reads the one DER form of a certificate.
    ///
    /// # Errors
    /// [`Error::Malformed`]
    pub fn parse(der: &'a [u8]) -> Result<Self, Error> {
        if der.len() > MAX_LENGTH {
            return Err(Error::Malformed);
        }
        read(der).ok_or(Error::Malformed)
    }

    /// The key that it vouches for.
    ///
    /// # Errors
    /// As [`PublicKey::new`].
    pub fn key(&self) -> Result<&PublicKey, Error> {
        self.key.as_ref().map_err(Clone::clone)
    }

    /// The organisation that its subject is, else the subject's common name.
    pub fn subject(&self) -> Option<String> {
        part(self.subject, ORGANIZATION).or_else(|| part(self.subject, COMMON_NAME))
    }

    /// The identifier of the organisation, such as `VATES-A00000000` (ETSI EN 319 412-1, section 5.1.4).
    pub fn organization_id(&self) -> Option<String> {
        part(self.subject, ORGANIZATION_ID)
    }

    /// The first and the last moment that it is valid.
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        (self.from, self.until)
    }

    /// Whether its key may sign contents: where usages are stated, signing is one of them.
    pub fn may_sign(&self) -> bool {
        self.extensions.usage.is_none_or(|usage| usage & (DIGITAL_SIGNATURE | CONTENT_COMMITMENT) != 0)
    }

    /// Whether it names `other` as what vouches for it, and `other` is an authority that may vouch for certificates
    /// with `below` authorities between them and what was signed.
    pub fn builds_on(&self, other: &Certificate<'_>, below: usize) -> bool {
        let Extensions { usage, is_authority, path, .. } = other.extensions;
        self.issuer == other.subject
            && is_authority
            && usage.is_none_or(|usage| usage & CERTIFICATE_SIGN != 0)
            && path.is_none_or(|path| usize::from(path) >= below)
    }

    /// Whether it says something critical that is not understood here.
    pub fn is_understood(&self) -> bool {
        !self.extensions.unknown
    }

    /// What was signed, by which JOSE algorithm, and the signature as JOSE writes it. The algorithm's name stands for a
    /// pair of curve and digest, so a key on another curve does not fit it.
    ///
    /// # Errors
    /// [`Error::MethodUnsupported`] for an algorithm that is not known here, [`Error::Malformed`].
    pub fn signature(&self) -> Result<(&'static str, &'a [u8], Vec<u8>), Error> {
        let known = ALGORITHMS.iter().find(|(identifier, _)| *identifier == self.algorithm);
        let (_, name) = known.ok_or_else(|| Error::MethodUnsupported("x5c".into()))?;
        let kind = match *name {
            "ES256" => KeyKind::P256,
            "ES384" => KeyKind::P384,
            "ES512" => KeyKind::P521,
            _ => return Ok((name, self.signed, self.signature.into())),
        };
        let size = kind.coordinate().ok_or(Error::Malformed)?;
        let [r, s] = two_numbers(self.signature).ok_or(Error::Malformed)?;
        // Numbers of a longer curve, which X.509 may join with this digest, and JOSE does not.
        if r.len() > size || s.len() > size {
            return Err(Error::MethodUnsupported("x5c".into()));
        }
        let padded = |number: &[u8]| [vec![0; size - number.len()].as_slice(), number].concat();
        Ok((name, self.signed, [padded(r), padded(s)].concat()))
    }
}

/// `Certificate` (RFC 5280, section 4.1).
fn read(der: &[u8]) -> Option<Certificate<'_>> {
    let body = der::only(der, 0x30)?;
    let (signed, rest) = der::first(body)?;
    let (algorithm, rest) = der::element(rest, 0x30)?;
    let signature = bits(der::only(rest, 0x03)?)?;
    if signed.tag != 0x30 {
        return None;
    }
    // Version, which versions 2 and 3 state.
    let mut rest = signed.contents;
    if let Some((_, after)) = der::element(rest, 0xa0) {
        rest = after;
    }
    let (_, rest) = der::element(rest, 0x02)?;
    let (inner, rest) = der::element(rest, 0x30)?;
    let (issuer, rest) = der::element(rest, 0x30)?;
    let (validity, rest) = der::element(rest, 0x30)?;
    let (subject, rest) = der::element(rest, 0x30)?;
    let (key, rest) = der::first(rest)?;
    let (from, until) = der::first(validity)?;
    let (until, end) = der::first(until)?;
    let mut extensions = Extensions::default();
    for element in der::all(rest, 3)? {
        match element.tag {
            // Unique identifiers of issuer and subject.
            0x81 | 0x82 => {}
            0xa3 => extensions = read_extensions(element.contents)?,
            _ => return None,
        }
    }
    // An algorithm that is not signed along could be changed to another.
    (inner == algorithm && end.is_empty()).then_some(())?;
    Some(Certificate {
        signed: signed.whole,
        algorithm,
        signature,
        issuer,
        subject,
        from: time(from)?,
        until: time(until)?,
        key: pem::subject_public_key(key.whole),
        extensions,
    })
}

fn read_extensions(der: &[u8]) -> Option<Extensions> {
    let mut found = Extensions::default();
    let mut seen: Vec<&[u8]> = Vec::new();
    for extension in der::all(der::only(der, 0x30)?, MAX_PARTS)? {
        let (id, rest) = der::element(der::only(extension.whole, 0x30)?, 0x06)?;
        let (critical, rest) = match der::element(rest, 0x01) {
            Some((flag, rest)) => (flag != [0], rest),
            None => (false, rest),
        };
        let value = der::only(rest, 0x04)?;
        if seen.contains(&id) {
            return None;
        }
        seen.push(id);
        if id == KEY_USAGE {
            let (_, usage) = der::only(value, 0x03)?.split_first()?;
            found.usage = Some(usage.first().copied().unwrap_or_default());
        } else if id == BASIC_CONSTRAINTS {
            let body = der::only(value, 0x30)?;
            let rest = match der::element(body, 0x01) {
                Some((flag, rest)) => {
                    found.is_authority = flag == [0xff];
                    rest
                }
                None => body,
            };
            if !rest.is_empty() {
                let length = der::only(rest, 0x02)?;
                found.path = Some(match length {
                    [small @ 0..=0x7f] => *small,
                    _ => return None,
                });
            }
        } else {
            found.unknown |= critical && !OTHERS.contains(&id);
        }
    }
    Some(found)
}

/// A whole number of bytes.
fn bits(contents: &[u8]) -> Option<&[u8]> {
    contents.split_first().filter(|(unused, _)| **unused == 0).map(|(_, bytes)| bytes)
}

/// `Time` (RFC 5280, section 4.1.2.5): two digits of the year until 2049, then four; always to the second, and UTC.
fn time(element: Element<'_>) -> Option<Timestamp> {
    let digits = core::str::from_utf8(element.contents).ok()?.strip_suffix('Z')?;
    let (century, digits) = match (element.tag, digits.len()) {
        (0x17, 12) => (if digits.starts_with(['5', '6', '7', '8', '9']) { "19" } else { "20" }, digits),
        (0x18, 14) => digits.split_at_checked(2)?,
        _ => return None,
    };
    let at = |from: usize| digits.get(from..from + 2);
    let date =
        [century, at(0)?, "-", at(2)?, "-", at(4)?, "T", at(6)?, ":", at(8)?, ":", at(10)?, "Z"].concat();
    Timestamp::parse(&date).map(|parsed| parsed.at)
}

/// The first part of a name that has this identifier.
fn part(name: &[u8], id: &[u8]) -> Option<String> {
    let sets = der::all(name, MAX_PARTS)?;
    let parts = sets.iter().filter_map(|set| der::all(set.contents, MAX_PARTS)).flatten();
    let value = parts.filter_map(|part| der::element(part.contents, 0x06)).find(|(found, _)| *found == id)?.1;
    let (element, _) = der::first(value)?;
    text(element).map(|text| text.chars().filter(|c| !c.is_control()).take(200).collect())
}

/// A text in one of the forms that names may have.
fn text(element: Element<'_>) -> Option<String> {
    let bytes = element.contents;
    match element.tag {
        // UTF8String, PrintableString, IA5String
        0x0c | 0x13 | 0x16 => core::str::from_utf8(bytes).ok().map(String::from),
        // TeletexString, which everybody writes as Latin-1
        0x14 => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
        // BMPString
        0x1e => bytes
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => char::from_u32(u32::from(*high) << 8 | u32::from(*low)),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// `ECDSA-Sig-Value` (RFC 3279, section 2.2.3).
fn two_numbers(der: &[u8]) -> Option<[&[u8]; 2]> {
    let body = der::only(der, 0x30)?;
    let (r, rest) = der::integer(body)?;
    let (s, rest) = der::integer(rest)?;
    rest.is_empty().then_some([r, s])
}
