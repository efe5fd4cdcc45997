//! Decimal text to the nearest double (IEEE 754, ties to even), exactly.
//!
//! The standard library's own way leans on tables that make the WASM a tenth larger. Numbers in credentials are short:
//! they go the direct way here, and the rest by long division.

use core::cmp::Ordering;

/// Significant digits that are looked at. The middle between two neighbouring doubles has at most 767; what follows
/// can only say that there is more.
const MAX_DIGITS: usize = 770;

/// Powers of ten up to this one are doubles, exactly.
const MAX_EXACT_POWER: u64 = 22;

/// The double nearest to `number`, which has the grammar of a JSON number; `None` where it is beyond all doubles.
pub(super) fn nearest_double(number: &str) -> Option<f64> {
    let (sign, number) = match number.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, number),
    };
    let (mantissa, power) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut decimal = Decimal { digits: Vec::new(), power: exponent(power) - fraction.len() as i64 };
    whole.bytes().chain(fraction.bytes()).for_each(|digit| decimal.push(digit - b'0'));
    Some(sign * decimal.nearest()?)
}

/// The exponent's value, held within what no number of digits can make up for.
fn exponent(text: &str) -> i64 {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    sign * digits.bytes().fold(0, |value, digit| (value * 10 + i64::from(digit - b'0')).min(1 << 48))
}

/// `digits` as a whole number, without leading zeros, times ten to `power`.
struct Decimal {
    digits: Vec<u8>,
    power: i64,
}

impl Decimal {
    /// Adds a digit at the end.
    fn push(&mut self, digit: u8) {
        if self.digits.len() < MAX_DIGITS {
            if digit != 0 || !self.digits.is_empty() {
                self.digits.push(digit);
            }
            return;
        }
        self.power += 1;
        if let Some(last) = self.digits.last_mut() {
            // Odd, so not zero: there is more, and the middle between two doubles is not met.
            *last |= u8::from(digit != 0);
        }
    }

    fn nearest(mut self) -> Option<f64> {
        while self.digits.pop_if(|last| *last == 0).is_some() {
            self.power += 1;
        }
        let size = self.digits.len() as i64;
        if size == 0 || size + self.power < -323 {
            return Some(0.0);
        }
        if size + self.power > 309 {
            return None;
        }
        let power = self.power.unsigned_abs();
        if size <= 15 && power <= MAX_EXACT_POWER {
            // Both are doubles exactly, so that one operation rounds once.
            let whole = self.digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(*digit));
            let scale = (0..power).fold(1.0, |value, _| value * 10.0);
            return Some(if self.power < 0 { whole / scale } else { whole * scale });
        }
        let (mut above, mut below) = (Big(Vec::new()), Big(vec![1]));
        self.digits.iter().for_each(|digit| above.multiply_add(10, u32::from(*digit)));
        let scaled = if self.power < 0 { &mut below } else { &mut above };
        (0..power).for_each(|_| scaled.multiply_add(10, 0));
        divide(above, below)
    }
}

/// The double nearest to `above / below`, both positive; `None` where that is beyond all doubles.
fn divide(mut above: Big, mut below: Big) -> Option<f64> {
    // The quotient becomes a whole number of 63 or 64 bits, times two to the power of -shift.
    let shift = 63 - (above.bits() - below.bits());
    let scaled = if shift < 0 { &mut below } else { &mut above };
    scaled.shift_left(shift.unsigned_abs());
    below.shift_left(63);
    let mut quotient: u64 = 0;
    for _ in 0..64 {
        quotient <<= 1;
        if above.cmp(&below) != Ordering::Less {
            above.subtract(&below);
            quotient |= 1;
        }
        below.halve();
    }
    let length = i64::from(64 - quotient.leading_zeros());
    // Of the leading bit. Below -1022, doubles have fewer than 53 bits (they are subnormal).
    let exponent = length - 1 - shift;
    if exponent > 1023 {
        return None;
    }
    let kept = 53 - (-1022 - exponent).max(0);
    let drop = length - kept;
    let (mut bits, rest) = match drop {
        ..64 => (quotient >> drop, quotient & ((1 << drop) - 1)),
        64 => (0, quotient),
        _ => return Some(0.0),
    };
    let half = 1_u64 << (drop - 1);
    if rest > half || (rest == half && (bits & 1 == 1 || !above.is_zero())) {
        bits += 1;
    }
    // The leading bit of a normal double adds one to its exponent field, as does a carry out of the rounding.
    bits += ((exponent + 1022).max(0) as u64) << 52;
    Some(f64::from_bits(bits)).filter(|double| double.is_finite())
}

/// A natural number: limbs from the lowest, the highest not zero.
struct Big(Vec<u32>);

