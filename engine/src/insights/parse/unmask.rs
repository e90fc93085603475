use super::commands::Command;
use super::cursor::{Cursor, Read};
use crate::insights::ast::CommandKind;

pub(super) const COMMAND: Command = Command {
    name: "unmask",
    aliases: &[],
    summary: "shows what data protection masks; Belfry masks nothing",
    syntax: "unmask",
    read,
};

#[expect(
    clippy::unnecessary_wraps,
    reason = "readers of commands have one signature"
)]
fn read(_: &mut Cursor<'_>) -> Read<CommandKind> {
    Ok(CommandKind::Unmask)
}
