use super::commands::Command;
use super::cursor::{Cursor, Read};
use crate::insights::ast::{CommandKind, Lookup, Name};
use crate::insights::lex::Symbol;
use crate::insights::others::Match;

pub(super) const COMMAND: Command = Command {
    name: "lookup",
    aliases: &[],
    summary: "adds fields from the row of a lookup table whose columns equal fields",
    syntax: "lookup table column [as name], … OUTPUT|OUTPUTNEW column, …",
    read,
};

pub(super) const BY_ADDRESS: Command = Command {
    name: "cidrlookup",
    aliases: &[],
    summary: "adds fields from the row of a lookup table whose block holds an address",
    syntax: "cidrlookup table name [as column] OUTPUT|OUTPUTNEW column [as name], …",
    read: read_by_address,
};

fn read(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let table = cursor.name("a lookup table")?;
    let (mut columns, mut keys) = (Vec::new(), Vec::new());
    loop {
        let column = cursor.name("a column of the table")?;
        let key = match cursor.take_word("as") {
            true => cursor.name("a field")?,
            false => column.clone(),
        };
        columns.push(column.name);
        keys.push(key);
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    let overwrite = output(cursor)?;
    let mut outputs = Vec::new();
    loop {
        let name = cursor.name("a column of the table")?;
        outputs.push((name.name.clone(), name));
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    Ok(CommandKind::Lookup(Lookup {
        table,
        by: Match::Texts(columns),
        keys,
        overwrite,
        outputs,
    }))
}

fn read_by_address(cursor: &mut Cursor<'_>) -> Read<CommandKind> {
    let table = cursor.name("a lookup table")?;
    let key = cursor.name("a field that holds an address")?;
    let column = match cursor.take_word("as") {
        true => Some(cursor.name("a column of the table")?.name),
        false => None,
    };
    let overwrite = output(cursor)?;
    let mut outputs: Vec<(String, Name)> = Vec::new();
    loop {
        let column = cursor.name("a column of the table")?;
        let name = match cursor.take_word("as") {
            true => cursor.name("a name")?,
            false => column.clone(),
        };
        outputs.push((column.name, name));
        if !cursor.take_symbol(Symbol::Comma) {
            break;
        }
    }
    Ok(CommandKind::Lookup(Lookup {
        table,
        by: Match::Block(column),
        keys: vec![key],
        overwrite,
        outputs,
    }))
}

fn output(cursor: &mut Cursor<'_>) -> Read<bool> {
    if cursor.take_word("output") {
        return Ok(true);
    }
    if cursor.take_word("outputnew") {
        return Ok(false);
    }
    cursor.unexpected("`OUTPUT` or `OUTPUTNEW`")
}
