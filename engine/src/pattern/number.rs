use super::decimal::Decimal;

/// A number of an event: integers are kept exactly, all others as doubles, as CloudWatch Logs does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// Its exact value; `None` beyond the range of a double, where no numeric comparison holds.
    pub(super) decimal: Option<Decimal>,
    /// Its canonical text: the digits of an integer, or the double as Java prints it.
    pub(super) text: String,
}

impl Number {
    /// From the text of a JSON number.
    pub(super) fn from_json(raw: &str) -> Self {
        if !raw.contains(['.', 'e', 'E']) {
            let text = if raw == "-0" { "0" } else { raw };
            return Self {
                decimal: Decimal::parse(text),
                text: text.to_owned(),
            };
        }
        let double = raw.parse::<f64>().unwrap_or(f64::INFINITY);
        Self {
            decimal: if double.is_finite() {
                Decimal::parse(&format!("{double:e}"))
            } else {
                None
            },
            text: java_text(double),
        }
    }
}

/// A double as Java's `Double.toString` prints it: plain from 0.001 up to ten million, else `1.0E10`.
fn java_text(double: f64) -> String {
    if double.is_infinite() {
        return if double > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    if double == 0.0 || (1e-3..1e7).contains(&double.abs()) {
        return format!("{double:?}");
    }
    let scientific = format!("{double:e}");
    match scientific.split_once('e') {
        Some((mantissa, power)) if mantissa.contains('.') => format!("{mantissa}E{power}"),
        Some((mantissa, power)) => format!("{mantissa}.0E{power}"),
        None => scientific,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_print_as_java_prints_them() {
        let cases = [
            ("1.0", "1.0"),
            ("1e3", "1000.0"),
            ("-0.0", "-0.0"),
            ("1e10", "1.0E10"),
            ("1e7", "1.0E7"),
            ("9999999.0", "9999999.0"),
            ("0.001", "0.001"),
            ("0.00012", "1.2E-4"),
            ("1e309", "Infinity"),
            ("-1e309", "-Infinity"),
            ("1e-999", "0.0"),
        ];
        for (raw, text) in cases {
            assert_eq!(Number::from_json(raw).text, text);
        }
    }

    #[test]
    fn integers_keep_every_digit() {
        let digits = "123456789012345678901234567890";
        assert_eq!(Number::from_json(digits).text, digits);
        assert_eq!(Number::from_json("-0").text, "0");
    }
}
