/// Prints a number as Java's `Double.toString` does, because CloudWatch's reasons do: `50.0`, `1.0E7`.
pub(super) fn java_double(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 || (1e-3..1e7).contains(&magnitude) {
        return format!("{value:?}");
    }
    if !value.is_finite() {
        return match value {
            v if v.is_nan() => "NaN".to_owned(),
            v if v > 0.0 => "Infinity".to_owned(),
            _ => "-Infinity".to_owned(),
        };
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if digits.contains('.') => format!("{digits}E{exponent}"),
        Some((digits, exponent)) => format!("{digits}.0E{exponent}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::java_double;

    #[test]
    fn numbers_print_as_java_prints_them() {
        let table = [
            (50.0, "50.0"),
            (0.0666851903306472, "0.0666851903306472"),
            (20000.0, "20000.0"),
            (9_999_999.0, "9999999.0"),
            (1e7, "1.0E7"),
            (123_456_789.5, "1.234567895E8"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (-2.5e-5, "-2.5E-5"),
            (0.0, "0.0"),
        ];
        for (value, text) in table {
            assert_eq!(java_double(value), text);
        }
    }
}
