use super::commands::Command;
use super::cursor::{Cursor, Read};
use crate::insights::ast::{CommandKind, Name, WildName};
use crate::insights::lex::{Symbol, TokenKind};

pub(super) const COMMAND: Command = Command {
    name: "filldown",
    aliases: &[],
    summary: "fills missing values with the last one before, in the present order",
    syntax: "filldown [name …], with `*` for any characters",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let mut names = Vec::new();
    while !cursor.at_command_end() {
        names.push(wild_name(cursor)?);
    }
    Ok(CommandKind::FillDown(names))
}

/// A name, perhaps with stars in it: words and stars without space between them.
fn wild_name(cursor: &mut Cursor<'_>) -> Read<WildName> {
    let start = cursor.span();
    let mut parts = vec![String::new()];
    let mut only = None;
    let mut end = start;
    loop {
        match cursor.peek() {
            TokenKind::Symbol(Symbol::Star) => parts.push(String::new()),
            TokenKind::Word { name, cuts, .. } => {
                only = Some((name.clone(), cuts.clone()));
                parts
                    .last_mut()
                    .into_iter()
                    .for_each(|part| part.push_str(name));
            }
            _ => return cursor.unexpected("names with spaces between them"),
        }
        end = end.to(cursor.span());
        cursor.advance();
        if cursor.at_command_end() || cursor.span().start != end.end {
            break;
        }
    }
    let span = end;
    let name = only
        .filter(|_| parts.len() == 1)
        .map(|(name, cuts)| Name { name, cuts, span });
    Ok(WildName { parts, name, span })
}
