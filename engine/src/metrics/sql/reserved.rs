/// The words that stand in double quotes when they are names ("Reserved keywords" of the Metrics Insights pages).
const WORDS: &str = include_str!("reserved.txt");

/// Whether `word` is reserved, in any letter case.
pub(super) fn is_reserved(word: &str) -> bool {
    WORDS
        .split_ascii_whitespace()
        .any(|reserved| reserved.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_have_no_letter_case() {
        assert!(is_reserved("limit") && is_reserved("Request") && is_reserved("ZONE"));
        assert!(!is_reserved("CPUUtilization") && !is_reserved(""));
    }
}
