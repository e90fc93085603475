use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::items;
use super::options::setting;
use crate::insights::ast::CommandKind;

pub(super) const COMMAND: Command = Command {
    name: "addtotals",
    aliases: &[],
    summary: "adds a column with the sum of each row, or a row with the sum of each column",
    syntax: "addtotals [fieldname=name] [row=true|false] [col=true|false] [name, …]",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let (mut name, mut row, mut column) = (None, true, false);
    while let Some(option) = setting(cursor, &["fieldname", "row", "col"])? {
        match option.name {
            "fieldname" => name = Some(option.name(cursor)?),
            "row" => row = option.boolean(cursor)?,
            _ => column = option.boolean(cursor)?,
        }
    }
    let fields = if cursor.at_command_end() {
        Vec::new()
    } else {
        items::names(cursor)?
    };
    Ok(CommandKind::AddTotals {
        name,
        row,
        column,
        fields,
    })
}
