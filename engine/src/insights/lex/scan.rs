use super::token::SYMBOLS;
use super::{Symbol, Token, TokenKind};
use crate::diag::{Diagnostic, Span, query};

/// Splits `text` into tokens; always ends with [`TokenKind::End`].
pub(in crate::insights) fn lex(text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        diagnostics: Vec::new(),
        in_parse: false,
    };
    while lexer.at < text.len() {
        lexer.step();
    }
    let end = Span::new(text.len(), text.len());
    lexer.tokens.push(Token {
        kind: TokenKind::End,
        span: end,
    });
    (lexer.tokens, lexer.diagnostics)
}

pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    tokens: Vec<Token>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether the present command is `parse`, where every `/` starts a regex.
    in_parse: bool,
}

impl<'t> Lexer<'t> {
    fn step(&mut self) {
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return;
        };
        match first {
            c if c.is_whitespace() => self.at += c.len_utf8(),
            '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
            '"' | '\'' => self.string(first),
            '/' if self.regex_may_start() => self.regex(),
            c if c.is_ascii_digit() => self.number(),
            '.' if self.dot_accesses() => {
                self.at += 1;
                self.push(TokenKind::Symbol(Symbol::Dot), start);
            }
            c if starts_word(c) => self.word(),
            '{' if placeholder_length(self.rest()).is_some() => self.placeholder(),
            '$' if self.call_may_start() => {
                self.at += 1;
                self.push(TokenKind::Symbol(Symbol::Dollar), start);
            }
            _ => self.symbol(first),
        }
        debug_assert!(self.at > start, "every step moves on");
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn push(&mut self, kind: TokenKind, start: usize) {
        if self.starts_command() {
            self.in_parse = kind.is_word("parse");
        }
        let span = Span::new(start, self.at);
        self.tokens.push(Token { kind, span });
    }

    fn starts_command(&self) -> bool {
        match self.tokens.last() {
            None => true,
            Some(token) => {
                token.kind == TokenKind::Symbol(Symbol::Pipe)
                    || (token.kind == TokenKind::Symbol(Symbol::Open) && self.opens_append_cols())
            }
        }
    }

    /// Whether the bracket before is the first of `appendcols`, which begins with a command.
    fn opens_append_cols(&self) -> bool {
        let command = self.tokens.iter().rev();
        let command = command.take_while(|token| token.kind != TokenKind::Symbol(Symbol::Pipe));
        let opened = |token: &&Token| token.kind == TokenKind::Symbol(Symbol::Open);
        command.clone().filter(opened).count() == 1
            && command
                .last()
                .is_some_and(|token| token.kind.is_word("appendcols"))
    }

    fn regex_may_start(&self) -> bool {
        let last = self.tokens.last();
        self.in_parse || !last.is_some_and(|token| token.kind.ends_value())
    }

    /// Whether a dot here reads a member of what a bracket has just closed.
    fn dot_accesses(&self) -> bool {
        let closed = [Symbol::Close, Symbol::CloseList].map(TokenKind::Symbol);
        let last = self.tokens.last();
        last.is_some_and(|token| token.span.end == self.at && closed.contains(&token.kind))
            && self.rest().chars().nth(1).is_some_and(starts_word)
    }

    /// Whether a `$` here begins the call of a saved query: where a command may stand, with a name behind it.
    fn call_may_start(&self) -> bool {
        let last = self.tokens.last().map(|token| &token.kind);
        let opens = [Symbol::Pipe, Symbol::Open].map(TokenKind::Symbol);
        last.is_none_or(|last| opens.contains(last))
            && self.rest().chars().nth(1).is_some_and(starts_word)
    }

    fn placeholder(&mut self) {
        let start = self.at;
        let length = placeholder_length(self.rest()).unwrap_or_default();
        self.at += length;
        let name = self.text.get(start + 2..self.at - 2).unwrap_or_default();
        self.push(TokenKind::Placeholder(name.to_owned()), start);
    }

    fn symbol(&mut self, first: char) {
        let start = self.at;
        if let Some((written, meant)) = foreign_operator(self.rest()) {
            self.at += written.len();
            let span = Span::new(start, self.at);
            let message = format!("`{written}` is not an operator of Logs Insights");
            let error = Diagnostic::error(&query::FOREIGN_OPERATOR, span, message);
            self.diagnostics
                .push(error.replace(span, meant, format!("write `{meant}`")));
            self.push(stand_in(meant), start);
            return;
        }
        let found = SYMBOLS
            .iter()
            .find(|(text, _)| self.rest().starts_with(text));
        match found {
            Some((text, symbol)) => {
                self.at += text.len();
                self.push(TokenKind::Symbol(*symbol), start);
            }
            None => match selector_symbol(first).filter(|_| self.is_in_source()) {
                Some(symbol) => {
                    self.at += first.len_utf8();
                    self.push(TokenKind::Symbol(symbol), start);
                }
                None => self.unexpected(first),
            },
        }
    }

    /// Whether the present command is `SOURCE`, be it that of a subquery.
    pub(super) fn is_in_source(&self) -> bool {
        let command = self.tokens.iter().rev();
        command
            .take_while(|token| token.kind != TokenKind::Symbol(Symbol::Pipe))
            .any(|token| token.kind.is_word("source"))
    }

