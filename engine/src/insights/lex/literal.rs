use super::TokenKind;
use super::scan::{Lexer, continues_word, starts_word};
use crate::diag::{Diagnostic, Span, query};
use crate::insights::period::{Period, Unit};
use crate::insights::value::parse_number;

impl Lexer<'_> {
    /// A string in either quote. `\` escapes the quote and itself and writes `\n`, `\t`, `\r`; before any
    /// other character it stays, as public queries expect of `"\d"`.
    pub(super) fn string(&mut self, quote: char) {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((offset, c)) = chars.next() {
            if c == quote {
                self.at = start + offset + c.len_utf8();
                return self.push(TokenKind::Text(text), start);
            }
            if c != '\\' {
                text.push(c);
                continue;
            }
            match chars.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, 'r')) => text.push('\r'),
                Some((_, c)) if c == quote || c == '\\' => text.push(c),
                Some((_, c)) => text.extend(['\\', c]),
                None => {}
            }
        }
        self.unterminated("string", &quote.to_string());
    }

    /// From `/` to the next `/` that is neither escaped nor inside `[…]`.
    pub(super) fn regex(&mut self) {
        let start = self.at;
        let Some(length) = regex_end(self.rest(), true).or_else(|| regex_end(self.rest(), false))
        else {
            return self.unterminated("regex", "/");
        };
        let pattern = self.text.get(start + 1..start + length).unwrap_or_default();
        self.at = start + length + 1;
        self.push(TokenKind::Regex(pattern.to_owned()), start);
        self.refuse_flags(start);
    }

    fn refuse_flags(&mut self, start: usize) {
        let flags = self
            .rest()
            .find(|c| !continues_word(c))
            .unwrap_or(self.rest().len());
        if flags == 0 {
            return;
        }
        let span = Span::new(self.at, self.at + flags);
        let written = span.text(self.text);
        let message = format!("unexpected `{written}` after the regex");
        let error = Diagnostic::error(&query::REGEX_FLAGS, span, message)
            .label("Logs Insights takes no flags after the closing slash");
        let pattern = Span::new(start + 1, self.at - 1).text(self.text);
        let whole = Span::new(start, span.end);
        // All matches are looked for where that matters: `g` has nothing to say.
        let flags: String = written.chars().filter(|c| "ims".contains(*c)).collect();
        self.diagnostics.push(if flags.is_empty() {
            error.replace(
                whole,
                format!("/{pattern}/"),
                "write the regex without flags",
            )
        } else {
            error.replace(
                whole,
                format!("/(?{flags}){pattern}/"),
                "write the flags inside the regex",
            )
        });
        self.at = span.end;
    }

    /// A number, or an integer with a unit right behind it: a period.
    pub(super) fn number(&mut self) {
        let start = self.at;
        self.at += number_length(self.rest());
        let number = Span::new(start, self.at).text(self.text).to_owned();
        let tail = self
            .rest()
            .find(|c| !continues_word(c))
            .unwrap_or(self.rest().len());
        if tail == 0 {
            if parse_number(&number).is_none() {
                self.too_large(Span::new(start, self.at));
            }
            return self.push(TokenKind::Number(number), start);
        }
        self.at += tail;
        let unit = Span::new(self.at - tail, self.at).text(self.text);
        match (number.parse::<i64>(), Unit::named(unit)) {
            // Console links write `END=0s` for now.
            (Ok(count), Some(unit)) if count > 0 || (count == 0 && self.is_in_source()) => {
                self.push(TokenKind::Period(Period { count, unit }), start);
            }
            _ => self.bad_number(Span::new(start, self.at)),
        }
    }

    fn too_large(&mut self, span: Span) {
        let message = format!("`{}` is beyond every number", span.text(self.text));
        let error = Diagnostic::error(&query::BAD_NUMBER, span, message);
        self.diagnostics
            .push(error.help("numbers are doubles, up to about 1.8e308"));
    }

    fn bad_number(&mut self, span: Span) {
        let found = span.text(self.text);
        let message = format!("`{found}` is neither a number nor a period");
        let error = Diagnostic::error(&query::BAD_NUMBER, span, message);
        self.diagnostics.push(if found.ends_with('M') {
            error.help("`m` is for minutes, `mo` for months")
        } else {
            error.help("a period is a whole number above zero and a unit, such as `5m`; a field name that starts with a digit goes in backticks")
        });
        self.push(TokenKind::Number("0".to_owned()), span.start);
    }

    /// A name: segments joined by dots, each plain or in backticks.
    pub(super) fn word(&mut self) {
        let start = self.at;
        let mut name = String::new();
        let mut quoted = false;
        let mut cuts = Vec::new();
        // Backticks enclose a whole segment, or all of it behind `@`; one inside cannot be written.
        let mut closed = false;
        while let Some(first) = self.rest().chars().next() {
            let begins = name.is_empty() || name.ends_with(['.', '@']);
            if first == '`' && begins && !closed {
                let Some(end) = self.rest().get(1..).and_then(|rest| rest.find('`')) else {
                    return self.unterminated("name", "`");
                };
                name.push_str(
                    self.text
                        .get(self.at + 1..self.at + 1 + end)
                        .unwrap_or_default(),
                );
                self.at += end + 2;
                quoted = true;
                closed = true;
            } else if (continues_word(first) && !closed) || (first == '.' && self.dot_joins()) {
                if first == '.' {
                    cuts.push(name.len());
                    closed = false;
                }
                name.push(first);
                self.at += first.len_utf8();
            } else {
                break;
            }
        }
        self.push(TokenKind::Word { name, quoted, cuts }, start);
    }

    fn dot_joins(&self) -> bool {
        let next = self.rest().chars().nth(1);
        next.is_some_and(|c| starts_word(c) || c.is_numeric())
    }

    fn unterminated(&mut self, what: &str, closing: &str) {
        let span = Span::new(self.at, self.text.len());
        let first = Span::new(self.at, self.at + 1);
        let message = format!("the {what} is not closed");
        let error = Diagnostic::error(&query::UNTERMINATED, first, message)
            .label(format!("no closing `{closing}` follows"));
        self.diagnostics.push(match what {
            "regex" if self.text.get(..self.at).is_some_and(|text| text.ends_with('/')) => {
                error.help("comments begin with `#` and end with the line")
            }
            "regex" => error.help("a slash inside a regex is written `\\/`"),
            "string" => error.help(format!(
                "a quote inside a text is written `\\{closing}`, or the text stands in the other quotes"
            )),
            _ => error,
        });
        self.at = span.end;
    }
}

/// The offset of the closing slash.
fn regex_end(rest: &str, classes: bool) -> Option<usize> {
    let mut in_class = false;
    let mut chars = rest.char_indices().skip(1);
    while let Some((offset, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' if classes => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(offset),
            _ => {}
        }
    }
    None
}

/// Digits, then a fraction and an exponent if they are complete.
fn number_length(rest: &str) -> usize {
    let digits = |from: usize| {
        let tail = rest.get(from..).unwrap_or_default();
        tail.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len())
    };
    let mut end = digits(0);
    if rest.get(end..).is_some_and(|tail| tail.starts_with('.')) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if rest
        .get(end..)
        .is_some_and(|tail| tail.starts_with(['e', 'E']))
    {
        let signed = rest
            .get(end + 1..)
            .is_some_and(|tail| tail.starts_with(['+', '-']));
        let from = end + 1 + usize::from(signed);
        if digits(from) > 0 {
            end = from + digits(from);
        }
    }
    end
}
