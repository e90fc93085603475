/// What a piece of a text is mistaken for.
pub(super) type Pieces = &'static [(&'static str, &'static str)];

/// The text with each piece, wherever it stands outside double quotes, replaced by its other; each text once.
pub(super) fn turned(text: &str, pieces: Pieces) -> Vec<String> {
    let mut turned = Vec::new();
    for (piece, other) in pieces {
        for (at, _) in text.match_indices(piece) {
            if !is_quoted(text, at) {
                let changed = replaced(text, at, at + piece.len(), other);
                if !turned.contains(&changed) {
                    turned.push(changed);
                }
            }
        }
    }
    turned
}

/// Whether the byte at `at` stands between double quotes.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.matches('"').count() % 2 == 1
}

/// The text with `other` in the place of what stands between two bytes.
pub(super) fn replaced(text: &str, from: usize, to: usize, other: &str) -> String {
    let before = text.get(..from).unwrap_or_default();
    let after = text.get(to..).unwrap_or_default();
    format!("{before}{other}{after}")
}

/// Where whole numbers and fractions stand that are no part of a name, and outside quotes.
pub(super) fn numbers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_part =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'$' | b'@');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if !is_part(byte) {
            at += 1;
            continue;
        }
        let length = bytes.iter().skip(at).take_while(|b| is_part(b)).count();
        let word = text.get(at..at + length).unwrap_or_default();
        if word.parse::<f64>().is_ok() && byte.is_ascii_digit() && !is_quoted(text, at) {
            found.push((at, at + length));
        }
        at += length;
    }
    found
}

/// The text with each of its numbers one greater.
pub(super) fn with_greater_numbers(text: &str) -> Vec<String> {
    let each = numbers(text).into_iter().filter_map(|(from, to)| {
        let number: f64 = text.get(from..to)?.parse().ok()?;
        Some(replaced(text, from, to, &(number + 1.0).to_string()))
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_between_quotes_stay() {
        let pieces: Pieces = &[(" AND ", " OR ")];
        assert_eq!(
            turned("ALARM(\"a AND b\") AND OK(c) AND OK(d)", pieces),
            [
                "ALARM(\"a AND b\") OR OK(c) AND OK(d)",
                "ALARM(\"a AND b\") AND OK(c) OR OK(d)"
            ]
        );
    }

    #[test]
    fn digits_of_names_are_no_numbers() {
        assert_eq!(
            with_greater_numbers("100*m1/(m2+0.5)"),
            ["101*m1/(m2+0.5)", "100*m1/(m2+1.5)"]
        );
        assert!(with_greater_numbers("m1 + \"5\"").is_empty());
    }
}
