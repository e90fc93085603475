use super::commands::Command;
use super::cursor::{Cursor, Read};
use super::items::alias;
use super::options::{Setting, setting};
use crate::insights::ast::CommandKind;
use crate::insights::choices;
use crate::insights::lex::{Symbol, TokenKind};

pub(super) const COMMAND: Command = Command {
    name: "autoregress",
    aliases: &[],
    summary: "adds the values of earlier rows, in the present order",
    syntax: "autoregress name [as prefix] [p=from[-to]]",
    read,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let field = cursor.name("a field")?;
    let prefix = alias(cursor)?;
    let (from, to) = match setting(cursor, &["p"])? {
        Some(written) => range(cursor, &written)?,
        None => (1, 1),
    };
    Ok(CommandKind::Autoregress {
        field,
        prefix,
        from,
        to,
    })
}

fn range(cursor: &mut Cursor<'_>, written: &Setting<'_>) -> Read<(usize, usize)> {
    let from = count(written.value);
    let to = if cursor.take_symbol(Symbol::Minus) {
        let to = count(cursor.peek());
        cursor.advance();
        to
    } else {
        from
    };
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => {
            let most = choices::MAXIMUM_LOOK_BACK;
            written.wrong(
                cursor,
                &format!("`n` or `n-m` with numbers from 1 to {most}"),
            )
        }
    }
}

fn count(token: &TokenKind) -> Option<usize> {
    let TokenKind::Number(written) = token else {
        return None;
    };
    let count = written.parse().ok()?;
    (1..=choices::MAXIMUM_LOOK_BACK)
        .contains(&count)
        .then_some(count)
}
