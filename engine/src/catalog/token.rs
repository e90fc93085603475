use super::error::DdlError;
use super::literal::unescaped;

/// A piece of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a name without quotes.
    Word(String),
    /// A name in backticks.
    Name(String),
    /// A text in quotes, of either kind.
    Text(String),
    /// Digits.
    Number(String),
    /// `(` `)` `,` `=` `<` `>` `:` `.` `;` …
    Sign(char),
}

/// The tokens of `text` with the bytes at which they begin. `--` begins a comment to the end of its line; `/*`, which
/// queries know, does not exist in Athena's data definition language.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, DdlError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let letter = rest.chars().next().unwrap_or(' ');
        let length = match letter {
            c if c.is_whitespace() => c.len_utf8(),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => {
                let message = "comments in `/* */` are not allowed in data definition statements; `--` begins one";
                return Err(DdlError::at(text, at, message));
            }
            '\'' | '"' | '`' => {
                let (token, length) = quoted(text, at, letter)?;
                found.push((at, token));
                length
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
                found.push((at, Token::Word(rest.chars().take(length).collect())));
                length
            }
            c if c.is_ascii_digit() => {
                let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
                let digits: String = rest.chars().take(length).collect();
                let is_number = digits.bytes().all(|b| b.is_ascii_digit());
                found.push((
                    at,
                    if is_number {
                        Token::Number(digits)
                    } else {
                        Token::Word(digits)
                    },
                ));
                length
            }
            sign if "(),=<>:.;*{}$?\\!|+-/[]@#%&^~".contains(sign) => {
                found.push((at, Token::Sign(sign)));
                1
            }
            other => {
                return Err(DdlError::at(
                    text,
                    at,
                    format!("unexpected character `{other}`"),
                ));
            }
        };
        at += length.max(1);
    }
    Ok(found)
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// A quoted token and its length. In texts a backslash escapes the quote; in names two backticks are one.
fn quoted(text: &str, at: usize, quote: char) -> Result<(Token, usize), DdlError> {
    let body = text.get(at + 1..).unwrap_or_default();
    let mut letters = body.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        if letter == '\\' && quote != '`' {
            letters.next();
        } else if letter == quote {
            if quote == '`' && letters.peek().is_some_and(|(_, next)| *next == '`') {
                letters.next();
                continue;
            }
            let inside = body.get(..index).unwrap_or_default();
            let token = match quote {
                '`' => Token::Name(inside.replace("``", "`")),
                _ => Token::Text(unescaped(inside)),
            };
            return Ok((token, index + 2));
        }
    }
    let message = format!("the quote {quote} is never closed");
    Err(DdlError::at(text, at, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_names_texts_and_signs_are_told_apart() {
        let found = tokens("a `b``c` -- no\n'd\\'e' (1)").unwrap();
        let found: Vec<Token> = found.into_iter().map(|(_, token)| token).collect();
        assert_eq!(
            found,
            [
                Token::Word("a".into()),
                Token::Name("b`c".into()),
                Token::Text("d'e".into()),
                Token::Sign('('),
                Token::Number("1".into()),
                Token::Sign(')'),
            ]
        );
    }

    #[test]
    fn an_open_quote_is_refused_where_it_begins() {
        let error = tokens("a\n 'b").unwrap_err();
        assert_eq!(error.to_string(), "line 2:2: the quote ' is never closed");
    }
}
