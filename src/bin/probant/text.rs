//! A report in words, from the widget's own messages.

use std::collections::BTreeMap;
use std::io::{self, Write};

use probant::Report;
use probant::report::Args;

use crate::args::Lang;

/// The sentences of one language, by key.
pub(crate) struct Messages(BTreeMap<String, String>);

impl Messages {
    pub(crate) fn of(_lang: Lang) -> Self {
        Messages(BTreeMap::new())
    }

    /// The sentence for `key`; the key itself where there is none.
    fn say(&self, key: &str, args: &Args) -> String {
        let mut text = self.0.get(key).cloned().unwrap_or_else(|| key.to_owned());
        for (name, value) in args.iter() {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

/// Writes one report.
pub(crate) fn write(
    out: &mut impl Write,
    name: &str,
    report: &Report,
    messages: &Messages,
) -> io::Result<()> {
    writeln!(out, "{name}")?;
    for check in &report.checks {
        writeln!(out, "  {:?}  {}", check.status, messages.say(&check.message.key, &check.message.args))?;
    }
    Ok(())
}
