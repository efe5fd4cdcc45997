//! Proofs that somebody holds a BBS signature (draft-irtf-cfrg-bbs-signatures, the ciphersuite BLS12-381-SHA-256).
//!
//! The signer signs messages; the holder discloses some of them and proves that the others exist. The curves, their
//! pairing and the hashing to them are our own, so that all of it is small and loaded only where such a proof is met.

mod curve;
mod field;
mod fp12;
mod hash;
mod number;
mod pairing;
mod scalar;

#[cfg(test)]
mod tests;

use curve::{Affine, Point, combine, compress};
use field::{Fp, Fp2, Pair};
use number::Limbs;
use scalar::Scalar;

use crate::budget::Budget;
use crate::proof::Error;
use crate::rdf;

/// P1 of the ciphersuite, a point (x, y) of G1.
static BASE_1: [Limbs; 2] = [
    number::hex(
        "08ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9",
    ),
    number::hex(
        "10a711acd16ff43e30b3373b7b6a9233945ec74adf00b0481fbcd5e3b1e342e7a105b4966195e6a678857a0e0493d5b1",
    ),
];

/// BP2, the base point of G2: (x, y), of which each is a + bu.
static BASE_2: [Limbs; 4] = [
    number::hex(
        "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
    ),
    number::hex(
        "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e",
    ),
    number::hex(
        "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801",
    ),
    number::hex(
        "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be",
    ),
];

/// A tag: the identifier of the interface and what it is for.
macro_rules! tag {
    ($purpose:literal) => {
        concat!("BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_", $purpose).as_bytes()
    };
}

/// Verifies the proof that somebody holds a signature by `public_key` over `header` and messages, of which
/// `disclosed_messages` are those at `disclosed_indexes`, counted from 0 and ascending (ProofVerify).
///
/// # Errors
/// [`Error::KeyMalformed`] for a key that is no point of G2, [`Error::SignatureMalformed`] for a proof that is not
/// written as the draft demands or does not fit the indexes, [`Error::SignatureInvalid`] for one that does not verify,
/// and [`rdf::Error::TooComplex`] where `budget` does not allow so many messages.
#[inline(never)]
pub(crate) fn proof_verify(
    public_key: &[u8; 96],
    proof: &[u8],
    header: &[u8],
    presentation_header: &[u8],
    disclosed_messages: &[&[u8]],
    disclosed_indexes: &[usize],
    budget: &Budget,
) -> Result<(), Error> {
    let hidden = proof.len().saturating_sub(3 * 48 + 4 * 32) / 32;
    if !budget.bbs_proof(hidden + disclosed_indexes.len()) {
        return Err(Error::Rdf(rdf::Error::TooComplex));
    }
    let key = Affine::in_group(public_key).ok_or(Error::KeyMalformed)?;
    let proof = Proof::read(proof).ok_or(Error::SignatureMalformed)?;
    let count = proof.hidden.len() + disclosed_indexes.len();
    let ascending = disclosed_indexes.is_sorted_by(|one, next| one < next);
    let fit = ascending
        && disclosed_indexes.last().is_none_or(|last| *last < count)
        && disclosed_messages.len() == disclosed_indexes.len();
    if !fit {
        return Err(Error::SignatureMalformed);
    }
    let scalar = |message: &&[u8]| hash::to_scalar(message, tag!("MAP_MSG_TO_SCALAR_AS_HASH_"));
    let disclosed: Vec<(usize, Scalar)> =
        disclosed_indexes.iter().copied().zip(disclosed_messages.iter().map(scalar)).collect();
    let challenge = proof.challenge_for(public_key, header, presentation_header, &disclosed);
    if challenge == proof.challenge && proof.fits(key) { Ok(()) } else { Err(Error::SignatureInvalid) }
}

/// A proof, each part by the name that the draft has for it.
struct Proof<'a> {
    /// The points as they were written.
    octets: &'a [[u8; 48]],
    a_bar: Affine<Fp>,
    b_bar: Affine<Fp>,
    d: Affine<Fp>,
    e: Scalar,
    r1: Scalar,
    r3: Scalar,
    /// One for each message that is not disclosed.
    hidden: &'a [Scalar],
    challenge: Scalar,
}

