use belfry_engine::base::Millis;
use jiff::{SpanRelativeTo, Unit};

/// Where a time range begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// So many milliseconds before now.
    Ago(i64),
    /// At a moment.
    Moment(Millis),
}

impl Since {
    /// Reads `30m`, `1h30m`, `2d`, or RFC 3339 text.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(moment) = Millis::parse_rfc3339(text) {
            return Ok(Self::Moment(moment));
        }
        let wrong =
            || format!("`{text}` is neither a length of time (30m, 1h, 2d) nor an RFC 3339 moment");
        let span: jiff::Span = text.parse().map_err(|_| wrong())?;
        let days = SpanRelativeTo::days_are_24_hours();
        let millis = span.total((Unit::Millisecond, days)).map_err(|_| wrong())?;
        let millis: i64 = format!("{millis:.0}").parse().map_err(|_| wrong())?;
        if millis > 0 {
            Ok(Self::Ago(millis))
        } else {
            Err(wrong())
        }
    }

    /// The moment, seen from `now`.
    pub(super) fn from(self, now: Millis) -> Millis {
        match self {
            Self::Ago(millis) => now.plus(-millis),
            Self::Moment(moment) => moment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_moments_are_read() {
        assert_eq!(Since::parse("90m"), Ok(Since::Ago(5_400_000)));
        assert_eq!(Since::parse("1h30m"), Ok(Since::Ago(5_400_000)));
        assert_eq!(Since::parse("2d"), Ok(Since::Ago(172_800_000)));
        let moment = Millis(1_776_679_200_000);
        assert_eq!(
            Since::parse("2026-04-20T10:00:00Z"),
            Ok(Since::Moment(moment))
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["1", "yesterday", "-1h", "0s", ""] {
            assert!(Since::parse(text).is_err(), "{text}");
        }
    }
}
