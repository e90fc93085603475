use super::cursor::{Cursor, Read};
use super::expr::expression;
use super::items;
use crate::insights::ast::{CommandKind, Expr, Name, Parse, ParseSource, Pattern};
use crate::insights::lex::TokenKind;

/// `parse [expr] "glob" as name, …`, `parse [expr] /regex/ [as name, …] [multi]`,
/// `parse [expr] logfmt as name` and `parse [expr] csv as name, …`.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let source = source(cursor)?;
    let span = cursor.span();
    if cursor.take_word("logfmt") {
        let name = one_name(cursor)?;
        let source = ParseSource { expr: source, span };
        return Ok(CommandKind::Logfmt { source, name });
    }
    if cursor.take_word("csv") {
        let names = all_names(cursor)?;
        let source = ParseSource { expr: source, span };
        return Ok(CommandKind::Csv { source, names });
    }
    let pattern = match cursor.peek() {
        TokenKind::Text(text) => Pattern::Text(text.clone()),
        TokenKind::Regex(text) => Pattern::Regex(text.clone()),
        _ => {
            return cursor
                .unexpected("a glob in quotes, a regex between slashes, `logfmt` or `csv`");
        }
    };
    cursor.advance();
    let names = if cursor.take_word("as") {
        items::names(cursor)?
    } else {
        Vec::new()
    };
    let multi = matches!(pattern, Pattern::Regex(_)) && cursor.take_word("multi");
    Ok(CommandKind::Parse(Parse {
        source,
        pattern,
        span,
        names,
        multi,
    }))
}

fn one_name(cursor: &mut Cursor<'_>) -> Read<Name> {
    if !cursor.take_word("as") {
        return cursor.unexpected("`as`");
    }
    cursor.name("a name")
}

fn all_names(cursor: &mut Cursor<'_>) -> Read<Vec<Name>> {
    if !cursor.take_word("as") {
        return cursor.unexpected("`as`");
    }
    items::names(cursor)
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
