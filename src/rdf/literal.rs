//! Literals: the lexical forms of JSON values, and the escapes of canonical N-Quads.

use crate::json;

/// Writes `text` in quotes as canonical N-Quads do (RDFC-1.0, section A).
pub(super) fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b < 0x20 || matches!(b, b'"' | b'\\' | 0x7F)) {
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(c) => {
                out.push_str("\\u00");
                for nibble in [u32::from(c) >> 4, u32::from(c) & 15] {
                    out.extend(char::from_digit(nibble, 16).map(|d| d.to_ascii_uppercase()));
                }
            }
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Whether `tag` is well formed as N-Quads demand: parts of one to eight letters or digits, the first of letters.
pub(super) fn is_language(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(i, part)| {
        (1..=8).contains(&part.len())
            && part.bytes().all(|b| if i == 0 { b.is_ascii_alphabetic() } else { b.is_ascii_alphanumeric() })
    })
}

/// How a JSON number reads in RDF (JSON-LD 1.1 API, section 8.2.2, steps 10 and 11).
pub(super) struct Number {
    /// The canonical lexical form.
    pub(super) lexical: String,
    /// Whether the form is that of `xsd:double`, else of `xsd:integer`.
    pub(super) double: bool,
}

/// The lexical form of `number`; `double` asks for that of `xsd:double` even where it is whole.
pub(super) fn number(number: f64, double: bool) -> Number {
    const DOUBLES_FROM: f64 = 1e21;
    let whole = number % 1.0 == 0.0 && number.abs() < DOUBLES_FROM;
    let decimal = Decimal::exact(number.abs());
    let mut lexical = String::new();
    if number < 0.0 {
        lexical.push('-');
    }
    if whole && !double {
        decimal.write_integer(&mut lexical);
        Number { lexical, double: false }
    } else {
        decimal.write_double(&mut lexical);
        Number { lexical, double: true }
    }
}

/// The exact decimal value of a double: `digits` without leading zeros, times ten to the power of `exponent`.
///
/// ECMAScript's `toExponential(15)` and `toFixed(0)`, which the canonical forms come from, round the exact value,
/// halves up; the shortest form that reads back as the same double is not enough (8.7 is `8.699999999999999E0`).
struct Decimal {
    digits: Vec<u8>,
    exponent: i32,
}

impl Decimal {
    fn exact(number: f64) -> Self {
        let bits = number.to_bits();
        let biased = (bits >> 52 & 0x7FF) as i32;
        let fraction = bits & ((1 << 52) - 1);
        let mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
        let power = biased.max(1) - 1075;
        let shift = if mantissa == 0 { 0 } else { mantissa.trailing_zeros() as i32 };
        let (mut limbs, power) = (limbs_of(mantissa >> shift), power + shift);
        // 2^-n is 5^n / 10^n: either way a whole number, multiplied |power| times; 5^12 still fits 32 bits.
        let (base, exponent) = if power < 0 { (5_u32, power) } else { (2, 0) };
        let mut left = power.unsigned_abs();
        while left > 0 {
            let step = left.min(12);
            multiply(&mut limbs, base.pow(step));
            left -= step;
        }
        let mut digits: Vec<u8> = Vec::with_capacity(limbs.len() * 9);
        for limb in limbs.iter().rev() {
            let mut scale = LIMB / 10;
            while scale > 0 {
                digits.push((limb / scale % 10) as u8);
                scale /= 10;
            }
        }
        let zeros = digits.iter().take_while(|d| **d == 0).count();
        digits.drain(..zeros);
        Decimal { digits, exponent }
    }

    /// A whole number below 10^21 as `xsd:integer`.
    fn write_integer(&self, out: &mut String) {
        let whole = (self.digits.len() as i32 + self.exponent).max(0) as usize;
        if whole == 0 {
            out.push('0');
        }
        out.extend(self.digits.iter().take(whole).map(|d| char::from(b'0' + d)));
    }

    /// `xsd:double` with sixteen significant digits, trailing zeros off.
    fn write_double(&self, out: &mut String) {
        const SIGNIFICANT: usize = 16;
        let mut digits: Vec<u8> = self.digits.iter().take(SIGNIFICANT).copied().collect();
        let mut exponent = self.digits.len() as i32 + self.exponent - 1;
        if self.digits.get(SIGNIFICANT).is_some_and(|next| *next >= 5) {
            let mut carry = true;
            for digit in digits.iter_mut().rev() {
                carry = *digit == 9;
                *digit = if carry { 0 } else { *digit + 1 };
                if !carry {
                    break;
                }
            }
            if carry {
                digits.insert(0, 1);
                exponent += 1;
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let mut digits = digits.iter().map(|d| char::from(b'0' + d));
        let Some(first) = digits.next() else {
            out.push_str("0.0E0");
            return;
        };
        out.push(first);
        out.push('.');
        let before = out.len();
        out.extend(digits);
        if out.len() == before {
            out.push('0');
        }
        out.push('E');
        json::write_number(f64::from(exponent), out);
    }
}

/// Limbs of nine decimal digits, the least first.
const LIMB: u32 = 1_000_000_000;

fn limbs_of(mut number: u64) -> Vec<u32> {
    let mut limbs = Vec::new();
    while number > 0 {
        limbs.push((number % u64::from(LIMB)) as u32);
        number /= u64::from(LIMB);
    }
    limbs
}

fn multiply(limbs: &mut Vec<u32>, factor: u32) {
    let mut carry = 0;
    for limb in limbs.iter_mut() {
        carry += u64::from(*limb) * u64::from(factor);
        *limb = (carry % u64::from(LIMB)) as u32;
        carry /= u64::from(LIMB);
    }
    if carry > 0 {
        limbs.push(carry as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values and forms as ECMAScript's `toFixed(0)` and `toExponential(15)` give them.
    #[test]
    fn numbers_read_as_in_javascript() {
        for (value, asked, lexical, double) in [
            (0.0, false, "0", false),
            (-0.0, false, "0", false),
            (-0.0, true, "0.0E0", true),
            (5.0, false, "5", false),
            (5.0, true, "5.0E0", true),
            (-17.25, false, "-1.725E1", true),
            (8.7, false, "8.699999999999999E0", true),
            (0.1, false, "1.0E-1", true),
            (9_007_199_254_740_993.0, false, "9007199254740992", false),
            (12_345_678_901_234_567_890.0, false, "12345678901234567168", false),
            (1e21, false, "1.0E21", true),
            (1e-7, false, "1.0E-7", true),
            (5e-324, false, "4.940656458412465E-324", true),
            (f64::MAX, false, "1.797693134862316E308", true),
            (1_000_000_000_000_000.5, false, "1.000000000000001E15", true),
            (9.999_999_999_999_999_9, false, "10", false),
            (0.999_999_999_999_999_99, true, "1.0E0", true),
        ] {
            let number = number(value, asked);
            assert_eq!((number.lexical.as_str(), number.double), (lexical, double), "{value}");
        }
    }

    #[test]
    fn quoted_text_has_the_canonical_escapes() {
        let mut out = String::new();
        write_quoted("a\"\\\u{8}\t\n\u{b}\u{c}\r\u{1f}\u{7f}é", &mut out);
        assert_eq!(out, "\"a\\\"\\\\\\b\\t\\n\\u000B\\f\\r\\u001F\\u007Fé\"");
    }
}
