use super::arithmetic::unary;
use super::commands::Command;
use super::cursor::{Cursor, Read};
use crate::insights::ast::{CommandKind, Expr, Name};
use crate::insights::lex::{Symbol, TokenKind};

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
    let signed = cursor.is_symbol(Symbol::Minus);
    let is_literal = match cursor.peek_at(usize::from(signed)) {
        TokenKind::Number(_) => true,
        TokenKind::Text(_) => !signed,
        word => !signed && (word.is_word("true") || word.is_word("false")),
    };
    if !is_literal {
        return cursor.unexpected("a string or a number");
    }
    let literal = unary(cursor)?;
    if !cursor.take_word("for") {
        return cursor.unexpected("`for`");
    }
    Ok((literal, cursor.name("a column")?))
}
