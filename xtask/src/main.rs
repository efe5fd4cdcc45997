//! Build, serve, test and measure Probant: `cargo xtask help`.

mod bench;
mod build;
mod references;
mod serve;
mod sh;
mod size;
mod split;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [--port N]   build, then serve the page on this machine
cargo xtask test [STAGE…]      run all tests, or the stages named
cargo xtask build              build the npm package's files and the page into www/dist
cargo xtask size [--check]     print what the page weighs; --check fails above the budgets
cargo xtask bench              measure against the best JavaScript verifier
cargo xtask contexts           compile the built-in JSON-LD contexts
cargo xtask fixtures           make the golden cases and the page's examples
cargo xtask targets FILE       write the table of Bitcoin's targets
cargo xtask types              write the TypeScript declarations of the report
cargo xtask help               print this";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["serve", rest @ ..] => serve::run(rest),
        ["test", rest @ ..] => test::run(rest),
        ["build"] => build::run(),
        ["size", rest @ ..] => size::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        ["contexts" | "fixtures" | "targets" | "types", ..] => generate(&args),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(anyhow::anyhow!("no such command; these there are:\n{HELP}")),
    };
    sh::exit(done)
}

/// Hands over to `generate.rs`.
fn generate(args: &[&str]) -> anyhow::Result<()> {
    let program =
        ["run", "--quiet", "--profile=xtask", "--package=xtask", "--features=core", "--bin=generate", "--"];
    sh::run(sh::cargo().args(program).args(args))
}
