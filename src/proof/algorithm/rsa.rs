//! RSA signatures (RFC 8017): PKCS #1 v1.5 and PSS. Public keys only, so nothing here needs constant time.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::modulus::Modulus;
use crate::key::PublicKey;
use crate::proof::Error;

/// The hashes that JOSE uses with RSA.
#[derive(Clone, Copy)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut state = D::new();
            parts.iter().for_each(|part| state.update(part));
            state.finalize().to_vec()
        }
        match self {
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// The last byte of the hash's object identifier 2.16.840.1.101.3.4.2.x, and the length of the hash.
    const fn identity(self) -> (u8, u8) {
        match self {
            Hash::Sha256 => (1, 32),
            Hash::Sha384 => (2, 48),
            Hash::Sha512 => (3, 64),
        }
    }
}

/// How a message's hash is made as long as the modulus.
#[derive(Clone, Copy)]
pub(super) enum Padding {
    Pkcs1,
    Pss,
}

/// Limbs of the longest modulus, 4,096 bits.
const LIMBS: usize = 128;

/// Opens the signature to the block that was signed, and judges that.
#[inline(never)]
pub(super) fn verify(
    padding: Padding,
    hash: Hash,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let key = key.rsa().ok_or(Error::KeyMalformed)?;
    if signature.len() != key.n.len() {
        return Err(Error::SignatureMalformed);
    }
    let modulus = Modulus::<LIMBS>::new(key.n).ok_or(Error::KeyMalformed)?;
    let number = modulus.number(signature).ok_or(Error::SignatureInvalid)?;
    let block = modulus.to_bytes(&modulus.power(&number, key.e));
    let fits = match padding {
        Padding::Pkcs1 => is_pkcs1(&block, hash, message),
        Padding::Pss => is_pss(&block, key.bits(), hash, message),
    };
    if fits { Ok(()) } else { Err(Error::SignatureInvalid) }
}

/// Whether `block` is the one encoding of the message's hash (section 9.2): written anew and compared whole, since
/// reading it is where others went wrong.
fn is_pkcs1(block: &[u8], hash: Hash, message: &[u8]) -> bool {
    let (number, length) = hash.identity();
    // SEQUENCE { SEQUENCE { OBJECT IDENTIFIER, NULL }, OCTET STRING }
    let info = [
        &[0x30, 17 + length, 0x30, 13, 0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, number][..],
        &[0x05, 0, 0x04, length],
        &hash.of(&[message]),
    ]
    .concat();
    let Some(padding) = block.len().checked_sub(info.len() + 3) else { return false };
    padding >= 8 && block == [&[0, 1][..], &vec![0xff; padding], &[0], &info].concat()
}

/// Whether `block` encodes the message's hash with a salt as long as the hash (section 9.1.2; RFC 7518, section 3.5).
fn is_pss(block: &[u8], bits: usize, hash: Hash, message: &[u8]) -> bool {
    let message = hash.of(&[message]);
    let length = message.len();
    // The encoding is one bit shorter than the modulus.
    let spare = (8 * block.len() + 1).saturating_sub(bits);
    let (block, spare) = match block.split_first() {
        Some((0, rest)) if spare == 8 => (rest, 0),
        Some(_) if spare < 8 => (block, spare),
        _ => return false,
    };
    let Some((rest, 0xbc)) = block.split_last().map(|(last, rest)| (rest, *last)) else { return false };
    let Some(at) = rest.len().checked_sub(length) else { return false };
    let (masked, seal) = rest.split_at(at);
    if masked.first().is_none_or(|first| u16::from(*first) >> (8 - spare) != 0) {
        return false;
    }
    let mut data: Vec<u8> = masked.iter().zip(mask(hash, seal, masked.len())).map(|(a, b)| a ^ b).collect();
    if let Some(first) = data.first_mut() {
        *first &= 0xff >> spare;
    }
    let Some(zeros) = data.len().checked_sub(length + 1) else { return false };
    let (padding, salt) = data.split_at(zeros + 1);
    let padded = padding.split_last().is_some_and(|(one, zeros)| *one == 1 && zeros.iter().all(|z| *z == 0));
    padded && hash.of(&[&[0; 8], &message, salt]) == seal
}

/// MGF1 (appendix B.2.1): `length` bytes made from `seed`.
fn mask(hash: Hash, seed: &[u8], length: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(length + 64);
    let mut counter = 0u32;
    while out.len() < length {
        out.extend(hash.of(&[seed, &counter.to_be_bytes()]));
        counter += 1;
    }
    out.truncate(length);
    out
}
