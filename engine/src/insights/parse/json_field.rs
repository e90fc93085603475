use super::commands::Command;
use super::cursor::{Cursor, Read};
use crate::insights::ast::CommandKind;
use crate::insights::lex::{Symbol, TokenKind};

pub(super) const COMMAND: Command = Command {
    name: "json",
    aliases: &[],
    summary: "takes a value out of a JSON text or of a map",
    syntax: "json field=name \"path\" as name",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    if !cursor.take_word("field") {
        return cursor.unexpected("`field=`");
    }
    cursor.expect(Symbol::Equal, "=")?;
    let field = cursor.name("a field")?;
    let TokenKind::Text(path) = cursor.peek() else {
        return cursor.unexpected("a path in quotes, such as \"user.name\"");
    };
    cursor.advance();
    if !cursor.take_word("as") {
        return cursor.unexpected("`as`");
    }
    let name = cursor.name("a name")?;
    let path = path.clone();
    Ok(CommandKind::JsonField { field, path, name })
}
