//! Enums of codes, each code beside its variant.

/// Writes an enum whose variants stand for codes. It serializes as its code by one function for all enums: those that
/// are derived weigh several times as much.
macro_rules! codes {
    ($(#[$of_enum:meta])* pub enum $enum:ident { $($(#[$of_name:meta])* $name:ident = $code:literal,)* }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
        #[cfg_attr(feature = "types", derive(ts_rs::TS))]
        $(#[$of_enum])*
        pub enum $enum {
            $($(#[$of_name])* #[serde(rename = $code)] $name,)*
        }

        impl $enum {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as reports and messages spell it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

pub(super) use codes;
