//! `cargo xtask bench`

use anyhow::{Result, bail};

pub fn run(_args: &[&str]) -> Result<()> {
    bail!("there are no benchmarks yet")
}
