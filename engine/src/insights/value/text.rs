/// How many decimals, or significant digits below one, a computed number keeps.
const PRECISION: i32 = 4;

/// The text of a computed number: whole numbers without point or exponent; otherwise four decimals from
/// one upwards and four significant digits below one, rounded half up, without trailing zeros. The rule
/// reproduces every published output that was found (`125.2236`, `0.0002015`, `0.000000003334`).
pub(in crate::insights) fn float_text(value: f64) -> String {
    if let Some(whole) = super::number::f64_to_integer(value) {
        return whole.to_string();
    }
    let written = format!("{:e}", value.abs());
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let kept = exponent.max(-1) + 1 + PRECISION;
    let (digits, exponent) = round_half_up(digits, kept, exponent);
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", plain(&digits, exponent))
}

/// Keeps the first `kept` digits; a carry out of the first digit raises the exponent.
fn round_half_up(mut digits: Vec<u8>, kept: i32, exponent: i32) -> (Vec<u8>, i32) {
    let kept = usize::try_from(kept).unwrap_or(0);
    if digits.len() <= kept {
        return (digits, exponent);
    }
    let up = digits[kept] >= b'5';
    digits.truncate(kept);
    if !up {
        return (digits, exponent);
    }
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return (digits, exponent);
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    (digits, exponent + 1)
}

/// Digits with the point `exponent + 1` places after their start.
fn plain(digits: &[u8], exponent: i32) -> String {
    let digits: String = digits.iter().map(|&b| char::from(b)).collect();
    let digits = digits.trim_end_matches('0');
    let Ok(whole) = usize::try_from(exponent + 1) else {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        return format!("0.{}{digits}", "0".repeat(zeros));
    };
    match digits.split_at_checked(whole) {
        Some(("", fraction)) => format!("0.{fraction}"),
        Some((whole, "")) => whole.to_owned(),
        Some((whole, fraction)) => format!("{whole}.{fraction}"),
        None => format!("{digits:0<whole$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::float_text;

    #[test]
    fn published_numbers_print_as_published() {
        let table = [
            (128_000_000.0 / 1_048_576.0, "122.0703"),
            (57_007_042.253_521_13, "57007042.2535"),
            (68.0 / 9799.0 * 100.0, "0.6939"),
            (47_965.0 * 4.2e-9, "0.0002015"),
            (2.0 * 1.667_187_5e-9, "0.000000003334"),
            (0.1 + 0.2, "0.3"),
            (3.0, "3"),
            (-2.5, "-2.5"),
            (0.999_99, "1"),
            (9.999_99, "10"),
            (99.999_96, "100"),
            (1e21, "1000000000000000000000"),
            (1.031_25, "1.0313"),
        ];
        for (value, text) in table {
            assert_eq!(float_text(value), text);
        }
    }
}
