//! Whether one number is a multiple of another, in decimal: doubles would say that 0.0075 is no multiple of 0.0001.

use crate::json::write_number;

/// Whether `number` is a whole multiple of `divisor`; `None` where `divisor` is not above zero.
pub(super) fn is_multiple(number: f64, divisor: f64) -> Option<bool> {
    if divisor <= 0.0 {
        return None;
    }
    let ((number, power), (divisor, divisor_power)) = (decimal(number), decimal(divisor));
    if number == 0 {
        return Some(true);
    }
    let shift = power - divisor_power;
    if shift >= 0 {
        // Modulo the divisor, step by step: the power may be beyond all integers.
        let rest = (0..shift).fold(u128::from(number % divisor), |rest, _| rest * 10 % u128::from(divisor));
        return Some(rest == 0);
    }
    // A number of 17 digits is no multiple of one with more.
    let Some(scale) = u32::try_from(-shift).ok().and_then(|digits| 10_u128.checked_pow(digits)) else {
        return Some(false);
    };
    Some(u128::from(divisor).checked_mul(scale).is_some_and(|whole| u128::from(number) % whole == 0))
}

/// The digits of a number, without its sign, and the power of ten that they are multiplied with.
fn decimal(number: f64) -> (u64, i32) {
    let mut text = String::new();
    write_number(number, &mut text);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (digits, mut power, mut fraction) = (mantissa.bytes(), exponent.parse().unwrap_or(0), false);
    let mut value = 0_u64;
    for byte in digits {
        match byte {
            // Doubles print 17 significant digits at most; what follows are zeros.
            b'0'..=b'9' if value < 10_u64.pow(17) => {
                value = value * 10 + u64::from(byte - b'0');
                power -= i32::from(fraction);
            }
            b'0'..=b'9' => power += i32::from(!fraction),
            b'.' => fraction = true,
            _ => {}
        }
    }
    (value, power)
}

#[cfg(test)]
mod tests {
    use super::is_multiple;

    #[test]
    fn multiples_are_decimal() {
        for (number, divisor, expected) in [
            (0.0075, 0.0001, true),
            (0.00751, 0.0001, false),
            (4.5, 1.5, true),
            (35.0, 1.5, false),
            (0.0, 0.3, true),
            (-9.0, 3.0, true),
            (1e308, 0.5, true),
            (1e308, 0.123_456_789, false),
            (1e-7, 1e-8, true),
            (1e-8, 1e-7, false),
            (1e-300, 1e300, false),
            (123_456_789_012_345_680_000.0, 10.0, true),
            (12_391_239_123.0, 1e-8, true),
        ] {
            assert_eq!(is_multiple(number, divisor), Some(expected), "{number} of {divisor}");
        }
        assert_eq!(is_multiple(1.0, 0.0), None);
        assert_eq!(is_multiple(1.0, -1.0), None);
    }
}
