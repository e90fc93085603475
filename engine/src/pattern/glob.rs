/// Text with `*` for any run of characters, also the empty one. There is no escape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    first: String,
    /// The pieces between asterisks, after the first.
    others: Vec<String>,
}

impl Glob {
    pub(super) fn new(text: &str) -> Self {
        let mut pieces = text.split('*').map(str::to_owned);
        Self {
            first: pieces.next().unwrap_or_default(),
            others: pieces.collect(),
        }
    }

    /// What stands between the asterisks; every text that matches holds all of it.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &str> {
        let all = std::iter::once(&self.first).chain(&self.others);
        all.map(String::as_str).filter(|piece| !piece.is_empty())
    }

    /// The text where there is no asterisk.
    pub(super) fn as_literal(&self) -> Option<&str> {
        self.others.is_empty().then_some(self.first.as_str())
    }

    /// Whether it is nothing but asterisks.
    pub(super) fn is_anything(&self) -> bool {
        !self.others.is_empty() && self.pieces().next().is_none()
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let Some((last, middle)) = self.others.split_last() else {
            return text == self.first;
        };
        let Some(mut rest) = text.strip_prefix(self.first.as_str()) else {
            return false;
        };
        for piece in middle {
            let Some((_, after)) = rest.split_once(piece.as_str()) else {
                return false;
            };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn an_asterisk_stands_for_any_run_of_characters() {
        for (glob, text) in [
            ("*", ""),
            ("a*", "a"),
            ("a*b*c", "a-bb-c"),
            ("*.html*", "GET /x.html HTTP"),
        ] {
            assert!(Glob::new(glob).matches(text), "{glob} {text}");
        }
        for (glob, text) in [("a*a", "a"), ("a*b*c", "a-c"), ("4*", "54"), ("a", "ab")] {
            assert!(!Glob::new(glob).matches(text), "{glob} {text}");
        }
    }
}
