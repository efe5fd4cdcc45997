//! Results of assessments, each with the description that it names, and how the two compare (Open Badges 3.0, `Result`,
//! `ResultDescription` and `RubricCriterionLevel`).
//!
//! A result that is less than what was required, or that its description does not allow, is told. It changes no verdict:
//! the credential is as genuine, and what to make of the result is the reader's business.

use core::cmp::Ordering;

use crate::json::{Json, Object};
use crate::report::{Check, CheckId, Reason, ResultFit, ResultView, Status};

use super::graph::Graph;
use super::view::{alignments, each, one, text, texts};

/// The results of `subject`.
pub(crate) fn read(subject: &Object, graph: &Graph<'_>) -> Vec<ResultView> {
    let achievement = graph.first(subject, "achievement");
    let descriptions = achievement.map(|a| nodes(a, "resultDescription", graph)).unwrap_or_default();
    each(subject, "result", graph, |result, graph| view(result, &descriptions, graph))
}

fn nodes<'g>(owner: &'g Object, name: &str, graph: &'g Graph<'_>) -> Vec<&'g Object> {
    owner.each(name).iter().filter_map(|value| graph.node(value)).collect()
}

/// The one with this id.
fn with_id<'g>(nodes: &[&'g Object], id: Option<&str>) -> Option<&'g Object> {
    nodes.iter().copied().find(|node| id.is_some() && node.str("id") == id)
}

fn view(result: &Object, descriptions: &[&Object], graph: &Graph<'_>) -> ResultView {
    let nothing = Object::default();
    let wanted = one(result, "resultDescription").and_then(Json::as_str);
    let found = with_id(descriptions, wanted);
    let description = found.unwrap_or(&nothing);
    let levels = nodes(description, "rubricCriterionLevel", graph);
    let achieved = one(result, "achievedLevel").and_then(Json::as_str);
    let required = one(description, "requiredLevel").and_then(Json::as_str);
    let name_of = |id: Option<&str>| {
        with_id(&levels, id).and_then(|level| text(level, "name")).or_else(|| id.map(String::from))
    };
    let compared = Compared {
        value: text(result, "value"),
        required: text(description, "requiredValue"),
        least: text(description, "valueMin"),
        greatest: text(description, "valueMax"),
        allowed: texts(description, "allowedValue"),
        is_percent: description.includes("resultType", "Percent"),
    };
    let status = text(result, "status");
    let fit = if wanted.is_some() && found.is_none() {
        Some(ResultFit::Undescribed)
    } else if status.as_deref() == Some("Failed") {
        Some(ResultFit::Below)
    } else if compared.value.is_none() && achieved.is_none() {
        (compared.required.is_some() || required.is_some()).then_some(ResultFit::Open)
    } else {
        [compared.fit(), fit_of_level(achieved, required, &levels)]
            .into_iter()
            .flatten()
            .max_by_key(|fit| weight(*fit))
    };
    ResultView {
        name: text(description, "name"),
        level: name_of(achieved),
        status,
        required: compared.required.clone().or_else(|| name_of(required)),
        kind: text(description, "resultType"),
        fit,
        alignments: alignments(result, graph).into_iter().chain(alignments(description, graph)).collect(),
        value: compared.value,
        least: compared.least,
        greatest: compared.greatest,
        allowed: compared.allowed,
    }
}

/// How much it matters, of two things that can be said of one result.
const fn weight(fit: ResultFit) -> u8 {
    match fit {
        ResultFit::Met => 0,
        ResultFit::Open => 1,
        ResultFit::Undescribed => 2,
        ResultFit::Below => 3,
        ResultFit::Outside => 4,
    }
}

/// A value, and what its description says of values.
struct Compared {
    value: Option<String>,
    required: Option<String>,
    least: Option<String>,
    greatest: Option<String>,
    /// From low to high; the one list of the vocabulary whose order is signed.
    allowed: Vec<String>,
    is_percent: bool,
}

impl Compared {
    fn fit(&self) -> Option<ResultFit> {
        let value = self.value.as_deref()?;
        if !self.allowed.is_empty() && !self.allowed.iter().any(|allowed| allowed == value) {
            return Some(ResultFit::Outside);
        }
        let mut open = false;
        for (bound, beyond) in [(&self.least, Ordering::Less), (&self.greatest, Ordering::Greater)] {
            let Some(bound) = bound else { continue };
            match self.as_numbers(value, bound) {
                Some(order) if order == beyond => return Some(ResultFit::Outside),
                Some(_) => {}
                None => open = true,
            }
        }
        let order = self.required.as_deref().map(|required| {
            if value == required {
                return Some(Ordering::Equal);
            }
            if self.allowed.is_empty() {
                self.as_numbers(value, required)
            } else {
                self.by_place(value, required)
            }
        });
        match order {
            Some(Some(Ordering::Less)) => Some(ResultFit::Below),
            Some(None) => Some(ResultFit::Open),
            _ if open => Some(ResultFit::Open),
            Some(Some(_)) => Some(ResultFit::Met),
            None => None,
        }
    }

