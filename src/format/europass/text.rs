//! Texts in several languages: a language map, whose members are texts or lists of them (JSON-LD 1.1, section 4.2.4),
//! value objects with a language, or a plain text.

use crate::format::view::clamp;
use crate::json::{Json, Object};
use crate::report::Translation;

/// A text, and its language where it says so.
pub(super) type InLanguage<'a> = (Option<&'a str>, String);

/// Most languages of a text; the Union's vocabularies have thirty.
const MAX_LANGUAGES: usize = 100;
/// Most translations of a whole credential.
const MAX_TRANSLATIONS: usize = 2_000;

/// The texts of a member.
pub(super) fn languages<'a>(owner: &'a Object, name: &str) -> Vec<InLanguage<'a>> {
    owner.each(name).iter().flat_map(of_value).take(MAX_LANGUAGES).collect()
}

fn of_value(value: &Json) -> Vec<InLanguage<'_>> {
    match value {
        Json::String(text) => vec![(None, clamp(text))],
        Json::Object(value) => match value.str("@value") {
            Some(text) => vec![(value.str("@language").filter(is_tag), clamp(text))],
            None => value
                .iter()
                .filter_map(|(tag, text)| Some((Some(tag).filter(is_tag), text.each().first()?.as_str()?)))
                .take(MAX_LANGUAGES)
                .map(|(tag, text)| (tag, clamp(text)))
                .collect(),
        },
        _ => Vec::new(),
    }
}

/// Whether this has the form of a language tag (BCP 47). `@none`, by which JSON-LD says that there is none, has not.
fn is_tag(tag: &&str) -> bool {
    let parts = || tag.split('-');
    let is_part = |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    matches!(parts().next().map(str::len), Some(2 | 3)) && tag.len() <= MAX_TAG && parts().all(is_part)
}

/// Longest tag: more than any that is registered.
const MAX_TAG: usize = 35;

/// The text that stands in the view: English where there is any, else the first.
pub(super) fn standing(texts: &[InLanguage<'_>]) -> Option<String> {
    let is_english =
        |tag: &str| tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
    let english = texts.iter().find(|(tag, _)| tag.is_some_and(is_english));
    english.or(texts.first()).map(|(_, text)| text.clone())
}

/// Notes the languages of a text that is there in several.
pub(super) fn translations(of: &str, texts: &[InLanguage<'_>], into: &mut Vec<Translation>) {
    for (tag, text) in texts.iter().filter(|_| texts.len() > 1) {
        if let Some(tag) = tag.filter(|_| into.len() < MAX_TRANSLATIONS) {
            into.push(Translation { of: of.into(), language: tag.into(), value: text.clone() });
        }
    }
}
