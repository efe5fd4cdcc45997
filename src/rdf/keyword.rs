//! The keywords of JSON-LD 1.1 (syntax, section 1.7).

/// Writes the enum once, with each keyword's spelling. The order is that of the compiled table.
macro_rules! keywords {
    ($($name:ident = $text:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Keyword { $($name,)* }

        impl Keyword {
            pub(super) const ALL: &[Keyword] = &[$(Keyword::$name,)*];

            pub(super) const fn text(self) -> &'static str {
                match self { $(Keyword::$name => $text,)* }
            }

            /// The keyword that `text` is.
            pub(super) fn find(text: &str) -> Option<Keyword> {
                match text { $($text => Some(Keyword::$name),)* _ => None }
            }
        }
    };
}

keywords! {
    Id = "@id",
    Type = "@type",
    Value = "@value",
    Graph = "@graph",
    Json = "@json",
    None = "@none",
    Vocab = "@vocab",
    Context = "@context",
    Base = "@base",
    Container = "@container",
    Default = "@default",
    Direction = "@direction",
    Embed = "@embed",
    Explicit = "@explicit",
    Import = "@import",
    Included = "@included",
    Index = "@index",
    Language = "@language",
    List = "@list",
    Nest = "@nest",
    OmitDefault = "@omitDefault",
    Prefix = "@prefix",
    Preserve = "@preserve",
    Propagate = "@propagate",
    Protected = "@protected",
    RequireAll = "@requireAll",
    Reverse = "@reverse",
    Set = "@set",
    Version = "@version",
}

/// Whether `text` looks like a keyword, and so is left out where it is none: `@` and letters.
pub(super) fn is_keyword_form(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}
