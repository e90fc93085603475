use memchr::memmem::Finder;

/// Text that a message must hold to matter to a query.
#[derive(Clone, Debug)]
pub struct Literal {
    finder: Finder<'static>,
    /// Whether JSON may write the text with escapes: then a message with a backslash may hold it too.
    may_be_escaped: bool,
}

impl Literal {
    /// Text of the message itself.
    pub fn of_message(text: &str) -> Self {
        Self {
            finder: Finder::new(text.as_bytes()).into_owned(),
            may_be_escaped: false,
        }
    }

    /// Text of a string in the message's JSON.
    pub fn of_json(text: &str) -> Self {
        Self {
            may_be_escaped: true,
            ..Self::of_message(text)
        }
    }

    /// How many bytes the text has.
    pub fn len(&self) -> usize {
        self.finder.needle().len()
    }

    /// Whether the text is empty, so that every message holds it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the message can matter.
    pub fn admits(&self, message: &str) -> bool {
        let bytes = message.as_bytes();
        self.find(bytes, 0).is_some() || self.find_escape(bytes, 0).is_some()
    }

    /// The next place of the text at or behind `at`.
    pub fn find(&self, text: &[u8], at: usize) -> Option<usize> {
        let found = self.finder.find(text.get(at..)?);
        found.map(|place| at + place)
    }

    /// The next place at or behind `at` where the text may stand escaped.
    pub fn find_escape(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..).filter(|_| self.may_be_escaped)?;
        memchr::memchr(b'\\', rest).map(|place| at + place)
    }
}

#[cfg(test)]
mod tests {
    use super::Literal;

    #[test]
    fn json_with_escapes_may_hold_any_text() {
        let escaped = r#"{"level":"\u0045RROR"}"#;
        assert!(Literal::of_json("ERROR").admits(escaped));
        assert!(!Literal::of_message("ERROR").admits(escaped));
        assert!(!Literal::of_json("ERROR").admits(r#"{"level":"INFO"}"#));
        assert_eq!(Literal::of_message("b").find(b"abab", 2), Some(3));
    }
}
