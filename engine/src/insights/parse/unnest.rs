use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::expr::expression;
use crate::insights::ast::CommandKind;

pub(super) const COMMAND: Command = Command {
    name: "unnest",
    aliases: &[],
    summary: "makes one row for each element of a list",
    syntax: "unnest expr into name",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let list = expression(cursor)?;
    if !cursor.take_word("into") {
        return cursor.unexpected("`into`");
    }
    let name = cursor.name("a name")?;
    Ok(CommandKind::Unnest { list, name })
}
