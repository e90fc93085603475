use std::borrow::Cow;

use super::error::{LineError, Reason};
use super::escape::unescape;

/// One field of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Field<'l> {
    /// The text as it stands in the line, without the quotes around it and with its escapes.
    pub raw: &'l str,
    /// Whether quotes stand around it.
    pub quoted: bool,
    /// The byte of the line at which the field starts; with quotes, that of the first.
    pub at: usize,
}

impl<'l> Field<'l> {
    /// The text as it stands in the line; `None` where `-` says that there is none.
    pub fn value(&self) -> Option<&'l str> {
        (self.raw != "-").then_some(self.raw)
    }

    /// The text that its escapes stand for: `\x22` is a quote. Bytes that are no UTF-8 become U+FFFD.
    pub fn unescaped(&self) -> Cow<'l, str> {
        unescape(self.raw)
    }
}

/// Divides a line into fields: one blank stands between them, and quotes hold blanks together.
#[derive(Clone, Debug)]
pub(super) struct Fields<'l> {
    line: &'l str,
    at: usize,
    /// Whether something is to come: a line that ends in a blank has an empty field there.
    open: bool,
}

impl<'l> Fields<'l> {
    pub(super) fn new(line: &'l str) -> Self {
        Self::from(line, 0)
    }

    /// The fields from a byte of the line on.
    pub(super) fn from(line: &'l str, at: usize) -> Self {
        let open = at < line.len();
        Self { line, at, open }
    }

    /// Where the next field starts.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'l str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn fail(at: usize, reason: Reason) -> Option<Result<Field<'l>, LineError>> {
        Some(Err(LineError { at, reason }))
    }

    /// What has so many bytes from here on.
    fn take(&mut self, length: usize, quoted: bool) -> Option<Result<Field<'l>, LineError>> {
        let at = self.at;
        let written = self.rest().get(..length).unwrap_or_default();
        let raw = match quoted {
            true => written.get(1..length.saturating_sub(1)).unwrap_or_default(),
            false => written,
        };
        self.at += length;
        match self.rest().bytes().next() {
            None => self.open = false,
            Some(b' ') => self.at += 1,
            Some(_) => return Self::fail(self.at, Reason::BehindQuote),
        }
        let control = written.bytes().position(|byte| byte.is_ascii_control());
        if let Some(place) = control {
            let byte = written.as_bytes().get(place).copied().unwrap_or_default();
            return Self::fail(at + place, Reason::Control { byte });
        }
        Some(Ok(Field { raw, quoted, at }))
    }
}

impl<'l> Iterator for Fields<'l> {
    type Item = Result<Field<'l>, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.open {
            return None;
        }
        let rest = self.rest().as_bytes();
        if let Some((b'"', inside)) = rest.split_first() {
            return match memchr::memchr(b'"', inside) {
                Some(end) => self.take(end + 2, true),
                None => Self::fail(self.at, Reason::Unclosed),
            };
        }
        let end = memchr::memchr(b' ', rest).unwrap_or(rest.len());
        let bare = rest.get(..end).unwrap_or_default();
        match memchr::memchr(b'"', bare) {
            Some(quote) => Self::fail(self.at + quote, Reason::InnerQuote),
            None => self.take(end, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Result<Vec<(&str, bool)>, LineError> {
        let pair = |field: Field<'static>| (field.raw, field.quoted);
        let line: &'static str = Box::leak(line.to_owned().into_boxed_str());
        Fields::new(line).map(|field| field.map(pair)).collect()
    }

    #[test]
    fn quotes_hold_blanks_together() {
        assert_eq!(
            fields("a \"b c\"  \"\" -"),
            Ok(vec![
                ("a", false),
                ("b c", true),
                ("", false),
                ("", true),
                ("-", false)
            ])
        );
        assert_eq!(fields(""), Ok(vec![]));
        assert_eq!(fields("a "), Ok(vec![("a", false), ("", false)]));
    }

    #[test]
    fn what_is_wrong_with_quotes_is_told_at_its_byte() {
        for (line, at, reason) in [
            ("a \"b c", 2, Reason::Unclosed),
            ("a \"b\"c", 5, Reason::BehindQuote),
            ("a b\"c\"", 3, Reason::InnerQuote),
            ("a b\tc", 3, Reason::Control { byte: 9 }),
        ] {
            assert_eq!(fields(line), Err(LineError { at, reason }), "{line}");
        }
    }
}
