use super::Millis;

/// Reads `YYYY-MM-DDTHH:MM:SS.fffZ` with any or no fraction, since 1970, without the calendar library; `None` for
/// everything unusual.
pub(super) fn utc(text: &[u8]) -> Option<Millis> {
    let (text, fraction) = text.strip_suffix(b"Z")?.split_at_checked(19)?;
    let marks = [
        text.get(4)?,
        text.get(7)?,
        text.get(10)?,
        text.get(13)?,
        text.get(16)?,
    ];
    if marks != [&b'-', &b'-', &b'T', &b':', &b':'] {
        return None;
    }
    let pair = |at: usize| digits(text.get(at..at + 2)?);
    let (year, month, day) = (digits(text.get(..4)?)?, pair(5)?, pair(8)?);
    let (hour, minute, second) = (pair(11)?, pair(14)?, pair(17)?);
    let valid = year >= 1970
        && (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let seconds = ((days_before(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    valid.then_some(())?;
    Some(Millis(seconds * 1000 + millis(fraction)?))
}

fn digits(text: &[u8]) -> Option<i64> {
    let mut value = 0;
    for byte in text {
        value = value * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(value)
}

/// The milliseconds of `.fff`, further digits cut off.
fn millis(fraction: &[u8]) -> Option<i64> {
    let Some(fraction) = fraction.strip_prefix(b".") else {
        return fraction.is_empty().then_some(0);
    };
    if !(1..=9).contains(&fraction.len()) {
        return None;
    }
    let all = digits(fraction)?;
    let digits = u32::try_from(fraction.len()).ok()?;
    Some(match digits.checked_sub(3) {
        Some(more) => all / 10_i64.pow(more),
        None => all * 10_i64.pow(3 - digits),
    })
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 on, in the Gregorian calendar; years are counted from March, so that the leap day
/// is the last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let since_march = (month + 9) % 12;
    let of_year = (153 * since_march + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn calendar(text: &str) -> Option<Millis> {
        let read = text.parse::<Timestamp>().ok();
        read.map(|moment| Millis(moment.as_millisecond()))
    }

    #[test]
    fn unusual_texts_are_left_to_the_calendar_library() {
        for text in [
            "2026-02-29T00:00:00Z",
            "1969-12-31T23:59:59.5Z",
            "2026-04-20T12:00:00+02:00",
            "2026-04-20 10:00:00Z",
            "2016-12-31T23:59:60Z",
            "2026-04-20T10:00:00.Z",
            "2026-04-20T10:00:0xZ",
        ] {
            assert_eq!(utc(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_agrees_with_the_calendar(millis in 0..253_402_300_800_000_i64, cut in 0..5_usize) {
            let text = Millis(millis).to_rfc3339();
            let text = format!("{}Z", &text[..text.len() - 1 - if cut == 3 { 4 } else { cut.min(2) }]);
            prop_assert_eq!(utc(text.as_bytes()), calendar(&text), "{}", text);
        }
    }
}
