//! The command line's words.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use probant::Timestamp;
use probant::policy::{Pin, Policy, Recipient};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Checks Open Badges and other micro-credentials.

usage: probant verify [OPTION]... INPUT...

INPUT is a file, an https address, or - for standard input. What it holds is told from its contents:
JSON (one credential or several), a compact JWT, an SD-JWT, a PNG or SVG badge, a PDF document or ZIP
archive that holds any of these, or a web page that embeds or links one.

  --json              print one report a line, as JSON
  --lang en|fr        language of the answer (default: from the environment, else en)
  --now TIME          check as of TIME, such as 2026-01-31T12:00:00Z (default: now)
  --offline           look nothing up; what needs looking up stays unknown
  --resources FILE    take documents from FILE instead of the network: a JSON object from addresses to
                      file names (beside FILE) or {\"failure\": \"not-found\"}; all others count as offline
  --recipient VALUE   whom it should have been issued to: an e-mail address, a DID or URL, or a name
  --challenge VALUE   the challenge that a presentation must answer
  --domain VALUE      the domain that a presentation must name
  --trust ID[=NAME]   an issuer that you vouch for, and the name to show; may be repeated
  --help, --version

exit status: 0 every input is verified, or genuine from an issuer that is not listed
             1 some input is rejected or has ended
             2 some input could not be checked, or is not a credential
            64 the command line is wrong
";

/// What was asked for.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Version,
    Verify(Box<Options>),
}

/// How to verify what.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) json: bool,
    pub(crate) offline: bool,
    pub(crate) lang: Option<Lang>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) resources: Option<PathBuf>,
    pub(crate) policy: Policy,
    pub(crate) inputs: Vec<OsString>,
}

/// The languages of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Fr,
}

/// A command line that cannot be followed.
#[derive(Debug)]
pub(crate) enum Usage {
    NoCommand,
    UnknownCommand(String),
    UnknownOption(String),
    NoValue(&'static str),
    UnwantedValue(&'static str),
    Twice(&'static str),
    NotText(&'static str),
    BadTime(String),
    BadLang(String),
    EmptyTrust,
    NoInput,
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Usage::NoCommand => write!(f, "say what to do: probant verify INPUT..."),
            Usage::UnknownCommand(word) => {
                write!(f, "there is no command \"{word}\"; try: probant verify INPUT...")
            }
            Usage::UnknownOption(word) => write!(f, "there is no option {word}"),
            Usage::NoValue(name) => write!(f, "{name} needs a value after it"),
            Usage::UnwantedValue(name) => write!(f, "{name} takes no value"),
            Usage::Twice(name) => write!(f, "{name} was given twice"),
            Usage::NotText(name) => write!(f, "the value of {name} is not UTF-8 text"),
            Usage::BadTime(value) => {
                write!(f, "\"{value}\" is not a time with its zone, such as 2026-01-31T12:00:00Z")
            }
            Usage::BadLang(value) => write!(f, "there is no language \"{value}\": en or fr"),
            Usage::EmptyTrust => write!(f, "--trust needs the issuer's id before the \"=\""),
            Usage::NoInput => write!(f, "name at least one file, address, or - for standard input"),
        }
    }
}

/// Reads the words after the program's name.
pub(crate) fn parse(args: impl Iterator<Item = OsString>) -> Result<Command, Usage> {
    let mut args = args.peekable();
    let command = args.next().ok_or(Usage::NoCommand)?;
    match command.to_str() {
        Some("verify") => {}
        Some("help" | "--help" | "-h") => return Ok(Command::Help),
        Some("--version" | "-V") => return Ok(Command::Version),
        _ => return Err(Usage::UnknownCommand(command.to_string_lossy().into_owned())),
    }
    let mut options = Options::default();
    let mut only_inputs = false;
    while let Some(arg) = args.next() {
        let word = arg.to_str().filter(|w| !only_inputs && w.len() > 1 && w.starts_with('-'));
        let Some(word) = word else {
            options.inputs.push(arg);
            continue;
        };
        let (name, attached) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
        let mut value = |name: &'static str| match attached.clone() {
            Some(value) => Ok(value),
            None => args.next().ok_or(Usage::NoValue(name))?.into_string().map_err(|_| Usage::NotText(name)),
        };
        match name {
            "--" => only_inputs = true,
            "--help" | "-h" => return Ok(Command::Help),
            "--json" => flag(&mut options.json, attached.is_some(), "--json")?,
            "--offline" => flag(&mut options.offline, attached.is_some(), "--offline")?,
            "--lang" => once(&mut options.lang, lang(value("--lang")?)?, "--lang")?,
            "--now" => once(&mut options.now, time(value("--now")?)?, "--now")?,
            "--resources" => once(&mut options.resources, value("--resources")?.into(), "--resources")?,
            "--recipient" => {
                once(&mut options.policy.recipient, recipient(value("--recipient")?), "--recipient")?;
            }
            "--challenge" => once(&mut options.policy.challenge, value("--challenge")?, "--challenge")?,
            "--domain" => once(&mut options.policy.domain, value("--domain")?, "--domain")?,
            "--trust" => options.policy.trust.pinned.push(pin(&value("--trust")?)?),
            _ => return Err(Usage::UnknownOption(name.to_owned())),
        }
    }
    if options.inputs.is_empty() {
        return Err(Usage::NoInput);
    }
    Ok(Command::Verify(Box::new(options)))
}

fn flag(slot: &mut bool, has_value: bool, name: &'static str) -> Result<(), Usage> {
    if has_value {
        return Err(Usage::UnwantedValue(name));
    }
    *slot = true;
    Ok(())
}

fn once<T>(slot: &mut Option<T>, value: T, name: &'static str) -> Result<(), Usage> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(Usage::Twice(name)),
    }
}

fn lang(value: String) -> Result<Lang, Usage> {
    match value.as_str() {
        "en" => Ok(Lang::En),
        "fr" => Ok(Lang::Fr),
        _ => Err(Usage::BadLang(value)),
    }
}

/// A time without a zone would mean another moment on another machine.
fn time(value: String) -> Result<Timestamp, Usage> {
    match Timestamp::parse(&value) {
        Some(parsed) if parsed.zoned => Ok(parsed.at),
        _ => Err(Usage::BadTime(value)),
    }
}

/// A DID or URL is an id, anything else with an `@` an e-mail address, the rest a name.
fn recipient(value: String) -> Recipient {
    let mut recipient = Recipient::default();
    if value.starts_with("did:") || value.starts_with("http://") || value.starts_with("https://") {
        recipient.id = Some(value);
    } else if value.contains('@') {
        recipient.email = Some(value);
    } else {
        recipient.name = Some(value);
    }
    recipient
}

/// `ID` or `ID=NAME`. The first `=` divides them, unless the id is a URL with a query: there it is the last one.
fn pin(value: &str) -> Result<Pin, Usage> {
    let divided = if value.contains('?') { value.rsplit_once('=') } else { value.split_once('=') };
    let (id, name) = divided.map_or((value, None), |(id, name)| (id, Some(name)));
    if id.is_empty() {
        return Err(Usage::EmptyTrust);
    }
    Ok(Pin { id: id.into(), name: name.filter(|n| !n.is_empty()).map(Into::into) })
}
