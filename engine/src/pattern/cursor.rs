use super::error::{PatternError, Result};
use crate::diag::Span;

/// Where a parser stands in a pattern.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    /// Reads `text` from `at` up to `end`; both lie on characters.
    pub(super) fn new(text: &'a str, at: usize, end: usize) -> Self {
        Self { text, at, end }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.end
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Goes past `token` where it stands here.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Goes back to `at`.
    pub(super) fn rewind(&mut self, at: usize) {
        self.at = self.at.min(at);
    }

    /// Goes past `bytes` bytes, which end on a character.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = self.end.min(self.at + bytes);
    }

    pub(super) fn skip_blanks(&mut self) {
        self.take_while(is_blank);
    }

    /// The run of characters of which `accept` holds; may be empty.
    pub(super) fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.skip(length);
        rest.get(..length).unwrap_or_default()
    }

    /// The text up to `close`, which is passed too. An opening without an end is AWS's invalid term, from
    /// the opening (at `from`) to the end.
    pub(super) fn take_until(&mut self, close: &str, from: usize) -> Result<&'a str> {
        let rest = self.rest();
        let Some(length) = rest.find(close) else {
            return Err(self.invalid_term(from, self.end));
        };
        self.skip(length + close.len());
        Ok(rest.get(..length).unwrap_or_default())
    }

    /// From `from` to where the cursor stands.
    pub(super) fn span_from(&self, from: usize) -> Span {
        Span::new(from.min(self.at), self.at)
    }

    /// The next character, or nothing at the end.
    pub(super) fn here(&self) -> Span {
        Span::new(self.at, self.at + self.peek().map_or(0, char::len_utf8))
    }

    /// AWS's invalid term: the text between two places.
    pub(super) fn invalid_term(&self, from: usize, to: usize) -> PatternError {
        let span = Span::new(from, to.max(from));
        PatternError::term(span.text(self.text), span)
    }

    /// AWS's invalid term from `from` up to the next character, that one included.
    pub(super) fn invalid_from(&self, from: usize) -> PatternError {
        self.invalid_term(from, self.here().end)
    }

    /// What AWS says where no token can begin, or where another token is needed: a character that begins no
    /// token is an invalid term, any other makes the pattern malformed.
    pub(super) fn unexpected(&self) -> PatternError {
        match self.peek() {
            None => PatternError::pattern(self.here()),
            Some('&' | '|') if !self.starts_with_any(&["&&", "||"]) => self.lone_operator(),
            Some(c) if begins_token(c) => PatternError::pattern(self.here()),
            Some(_) => self.invalid_from(self.at),
        }
    }

    fn starts_with_any(&self, tokens: &[&str]) -> bool {
        tokens.iter().any(|t| self.rest().starts_with(t))
    }

    fn lone_operator(&self) -> PatternError {
        let length: usize = self.rest().chars().take(2).map(char::len_utf8).sum();
        self.invalid_term(self.at, self.at + length)
    }
}

/// White space of patterns and messages.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

/// Letters, digits, `_` and `.`, of any script.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

fn begins_token(c: char) -> bool {
    is_word(c) || "$*\"%()[]{}=!<>+-,&|".contains(c)
}
