use crate::diag::{Diagnostic, Span, metrics_insights as codes};

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Letters, digits, `_`.
    Word(String),
    /// A name in double quotes, without them.
    Name(String),
    /// A value in single quotes, without them.
    Text(String),
    /// A sign.
    Sign(&'static str),
}

/// Longer signs first. Most are refused later, in words of their own.
const SIGNS: &[&str] = &[
    "!=", "<>", "==", "<=", ">=", "=", "<", ">", "~", "(", ")", ",", ".", "*", "+", "-", "/", ";",
];

/// Cuts `text` into tokens with their places; what is no token is left out and named.
pub(super) fn tokens(text: &str, wrong: &mut Vec<Diagnostic>) -> Vec<(Token, Span)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 {
            at += blanks;
            continue;
        }
        let length = match token(rest) {
            Ok((token, length)) => {
                tokens.push((token, Span::new(at, at + length)));
                length
            }
            Err((message, code, length)) => {
                wrong.push(Diagnostic::error(code, Span::new(at, at + length), message));
                length
            }
        };
        at += length;
    }
    tokens
}

type Wrong = (String, &'static crate::diag::Code, usize);

fn token(rest: &str) -> Result<(Token, usize), Wrong> {
    let first = rest.chars().next().unwrap_or_default();
    if is_word(first) {
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        return Ok((Token::Word(word.to_owned()), length));
    }
    match first {
        '"' => quoted(rest, '"').map(|(text, length)| (Token::Name(text), length)),
        '\'' => quoted(rest, '\'').map(|(text, length)| (Token::Text(text), length)),
        _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => Ok((Token::Sign(sign), sign.len())),
            None => {
                let message = format!("unexpected character `{first}`");
                Err((message, &codes::UNEXPECTED_CHARACTER, first.len_utf8()))
            }
        },
    }
}

/// Text up to the next `quote` that no backslash stands before; `\"`, `\'` and `\\` are the sign itself.
fn quoted(rest: &str, quote: char) -> Result<(String, usize), Wrong> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        match (c, characters.peek().map(|(_, next)| *next)) {
            ('\\', Some(next @ ('"' | '\'' | '\\'))) => {
                characters.next();
                text.push(next);
            }
            (c, _) if c == quote => return Ok((text, at + quote.len_utf8())),
            (c, _) => text.push(c),
        }
    }
    let message = format!("a quote without its closing `{quote}`");
    Err((message, &codes::UNCLOSED_QUOTE, rest.len()))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
