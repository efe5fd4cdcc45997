//! Build, serve, test and measure Probant: `cargo xtask help`.
fn main() {}