    fn follows_space(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        before.ends_with(char::is_whitespace)
    }

    fn unexpected(&mut self, found: char) {
        let start = self.at;
        self.at += found.len_utf8();
        let span = Span::new(start, self.at);
        let message = format!("unexpected character `{found}`");
        let error = Diagnostic::error(&query::UNEXPECTED_CHARACTER, span, message);
        self.diagnostics.push(match found {
            '“' | '”' | '‘' | '’' | '„' => error.help("texts stand in straight quotes, `\"` or `'`"),
            ';' => error.help("a query ends without `;`, and commands are joined by `|`"),
            ':' => error.help("a condition is written with `=`, such as `filter level = \"ERROR\"`"),
            '?' if self.follows_space(start) => error.help("`if(condition, then, otherwise)` chooses"),
            '&' => error.help("conditions are joined by `and`"),
            '~' => error.help("a regex is looked for with `like /regex/` or `=~ /regex/`"),
            '{' if self.tokens.is_empty() => error.help("log groups are chosen beside the query, or by `SOURCE 'group'` at its head; a condition stands in `filter`"),
            '$' => error.help("the call of a saved query, `$Name(parameter = \"value\")`, stands alone between pipes; a name with other characters than letters, digits and `_` goes in backticks"),
            '{' | '}' => error.help("in a saved query, the place of a parameter is written `{{name}}`, without spaces"),
            _ => error.help("a field name with other characters than letters, digits, `_`, `@` and `.` goes in backticks"),
        });
    }
}

/// The token that was meant, so that reading goes on without more mistakes.
fn stand_in(meant: &str) -> TokenKind {
    match meant {
        "!=" => TokenKind::Symbol(Symbol::NotEqual),
        ">=" => TokenKind::Symbol(Symbol::GreaterOrEqual),
        "<=" => TokenKind::Symbol(Symbol::LessOrEqual),
        "not like" | "=~" => TokenKind::Symbol(Symbol::Matches),
        word => TokenKind::Word {
            name: word.to_owned(),
            quoted: false,
            cuts: Vec::new(),
        },
    }
}

/// The length of `{{name}}` at the start of `rest`, if it stands there. Names are those that
/// PutQueryDefinition takes.
pub(in crate::insights) fn placeholder_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("{{")?;
    let length = inside.find("}}")?;
    is_parameter_name(inside.get(..length)?).then_some(length + 4)
}

/// `^[a-zA-Z_][a-zA-Z0-9_]*$`
pub(in crate::insights) fn is_parameter_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn foreign_operator(rest: &str) -> Option<(&'static str, &'static str)> {
    const FOREIGN: &[(&str, &str)] = &[
        ("<>", "!="),
        ("&&", "and"),
        ("||", "or"),
        ("!~", "not like"),
        ("~=", "=~"),
        ("=>", ">="),
        ("=<", "<="),
        ("=!", "!="),
    ];
    FOREIGN
        .iter()
        .copied()
        .find(|(written, _)| rest.starts_with(written))
}

pub(super) fn starts_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '@' | '`')
}

pub(super) fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '@')
}

/// Characters that mean something only in the selectors of `SOURCE`.
fn selector_symbol(found: char) -> Option<Symbol> {
    match found {
        '{' => Some(Symbol::OpenBrace),
        '}' => Some(Symbol::CloseBrace),
        ':' => Some(Symbol::Colon),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind> {
        let (tokens, diagnostics) = lex(text);
        assert_eq!(diagnostics, [], "{text}");
        tokens.into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn a_slash_divides_after_a_value_and_quotes_a_regex_after_like() {
        assert_eq!(kinds("fields a / 2")[2], TokenKind::Symbol(Symbol::Slash));
        assert_eq!(
            kinds("filter a like /b|c/")[3],
            TokenKind::Regex("b|c".into())
        );
        assert_eq!(kinds("parse @message /x/")[2], TokenKind::Regex("x".into()));
    }

    #[test]
    fn a_comment_runs_to_the_end_of_its_line() {
        assert_eq!(kinds("limit # not a | pipe\n 5").len(), 3);
    }

    #[test]
    fn an_operator_of_another_language_names_the_one_that_works() {
        let (_, diagnostics) = lex("filter a <> 1");
        assert_eq!(diagnostics[0].code.name, "Q0104");
    }

    #[test]
    fn backticks_come_off_and_dots_join() {
        let word = |name: &str, quoted, cuts: &[usize]| TokenKind::Word {
            name: name.into(),
            quoted,
            cuts: cuts.into(),
        };
        assert_eq!(kinds("`foo-bar`")[0], word("foo-bar", true, &[]));
        assert_eq!(kinds("a.0.`b.c`")[0], word("a.0.b.c", true, &[1, 3]));
        assert_eq!(kinds("@@x")[0], word("@@x", false, &[]));
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_tokens_in_order_within_the_text(text in ".{0,60}") {
            let (tokens, _) = lex(&text);
            for pair in tokens.windows(2) {
                assert!(pair[0].span.end <= pair[1].span.start);
            }
            assert!(tokens.iter().all(|t| text.get(t.span.start..t.span.end).is_some()));
        }
    }
}
