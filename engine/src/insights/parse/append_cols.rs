use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::options::{Setting, setting};
use super::subquery;
use crate::insights::ast::{AppendCols, CommandKind};
use crate::insights::choices;
use crate::insights::lex::TokenKind;

pub(super) const COMMAND: Command = Command {
    name: "appendcols",
    aliases: &[],
    summary: "puts the columns of a subquery beside the rows, the first row to the first",
    syntax: "appendcols [override=true|false] [max=count] ([SOURCE group |] command …)",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let (mut overwrite, mut most) = (None, None);
    while let Some(option) = setting(cursor, &["override", "max"])? {
        match option.name {
            "override" => option.once(cursor, &mut overwrite, Setting::boolean)?,
            _ => option.once(cursor, &mut most, rows)?,
        }
    }
    let query = Box::new(subquery::read_query(cursor)?);
    Ok(CommandKind::AppendCols(AppendCols {
        overwrite: overwrite.unwrap_or(false),
        most,
        query,
    }))
}

fn rows(option: &Setting<'_>, cursor: &mut Cursor<'_>) -> Read<usize> {
    let count = match option.value {
        TokenKind::Number(written) => written.parse().ok(),
        _ => None,
    };
    match count {
        Some(count) if (1..=choices::MAXIMUM_LIMIT).contains(&count) => Ok(count),
        _ => option.wrong(cursor, "a number of rows from 1 to 100,000"),
    }
}
