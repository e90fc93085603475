use serde::Serialize;

/// A stretch of a text, in bytes; `start` is inside, `end` is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// From `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span does not run backwards");
        Self { start, end }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text under the span; empty where it does not fit `source`.
    pub fn text(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }

    /// The nearest span around this one that fits `source` and cuts no character.
    #[must_use]
    pub fn snapped(self, source: &str) -> Self {
        let end = source.ceil_char_boundary(self.end.min(source.len()));
        let start = source.floor_char_boundary(self.start.min(end));
        Self::new(start, end)
    }

    /// The span counted in characters, the unit of AWS's `startCharOffset` and `endCharOffset`.
    pub fn in_chars(self, source: &str) -> Self {
        let count = |end: usize| source.get(..end).map_or(0, |s| s.chars().count());
        Self::new(count(self.start), count(self.end))
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_snapped_span_holds_whole_characters() {
        assert_eq!(Span::new(1, 2).snapped("éa"), Span::new(0, 2));
        assert_eq!(Span::new(3, 9).snapped("éa"), Span::new(3, 3));
    }
}
