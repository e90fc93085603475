use std::net::IpAddr;

use super::address::Address;
use crate::base::Millis;

/// What a field's text may look like. A value that is missing is `-`, whatever the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    /// Documented values are not all there will be: AWS says to ignore others.
    Type,
    Time,
    Address,
    Ip,
    Decimal,
    Integer,
    /// AWS's own pattern for Athena lets it be empty.
    Status,
    TraceId,
    Verification,
    Health,
}

impl Shape {
    /// Whether a text that is not `-` has the shape.
    pub(super) fn fits(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Type => is_word(text),
            Self::Time => Millis::parse_rfc3339(text).is_some(),
            Self::Address => Address::parse(text).is_some(),
            Self::Ip => text.parse::<IpAddr>().is_ok(),
            Self::Decimal => is_decimal(text),
            Self::Integer => is_digits(unsigned(text)),
            Self::Status => text.is_empty() || is_digits(unsigned(text)),
            Self::TraceId => text.strip_prefix("TID_").is_some_and(|id| !id.is_empty()),
            Self::Verification => text == "Success" || text.starts_with("Failed:"),
            Self::Health => ["PASS", "FAIL"].contains(&text),
        }
    }

    /// Whether the field may hold `-`. What a line is about is always said.
    pub(super) fn may_be_missing(self) -> bool {
        self != Self::Type
    }

    /// What the field holds, for errors.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Type => "a type such as `https`",
            Self::Time => "a time such as `2026-04-20T10:00:00.250000Z`",
            Self::Address => "an address with its port behind the last colon",
            Self::Ip => "an IP address",
            Self::Decimal => "a number of seconds",
            Self::Integer => "a whole number",
            Self::Status => "a status code",
            Self::TraceId => "an id such as `TID_1234abcd5678ef90`",
            Self::Verification => "`Success` or `Failed:` with a code",
            Self::Health => "`PASS` or `FAIL`",
        }
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix('-').unwrap_or(text)
}

fn is_word(text: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(inside)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    match unsigned(text).split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(unsigned(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_their_shape_or_not() {
        for (shape, good, bad) in [
            (
                Shape::Type,
                &["h2", "grpcs"][..],
                &["H2", "", "2h", "a b"][..],
            ),
            (
                Shape::Time,
                &["2026-04-20T10:00:00Z"],
                &["2026-04-31T10:00:00Z", "10:00"],
            ),
            (
                Shape::Decimal,
                &["0.001", "-1", "-1.0", "12"],
                &["", "-", ".5", "1.", "1e3"],
            ),
            (Shape::Integer, &["0", "-1"], &["1.0", "+1", ""]),
            (Shape::Status, &["200", ""], &["2xx"]),
            (Shape::Ip, &["10.0.0.1", "::1"], &["[::1]", "host"]),
            (Shape::TraceId, &["TID_1"], &["TID_", "T1"]),
        ] {
            good.iter()
                .for_each(|text| assert!(shape.fits(text), "{text}"));
            bad.iter()
                .for_each(|text| assert!(!shape.fits(text), "{text}"));
        }
    }
}
