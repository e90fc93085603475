use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::options::{Setting, setting};
use super::subquery;
use crate::diag::{Diagnostic, query};
use crate::insights::ast::{CommandKind, Join, Name};
use crate::insights::lex::{Symbol, TokenKind};

pub(super) const COMMAND: Command = Command {
    name: "join",
    aliases: &[],
    summary: "adds the fields of events of other log groups that have the same value in one field",
    syntax: "join [type=inner|left] left=name right=name where left.field=right.field (SOURCE group | command …)",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let (mut keep_left, mut left, mut right) = (None, None, None);
    while let Some(option) = setting(cursor, &["type", "left", "right"])? {
        match option.name {
            "type" => option.once(cursor, &mut keep_left, is_left)?,
            "left" => option.once(cursor, &mut left, side)?,
            _ => option.once(cursor, &mut right, side)?,
        }
    }
    let Some(left) = left else {
        return cursor.unexpected("`left=name`");
    };
    let Some(right) = right else {
        return cursor.unexpected("`right=name`");
    };
    if !cursor.take_word("where") {
        return cursor.unexpected("`where`");
    }
    let left_key = key(cursor, &left)?;
    cursor.expect(Symbol::Equal, "=")?;
    let right_key = key(cursor, &right)?;
    let query = Box::new(subquery::read(cursor)?);
    Ok(CommandKind::Join(Join {
        keep_left: keep_left.unwrap_or(false),
        left,
        right,
        left_key,
        right_key,
        query,
    }))
}

fn is_left(option: &Setting<'_>, cursor: &mut Cursor<'_>) -> Read<bool> {
    if option.value.is_word("left") || option.value.is_word("inner") {
        return Ok(option.value.is_word("left"));
    }
    option.wrong(cursor, "`inner` or `left`")
}

/// What a side is called: one word, which stands in front of its fields.
fn side(option: &Setting<'_>, cursor: &mut Cursor<'_>) -> Read<Name> {
    match option.value {
        TokenKind::Word { cuts, .. } if cuts.is_empty() => option.name(cursor),
        _ => option.wrong(cursor, "a name without dots"),
    }
}

/// `side.field`
fn key(cursor: &mut Cursor<'_>, side: &Name) -> Read<Name> {
    let expected = format!("a field of `{}`, such as `{}.id`", side.name, side.name);
    let name = cursor.name(&expected)?;
    let cut = name.cuts.first().copied();
    if cut.is_some_and(|cut| name.name.get(..cut) == Some(&side.name)) {
        return Ok(name);
    }
    let found = &name.name;
    let message = format!("expected {expected}, found `{found}`");
    let error = Diagnostic::error(&query::JOIN, name.span, message);
    cursor.fail(error.help(
        "the condition is written `where left.field=right.field`, with the names of `left=` and `right=`",
    ))
}
