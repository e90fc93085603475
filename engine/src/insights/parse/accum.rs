use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::items::alias;
use crate::insights::ast::CommandKind;

pub(super) const COMMAND: Command = Command {
    name: "accum",
    aliases: &[],
    summary: "sums a field from row to row, in the present order",
    syntax: "accum name [as name]",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let field = cursor.name("a field")?;
    let name = alias(cursor)?;
    Ok(CommandKind::Accum { field, name })
}
