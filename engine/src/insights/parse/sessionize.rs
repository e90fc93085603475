use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::items::{self, alias};
use crate::insights::ast::CommandKind;
use crate::insights::lex::TokenKind;

pub(super) const COMMAND: Command = Command {
    name: "sessionize",
    aliases: &[],
    summary: "tells which session of its identity a row belongs to",
    syntax: "sessionize name, … [maxspan period] [as name]",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let fields = items::names(cursor)?;
    let gap = if cursor.take_word("maxspan") {
        let TokenKind::Period(period) = cursor.peek() else {
            return cursor.unexpected("a period such as `30m`");
        };
        let span = cursor.span();
        cursor.advance();
        Some((*period, span))
    } else {
        None
    };
    let name = alias(cursor)?;
    Ok(CommandKind::Sessionize { fields, gap, name })
}
