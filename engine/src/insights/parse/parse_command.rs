use super::cursor::{Cursor, Read};
use super::expr::expression;
use super::items;
use crate::insights::ast::{CommandKind, Expr, Parse, Pattern};
use crate::insights::lex::TokenKind;

/// `parse [expr] "glob" as name, …` and `parse [expr] /regex/ [as name, …]`.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let source = source(cursor)?;
    let span = cursor.span();
    let pattern = match cursor.peek() {
        TokenKind::Text(text) => Pattern::Text(text.clone()),
        TokenKind::Regex(text) => Pattern::Regex(text.clone()),
        word => {
            let word = if word.is_word("logfmt") {
                "logfmt"
            } else if word.is_word("csv") {
                "csv"
            } else {
                return cursor.unexpected("a glob in quotes or a regex between slashes");
            };
            return refuse(cursor, word);
        }
    };
    cursor.advance();
    let names = if cursor.take_word("as") {
        items::names(cursor)?
    } else {
        Vec::new()
    };
    if cursor.peek().is_word("multi") {
        let help = "without `multi`, `parse` takes the first match of each event";
        return cursor.unsupported("`parse … multi`", cursor.span(), help);
    }
    Ok(CommandKind::Parse(Parse {
        source,
        pattern,
        span,
        names,
    }))
}

/// The text to read, unless a pattern stands there at once. A string is the source only where another
/// pattern follows it.
fn source(cursor: &mut Cursor<'_>) -> Read<Option<Expr>> {
    let pattern_first = match cursor.peek() {
        TokenKind::Regex(_) => true,
        TokenKind::Text(_) => {
            !matches!(cursor.peek_at(1), TokenKind::Text(_) | TokenKind::Regex(_))
        }
        word => is_form(word) && is_form_end(cursor.peek_at(1)),
    };
    if pattern_first {
        return Ok(None);
    }
    expression(cursor).map(Some)
}

fn is_form(word: &TokenKind) -> bool {
    word.is_word("logfmt") || word.is_word("csv")
}

fn is_form_end(next: &TokenKind) -> bool {
    next.is_word("as")
}

fn refuse<T>(cursor: &mut Cursor<'_>, form: &str) -> Read<T> {
    let help = "a regex with named groups takes fields out of any text";
    cursor.unsupported(&format!("`parse … {form}`"), cursor.span(), help)
}
