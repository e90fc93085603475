use super::refused::refusal;
use super::reserved::is_reserved;
use super::token::Token;
use crate::diag::{Diagnostic, Span, metrics_insights as codes};

/// One thing wrong, boxed for its size.
pub(super) type Wrong = Box<Diagnostic>;

/// The words that begin clauses after the first.
const CLAUSES: &[&str] = &["FROM", "WHERE", "GROUP", "ORDER", "LIMIT"];

/// The tokens of a query and what was found wrong so far.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    tokens: &'a [(Token, Span)],
    at: usize,
    pub(super) wrong: Vec<Diagnostic>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [(Token, Span)], wrong: Vec<Diagnostic>) -> Self {
        Self {
            text,
            tokens,
            at: 0,
            wrong,
        }
    }

    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    pub(super) fn peek_second(&self) -> Option<&'a Token> {
        self.tokens.get(self.at + 1).map(|(token, _)| token)
    }

    /// The place of the token `ahead` of the next one.
    pub(super) fn place(&self, ahead: usize) -> Option<Span> {
        self.tokens.get(self.at + ahead).map(|(_, span)| *span)
    }

    /// The next token's place; the end of the text after the last.
    pub(super) fn here(&self) -> Span {
        self.place(0)
            .unwrap_or_else(|| Span::new(self.text.len(), self.text.len()))
    }

    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Takes the sign, if it is next.
    pub(super) fn eat(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(found);
        found
    }

    /// Takes the word, if it is next, in any letter case.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(w)) if w.eq_ignore_ascii_case(word))
    }

    pub(super) fn keyword(&mut self, word: &str) -> Result<(), Wrong> {
        match self.eat_word(word) {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{word}`"))),
        }
    }

    pub(super) fn sign(&mut self, sign: &str) -> Result<(), Wrong> {
        match self.eat(sign) {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{sign}`"))),
        }
    }

    /// A namespace, a metric's or a dimension's name: a plain word that is not reserved, or double quotes.
    pub(super) fn name(&mut self, expected: &str) -> Result<String, Wrong> {
        let here = self.here();
        match self.peek() {
            Some(Token::Name(name)) if !name.is_empty() => {
                self.step();
                Ok(name.clone())
            }
            Some(Token::Text(text)) => {
                Err(needs_quotes(here, text, "a name stands in double quotes"))
            }
            Some(Token::Word(word)) => match self.stretch() {
                stretch if stretch != here => {
                    let name = stretch.text(self.text);
                    let message =
                        format!("the name `{name}` has more than letters, digits and `_`");
                    Err(needs_quotes(stretch, name, &message))
                }
                _ if self.begins_clause(word) => Err(self.unexpected(expected)),
                _ if is_reserved(word) => {
                    let message = format!("`{word}` is a reserved word: expected {expected}");
                    let diagnostic = Diagnostic::error(&codes::RESERVED_WORD, here, message);
                    let quoted = format!("\"{word}\"");
                    let diagnostic = diagnostic.replace(here, quoted, "as a name it is written so");
                    self.wrong.push(diagnostic);
                    self.step();
                    Ok(word.clone())
                }
                _ => {
                    self.step();
                    Ok(word.clone())
                }
            },
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Whether the next word is that of a clause and not meant as a name, as one between parentheses is.
    fn begins_clause(&self, word: &str) -> bool {
        let is_clause = CLAUSES.iter().any(|c| c.eq_ignore_ascii_case(word));
        is_clause && !matches!(self.peek_second(), None | Some(Token::Sign(_)))
    }

    /// A word and what follows it without a blank, as `AWS/EC2`: one name that lacks its quotes.
    fn stretch(&self) -> Span {
        let mut span = self.here();
        for pair in self.tokens.get(self.at + 1..).unwrap_or_default() {
            let joins = match &pair.0 {
                Token::Word(_) => true,
                Token::Sign(sign) => ["/", "-", "."].contains(sign),
                Token::Name(_) | Token::Text(_) => false,
            };
            if !joins || pair.1.start != span.end {
                break;
            }
            span = span.to(pair.1);
        }
        span
    }

    /// Nothing more may stand before the words of `next`.
    pub(super) fn end_of_clause(&self, expected: &str, next: &[&str]) -> Result<(), Wrong> {
        if self.peek().is_none() || next.iter().any(|word| self.is_word(word)) {
            return Ok(());
        }
        Err(self.unexpected(expected))
    }

    /// Reads a clause; where that fails, notes why and goes on to the next one.
    pub(super) fn clause<T>(&mut self, read: fn(&mut Self) -> Result<T, Wrong>) -> Option<T> {
        match read(self) {
            Ok(found) => Some(found),
            Err(wrong) => {
                self.wrong.push(*wrong);
                let rest = self.tokens.get(self.at..).unwrap_or_default();
                let begins = |token: &Token| {
                    CLAUSES
                        .iter()
                        .any(|c| matches!(token, Token::Word(w) if w.eq_ignore_ascii_case(c)))
                };
                let skipped = rest.iter().position(|(token, _)| begins(token));
                self.at += skipped.unwrap_or(rest.len());
                None
            }
        }
    }

    /// Nothing may be left, unless a mistake explains it.
    pub(super) fn finish(&mut self) {
        if self.peek().is_some() && self.wrong.is_empty() {
            let wrong = self.unexpected("the end");
            let order =
                "the clauses stand in this order: SELECT, FROM, WHERE, GROUP BY, ORDER BY, LIMIT";
            self.wrong.push(wrong.help(order));
        }
    }

    pub(super) fn unexpected(&self, expected: &str) -> Wrong {
        let here = self.here();
        if let Some(Token::Word(word)) = self.peek()
            && let Some(reason) = refusal(word)
        {
            let message = format!("`{word}` does not exist in Metrics Insights");
            let diagnostic = Diagnostic::error(&codes::NO_SUCH_OPERATOR, here, message);
            return Box::new(diagnostic.help(reason));
        }
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(_) => format!("`{}`", here.text(self.text)),
        };
        let message = format!("expected {expected}, found {found}");
        Box::new(Diagnostic::error(&codes::UNEXPECTED_TOKEN, here, message))
    }
}

fn needs_quotes(span: Span, name: &str, message: &str) -> Wrong {
    let diagnostic = Diagnostic::error(&codes::NAME_NEEDS_QUOTES, span, message);
    let quoted = format!("\"{}\"", name.replace('"', "\\\""));
    Box::new(diagnostic.replace(span, quoted, "as a name it is written so"))
}
