//! `cargo xtask targets FILE`: writes the table of Bitcoin's targets out of Electrum's `checkpoints.json`
//! (`electrum/chains/mainnet`, MIT licence), which lists for each period of 2,016 blocks the hash of its last block and
//! the target of the next.
//!
//! The file says nothing of times, but targets do: each is the one before, multiplied by how long the period took and
//! divided by two weeks. From one block whose time is known the others follow, for twelve years within a day.
//!
//! Made of the file in Electrum 4.8.3: SHA-256 99441e4e1b4cc347f9d4f6c2a0bbc7b06d43eafba2700b7d2902bdd1ea7e148d.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use num_bigint::BigUint;

const TABLE: &str = "src/chain/bitcoin/targets.bin";
/// The first period of the table, which began in May 2014.
const FIRST: usize = 150;
/// Block 420,000, with which the reward was halved for the second time: its period, its place there, and its time.
const KNOWN: (usize, i64, i64) = (208, 672, 1_468_082_773);
/// What a period should take, in seconds.
const TWO_WEEKS: u32 = 1_209_600;

pub fn run(args: &[&str]) -> Result<()> {
    let [file] = args else { bail!("which file?") };
    let text = fs::read_to_string(file).with_context(|| (*file).to_owned())?;
    let pieces = text.split(['[', ']', ',', ' ', '\n']);
    let mut targets: Vec<BigUint> = pieces.filter_map(|piece| piece.parse().ok()).collect();
    // The first two periods had the same, the easiest that there is.
    targets.insert(0, targets.first().context("no targets")?.clone());
    ensure!(targets.len() > KNOWN.0, "{file}: {} targets", targets.len());
    let took = |period: usize| -> Result<i64> {
        let seconds = &targets[period + 1] * TWO_WEEKS / &targets[period];
        Ok(i64::try_from(seconds)?)
    };
    // A period is measured from its first block to its last, 2,015 intervals: the next begins ten minutes later.
    let mut starts = vec![0; targets.len()];
    starts[KNOWN.0] = KNOWN.2 - took(KNOWN.0)? * KNOWN.1 / 2_015;
    for period in KNOWN.0 + 1..targets.len() {
        starts[period] = starts[period - 1] + took(period - 1)? + 600;
    }
    for period in (FIRST..KNOWN.0).rev() {
        starts[period] = starts[period + 1] - took(period)? - 600;
    }
    let mut table = Vec::new();
    for (start, target) in starts.iter().zip(&targets).skip(FIRST) {
        table.extend(u32::try_from(*start)?.to_be_bytes());
        table.extend(compact(target)?.to_be_bytes());
    }
    fs::write(TABLE, &table)?;
    println!("wrote {TABLE}: {} periods, {} bytes", table.len() / 8, table.len());
    Ok(())
}

/// A target's compact form, which it must have without loss.
fn compact(target: &BigUint) -> Result<u32> {
    let mut bytes = target.to_bytes_be();
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        bytes.insert(0, 0);
    }
    ensure!(bytes.len() > 3 && bytes[3..].iter().all(|byte| *byte == 0), "{target} has no compact form");
    Ok(u32::from_be_bytes([u8::try_from(bytes.len())?, bytes[0], bytes[1], bytes[2]]))
}
