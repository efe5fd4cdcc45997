//! RFC 8785, the JSON Canonicalization Scheme: one text for one value.

use super::{Json, Object};
use crate::order;

/// The canonical UTF-8 text of `value` (RFC 8785, section 3.2).
pub fn canonicalize(value: &Json) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Json, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(n) => write_number(*n, out),
        Json::String(s) => write_string(s, out),
        Json::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(object) => write_object(object, out),
    }
}

/// Members sorted by the UTF-16 code units of their names (section 3.2.3).
fn write_object(object: &Object, out: &mut String) {
    let mut members: Vec<(&str, &Json)> = object.iter().collect();
    order::sort_by(&mut members, |a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    out.push('{');
    for (i, (name, value)) in members.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_string(name, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

/// The number as ECMAScript prints it (section 3.2.2.3).
pub fn write_number(number: f64, out: &mut String) {
    out.push_str(ryu_js::Buffer::new().format(number));
}

/// The string in quotes, with the shortest escapes (section 3.2.2.2).
pub fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                out.push_str("\\u00");
                for nibble in [u32::from(c) >> 4, u32::from(c) & 15] {
                    out.extend(char::from_digit(nibble, 16));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
