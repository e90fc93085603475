use super::parse_number;

/// A number as Java prints a double: `60` as `60.0`, `128000000` as `1.28E8`.
pub(in crate::insights) fn java_text(written: &str) -> String {
    let Some(number) = parse_number(written).map(super::Number::as_f64) else {
        return written.to_owned();
    };
    let size = number.abs();
    let plain = number == 0.0 || (1e-3..1e7).contains(&size);
    let text = if plain {
        number.to_string()
    } else {
        format!("{number:E}")
    };
    let (digits, exponent) = text
        .split_once('E')
        .map_or((&*text, None), |(d, e)| (d, Some(e)));
    let digits = match digits.contains('.') {
        true => digits.to_owned(),
        false => format!("{digits}.0"),
    };
    exponent.map_or(digits.clone(), |exponent| format!("{digits}E{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::java_text;

    #[test]
    fn numbers_print_as_doubles_of_java() {
        for (written, java) in [
            ("60", "60.0"),
            ("14.97", "14.97"),
            ("128000000", "1.28E8"),
            ("67000000", "6.7E7"),
            ("9999999", "9999999.0"),
            ("10000000", "1.0E7"),
            ("0", "0.0"),
            ("-0.0005", "-5.0E-4"),
            ("1e3", "1000.0"),
        ] {
            assert_eq!(java_text(written), java);
        }
    }
}
