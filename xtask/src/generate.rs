//! The commands that write files of this repository out of the crate: `cargo xtask help`.

mod contexts;
mod fixtures;
#[allow(dead_code, reason = "shared with the other commands")]
mod sh;
mod targets;
mod types;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["contexts", rest @ ..] => contexts::run(rest),
        ["fixtures", rest @ ..] => fixtures::run(rest),
        ["targets", rest @ ..] => targets::run(rest),
        ["types", rest @ ..] => types::run(rest),
        _ => Err(anyhow::anyhow!("no such command")),
    };
    sh::exit(done)
}
