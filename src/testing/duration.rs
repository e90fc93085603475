use belfry_engine::diag::{Diagnostic, test as codes};

use crate::suite::section::{Section, Text};

/// Units of a length of time, longest first, in milliseconds.
const UNITS: &[(&str, i64)] = &[
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1000),
    ("ms", 1),
];

/// Reads `1h30m`, `90s`, `250ms` or `0` as milliseconds.
pub(super) fn parse(text: &str) -> Option<i64> {
    if text == "0" {
        return Some(0);
    }
    let mut rest = text;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let letters = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let (_, millis) = UNITS.iter().find(|(name, _)| *name == unit)?;
        total = total.checked_add(number.parse::<i64>().ok()?.checked_mul(*millis)?)?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

/// As a test file would write it: `1h30m`.
pub fn short(millis: i64) -> String {
    let mut rest = millis;
    let mut text = String::new();
    for (unit, length) in UNITS {
        if rest >= *length {
            text.push_str(&(rest / length).to_string());
            text.push_str(unit);
            rest %= length;
        }
    }
    match text.is_empty() {
        true => "0".to_owned(),
        false => text,
    }
}

/// Reads a text as a length of time, in milliseconds.
pub(super) fn read(cx: &mut Vec<Diagnostic>, text: &Text) -> Option<i64> {
    let read = parse(&text.value);
    if read.is_none() {
        let message = format!("`{}` is no length of time", text.value);
        cx.push(
            Diagnostic::error(&codes::LENGTH_OF_TIME, text.at, message)
                .help("write `90s`, `5m`, `1h30m` or `0`"),
        );
    }
    read
}

/// The length of time under `key`, in milliseconds.
pub(super) fn key(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    key: &'static str,
) -> Option<(i64, Text)> {
    let text = section.string(cx, key)?;
    Some((read(cx, &text)?, text))
}

#[cfg(test)]
mod tests {
    use super::{parse, short};

    #[test]
    fn a_length_of_time_reads_back_what_it_prints() {
        for millis in [0, 1, 1000, 90_000, 5_400_000, 86_400_000, 90_061_001] {
            assert_eq!(parse(&short(millis)), Some(millis), "{millis}");
        }
    }

    #[test]
    fn units_are_named_and_numbers_are_whole() {
        assert_eq!(parse("90m"), Some(5_400_000));
        for wrong in [
            "",
            "5",
            "m",
            "1.5h",
            "5 m",
            "-5m",
            "5min",
            "99999999999999d",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
