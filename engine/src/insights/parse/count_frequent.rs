use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::items;
use crate::insights::ast::CommandKind;

pub(super) const COMMAND: Command = Command {
    name: "countFrequent",
    aliases: &["count_frequent"],
    summary: "counts how often each combination of values occurs, the most frequent first",
    syntax: "countFrequent name, …",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    items::names(cursor).map(CommandKind::CountFrequent)
}
