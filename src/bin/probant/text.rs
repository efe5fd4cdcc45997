//! A report in words: the same words as the page's, from the same files.

use std::collections::BTreeMap;
use std::io::{self, Write};

use probant::Report;
use probant::report::{Args, Check, Family, Group, Headline, Status, Verdict, View};
use serde::Deserialize;

use crate::args::Lang;

/// Those of every page, those that few answers take, and those that are fetched with the folds of an answer.
const EN: [&str; 3] = [
    include_str!("../../../www/widget/messages/en.json"),
    include_str!("../../../www/widget/messages/rare-en.json"),
    include_str!("../../../www/widget/vocabulary/messages/en.json"),
];
const FR: [&str; 3] = [
    include_str!("../../../www/widget/messages/fr.json"),
    include_str!("../../../www/widget/messages/rare-fr.json"),
    include_str!("../../../www/widget/vocabulary/messages/fr.json"),
];

/// Longest value from a credential, in characters.
const MAX_VALUE: usize = 200;

/// The sentences of one language.
#[derive(Debug)]
pub(crate) struct Messages {
    by_key: BTreeMap<String, Wordings>,
    lang: &'static str,
    /// What stands between a label and its value.
    colon: &'static str,
}

/// A sentence, or several of which the first counts whose values are all there.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Wordings {
    One(String),
    Several(Vec<String>),
}

impl Messages {
    /// # Errors
    /// The file, which is part of the program, is not one of messages.
    pub(crate) fn of(lang: Lang) -> serde_json::Result<Self> {
        let (files, lang, colon) = match lang {
            Lang::En => (EN, "en", ": "),
            Lang::Fr => (FR, "fr", "\u{a0}: "),
        };
        let mut by_key = BTreeMap::new();
        for file in files {
            by_key.extend(serde_json::from_str::<BTreeMap<String, Wordings>>(file)?);
        }
        Ok(Messages { by_key, lang, colon })
    }

    /// The sentence for `key`; the key itself where there is none.
    fn say(&self, key: &str, values: &Args) -> String {
        let wordings = match self.by_key.get(key) {
            Some(Wordings::One(text)) => std::slice::from_ref(text),
            Some(Wordings::Several(texts)) => texts,
            None => return key.into(),
        };
        let filled = wordings.iter().find_map(|wording| fill(wording, values));
        filled.or_else(|| wordings.last().cloned()).unwrap_or_default()
    }

    fn plain(&self, key: &str) -> String {
        self.say(key, &Args::new())
    }

    fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }
}

/// `wording` with its `{placeholders}` filled; `None` where a value is missing.
fn fill(wording: &str, values: &Args) -> Option<String> {
    let mut out = String::new();
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(&shown(values.get(name).filter(|v| !v.is_empty())?));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// A value as it is shown: the day alone of a date, and nothing that could steer a terminal or reorder the line.
fn shown(value: &str) -> String {
    let day = value.get(..10).filter(|_| probant::Timestamp::parse(value).is_some());
    let plain = day.unwrap_or(value).chars().filter(|c| !is_hidden(*c));
    let mut text: String = plain.map(|c| if c.is_control() { ' ' } else { c }).take(MAX_VALUE).collect();
    if value.chars().nth(MAX_VALUE).is_some() {
        text.push('…');
    }
    text
}

/// Characters that show nothing themselves: direction marks, joiners and other invisible ones.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Writes one report, and those inside it, under the input's `name`.
pub(crate) fn write(
    out: &mut impl Write,
    name: &str,
    report: &Report,
    messages: &Messages,
) -> io::Result<()> {
    writeln!(out, "{}", shown(name))?;
    Teller { messages, at: report.at.replace('T', " ").replace('Z', " UTC") }.tell(out, report, "  ")
}

struct Teller<'a> {
    messages: &'a Messages,
    /// The time of the verification, for reading.
    at: String,
}

