//! The command line: credentials in, reports out.

mod args;
mod network;
mod source;
mod text;

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use probant::budget::{MAX_INPUT, MAX_NEEDS};
use probant::report::Verdict;
use probant::{Evidence, Policy, Report, Timestamp, verify};
use serde::Serialize;

use args::{Command, HELP, Lang, Options};
use network::Network;
use source::{Resources, Source};
use text::Messages;

/// `sysexits.h`: the command was used incorrectly.
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match args::parse(env::args_os().skip(1)) {
        Ok(Command::Help) => out.write_all(HELP.as_bytes()).map(|()| 0),
        Ok(Command::Version) => writeln!(out, "probant {}", env!("CARGO_PKG_VERSION")).map(|()| 0),
        Ok(Command::Verify(options)) => run(&options, &mut out),
        Err(usage) => Ok(complain(&usage, "\n`probant --help` lists what there is.", USAGE)),
    };
    match code.and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        // The reader has heard enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(Outcome::Open as u8),
        Err(error) => ExitCode::from(complain(&error, "", Outcome::Open as u8)),
    }
}

fn complain(what: &dyn std::fmt::Display, more: &str, code: u8) -> u8 {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "probant: {what}{more}");
    code
}

/// What the inputs came to, the higher the more it counts for the exit status; the values are the exit codes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good = 0,
    Bad = 1,
    Open = 2,
}

impl Outcome {
    fn of(report: &Report) -> Self {
        match report.verdict {
            Some(Verdict::Verified | Verdict::Unrecognized) => Outcome::Good,
            Some(Verdict::Rejected | Verdict::Ended) => Outcome::Bad,
            Some(Verdict::Incomplete) | None => Outcome::Open,
        }
    }

    fn and(self, other: Self) -> Self {
        [Outcome::Bad, Outcome::Open].into_iter().find(|o| [self, other].contains(o)).unwrap_or(Outcome::Good)
    }
}

/// One line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    input: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

fn run(options: &Options, out: &mut impl Write) -> io::Result<u8> {
    let source = match &options.resources {
        Some(path) => match Resources::read(path) {
            Ok(resources) => Source::Resources(resources),
            Err(bad) => return Ok(complain(&bad, "", USAGE)),
        },
        None if options.offline => Source::Offline,
        None => Source::Network(Network::new()),
    };
    let messages = Messages::of(options.lang.unwrap_or_else(lang_of_environment))?;
    let mut outcome = Outcome::Good;
    for (at, name) in options.inputs.iter().enumerate() {
        let shown = name.to_string_lossy();
        let input = match read(name) {
            Ok(input) => input,
            Err(error) => {
                complain(&format_args!("cannot read {shown}: {error}"), "", 0);
                outcome = outcome.and(Outcome::Open);
                continue;
            }
        };
        let report = check(&input, &source, &options.policy, options.now.unwrap_or_else(now));
        outcome = outcome.and(Outcome::of(&report));
        if options.json {
            serde_json::to_writer(&mut *out, &Line { input: &shown, report: &report })?;
            writeln!(out)?;
        } else {
            if at > 0 {
                writeln!(out)?;
            }
            text::write(out, &shown, &report, &messages)?;
        }
        out.flush()?;
    }
    Ok(outcome as u8)
}

/// The bytes that `name` stands for; an address stands for itself, and the core asks for what is there.
fn read(name: &OsStr) -> io::Result<Vec<u8>> {
    // One byte more than the core reads, so that it can say so.
    let bounded = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        reader.take(MAX_INPUT as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    match name.to_str() {
        Some("-") => bounded(&mut io::stdin().lock()),
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => Ok(url.into()),
        _ => bounded(&mut File::open(name)?),
    }
}

/// Verifies, answers what is needed, and verifies again, until nothing more is needed.
fn check(input: &[u8], source: &Source, policy: &Policy, now: Timestamp) -> Report {
    let until = Instant::now() + network::ALL;
    let mut evidence = Evidence::default();
    let mut report = verify(input, &evidence, policy, now);
    // Each round answers one need at least.
    for _ in 0..MAX_NEEDS {
        if report.needs.is_empty() {
            break;
        }
        for answer in source.answers(&report.needs, until) {
            evidence.add(answer);
        }
        report = verify(input, &evidence, policy, now);
    }
    report
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(since.as_secs().try_into().unwrap_or(i64::MAX))
}

/// The first of the usual variables that is set decides.
fn lang_of_environment() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(env::var_os).find(|v| !v.is_empty());
    let french = set.is_some_and(|v| v.to_string_lossy().to_lowercase().starts_with("fr"));
    if french { Lang::Fr } else { Lang::En }
}
