/// A number for a reader: three digits behind the point at most, thousands as `k`, `M`, `G`, `T`.
pub(super) fn compact(value: f64) -> String {
    const STEPS: [(f64, &str); 4] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let magnitude = value.abs();
    if !value.is_finite() || (magnitude > 0.0 && magnitude < 1e-3) || magnitude >= 1e15 {
        let text = format!("{value:.2e}");
        return match text.split_once('e') {
            Some((digits, power)) => {
                let digits = digits.trim_end_matches('0').trim_end_matches('.');
                format!("{digits}e{power}")
            }
            None => text,
        };
    }
    match STEPS.iter().find(|(step, _)| magnitude >= *step) {
        Some((step, suffix)) => format!("{}{suffix}", trimmed(value / step, 2)),
        None => trimmed(value, if magnitude < 1.0 { 3 } else { 2 }),
    }
}

fn trimmed(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    match text {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn numbers_are_short_and_keep_their_size() {
        let table = [
            (0.0, "0"),
            (0.125, "0.125"),
            (12.5, "12.5"),
            (999.0, "999"),
            (1500.0, "1.5k"),
            (2_340_000.0, "2.34M"),
            (-42.0, "-42"),
            (0.000_02, "2e-5"),
            (5.134_400_157_962_446e-4, "5.13e-4"),
            (-6.000_000_000_000_001e-4, "-6e-4"),
            (9.996e-4, "1e-3"),
            (f64::INFINITY, "inf"),
        ];
        for (value, text) in table {
            assert_eq!(compact(value), text);
        }
    }
}
