use crate::insights::choices;
use crate::insights::lex::{self, Symbol, Token, TokenKind};
use crate::insights::print::Quoted;

/// Whether PutQueryDefinition takes `name` for a parameter: `^[a-zA-Z_][a-zA-Z0-9_]*$`, at most 128 characters.
pub fn is_parameter_name(name: &str) -> bool {
    lex::is_parameter_name(name) && name.len() <= 128
}

/// The literal that a value stands for where it is given outside a query: as a default, or on a command line.
///
/// Numbers, periods, `true`, `false`, lists and texts that already stand in quotes go in as they are; everything else
/// is a text and is put in quotes. AWS's pages show defaults with and without quotes around the same text.
pub fn literal_of(value: &str) -> String {
    let (tokens, mistakes) = lex::lex(value);
    match mistakes.is_empty() && is_literal(&tokens, value) {
        true => value.to_owned(),
        false => Quoted(value).to_string(),
    }
}

fn is_literal(tokens: &[Token], value: &str) -> bool {
    let kinds: Vec<&TokenKind> = tokens.iter().map(|token| &token.kind).collect();
    // A comment is no part of a literal.
    let is_whole = tokens.split_last().is_some_and(|(_, tokens)| {
        let ends = tokens.first().zip(tokens.last());
        ends.is_some_and(|(first, last)| first.span.start == 0 && last.span.end == value.len())
    });
    is_whole
        && match kinds.as_slice() {
            [TokenKind::Number(_) | TokenKind::Text(_), _] => true,
            [TokenKind::Symbol(Symbol::Minus), TokenKind::Number(_), _] => true,
            _ if !choices::DEFAULTS_MAY_BE_ANY_LITERAL => false,
            [TokenKind::Period(_), _] => true,
            [word, _] => word.is_word("true") || word.is_word("false"),
            [first, inside @ .., last, _] => {
                **first == TokenKind::Symbol(Symbol::OpenList)
                    && **last == TokenKind::Symbol(Symbol::CloseList)
                    && is_row(inside)
            }
            _ => false,
        }
}

/// Strings and numbers with commas between them.
fn is_row(kinds: &[&TokenKind]) -> bool {
    kinds.iter().enumerate().all(|(at, kind)| match at % 2 {
        0 => matches!(kind, TokenKind::Number(_) | TokenKind::Text(_)),
        _ => **kind == TokenKind::Symbol(Symbol::Comma),
    }) && (kinds.is_empty() || kinds.len() % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::literal_of;

    #[test]
    fn literals_stay_and_everything_else_is_a_text() {
        for literal in [
            "5",
            "-2.5",
            "5m",
            "true",
            "\"ERROR\"",
            "'a'",
            "[\"a\", 2]",
            "[]",
        ] {
            assert_eq!(literal_of(literal), literal);
        }
        for (value, quoted) in [
            ("ERROR", "\"ERROR\""),
            ("/api/v1/predict", "\"/api/v1/predict\""),
            ("/health/", "\"/health/\""),
            ("", "\"\""),
            ("say \"hi\"", "\"say \\\"hi\\\"\""),
            ("\"open", "\"\\\"open\""),
            ("5 # five", "\"5 # five\""),
            ("\"a\" | limit 1", "\"\\\"a\\\" | limit 1\""),
            ("[a", "\"[a\""),
            ("12-34", "\"12-34\""),
        ] {
            assert_eq!(literal_of(value), quoted, "{value}");
        }
    }
}
