//! What can be wrong with a document as JSON-LD.

use crate::part::NotLoaded;
use crate::report::{Args, Explain, Reason, Status};

/// Writes the enum once, with each variant's code in the specification and the reason a reader gets.
macro_rules! errors {
    ($($name:ident = $code:literal => $reason:ident;)*) => {
        /// Why there is no RDF, or no canonical form of it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Error {
            /// A context that is not built in, by its URL.
            ContextUnknown(String),
            /// The work limit was reached.
            TooComplex,
            /// The part that has the contexts which the document takes is not loaded.
            NotLoaded(NotLoaded),
            $(#[doc = concat!("`", $code, "`")] $name,)*
        }

        impl Error {
            /// The error code of JSON-LD 1.1 API, section 9.6, or our own.
            pub const fn code(&self) -> &'static str {
                match self {
                    Error::ContextUnknown(_) => "loading remote context failed",
                    Error::TooComplex => "too complex",
                    Error::NotLoaded(_) => "part not loaded",
                    $(Error::$name => $code,)*
                }
            }
        }

        impl From<NotLoaded> for Error {
            fn from(part: NotLoaded) -> Self {
                Error::NotLoaded(part)
            }
        }

        impl Explain for Error {
            fn reason(&self) -> Reason {
                match self {
                    Error::ContextUnknown(_) => Reason::ContextUnknown,
                    Error::TooComplex => Reason::TooComplex,
                    Error::NotLoaded(part) => part.reason(),
                    $(Error::$name => Reason::$reason,)*
                }
            }

            /// An unknown context and work that was given up prove nothing against a credential.
            fn status(&self) -> Status {
                match self {
                    Error::ContextUnknown(_) | Error::TooComplex | Error::NotLoaded(_) => Status::Unknown,
                    _ => Status::Failed,
                }
            }

            fn args(&self) -> Args {
                match self {
                    Error::ContextUnknown(url) => Args::from([("url".into(), url.clone())]),
                    Error::TooComplex => Args::new(),
                    Error::NotLoaded(part) => part.args(),
                    _ if super::FULL => Args::from([("detail".into(), self.code().into())]),
                    _ => Args::new(),
                }
            }
        }
    };
}

errors! {
    CollidingKeywords = "colliding keywords" => MemberMalformed;
    ContextOverflow = "context overflow" => ContextForbidden;
    CyclicIriMapping = "cyclic IRI mapping" => ContextForbidden;
    InvalidBaseDirection = "invalid base direction" => MemberMalformed;
    InvalidBaseIri = "invalid base IRI" => ContextForbidden;
    InvalidContainerMapping = "invalid container mapping" => ContextForbidden;
    InvalidContextEntry = "invalid context entry" => ContextForbidden;
    InvalidContextNullification = "invalid context nullification" => ContextForbidden;
    InvalidDefaultLanguage = "invalid default language" => ContextForbidden;
    InvalidIdValue = "invalid @id value" => MemberMalformed;
    InvalidImportValue = "invalid @import value" => ContextForbidden;
    InvalidIncludedValue = "invalid @included value" => MemberMalformed;
    InvalidIndexValue = "invalid @index value" => MemberMalformed;
    InvalidIriMapping = "invalid IRI mapping" => ContextForbidden;
    InvalidKeywordAlias = "invalid keyword alias" => ContextForbidden;
    InvalidLanguageMapValue = "invalid language map value" => MemberMalformed;
    InvalidLanguageMapping = "invalid language mapping" => ContextForbidden;
    InvalidLanguageTaggedString = "invalid language-tagged string" => MemberMalformed;
    InvalidLanguageTaggedValue = "invalid language-tagged value" => MemberMalformed;
    InvalidLocalContext = "invalid local context" => ContextForbidden;
    InvalidNestValue = "invalid @nest value" => MemberMalformed;
    InvalidPrefixValue = "invalid @prefix value" => ContextForbidden;
    InvalidPropagateValue = "invalid @propagate value" => ContextForbidden;
    InvalidProtectedValue = "invalid @protected value" => ContextForbidden;
    InvalidRemoteContext = "invalid remote context" => ContextForbidden;
    InvalidReverseProperty = "invalid reverse property" => ContextForbidden;
    InvalidReversePropertyMap = "invalid reverse property map" => MemberMalformed;
    InvalidReversePropertyValue = "invalid reverse property value" => MemberMalformed;
    InvalidReverseValue = "invalid @reverse value" => MemberMalformed;
    InvalidScopedContext = "invalid scoped context" => ContextForbidden;
    InvalidSetOrListObject = "invalid set or list object" => MemberMalformed;
    InvalidTermDefinition = "invalid term definition" => ContextForbidden;
    InvalidTypeMapping = "invalid type mapping" => ContextForbidden;
    InvalidTypeValue = "invalid type value" => MemberMalformed;
    InvalidTypedValue = "invalid typed value" => MemberMalformed;
    InvalidValueObject = "invalid value object" => MemberMalformed;
    InvalidValueObjectValue = "invalid value object value" => MemberMalformed;
    InvalidVersionValue = "invalid @version value" => ContextForbidden;
    InvalidVocabMapping = "invalid vocab mapping" => ContextForbidden;
    KeywordRedefinition = "keyword redefinition" => ContextForbidden;
    LoadingDocumentFailed = "loading document failed" => ContextForbidden;
    ProcessingModeConflict = "processing mode conflict" => ContextForbidden;
    ProtectedTermRedefinition = "protected term redefinition" => ContextForbidden;
}