impl Big {
    fn multiply_add(&mut self, factor: u32, add: u32) {
        let mut carry = u64::from(add);
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift_left(&mut self, bits: u64) {
        self.multiply_add(1 << (bits % 32), 0);
        self.0.splice(0..0, (0..bits / 32).map(|_| 0));
    }

    fn halve(&mut self) {
        let mut carry = 0;
        for limb in self.0.iter_mut().rev() {
            let low = *limb & 1;
            *limb = *limb >> 1 | carry << 31;
            carry = low;
        }
        self.trim();
    }

    /// Takes away `other`, which is not larger.
    fn subtract(&mut self, other: &Big) {
        let mut borrow = false;
        let others = other.0.iter().copied().chain(core::iter::repeat(0));
        for (limb, other) in self.0.iter_mut().zip(others) {
            let (first, under) = limb.overflowing_sub(other);
            let (second, under_again) = first.overflowing_sub(u32::from(borrow));
            *limb = second;
            borrow = under || under_again;
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.pop_if(|limb| *limb == 0).is_some() {}
    }

    fn cmp(&self, other: &Big) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn bits(&self) -> i64 {
        self.0.len() as i64 * 32 - i64::from(self.0.last().map_or(0, |limb| limb.leading_zeros()))
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::nearest_double;

    fn check(text: &str) {
        let expected: f64 = text.parse().unwrap();
        let expected = expected.is_finite().then(|| expected.to_bits());
        assert_eq!(nearest_double(text).map(f64::to_bits), expected, "{text}");
    }

    /// A fixed sequence that looks random (splitmix64).
    fn sequence() -> impl Iterator<Item = u64> {
        (1..).map(|i: u64| {
            let mut z = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ z >> 31
        })
    }

    #[test]
    fn agrees_on_every_size_of_double() {
        for bits in sequence().take(20_000) {
            let double = f64::from_bits(bits);
            if double.is_finite() {
                check(&format!("{double:e}"));
                check(&format!("{double:.16e}"));
                check(&format!("{double:.20e}"));
            }
        }
    }

    #[test]
    fn agrees_on_plain_decimals() {
        for bits in sequence().take(20_000) {
            let (whole, fraction) = (bits >> (bits % 64), (bits >> 7) % 100_000);
            check(&whole.to_string());
            check(&format!("-{whole}.{fraction}"));
            check(&format!("0.000{whole}E+{}", bits % 40));
            check(&format!("{fraction}e-{}", bits % 400));
        }
    }

    /// An odd number over two to the power of 1075 is in the middle of two doubles, or close to one; so is a hair off it.
    #[test]
    fn rounds_ties_to_even_and_nothing_else() {
        for odd in [1, 3, 5, 7, (1 << 53) - 1, (1 << 53) + 1, (1 << 54) - 1]
            .into_iter()
            .chain(sequence().take(200).map(|bits| bits >> 10 | 1))
        {
            let middle = halved(odd, 1_075);
            assert!(middle.len() <= 2 + 1_075);
            check(&middle);
            check(&format!("{middle}0000000"));
            check(&format!("{middle}0000001"));
            let below = middle.strip_suffix('5').unwrap();
            check(&format!("{below}49999999"));
            check(&format!("{below}49999999{}", "0".repeat(900)));
            check(&format!("{below}5{}1", "0".repeat(900)));
        }
        for step in 1..200_u64 {
            check(&((1 << 53) + step).to_string());
            check(&((1 << 54) + step).to_string());
            check(&((1 << 63) + step * 512).to_string());
            check(&format!("{}.5", (1_u64 << 52) + step));
        }
    }

    /// The exact decimal text of `number` divided by two to the power of `times`, below one.
    fn halved(number: u64, times: usize) -> String {
        let mut digits = vec![0; times];
        let whole: Vec<u8> = number.to_string().bytes().map(|b| b - b'0').collect();
        let mut all = whole.clone();
        all.append(&mut digits);
        for _ in 0..times {
            let mut carry = 0;
            for digit in &mut all {
                let value = carry * 10 + *digit;
                *digit = value / 2;
                carry = value % 2;
            }
        }
        let text: String = all.iter().map(|d| char::from(b'0' + d)).collect();
        let (before, after) = text.split_at(whole.len());
        assert!(before.bytes().all(|b| b == b'0'));
        format!("0.{after}")
    }

    #[test]
    fn agrees_at_the_edges() {
        for text in [
            "0",
            "-0",
            "0.0",
            "0e5",
            "-0.0e-5",
            "1",
            "10",
            "1e22",
            "1e23",
            "123456789012345e22",
            "123456789012345e23",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e308",
            "1e309",
            "1e310",
            "-1e400",
            "17976931348623157e292",
            "4.9e-324",
            "5e-324",
            "2.4703282292062328e-324",
            "2.4703282292062327e-324",
            "2e-324",
            "1e-323",
            "9e-325",
            "1e-400",
            "2.2250738585072011e-308",
            "2.2250738585072012e-308",
            "2.2250738585072014e-308",
            "9007199254740993",
            "12345678901234567890",
            "333333333.33333329",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "0e99999999999999999999",
        ] {
            check(text);
            check(&text.replace('e', "E"));
        }
        let zeros = "0".repeat(5_000);
        check(&format!("0.{zeros}1e5001"));
        check(&format!("1{zeros}e-5000"));
        check(&format!("1{zeros}1e-5000"));
        check(&format!("{}e-4999", "9".repeat(5_000)));
        check(&"9".repeat(308));
        check(&"9".repeat(309));
        check(&format!("0.{}", "9".repeat(2_000)));
    }
}
