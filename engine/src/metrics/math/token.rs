use crate::diag::{Diagnostic, Span, metric_math as codes};

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// An id, a function's name, or a word such as `AND` and `REPEAT`.
    Word(String),
    /// Text in quotes, without them.
    Text(String),
    /// An operator, a bracket or a comma.
    Sign(&'static str),
}

/// Longer signs first.
const SIGNS: &[&str] = &[
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",",
];

/// Cuts `text` into tokens with their places.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Span)>, Box<Diagnostic>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 {
            at += blanks;
            continue;
        }
        let (token, length) = token(rest, at)?;
        tokens.push((token, Span::new(at, at + length)));
        at += length;
    }
    Ok(tokens)
}

fn token(rest: &str, at: usize) -> Result<(Token, usize), Box<Diagnostic>> {
    let Some(first) = rest.chars().next() else {
        return Err(unexpected(rest, at));
    };
    if first.is_ascii_digit() {
        return number(rest, at);
    }
    if is_word(first) {
        let word = run(rest, is_word);
        return Ok((Token::Word(word.to_owned()), word.len()));
    }
    if first == '"' || first == '\'' {
        return quoted(rest, first, at);
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    sign.map(|sign| (Token::Sign(sign), sign.len()))
        .ok_or_else(|| unexpected(rest, at))
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Box<Diagnostic>> {
    let written = run(rest, |c| is_word(c) || c == '.');
    let plain = written.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !written.ends_with('.');
    match written.parse::<f64>() {
        Ok(number) if plain && number.is_finite() => Ok((Token::Number(number), written.len())),
        _ => {
            let span = Span::new(at, at + written.len());
            let message = format!("`{written}` is not a number of metric math");
            Err(Diagnostic::error(&codes::BAD_NUMBER, span, message).into())
        }
    }
}

fn quoted(rest: &str, quote: char, at: usize) -> Result<(Token, usize), Box<Diagnostic>> {
    let inner = rest.get(1..).unwrap_or_default();
    match inner.find(quote) {
        Some(length) => {
            let text = inner.get(..length).unwrap_or_default();
            Ok((Token::Text(text.to_owned()), length + 2))
        }
        None => {
            let span = Span::new(at, at + rest.len());
            let message = format!("text without a closing `{quote}`");
            Err(Diagnostic::error(&codes::UNCLOSED_TEXT, span, message).into())
        }
    }
}

fn unexpected(rest: &str, at: usize) -> Box<Diagnostic> {
    let found = rest.chars().next().unwrap_or_default();
    let span = Span::new(at, at + found.len_utf8().min(rest.len()));
    let diagnostic = Diagnostic::error(
        &codes::UNEXPECTED_CHARACTER,
        span,
        format!("unexpected character `{found}`"),
    );
    let helped = match found {
        '=' => diagnostic.replace(span, "==", "equality is written with two signs"),
        '&' => diagnostic.replace(span, "&&", "`and` is written `AND` or `&&`"),
        '|' => diagnostic.replace(span, "||", "`or` is written `OR` or `||`"),
        _ => diagnostic,
    };
    Box::new(helped)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn run(rest: &str, accept: impl Fn(char) -> bool) -> &str {
    let length = rest.find(|c| !accept(c)).unwrap_or(rest.len());
    rest.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_cut_into_its_pieces() {
        let found = tokens("RATE(m1)>=0.5 AND 'a b'").unwrap();
        let expected = [
            Token::Word("RATE".to_owned()),
            Token::Sign("("),
            Token::Word("m1".to_owned()),
            Token::Sign(")"),
            Token::Sign(">="),
            Token::Number(0.5),
            Token::Word("AND".to_owned()),
            Token::Text("a b".to_owned()),
        ];
        assert!(found.iter().map(|(token, _)| token).eq(&expected));
    }

    #[test]
    fn what_is_no_piece_is_named() {
        for (text, code) in [
            ("m1 = 1", "M0101"),
            ("m1 # 2", "M0101"),
            ("'abc", "M0102"),
            ("1e3", "M0103"),
            ("1.", "M0103"),
            ("2m", "M0103"),
        ] {
            assert_eq!(tokens(text).unwrap_err().code.name, code, "{text}");
        }
    }
}
