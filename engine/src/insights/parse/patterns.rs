use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::expr::expression;
use crate::insights::ast::CommandKind;
use crate::insights::earlier::Earlier;

pub(super) const PATTERN: Command = Command {
    name: "pattern",
    aliases: &[],
    summary: "counts the shapes that texts share",
    syntax: "pattern expr",
    read: |cursor| expression(cursor).map(CommandKind::Pattern),
};

pub(super) const DIFF: Command = Command {
    name: "diff",
    aliases: &[],
    summary: "compares the patterns of the time range with those of an earlier one",
    syntax: "diff [previousDay|previousWeek|previousMonth]",
    read: diff,
};

fn diff(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let all = [Earlier::Day, Earlier::Week, Earlier::Month];
    let found = all
        .into_iter()
        .find(|earlier| cursor.take_word(earlier.word()));
    if found.is_none() && !cursor.at_command_end() {
        return cursor.unexpected("`previousDay`, `previousWeek`, `previousMonth` or nothing");
    }
    Ok(CommandKind::Diff(found.unwrap_or(Earlier::Period)))
}
