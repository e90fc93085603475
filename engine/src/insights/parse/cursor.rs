use super::hint::hint;
use super::saved_call::CallSite;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::Name;
use crate::insights::lex::{Symbol, Token, TokenKind};

/// The present command cannot be read; a diagnostic says why.
#[derive(Debug)]
pub(super) struct Broken;

/// What a reader gives.
pub(super) type Read<T> = Result<T, Broken>;

/// Walks over the tokens and collects diagnostics.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How deep brackets are nested, to refuse texts that would exhaust the stack.
    pub(super) depth: usize,
    /// Brackets and arithmetic operators of the present command, for the same reason.
    pub(super) operators: usize,
    /// Whether the present command stands in the brackets of a subquery.
    pub(super) enclosed: bool,
    /// The calls of saved queries so far.
    pub(super) calls: Vec<CallSite>,
}

/// Words that cannot stand for a field without backticks.
const RESERVED: &[&str] = &["as", "by", "and", "or", "not", "in", "like", "asc", "desc"];

impl<'t> Cursor<'t> {
    pub(super) fn peek(&self) -> &'t TokenKind {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> &'t TokenKind {
        let last = self.tokens.len().saturating_sub(1);
        self.tokens
            .get((self.at + ahead).min(last))
            .map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn span(&self) -> Span {
        let last = self.tokens.len().saturating_sub(1);
        self.tokens
            .get(self.at.min(last))
            .map_or_else(Span::default, |token| token.span)
    }

    /// The span of the token before.
    pub(super) fn last_span(&self) -> Span {
        self.tokens
            .get(self.at.saturating_sub(1))
            .map_or_else(Span::default, |token| token.span)
    }

    pub(super) fn advance(&mut self) {
        if *self.peek() != TokenKind::End {
            self.at += 1;
        }
    }

    pub(super) fn is_symbol(&self, symbol: Symbol) -> bool {
        *self.peek() == TokenKind::Symbol(symbol)
    }

    pub(super) fn take_symbol(&mut self, symbol: Symbol) -> bool {
        let found = self.is_symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_word(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect(&mut self, symbol: Symbol, written: &str) -> Read<()> {
        if self.take_symbol(symbol) {
            return Ok(());
        }
        self.unexpected(&format!("`{written}`"))
    }

    /// A name: a word that is not reserved, or anything in backticks.
    pub(super) fn name(&mut self, what: &str) -> Read<Name> {
        match self.peek() {
            TokenKind::Word { name, quoted, cuts } if *quoted || !is_reserved(name) => {
                let span = self.span();
                self.advance();
                Ok(Name {
                    name: name.clone(),
                    cuts: cuts.clone(),
                    span,
                })
            }
            _ => self.unexpected(what),
        }
    }

    /// Reports the present token, naming what could stand in its place.
    pub(super) fn unexpected<T>(&mut self, expected: &str) -> Read<T> {
        let span = self.span();
        let found = match self.peek() {
            TokenKind::End => "the end of the query".to_owned(),
            _ => format!("`{}`", span.text(self.text)),
        };
        let message = format!("expected {expected}, found {found}");
        let mut error = Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message);
        if let Some(open) = self.open_bracket().filter(|_| expected == "`)`") {
            error = error.also(open, "opened here");
        }
        let error = match hint(self, expected) {
            Some(hint) => error.help(hint),
            None => error,
        };
        self.fail(error)
    }

    /// The place of the innermost round bracket that is open here.
    fn open_bracket(&self) -> Option<Span> {
        let mut closed = 0;
        for token in self.tokens.get(..self.at)?.iter().rev() {
            match token.kind {
                TokenKind::Symbol(Symbol::Close) => closed += 1,
                TokenKind::Symbol(Symbol::Open) if closed == 0 => return Some(token.span),
                TokenKind::Symbol(Symbol::Open) => closed -= 1,
                _ => {}
            }
        }
        None
    }

    pub(super) fn fail<T>(&mut self, diagnostic: Diagnostic) -> Read<T> {
        self.diagnostics.push(diagnostic);
        Err(Broken)
    }

    /// Whether the command ends here.
    pub(super) fn at_command_end(&self) -> bool {
        matches!(self.peek(), TokenKind::End)
            || self.is_symbol(Symbol::Pipe)
            || (self.enclosed && self.is_symbol(Symbol::Close))
    }

    /// Moves to the pipe that ends the command that began at token `start`: the first one outside its
    /// brackets, or simply the next where brackets do not close.
    pub(super) fn recover(&mut self, start: usize) {
        let mut depth = 0_i32;
        let mut next_pipe = None;
        for (index, token) in self.tokens.iter().enumerate().skip(start) {
            match token.kind {
                TokenKind::Symbol(Symbol::Open) => depth += 1,
                TokenKind::Symbol(Symbol::Close) => depth -= 1,
                TokenKind::Symbol(Symbol::Pipe) if index >= self.at => {
                    next_pipe = next_pipe.or(Some(index));
                    if depth <= 0 {
                        self.at = index;
                        return;
                    }
                }
                _ => {}
            }
        }
        let end = self.tokens.len().saturating_sub(1);
        self.at = next_pipe.filter(|_| depth > 0).unwrap_or(end);
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name))
}
