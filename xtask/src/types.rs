//! `cargo xtask types`

use anyhow::{Result, bail};

pub fn run(_args: &[&str]) -> Result<()> {
    bail!("there are no declarations to write yet")
}
