use super::cursor::{Cursor, Read};
use super::expr::expression;
use crate::diag::{Diagnostic, Span, query};
use crate::insights::ast::{CommandKind, ExprKind, Item, Name, SortKey};
use crate::insights::choices;
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::period::Period;

pub(super) fn fields(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    items(cursor).map(CommandKind::Fields)
}

pub(super) fn display(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    items(cursor).map(CommandKind::Display)
}

pub(super) fn filter(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    expression(cursor).map(CommandKind::Filter)
}

pub(super) fn stats(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let aggregates = items(cursor)?;
    let by = if cursor.take_word("by") {
        items(cursor)?
    } else {
        Vec::new()
    };
    let offset = offset(cursor)?;
    Ok(CommandKind::Stats {
        items: aggregates,
        by,
        offset,
    })
}

/// `offset 1h`, if it stands here.
fn offset(cursor: &mut Cursor<'_>) -> Read<Option<(Period, Span)>> {
    if !cursor.take_word("offset") {
        return Ok(None);
    }
    let span = cursor.span();
    let TokenKind::Period(period) = cursor.peek() else {
        return cursor.unexpected("a period such as `1h`");
    };
    cursor.advance();
    Ok(Some((*period, span)))
}

pub(super) fn sort(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    cursor.take_word("by");
    list(cursor, sort_key).map(CommandKind::Sort)
}

pub(super) fn limit(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    cursor.take_word("any");
    count(cursor).map(CommandKind::Limit)
}

pub(super) fn head(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    deprecated(cursor, "head");
    count(cursor).map(CommandKind::Limit)
}

/// Warns about the command word just read.
fn deprecated(cursor: &mut Cursor<'_>, word: &str) {
    let message = format!("`{word}` is a deprecated word");
    let warning = Diagnostic::warning(&query::DEPRECATED_COMMAND, cursor.last_span(), message);
    cursor
        .diagnostics
        .push(warning.help("`sort` and `limit` say the same"));
}

pub(super) fn tail(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    deprecated(cursor, "tail");
    count(cursor).map(CommandKind::Tail)
}

pub(super) fn dedup(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    list(cursor, |cursor| cursor.name("a field")).map(CommandKind::Dedup)
}

/// Names by comma, as after `as`.
pub(super) fn names(cursor: &mut Cursor<'_>) -> Read<Vec<Name>> {
    list(cursor, |cursor| cursor.name("a name"))
}

fn items(cursor: &mut Cursor<'_>) -> Read<Vec<Item>> {
    list(cursor, item)
}

fn list<T>(cursor: &mut Cursor<'_>, read: fn(&mut Cursor<'_>) -> Read<T>) -> Read<Vec<T>> {
    let mut all = vec![read(cursor)?];
    while cursor.take_symbol(Symbol::Comma) {
        all.push(read(cursor)?);
    }
    Ok(all)
}

fn item(cursor: &mut Cursor<'_>) -> Read<Item> {
    let start = cursor.span();
    let expr = expression(cursor)?;
    let label = match &expr.kind {
        ExprKind::Field(name) => name.name.clone(),
        _ => start.to(cursor.last_span()).text(cursor.text).to_owned(),
    };
    let alias = alias(cursor)?;
    Ok(Item { expr, alias, label })
}

/// `as name`, if it stands here.
pub(super) fn alias(cursor: &mut Cursor<'_>) -> Read<Option<Name>> {
    if cursor.take_word("as") {
        return cursor.name("a name").map(Some);
    }
    Ok(None)
}

fn sort_key(cursor: &mut Cursor<'_>) -> Read<SortKey> {
    let name = cursor.name("a field to sort by")?;
    let ends = cursor.at_command_end()
        || cursor.is_symbol(Symbol::Comma)
        || matches!(cursor.peek(), TokenKind::Word { .. });
    if !ends {
        return refuse_key(cursor, name.span);
    }
    let descending = cursor.take_word("desc");
    if !descending {
        cursor.take_word("asc");
    }
    Ok(SortKey { name, descending })
}

fn refuse_key(cursor: &mut Cursor<'_>, span: Span) -> Read<SortKey> {
    let message = "a `sort` key is a name, not an expression";
    cursor.fail(
        Diagnostic::error(&query::SORT_KEY, span, message)
            .help("name the expression with `as` in an earlier command and sort by that name"),
    )
}

fn count(cursor: &mut Cursor<'_>) -> Read<usize> {
    let span = cursor.span();
    let TokenKind::Number(written) = cursor.peek() else {
        return cursor.unexpected("a number of rows");
    };
    cursor.advance();
    match written.parse::<usize>() {
        Ok(count) if (1..=choices::MAXIMUM_LIMIT).contains(&count) => Ok(count),
        _ => {
            let message = format!("`{written}` is no number of rows from 1 to 100,000");
            cursor.fail(Diagnostic::error(&query::LIMIT_RANGE, span, message))
        }
    }
}
