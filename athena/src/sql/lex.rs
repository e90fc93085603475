use belfry_engine::diag::Span;

use crate::refusal::{Judged, Refusal};

/// A token of Trino's grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) at: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word without quotes, as written.
    Word(String),
    /// A name in double quotes, without them.
    Quoted(String),
    /// A text in quotes, without them.
    String(String),
    /// `X'00ff'`
    Binary(Vec<u8>),
    Integer(String),
    Decimal(String),
    Double(String),
    Symbol(&'static str),
    End,
}

/// Longer ones first.
const SYMBOLS: [&str; 23] = [
    "<>", "!=", "<=", ">=", "||", "->", "=>", "(", ")", "[", "]", ",", ".", ";", "?", "=", "<",
    ">", "+", "-", "*", "/", "%",
];

/// Divides a query into tokens; the last is `End`.
pub(crate) fn lex(text: &str) -> Judged<Vec<Token>> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip()?;
        let start = lexer.at;
        let kind = lexer.next()?;
        let ended = kind == TokenKind::End;
        let at = Span::new(start, lexer.at);
        tokens.push(Token { kind, at });
        if ended {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Blanks and comments.
    fn skip(&mut self) -> Judged<()> {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            self.at += blank;
            let rest = self.rest();
            if rest.starts_with("--") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let Some(end) = rest.find("*/") else {
                    return Err(self.wrong("the comment is never closed"));
                };
                self.at += end + 2;
            } else if blank == 0 {
                return Ok(());
            }
        }
    }

    fn wrong(&self, message: impl Into<String>) -> Box<Refusal> {
        Refusal::athena("SYNTAX_ERROR", Span::new(self.at, self.at + 1), message)
    }

    fn next(&mut self) -> Judged<TokenKind> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(TokenKind::End);
        };
        let second = rest.chars().nth(1);
        match first {
            '\'' => self.quoted('\'').map(TokenKind::String),
            '"' => self.name(),
            'X' | 'x' if second == Some('\'') => self.binary(),
            'U' | 'u' if rest.get(1..3) == Some("&'") => Err(Refusal::unsupported(
                Span::new(self.at, self.at + 3),
                "texts with Unicode escapes (U&'…') are not supported here",
            )
            .help("write the characters themselves")),
            '0'..='9' => self.number(),
            '.' if second.is_some_and(|digit| digit.is_ascii_digit()) => self.number(),
            _ if first.is_ascii_alphabetic() || first == '_' => Ok(self.word()),
            '`' => Err(self.wrong(
                "backquoted identifiers are not supported; use double quotes to quote identifiers",
            )),
            _ => self.symbol(),
        }
    }

    fn name(&mut self) -> Judged<TokenKind> {
        let start = self.at;
        let name = self.quoted('"')?;
        if name.is_empty() {
            self.at = start;
            return Err(self.wrong("Zero-length delimited identifier not allowed"));
        }
        Ok(TokenKind::Quoted(name))
    }

    fn quoted(&mut self, quote: char) -> Judged<String> {
        let (mut text, mut rest) = (String::new(), self.rest().get(1..).unwrap_or_default());
        loop {
            let Some(end) = rest.find(quote) else {
                return Err(self.wrong("the quote is never closed"));
            };
            let (inside, behind) = rest.split_at(end);
            text.push_str(inside);
            rest = behind.get(1..).unwrap_or_default();
            match rest.strip_prefix(quote) {
                Some(behind) => {
                    text.push(quote);
                    rest = behind;
                }
                None => break,
            }
        }
        self.at = self.text.len() - rest.len();
        Ok(text)
    }

    fn binary(&mut self) -> Judged<TokenKind> {
        let start = self.at;
        self.at += 1;
        let digits: String = self.quoted('\'')?.split_whitespace().collect();
        let byte = |pair: &[u8]| {
            let digit = |of: &u8| char::from(*of).to_digit(16);
            let [high, low] = pair else { return None };
            u8::try_from(digit(high)? * 16 + digit(low)?).ok()
        };
        let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
        bytes.map(TokenKind::Binary).ok_or_else(|| {
            let at = Span::new(start, self.at);
            Refusal::athena(
                "SYNTAX_ERROR",
                at,
                "Binary literal must contain an even number of hexadecimal digits",
            )
        })
    }

    fn digits(&mut self) {
        self.at += self.rest().bytes().take_while(u8::is_ascii_digit).count();
    }

    fn number(&mut self) -> Judged<TokenKind> {
        let start = self.at;
        self.digits();
        let point = self.rest().starts_with('.');
        if point {
            self.at += 1;
            self.digits();
        }
        let exponent = self.exponent();
        self.at += exponent;
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        let behind = self.rest().chars().next();
        if behind.is_some_and(|at| at.is_ascii_alphabetic() || at == '_') {
            self.at = start;
            return Err(self.wrong("identifiers must not start with a digit; surround the identifier with double quotes"));
        }
        Ok(match (point, exponent) {
            (false, 0) => TokenKind::Integer(text),
            (true, 0) => TokenKind::Decimal(text),
            _ => TokenKind::Double(text),
        })
    }

    /// The length of `E+10`; 0 where there is none.
    fn exponent(&self) -> usize {
        let rest = self.rest();
        let Some(behind) = rest.strip_prefix(['E', 'e']) else {
            return 0;
        };
        let unsigned = behind.strip_prefix(['+', '-']).unwrap_or(behind);
        let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        match digits {
            0 => 0,
            _ => rest.len() - unsigned.len() + digits,
        }
    }

    fn word(&mut self) -> TokenKind {
        let inside = |at: &u8| at.is_ascii_alphanumeric() || *at == b'_';
        let length = self.rest().bytes().take_while(inside).count();
        let word = self.rest().get(..length).unwrap_or_default().to_owned();
        self.at += length;
        TokenKind::Word(word)
    }

    fn symbol(&mut self) -> Judged<TokenKind> {
        let rest = self.rest();
        let found = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
        let Some(symbol) = found else {
            let first = rest.chars().next().unwrap_or_default();
            return Err(self.wrong(format!("mismatched input '{first}'")));
        };
        self.at += symbol.len();
        Ok(TokenKind::Symbol(symbol))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind> {
        lex(text)
            .unwrap()
            .into_iter()
            .map(|token| token.kind)
            .collect()
    }

    #[test]
    fn numbers_texts_and_names_are_tokens() {
        let word = |text: &str| TokenKind::Word(text.to_owned());
        assert_eq!(
            kinds("a1 -- x\n 'it''s' /* y */ \"A b\" 1 1.5 1e3 .5"),
            [
                word("a1"),
                TokenKind::String("it's".to_owned()),
                TokenKind::Quoted("A b".to_owned()),
                TokenKind::Integer("1".to_owned()),
                TokenKind::Decimal("1.5".to_owned()),
                TokenKind::Double("1e3".to_owned()),
                TokenKind::Decimal(".5".to_owned()),
                TokenKind::End,
            ]
        );
        assert_eq!(kinds("X'0aFF'")[0], TokenKind::Binary(vec![10, 255]));
        assert_eq!(kinds("a<>b")[1], TokenKind::Symbol("<>"));
    }

    #[test]
    fn what_is_never_closed_is_refused_where_it_begins() {
        for (text, at) in [
            ("a 'b", 2),
            ("\"x", 0),
            ("1 /* ", 2),
            ("`a`", 0),
            ("1abc", 0),
            ("a # b", 2),
        ] {
            assert_eq!(lex(text).unwrap_err().at.unwrap().start, at, "{text}");
        }
    }
}
