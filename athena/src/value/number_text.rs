use std::fmt::Write as _;

/// Where Java's `Double.toString` changes to exponents.
const PLAIN: std::ops::Range<f64> = 1e-3..1e7;

/// A double as Athena's results show it: Java's `Double.toString`.
pub(crate) fn java_double(value: f64) -> String {
    if let Some(text) = no_number(value) {
        return text.to_owned();
    }
    if value == 0.0 || PLAIN.contains(&value.abs()) {
        let text = value.to_string();
        return if text.contains('.') {
            text
        } else {
            text + ".0"
        };
    }
    with_exponent(value)
}

/// A double as `CAST(x AS varchar)` gives it: always with an exponent.
pub(crate) fn scientific_double(value: f64) -> String {
    if let Some(text) = no_number(value) {
        return text.to_owned();
    }
    if value == 0.0 {
        return if value.is_sign_negative() {
            "-0E0"
        } else {
            "0E0"
        }
        .to_owned();
    }
    with_exponent(value)
}

fn no_number(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        return Some("NaN");
    }
    value
        .is_infinite()
        .then_some(if value > 0.0 { "Infinity" } else { "-Infinity" })
}

/// `1.5E-4`: at least one digit behind the point.
fn with_exponent(value: f64) -> String {
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    format!("{digits}{point}E{exponent}")
}

/// A decimal with all digits of its scale.
pub(crate) fn decimal_text(units: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let mut text = String::new();
    if units < 0 {
        text.push('-');
    }
    text.push_str(whole);
    if scale > 0 {
        // Writing into a string cannot fail.
        let _ = write!(text, ".{fraction}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_written_as_java_writes_them() {
        for (value, java, cast) in [
            (0.0, "0.0", "0E0"),
            (-0.0, "-0.0", "-0E0"),
            (1.0, "1.0", "1.0E0"),
            (0.001, "0.001", "1.0E-3"),
            (0.0001, "1.0E-4", "1.0E-4"),
            (9_999_999.0, "9999999.0", "9.999999E6"),
            (1e7, "1.0E7", "1.0E7"),
            (123_456_789.125, "1.23456789125E8", "1.23456789125E8"),
            (-0.25, "-0.25", "-2.5E-1"),
            (f64::NAN, "NaN", "NaN"),
            (f64::NEG_INFINITY, "-Infinity", "-Infinity"),
        ] {
            assert_eq!(java_double(value), java);
            assert_eq!(scientific_double(value), cast);
        }
    }

    #[test]
    fn decimals_show_all_digits_of_their_scale() {
        for (units, scale, text) in [
            (5, 2, "0.05"),
            (-5, 1, "-0.5"),
            (1234, 0, "1234"),
            (100, 2, "1.00"),
            (0, 1, "0.0"),
        ] {
            assert_eq!(decimal_text(units, scale), text);
        }
    }
}