impl<'a> Proof<'a> {
    /// octets_to_proof
    fn read(octets: &'a [u8]) -> Option<Self> {
        let (points, scalars) = octets.split_at_checked(3 * 48)?;
        let (octets, _) = points.as_chunks::<48>();
        let [a_bar, b_bar, d] = octets else { return None };
        let (scalars, []) = scalars.as_chunks::<32>() else { return None };
        let [e, r1, r3, hidden @ .., challenge] = scalars else { return None };
        scalars.iter().all(scalar::in_range).then_some(())?;
        Some(Proof {
            octets,
            a_bar: Affine::in_group(a_bar)?,
            b_bar: Affine::in_group(b_bar)?,
            d: Affine::in_group(d)?,
            e: *e,
            r1: *r1,
            r3: *r3,
            hidden,
            challenge: *challenge,
        })
    }

    /// What the challenge must be (ProofVerifyInit, ProofChallengeCalculate).
    fn challenge_for(
        &self,
        public_key: &[u8; 96],
        header: &[u8],
        presentation_header: &[u8],
        disclosed: &[(usize, Scalar)],
    ) -> Scalar {
        let count = self.hidden.len() + disclosed.len();
        let generators = generators(count + 1);
        let domain = domain(public_key, &generators, header);

        // T2 is Bv times the challenge, D times r3^, and the generators of the hidden messages. Bv itself is P1, Q1
        // times the domain, and the generators of the disclosed messages.
        let challenge = &self.challenge;
        let [x, y] = BASE_1.each_ref().map(Fp::new);
        let mut terms = vec![(Affine { x, y }.point(), *challenge), (self.d.point(), self.r3)];
        let (mut shown, mut hidden) = (disclosed.iter().peekable(), self.hidden.iter());
        let factors = (0..count).filter_map(|at| match shown.next_if(|(index, _)| *index == at) {
            Some((_, message)) => Some(scalar::multiply(challenge, message)),
            None => hidden.next().copied(),
        });
        let factors = core::iter::once(scalar::multiply(challenge, &domain)).chain(factors);
        terms.extend(generators.into_iter().zip(factors));
        let t2 = combine(&terms);
        let t1 = combine(&[
            (self.b_bar.point(), *challenge),
            (self.a_bar.point(), self.e),
            (self.d.point(), self.r1),
        ]);

        let mut input = Vec::new();
        input.extend(length(disclosed.len()));
        for (index, message) in disclosed {
            input.extend(length(*index));
            input.extend(message);
        }
        input.extend(self.octets.as_flattened());
        input.extend(compress(&[t1, t2]).as_flattened());
        input.extend(domain);
        input.extend(length(presentation_header.len()));
        input.extend(presentation_header);
        hash::to_scalar(&input, tag!("H2S_"))
    }

    /// Whether A is B by the key: the pairing of Abar and the key is that of Bbar and BP2.
    fn fits(&self, key: Affine<Fp2>) -> bool {
        let [xa, xb, ya, yb] = BASE_2.each_ref().map(Fp::new);
        let base = Affine { x: Pair { a: xa, b: xb }, y: Pair { a: ya, b: yb } };
        let minus = Affine { y: -self.b_bar.y, ..self.b_bar };
        pairing::product_is_one(&[(self.a_bar, key), (minus, base)])
    }
}

/// create_generators: Q1 and one for each message.
fn generators(count: usize) -> Vec<Point<Fp>> {
    let map = hash::Map::new();
    let mut seed: [u8; 48] = hash::expand(tag!("MESSAGE_GENERATOR_SEED"), tag!("SIG_GENERATOR_SEED_"));
    let next = |number| {
        seed = hash::expand(&[seed.as_slice(), &length(number)].concat(), tag!("SIG_GENERATOR_SEED_"));
        map.hash(&seed, tag!("SIG_GENERATOR_DST_"))
    };
    (1..=count).map(next).collect()
}

/// calculate_domain
fn domain(public_key: &[u8; 96], generators: &[Point<Fp>], header: &[u8]) -> Scalar {
    let mut input = public_key.to_vec();
    input.extend(length(generators.len().saturating_sub(1)));
    input.extend(compress(generators).as_flattened());
    input.extend(tag!(""));
    input.extend(length(header.len()));
    input.extend(header);
    hash::to_scalar(&input, tag!("H2S_"))
}

fn length(value: usize) -> [u8; 8] {
    (value as u64).to_be_bytes()
}
