use super::lanes::{LANES, digits, string_stops};

/// One in every byte of a word.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The high bit of every byte of a word.
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Where the next quote, backslash or control character stands at or behind `at`.
#[inline]
pub(super) fn string_stop(text: &[u8], mut at: usize) -> Option<usize> {
    while let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk) {
        if let Some(lane) = first(string_stops(bytes)) {
            return Some(at + lane);
        }
        at += LANES;
    }
    short_string_stop(text, at)
}

/// The same near the end of the text, eight bytes at a time.
fn short_string_stop(text: &[u8], mut at: usize) -> Option<usize> {
    while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        let stops = equals(word, b'"') | equals(word, b'\\') | below_space(word);
        if stops != 0 {
            let byte = stops.trailing_zeros() / 8;
            return Some(at + usize::try_from(byte).unwrap_or_default());
        }
        at += 8;
    }
    let rest = text.get(at..)?;
    let stop = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    rest.iter().position(stop).map(|found| at + found)
}

/// The lowest bit that is set.
fn first(bits: u32) -> Option<usize> {
    let lane = usize::try_from(bits.trailing_zeros()).unwrap_or_default();
    (bits != 0).then_some(lane)
}

/// The high bit of bytes that are `byte`. Bytes above the first that is may be marked wrongly.
fn equals(word: u64, byte: u8) -> u64 {
    let zeros = word ^ (ONES * u64::from(byte));
    zeros.wrapping_sub(ONES) & !zeros & HIGHS
}

/// The high bit of bytes below 0x20. Bytes above the first such may be marked wrongly.
fn below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word & HIGHS
}

/// The end of the JSON number that starts at `at`.
#[inline]
pub(super) fn number_end(text: &[u8], at: usize) -> Option<usize> {
    let bytes = text.get(at..).and_then(<[u8]>::first_chunk);
    let short = bytes.and_then(short_number);
    match short {
        Some(length) => Some(at + length),
        None => any_number_end(text, at),
    }
}

/// The length of a number of digits, perhaps with a point among them, that ends within the bytes. `None` for all
/// else, other numbers included.
fn short_number(bytes: &[u8; LANES]) -> Option<usize> {
    let digits = digits(bytes);
    let whole = digits.trailing_ones();
    if whole == 0 || (whole > 1 && bytes.first() == Some(&b'0')) {
        return None;
    }
    let end = match bytes.get(usize::try_from(whole).ok()?)? {
        b'.' => {
            let fraction = (digits >> (whole + 1)).trailing_ones();
            if fraction == 0 {
                return None;
            }
            usize::try_from(whole + 1 + fraction).ok()?
        }
        _ => usize::try_from(whole).ok()?,
    };
    let behind = bytes.get(end)?;
    (!matches!(behind, b'e' | b'E')).then_some(end)
}

fn any_number_end(text: &[u8], mut at: usize) -> Option<usize> {
    let is = |at: usize, set: &[u8]| text.get(at).is_some_and(|byte| set.contains(byte));
    at += usize::from(is(at, b"-"));
    at = if is(at, b"0") {
        at + 1
    } else {
        digits_end(text, at)?
    };
    if is(at, b".") {
        at = digits_end(text, at + 1)?;
    }
    if is(at, b"eE") {
        at += 1;
        at += usize::from(is(at, b"+-"));
        at = digits_end(text, at)?;
    }
    Some(at)
}

fn digits_end(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(at + count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_string_stops_at_the_first_quote_backslash_or_control_character() {
        for length in 0..50 {
            for stop in [b'"', b'\\', 0_u8, 0x1f] {
                let mut text = "aé!~\u{7f}".repeat(10).into_bytes();
                text.truncate(length);
                text.push(stop);
                text.extend(b"\"\\\n\"\"\"\"\"\"\"");
                assert_eq!(string_stop(&text, 0), Some(length));
            }
        }
        assert_eq!(string_stop(b"no end at all", 0), None);
    }

    #[test]
    fn numbers_end_where_json_ends_them() {
        for (text, end) in [("0", 1), ("01", 1), ("-12.5e+3,", 8), ("7}", 1)] {
            assert_eq!(number_end(text.as_bytes(), 0), Some(end), "{text}");
        }
        for text in ["-", "1.", "1e", ".5", "x"] {
            assert_eq!(number_end(text.as_bytes(), 0), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_ends_numbers_where_the_long_one_does(text in "(-?[0-9]{0,17}(\\.[0-9]{0,17})?(e[0-9]{0,2})?)[ -~]{0,17}") {
            let text = text.as_bytes();
            prop_assert_eq!(number_end(text, 0), any_number_end(text, 0));
        }
    }
}
