use super::cursor::{Cursor, is_word};
use super::error::{PatternError, Result};
use crate::diag::Span;

/// Terms: substrings that must be there, must not be there, or of which one must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) required: Vec<String>,
    pub(super) excluded: Vec<String>,
    /// Counted only where there is nothing else: `?ERROR timeout` is `timeout` (recorded from AWS).
    pub(super) alternatives: Vec<String>,
}

impl Terms {
    pub(super) fn parse(mut cursor: Cursor<'_>) -> Result<Self> {
        let mut terms = Self::default();
        loop {
            cursor.skip_blanks();
            let list = match cursor.peek() {
                None => return Ok(terms),
                Some('-') => &mut terms.excluded,
                Some('?') => &mut terms.alternatives,
                Some(_) => &mut terms.required,
            };
            list.push(term(&mut cursor)?);
        }
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let has = |term: &String| message.contains(term.as_str());
        if self.required.is_empty() && self.excluded.is_empty() {
            return self.alternatives.iter().any(has);
        }
        self.required.iter().all(has) && !self.excluded.iter().any(has)
    }
}

fn term(cursor: &mut Cursor<'_>) -> Result<String> {
    let start = cursor.at();
    if matches!(cursor.peek(), Some('-' | '?')) {
        cursor.next();
    }
    if cursor.peek() == Some('"') {
        return phrase(cursor);
    }
    let word = cursor.take_while(is_word);
    if !word.is_empty() {
        return bare(cursor, word);
    }
    let bad = if cursor.is_done() { start } else { cursor.at() };
    let end = if cursor.is_done() {
        cursor.at()
    } else {
        cursor.here().end
    };
    Err(cursor.invalid_term(bad, end))
}

/// A word ends at white space, or where `-` or `?` begins the next term.
fn bare(cursor: &Cursor<'_>, word: &str) -> Result<String> {
    match cursor.peek() {
        Some('"') => Err(PatternError::pattern(cursor.here())),
        Some(c) if !super::cursor::is_blank(c) && c != '-' && c != '?' => {
            Err(cursor.invalid_from(cursor.at()))
        }
        _ => Ok(word.to_owned()),
    }
}

fn phrase(cursor: &mut Cursor<'_>) -> Result<String> {
    let open = cursor.at();
    cursor.next();
    let text = cursor.take_until("\"", open)?;
    if text.is_empty() {
        return Err(cursor.invalid_term(open, cursor.at()));
    }
    match cursor.peek() {
        Some(c) if !super::cursor::is_blank(c) => {
            Err(PatternError::pattern(Span::new(open, cursor.here().end)))
        }
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Terms> {
        Terms::parse(Cursor::new(text, 0, text.len()))
    }

    #[test]
    fn a_hyphen_within_a_word_begins_an_excluded_term() {
        let terms = parse("a-b").unwrap();
        assert_eq!(terms.required, ["a"]);
        assert_eq!(terms.excluded, ["b"]);
    }

    #[test]
    fn a_bad_character_is_named_alone() {
        let error = parse("GET a/b").unwrap_err();
        assert_eq!(error.message, "Invalid character(s) in term '/'");
        assert_eq!(error.span, Span::new(5, 6));
    }

    #[test]
    fn an_open_quote_is_named_to_the_end() {
        assert_eq!(
            parse("a \"b c").unwrap_err().message,
            "Invalid character(s) in term '\"b c'"
        );
        assert_eq!(
            parse("\"ERROR\"WARN").unwrap_err().message,
            "Invalid metric filter pattern"
        );
    }

    #[test]
    fn a_sign_without_a_term_is_refused() {
        assert!(parse("a -").is_err());
        assert!(parse("- a").is_err());
        assert!(parse("?").is_err());
    }
}
