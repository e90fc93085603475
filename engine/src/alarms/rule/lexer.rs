use crate::diag::{Diagnostic, Span, alarm_rule};

/// A piece of a rule and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    Comma,
    /// Anything without blanks, commas and parentheses: a keyword, a number, a name or an ARN.
    Word,
    /// A name in double quotes, without them.
    Quoted(String),
}

/// Cuts a rule into tokens. Only a quote that does not close is a mistake here.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, Box<Diagnostic>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        let kind = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            ',' => TokenKind::Comma,
            '"' => {
                let (name, length) = quoted(&text[at..]).ok_or_else(|| unclosed(text, start))?;
                at += length - 1;
                TokenKind::Quoted(name)
            }
            _ => {
                let rest = &text[at..];
                at += rest.find(ends_word).unwrap_or(rest.len()) - 1;
                TokenKind::Word
            }
        };
        at += 1;
        let span = Span::new(start, at);
        tokens.push(Token { kind, span });
    }
    Ok(tokens)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '(' | ')')
}

/// The name in the quotes that `text` begins with, and the bytes up to and with the closing one. Only `\"` is an
/// escape: a backslash before anything else is a backslash.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut name = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((name, at + 1)),
            '\\' if chars.next_if(|(_, next)| *next == '"').is_some() => name.push('"'),
            _ => name.push(c),
        }
    }
    None
}

fn unclosed(text: &str, start: usize) -> Box<Diagnostic> {
    let span = Span::new(start, text.len());
    let message = "a quoted alarm name does not close";
    let mistake = Diagnostic::error(&alarm_rule::UNCLOSED_NAME, span, message);
    Box::new(mistake.help("end the name with `\"`; write a quote inside it as `\\\"`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_cut_at_blanks_commas_and_parentheses() {
        let text = "ALARM(\"my \\\"é\\\"\") AND AT_LEAST(50%, OK,(a,ü-b))";
        let tokens = lex(text).unwrap();
        let pieces: Vec<_> = tokens.iter().map(|t| t.span.text(text)).collect();
        let expected = "ALARM|(|\"my \\\"é\\\"\"|)|AND|AT_LEAST|(|50%|,|OK|,|(|a|,|ü-b|)|)";
        assert_eq!(pieces.join("|"), expected);
        assert_eq!(tokens[2].kind, TokenKind::Quoted("my \"é\"".to_owned()));
    }

    #[test]
    fn a_quote_that_does_not_close_is_shown_from_its_beginning() {
        let mistake = lex("ALARM(\"a)").unwrap_err();
        assert_eq!(mistake.code.name, "R0102");
        assert_eq!(mistake.primary.span, Span::new(6, 9));
    }
}
