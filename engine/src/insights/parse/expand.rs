use super::commands::Command;
use super::cursor::{Cursor, Read};
use crate::insights::ast::CommandKind;

pub(super) const COMMAND: Command = Command {
    name: "expand",
    aliases: &[],
    summary: "makes one row for each element of a JSON array; the field takes the element",
    syntax: "expand name",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    cursor.name("a field").map(CommandKind::Expand)
}
