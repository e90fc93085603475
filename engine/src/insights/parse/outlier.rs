use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::options::{Setting, setting};
use crate::insights::ast::CommandKind;
use crate::insights::lex::TokenKind;

pub(super) const COMMAND: Command = Command {
    name: "outlier",
    aliases: &[],
    summary: "moves or drops values far from the middle half",
    syntax: "outlier [action=transform|remove] [param=number] [uselower=true|false] [mark=true|false] name …",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let (mut remove, mut factor, mut lower, mut mark) = (false, None, false, false);
    while let Some(option) = setting(cursor, &["action", "param", "uselower", "mark"])? {
        match option.name {
            "action" => remove = is_remove(cursor, &option)?,
            "param" => factor = Some(number(cursor, &option)?),
            "uselower" => lower = option.boolean(cursor)?,
            _ => mark = option.boolean(cursor)?,
        }
    }
    let mut fields = vec![cursor.name("a field")?];
    while !cursor.at_command_end() {
        fields.push(cursor.name("fields with spaces between them")?);
    }
    Ok(CommandKind::Outlier {
        remove,
        factor,
        lower,
        mark,
        fields,
    })
}

fn is_remove(cursor: &mut Cursor<'_>, option: &Setting<'_>) -> Read<bool> {
    if option.value.is_word("remove") || option.value.is_word("transform") {
        return Ok(option.value.is_word("remove"));
    }
    option.wrong(cursor, "`transform` or `remove`")
}

fn number(cursor: &mut Cursor<'_>, option: &Setting<'_>) -> Read<String> {
    match option.value {
        TokenKind::Number(written) => Ok(written.clone()),
        _ => option.wrong(cursor, "a number"),
    }
}