impl Teller<'_> {
    fn tell(&self, out: &mut impl Write, report: &Report, indent: &str) -> io::Result<()> {
        let decisive = decisive(report);
        let headline = serde_json::to_value(report.headline)?;
        let headline = headline.as_str().unwrap_or_default();
        let mut values = self.values(decisive.map(|c| &c.message.args));
        values.extend(report.args.clone());
        values.insert("count".into(), report.items.len().to_string());
        if let Some(issuer) = &report.issuer {
            values.insert("issuer".into(), issuer.name.clone().unwrap_or_default());
        }
        let word = self.messages.plain(&format!("word.{headline}"));
        let sentence = self.messages.say(&format!("headline.{headline}"), &values);
        writeln!(out, "{indent}{word} — {sentence}")?;
        let hosted_only = report.headline == Headline::HostedOnly;
        // There the headline and its sentence say all that the row says.
        let telling = |c: &&Check| c.reason.is_some() && c.group != Group::Trust && !hosted_only;
        if let Some(check) = decisive.filter(telling) {
            writeln!(out, "{indent}{}", self.row(check))?;
        }
        writeln!(out, "{indent}{}", self.messages.say(&format!("headline.{headline}.sentence"), &values))?;
        if let Some(url) = report.args.get("url").filter(|_| hosted_only) {
            writeln!(out, "{indent}{}", shown(url))?;
        }
        if let Some(view) = &report.attested {
            writeln!(out)?;
            self.view(out, view, report, indent)?;
        }
        writeln!(out)?;
        for check in &report.checks {
            writeln!(out, "{indent}[{}] {}", mark(check.status), self.row(check))?;
        }
        let deeper = format!("{indent}  ");
        for endorsement in &report.endorsements {
            let of = self.messages.plain(&format!("ui.endorsed.{}", endorsement.of.code()));
            writeln!(out, "\n{deeper}{of}")?;
            self.tell(out, &endorsement.report, &deeper)?;
        }
        for item in &report.items {
            writeln!(out)?;
            self.tell(out, item, &deeper)?;
        }
        Ok(())
    }

    /// What the credential says, where that is proven.
    fn view(&self, out: &mut impl Write, view: &View, report: &Report, indent: &str) -> io::Result<()> {
        let text = |key: &str| self.messages.plain(key);
        let is_ours =
            |tag: &str| tag.split('-').next().is_some_and(|l| l.eq_ignore_ascii_case(self.messages.lang));
        let translated = view.translations.iter().find(|t| t.of == "title" && is_ours(&t.language));
        let title = translated.map(|t| t.value.as_str()).or(view.title.as_deref());
        let title = title.map_or_else(|| text("ui.untitled"), shown);
        writeln!(out, "{indent}{}", self.messages.say("ui.quoted", &Args::from([("value".into(), title)])))?;
        let subject = &view.subject;
        let clear = subject.identifiers.iter().find_map(|i| i.value.as_deref());
        let hidden = || match (subject.identifiers.first(), &subject.id) {
            (Some(identifier), _) if identifier.kind == "emailAddress" => "ui.person.email",
            (Some(_), _) => "ui.person.hidden",
            (None, Some(_)) => "ui.person.key",
            (None, None) => "ui.person.none",
        };
        if report.format.family == Some(Family::Endorsement) {
            return self.endorsement(out, view, report, indent);
        }
        let person = subject.name.as_deref().or(clear).map_or_else(|| text(hidden()), shown);
        let issued = view.awarded.as_deref().or(view.valid_from.as_deref());
        let issued = issued.map_or_else(|| text("ui.noDate"), shown);
        // By what is established, never by the credential's own word.
        let issuer = report.issuer.as_ref().map(|issuer| shown(issuer.name.as_deref().unwrap_or(&issuer.id)));
        for (label, value) in
            [("ui.issuedTo", Some(person)), ("ui.issued", Some(issued)), ("ui.issuer", issuer)]
        {
            if let Some(value) = value {
                writeln!(out, "{indent}{}{}{value}", text(label), self.messages.colon)?;
            }
        }
        for claim in &view.claims {
            let label = claim.label.as_deref().unwrap_or(&claim.name);
            writeln!(out, "{indent}{}{}{}", shown(label), self.messages.colon, shown(&claim.value))?;
        }
        if view.withheld {
            writeln!(out, "{indent}{}", text("about.withheld"))?;
        }
        Ok(())
    }

    /// What an endorsement says: nobody is its recipient.
    fn endorsement(
        &self,
        out: &mut impl Write,
        view: &View,
        report: &Report,
        indent: &str,
    ) -> io::Result<()> {
        let issuer = report.issuer.as_ref().map(|issuer| issuer.name.as_deref().unwrap_or(&issuer.id));
        for (label, value) in [("about.description", view.comment.as_deref()), ("ui.issuer", issuer)] {
            if let Some(value) = value {
                writeln!(
                    out,
                    "{indent}{}{}{}",
                    self.messages.plain(label),
                    self.messages.colon,
                    shown(value)
                )?;
            }
        }
        Ok(())
    }

    fn row(&self, check: &Check) -> String {
        // A reason without words says at least how the check came out.
        let key = Some(&check.message.key).filter(|key| self.messages.has(key)).cloned();
        let key = key.unwrap_or_else(|| ["status.", check.status.code()].concat());
        self.messages.say(&key, &self.values(Some(&check.message.args)))
    }

    fn values(&self, args: Option<&Args>) -> Args {
        let mut values = args.cloned().unwrap_or_default();
        values.insert("time".into(), self.at.clone());
        values
    }
}

/// The row that decided the verdict.
fn decisive(report: &Report) -> Option<&Check> {
    use Status::{Absent, Failed, Skipped, Unknown};
    const CORE: &[Group] = &[Group::Format, Group::Proof, Group::Issuer];
    let first = |groups: &[Group], statuses: &[Status]| {
        report.checks.iter().find(|c| groups.contains(&c.group) && statuses.contains(&c.status))
    };
    match report.verdict {
        Some(Verdict::Rejected) => first(CORE, &[Failed]).or_else(|| first(&[Group::Recipient], &[Failed])),
        Some(Verdict::Ended) => first(&[Group::Currency], &[Failed]),
        Some(Verdict::Incomplete) => first(CORE, &[Unknown, Absent, Skipped])
            .or_else(|| first(&[Group::Currency, Group::Recipient, Group::Trust], &[Unknown, Skipped])),
        Some(Verdict::Unrecognized) => first(&[Group::Trust], &[Failed, Absent, Skipped]),
        Some(Verdict::Verified) => None,
        None => first(CORE, &[Failed, Unknown, Absent]),
    }
}

const fn mark(status: Status) -> char {
    match status {
        Status::Passed => '+',
        Status::Warned => '!',
        Status::Failed => 'x',
        Status::Unknown => '?',
        Status::Absent | Status::Skipped => '-',
    }
}