    /// The order of two values by their places among those allowed; none where one stands there twice, or not at all.
    fn by_place(&self, a: &str, b: &str) -> Option<Ordering> {
        let place = |value: &str| {
            let mut places = (0_usize..).zip(&self.allowed).filter(|(_, allowed)| *allowed == value);
            let (first, _) = places.next()?;
            places.next().is_none().then_some(first)
        };
        Some(place(a)?.cmp(&place(b)?))
    }

    /// The order of two values as numbers; none where one is no number.
    fn as_numbers(&self, a: &str, b: &str) -> Option<Ordering> {
        let number = |text| Decimal::parse(text, self.is_percent);
        Some(number(a)?.compare(&number(b)?))
    }
}

/// How an achieved level compares with the required one. The vocabulary keeps no order of levels that a signature covers,
/// so that only their points tell which is higher.
fn fit_of_level(achieved: Option<&str>, required: Option<&str>, levels: &[&Object]) -> Option<ResultFit> {
    let achieved = achieved?;
    let Some(level) = with_id(levels, Some(achieved)) else {
        return Some(if levels.is_empty() { ResultFit::Undescribed } else { ResultFit::Outside });
    };
    let required = required?;
    if achieved == required {
        return Some(ResultFit::Met);
    }
    let points = |level: &Object| text(level, "points");
    let order = with_id(levels, Some(required)).and_then(|required| {
        let (achieved, required) = (points(level)?, points(required)?);
        Some(Decimal::parse(&achieved, false)?.compare(&Decimal::parse(&required, false)?))
    });
    Some(match order {
        Some(Ordering::Less) => ResultFit::Below,
        Some(_) => ResultFit::Met,
        None => ResultFit::Open,
    })
}

/// `extra.results`: the gravest thing to say of all of them; nothing where none has a description that says what to expect.
pub(crate) fn row(results: &[ResultView]) -> Option<Check> {
    let gravest = results.iter().filter_map(|result| result.fit).max_by_key(|fit| weight(*fit))?;
    let warned = |reason| Check::because(CheckId::Results, Status::Warned, reason);
    Some(match gravest {
        ResultFit::Outside => warned(Reason::ResultOutside),
        ResultFit::Below => warned(Reason::ResultBelow),
        ResultFit::Undescribed => warned(Reason::ResultUndescribed),
        ResultFit::Open => Check::new(CheckId::Results, Status::Absent),
        ResultFit::Met => Check::new(CheckId::Results, Status::Passed),
    })
}

/// A decimal number as it is written, so that none of its digits are lost.
struct Decimal<'a> {
    negative: bool,
    /// Without zeros in front.
    whole: &'a str,
    /// Without zeros at the end.
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads digits with an optional sign and point, and a percent sign where those are meant.
    fn parse(text: &'a str, is_percent: bool) -> Option<Self> {
        let text = text.trim();
        let text = if is_percent { text.strip_suffix('%').unwrap_or(text).trim_end() } else { text };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !are_digits(whole) || !are_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Decimal { negative: negative && !is_zero, whole, fraction })
    }

    fn compare(&self, other: &Self) -> Ordering {
        fn size<'a>(d: &Decimal<'a>) -> (usize, &'a str, &'a str) {
            (d.whole.len(), d.whole, d.fraction)
        }
        match (self.negative, other.negative) {
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_compare_as_numbers() {
        let ordered = [
            "-10",
            "-9.5",
            "-0.05",
            "0",
            "0.05",
            ".5",
            "3",
            "3.000000000000000000001",
            "10",
            "123456789012345678901",
        ];
        for (at, low) in ordered.iter().enumerate() {
            for high in &ordered[at + 1..] {
                let [a, b] = [low, high].map(|text| Decimal::parse(text, false).unwrap());
                assert_eq!(
                    (a.compare(&b), b.compare(&a)),
                    (Ordering::Less, Ordering::Greater),
                    "{low} {high}"
                );
            }
        }
        for (a, b) in [("-0", "0"), ("+07.50", "7.5"), ("1.", "1"), (" 3 ", "3")] {
            let [a, b] = [a, b].map(|text| Decimal::parse(text, false).unwrap());
            assert_eq!(a.compare(&b), Ordering::Equal);
        }
        for no in ["", ".", "-", "A", "3,5", "1e3", "1.2.3", "٣", "80%", "--1", "0x10"] {
            assert!(Decimal::parse(no, false).is_none(), "{no}");
        }
        assert!(Decimal::parse("80 %", true).is_some());
    }
}
