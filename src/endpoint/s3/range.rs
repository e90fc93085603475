use crate::endpoint::Fault;

/// The part that `Range` asks for of `length` bytes: the first byte and how many. `None` is all of it: without a range,
/// and with one that is not a single `bytes=…`, which S3 passes over. A range outside of the object is refused.
pub(super) fn of(range: Option<&str>, length: u64) -> Result<Option<(u64, u64)>, Fault> {
    let Some((first, last)) = range.and_then(read) else {
        return Ok(None);
    };
    let refused = || {
        let message = "The requested range is not satisfiable";
        Err(Fault::new("InvalidRange", message)
            .with_status(416)
            .with_member("RangeRequested", range.unwrap_or_default().into())
            .with_member("ActualObjectSize", length.into()))
    };
    let (from, to) = match (first, last) {
        (Some(from), to) => (from, to.unwrap_or(u64::MAX).min(length.saturating_sub(1))),
        (None, Some(count)) => (length.saturating_sub(count), length.saturating_sub(1)),
        (None, None) => return Ok(None),
    };
    let is_empty = first.is_none() && last == Some(0);
    if from >= length || is_empty {
        return refused();
    }
    Ok(Some((from, to - from + 1)))
}

/// `bytes=1-2`, `bytes=1-`, `bytes=-2`.
fn read(range: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| {
        if text.is_empty() {
            Some(None)
        } else {
            text.parse::<u64>().ok().map(Some)
        }
    };
    let (first, last) = (number(first.trim())?, number(last.trim())?);
    match (first, last) {
        (Some(first), Some(last)) if first > last => None,
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_taken_from_the_start_or_the_end() {
        for (range, wanted) in [
            ("bytes=0-0", Some((0, 1))),
            ("bytes=2-4", Some((2, 3))),
            ("bytes=2-", Some((2, 8))),
            ("bytes=-3", Some((7, 3))),
            ("bytes=-30", Some((0, 10))),
            ("bytes=5-99", Some((5, 5))),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("lines=1-2", None),
            ("bytes=-", None),
            ("bytes=x-2", None),
        ] {
            assert_eq!(of(Some(range), 10).unwrap(), wanted, "{range}");
        }
        assert_eq!(of(None, 10).unwrap(), None);
    }

    #[test]
    fn a_range_outside_is_refused() {
        for (range, length) in [
            ("bytes=10-", 10),
            ("bytes=-0", 10),
            ("bytes=0-", 0),
            ("bytes=-5", 0),
        ] {
            assert_eq!(of(Some(range), length).unwrap_err().status, 416, "{range}");
        }
    }
}
