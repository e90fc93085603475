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
        self.next(message.as_bytes(), 0).is_some()
    }

    /// The next place at or behind `at` that lies in a message that can matter.
    pub fn next(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let found = self.finder.find(rest);
        let before = rest.get(..found.unwrap_or(rest.len()))?;
        let escape = self.may_be_escaped.then(|| memchr::memchr(b'\\', before));
        escape.flatten().or(found).map(|place| at + place)
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
        assert_eq!(Literal::of_message("b").next(b"abab", 2), Some(3));
    }
}
