//! Proof of work: what a block's hash cost, and whether it is what its time demanded.

use super::block::Header;
use crate::chain::Network;

/// What a header's work proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// All that the chain can prove.
    Enough,
    /// What was demanded at its time, which is little for today's machines.
    Little,
}

/// What a chain demands of a header.
pub(super) enum Demand<'a> {
    /// The target of its time. Every period has its own, so that no block can pretend to be of a time that was cheaper.
    Known {
        /// For each period of 2,016 blocks when it began, give or take some days, and its target: big-endian numbers of
        /// four bytes each.
        periods: &'a [u8],
        /// From how many bits of work on a header speaks for itself.
        enough: u32,
    },
    /// Nothing but a target that is not easier than this one. Test chains let everybody make blocks, by design: nobody
    /// should believe what stands there.
    Any {
        /// `powLimit` in the chain's parameters.
        easiest: u32,
    },
}

/// From May 2014 on, before which there were no Blockcerts. `cargo xtask targets` makes it.
static PERIODS: &[u8] = include_bytes!("targets.bin");

/// Work of 2^75 hashes and more speaks for itself: whoever spends that on a forged block could have had the reward of a
/// real one, some 0.2 bitcoin at the difficulty of 2026. The network has demanded as much since 2019. An older block
/// costs less the older it is, those of 2016 a few hundred euros: for them another explorer must know the block too.
const ENOUGH: u32 = 75;

/// How far from the table's times a block's own may be: its own tolerance, and how exact the table is.
const TOLERANCE: i64 = 3 * 86_400;

impl Demand<'static> {
    /// What `network` demands.
    pub(super) const fn of(network: Network) -> Self {
        match network {
            Network::Bitcoin => Demand::Known { periods: PERIODS, enough: ENOUGH },
            Network::BitcoinSignet => Demand::Any { easiest: 0x1e03_77ae },
            _ => Demand::Any { easiest: 0x1d00_ffff },
        }
    }
}

impl Demand<'_> {
    /// What the work of `header` proves; `None` where it is not what the chain demands.
    pub(super) fn met(&self, header: &Header) -> Option<Work> {
        let target = Target::from_compact(header.bits)?;
        let mut hash = header.hash;
        hash.reverse();
        if hash > target.0 {
            return None;
        }
        match *self {
            Demand::Any { easiest } => (target <= Target::from_compact(easiest)?).then_some(Work::Enough),
            Demand::Known { periods, enough } => {
                let work = if target.leading_zeros() >= enough { Work::Enough } else { Work::Little };
                is_of_its_time(periods, header).then_some(work)
            }
        }
    }
}

/// Whether the table `periods` has the header's target for its time.
fn is_of_its_time(periods: &[u8], header: &Header) -> bool {
    let time = i64::from(header.time);
    let mut rows = periods.chunks_exact(8).filter_map(row).peekable();
    while let Some((start, bits)) = rows.next() {
        let after_start = time >= start - TOLERANCE;
        let demanded = match rows.peek() {
            Some((end, _)) => after_start && time <= end + TOLERANCE && header.bits == bits,
            None => after_start && is_hard_enough(header.bits, bits),
        };
        if demanded {
            return true;
        }
    }
    false
}

fn row(bytes: &[u8]) -> Option<(i64, u32)> {
    let (start, bits) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*start).into(), u32::from_be_bytes(bits.try_into().ok()?)))
}

/// Whether a target after the end of the table is at most four times as easy as the table's last. The work that is
/// demanded has fallen by half at most since there are machines made for it; where it falls further, blocks are not
/// believed until the table is made anew.
fn is_hard_enough(bits: u32, last: u32) -> bool {
    match (Target::from_compact(bits), Target::from_compact(last)) {
        (Some(target), Some(last)) => target.quarter() <= last,
        _ => false,
    }
}

/// What a hash must not exceed, as a big-endian number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target([u8; 32]);

impl Target {
    /// Reads the compact form: a length in bytes, and the first three of them. Nought, negative and overlong ones are
    /// none.
    fn from_compact(bits: u32) -> Option<Self> {
        let [length, high, middle, low] = bits.to_be_bytes();
        let mut target = [0; 32];
        // Shorter and longer ones are met in no chain.
        let at = 32usize.checked_sub(length.into()).filter(|_| length >= 3)?;
        target.get_mut(at..at + 3)?.copy_from_slice(&[high, middle, low]);
        (high < 0x80 && [high, middle, low] != [0; 3]).then_some(Target(target))
    }

    fn quarter(&self) -> Self {
        let mut high = 0;
        Target(self.0.map(|byte| {
            let quarter = byte >> 2 | high << 6;
            high = byte & 3;
            quarter
        }))
    }

    fn leading_zeros(&self) -> u32 {
        let zeros = self.0.iter().take_while(|byte| **byte == 0);
        let bytes = zeros.count();
        8 * bytes as u32 + self.0.get(bytes).map_or(0, |byte| byte.leading_zeros())
    }
}
