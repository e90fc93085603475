//! What would work where a token stands that cannot stand there.

use super::commands::COMMANDS;
use super::cursor::Cursor;
use crate::insights::agg::AGGREGATES;
use crate::insights::func::FUNCTIONS;
use crate::insights::habits;
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::period::Unit;

/// What is expected behind a complete command.
pub(super) const COMMAND_END: &str = "`|` or the end of the query";

/// Advice for the present token, where `expected` should stand.
pub(super) fn hint(cursor: &Cursor<'_>, expected: &str) -> Option<String> {
    let found = cursor.span().text(cursor.text);
    match cursor.peek() {
        TokenKind::Word { name, quoted: false, .. } => word(cursor, name, expected),
        TokenKind::Word { .. } | TokenKind::Number(_) | TokenKind::Period(_)
            if expected == COMMAND_END =>
        {
            brackets(cursor, found).or_else(between)
        }
        TokenKind::Text(_) if expected.starts_with("a name") => {
            Some("a name stands without quotes; one with spaces or other characters in backticks".to_owned())
        }
        TokenKind::Text(_) | TokenKind::Symbol(Symbol::Open) if before(cursor).is_word("in") => {
            Some("a list stands in square brackets: `in [\"a\", \"b\"]`; a subquery in round ones begins with `SOURCE`".to_owned())
        }
        TokenKind::Regex(_) if found.starts_with("/*") => comment(),
        TokenKind::Regex(_) => Some("a regex stands behind `like`, `=~` and in `parse`; functions take it as a text in quotes".to_owned()),
        TokenKind::Symbol(Symbol::Pipe) | TokenKind::End if *before(cursor) == TokenKind::Symbol(Symbol::Comma) => {
            Some("nothing follows the comma".to_owned())
        }
        TokenKind::Symbol(Symbol::Minus) if expected == "a command" => comment(),
        TokenKind::Symbol(Symbol::Minus) if expected.contains("to sort by") => {
            Some("the direction stands behind the name: `sort n desc`".to_owned())
        }
        TokenKind::Symbol(Symbol::Close) if expected == COMMAND_END => {
            Some("no bracket is open here".to_owned())
        }
        TokenKind::Symbol(Symbol::Comma) if matches!(before(cursor), TokenKind::Number(_)) && expected == COMMAND_END => {
            Some("one number stands here: rows are counted from the first".to_owned())
        }
        TokenKind::Symbol(Symbol::Equal) if expected == COMMAND_END => {
            Some("`fields` names what it computes with `as`: `fields n * 2 as x`; conditions stand in `filter`".to_owned())
        }
        _ => None,
    }
}

/// How comments are written.
pub(super) fn comment() -> Option<String> {
    Some("comments begin with `#` and end with the line".to_owned())
}

fn word(cursor: &Cursor<'_>, name: &str, expected: &str) -> Option<String> {
    if before(cursor).is_word("distinct") {
        return Some(format!("`count_distinct({name})` counts different values"));
    }
    if let (TokenKind::Number(count), Some(_)) = (before(cursor), Unit::named(name)) {
        return Some(format!(
            "a period is written without a space: `{count}{name}`"
        ));
    }
    if expected != COMMAND_END {
        return habits::word(name)
            .filter(|_| expected.contains("to sort by"))
            .map(str::to_owned);
    }
    if let TokenKind::Text(_) | TokenKind::Regex(_) = before(cursor) {
        return behind_text(cursor);
    }
    habits::word(name)
        .map(str::to_owned)
        .or_else(|| brackets(cursor, name))
        .or_else(|| {
            let command = COMMANDS.iter().find(|command| command.is_named(name))?;
            Some(format!(
                "a command stands behind a pipe: `| {}`",
                command.name
            ))
        })
        .or_else(between)
}

/// A word right behind a text, or with a space between.
fn behind_text(cursor: &Cursor<'_>) -> Option<String> {
    if cursor.last_span().end == cursor.span().start {
        return Some(
            "the text ends at the quote before; a quote inside is written with `\\` before it, or the text stands in the other quotes"
                .to_owned(),
        );
    }
    let mut tokens = cursor
        .tokens
        .get(..cursor.at)
        .unwrap_or_default()
        .iter()
        .rev();
    let command = tokens
        .find(|token| token.kind.is_word("parse") || token.kind == TokenKind::Symbol(Symbol::Pipe));
    if command.is_some_and(|token| token.kind.is_word("parse")) {
        return Some(
            "names follow `as`: `parse @message \"user=* \" as user`; `multi` stands behind them"
                .to_owned(),
        );
    }
    between()
}

/// A function that is written without its brackets.
fn brackets(cursor: &Cursor<'_>, found: &str) -> Option<String> {
    let TokenKind::Word {
        name,
        quoted: false,
        ..
    } = before(cursor)
    else {
        return None;
    };
    let is_function =
        AGGREGATES.iter().any(|a| a.is_named(name)) || FUNCTIONS.iter().any(|f| f.is_named(name));
    is_function.then(|| format!("`{name}` is written with brackets: `{name}({found})`"))
}

fn between() -> Option<String> {
    Some("parts of a list are separated by `,`, commands by `|`".to_owned())
}

fn before<'t>(cursor: &Cursor<'t>) -> &'t TokenKind {
    let before = cursor
        .at
        .checked_sub(1)
        .and_then(|at| cursor.tokens.get(at));
    before.map_or(&TokenKind::End, |token| &token.kind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    const WORDS: &[&str] = &[
        "fields",
        "filter",
        "stats",
        "sort",
        "parse",
        "limit",
        "select",
        "group",
        "by",
        "as",
        "in",
        "not",
        "like",
        "is",
        "a",
        "@timestamp",
        "count",
        "count(*)",
        "avg",
        "bin",
        "5m",
        "5",
        "m",
        "\"x\"",
        "'it's",
        "/x/",
        "//",
        "(",
        ")",
        "[",
        "]",
        ",",
        "|",
        "=",
        "=>",
        "-",
        "--",
        "?",
        ":",
        "{",
        "desc",
        "case",
        "distinct",
        "`q",
        "“",
        "é",
        "#",
    ];

    proptest! {
        #[test]
        fn any_words_are_read_or_refused_within_the_text(
            words in prop::collection::vec(prop::sample::select(WORDS), 0..14),
            space in prop::sample::select(&["", " ", "\n"][..]),
        ) {
            let text = words.join(space);
            let found = match crate::insights::compile(&text) {
                Ok((_, warnings)) => warnings,
                Err(errors) => errors,
            };
            for diagnostic in found {
                let span = diagnostic.primary.span;
                prop_assert!(text.get(span.start..span.end).is_some(), "{}: {:?}", text, diagnostic);
            }
        }
    }
}
