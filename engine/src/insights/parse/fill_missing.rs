use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::expr::element;
use crate::insights::ast::{CommandKind, Expr, Name};
use crate::insights::lex::Symbol;

pub(super) const COMMAND: Command = Command {
    name: "fillmissing",
    aliases: &[],
    summary: "adds rows for the bins without events behind `stats … by bin(…)`",
    syntax: "fillmissing [with literal for name, …]",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let mut values = Vec::new();
    if cursor.take_word("with") {
        values.push(value(cursor)?);
        while cursor.take_symbol(Symbol::Comma) {
            cursor.take_word("with");
            values.push(value(cursor)?);
        }
    }
    Ok(CommandKind::FillMissing(values))
}

fn value(cursor: &mut Cursor<'_>) -> Read<(Expr, Name)> {
    let literal = element(cursor)?;
    if !cursor.take_word("for") {
        return cursor.unexpected("`for`");
    }
    Ok((literal, cursor.name("a column")?))
}
