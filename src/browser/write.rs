//! Reports as JSON text, by their derived `Serialize`: one string crosses to JavaScript instead of hundreds of
//! values, and `JSON.parse` keeps every name as data.

use core::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::json::write_string;

/// The JSON text of `value`.
///
/// # Errors
/// It holds what reports do not: a float, bytes, or an enum with data.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, NotInReports> {
    let mut writer = Writer { text: String::new() };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

/// A kind of value that no report holds.
#[derive(Debug)]
pub(super) struct NotInReports;

impl fmt::Display for NotInReports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a kind of value that no report holds")
    }
}

impl core::error::Error for NotInReports {}

impl ser::Error for NotInReports {
    fn custom<T: fmt::Display>(_: T) -> Self {
        NotInReports
    }
}

struct Writer {
    text: String,
}

/// An array or object that was begun.
struct Begun<'a> {
    writer: &'a mut Writer,
    end: char,
    empty: bool,
}

impl Writer {
    fn begin(&mut self, start: char, end: char) -> Result<Begun<'_>, NotInReports> {
        self.text.push(start);
        Ok(Begun { writer: self, end, empty: true })
    }

    fn put(&mut self, text: &str) -> Result<(), NotInReports> {
        self.text.push_str(text);
        Ok(())
    }
}

impl Begun<'_> {
    /// Writes a comma where one is due.
    fn next(&mut self) -> &mut Writer {
        if !core::mem::take(&mut self.empty) {
            self.writer.text.push(',');
        }
        self.writer
    }

    fn end(self) -> Result<(), NotInReports> {
        self.writer.text.push(self.end);
        Ok(())
    }
}

/// Refuses the kinds of value named.
macro_rules! refuse {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, _: $type) -> Result<(), NotInReports> {
            Err(NotInReports)
        })*
    };
}

/// Writes the integers named, as decimal digits.
macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<(), NotInReports> {
            self.put(&value.to_string())
        })*
    };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = NotInReports;
    type SerializeSeq = Begun<'a>;
    type SerializeMap = Begun<'a>;
    type SerializeStruct = Begun<'a>;
    type SerializeTuple = Impossible<(), NotInReports>;
    type SerializeTupleStruct = Impossible<(), NotInReports>;
    type SerializeTupleVariant = Impossible<(), NotInReports>;
    type SerializeStructVariant = Impossible<(), NotInReports>;

    fn serialize_bool(self, value: bool) -> Result<(), NotInReports> {
        self.put(if value { "true" } else { "false" })
    }

    fn serialize_str(self, value: &str) -> Result<(), NotInReports> {
        write_string(value, &mut self.text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), NotInReports> {
        self.put("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotInReports> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), NotInReports> {
        self.put("null")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), NotInReports> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NotInReports> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Begun<'a>, NotInReports> {
        self.begin('[', ']')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Begun<'a>, NotInReports> {
        self.begin('{', '}')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Begun<'a>, NotInReports> {
        self.begin('{', '}')
    }

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    refuse! {
        serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str,
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), NotInReports> {
        Err(NotInReports)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NotInReports> {
        Err(NotInReports)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, NotInReports> {
        Err(NotInReports)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NotInReports> {
        Err(NotInReports)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NotInReports> {
        Err(NotInReports)
    }
}

impl ser::SerializeSeq for Begun<'_> {
    type Ok = ();
    type Error = NotInReports;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInReports> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), NotInReports> {
        Begun::end(self)
    }
}

impl ser::SerializeMap for Begun<'_> {
    type Ok = ();
    type Error = NotInReports;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotInReports> {
        key.serialize(self.next())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInReports> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), NotInReports> {
        Begun::end(self)
    }
}

impl ser::SerializeStruct for Begun<'_> {
    type Ok = ();
    type Error = NotInReports;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotInReports> {
        let writer = self.next();
        writer.serialize_str(name)?;
        writer.text.push(':');
        value.serialize(writer)
    }

    fn end(self) -> Result<(), NotInReports> {
        Begun::end(self)
    }
}
