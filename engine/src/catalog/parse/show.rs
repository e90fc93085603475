use super::cursor::Cursor;
use crate::catalog::error::DdlError;
use crate::catalog::statement::{Statement, TableName};

/// What follows `SHOW`.
pub(super) fn read(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    if cx.accept(&["DATABASES"]) || cx.accept(&["SCHEMAS"]) {
        let like = like(cx)?;
        return Ok(Statement::ShowDatabases { like });
    }
    if cx.accept(&["TABLES"]) {
        let database = match cx.accept(&["IN"]) || cx.accept(&["FROM"]) {
            true => Some(cx.name("the name of a database")?),
            false => None,
        };
        // The pattern stands without LIKE here.
        let like = like(cx)?;
        return Ok(Statement::ShowTables { database, like });
    }
    if cx.accept(&["COLUMNS"]) {
        return columns(cx).map(Statement::ShowColumns);
    }
    if cx.accept(&["PARTITIONS"]) {
        return cx.table_name().map(Statement::ShowPartitions);
    }
    if cx.accept(&["CREATE", "TABLE"]) {
        return cx.table_name().map(Statement::ShowCreateTable);
    }
    if cx.accept(&["TBLPROPERTIES"]) {
        return properties(cx);
    }
    Err(cx.expected("DATABASES, TABLES, COLUMNS, PARTITIONS, CREATE TABLE or TBLPROPERTIES"))
}

/// `['pattern']` or `LIKE 'pattern'`.
fn like(cx: &mut Cursor<'_>) -> Result<Option<String>, DdlError> {
    if cx.accept(&["LIKE"]) {
        return cx.text("a pattern in quotes").map(Some);
    }
    Ok(cx.text("").ok())
}

/// `IN table [IN database]`.
fn columns(cx: &mut Cursor<'_>) -> Result<TableName, DdlError> {
    if !cx.accept(&["IN"]) && !cx.accept(&["FROM"]) {
        return Err(cx.expected("IN or FROM"));
    }
    let mut name = cx.table_name()?;
    if cx.accept(&["IN"]) || cx.accept(&["FROM"]) {
        name.database = Some(cx.name("the name of a database")?);
    }
    Ok(name)
}

fn properties(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    let name = cx.table_name()?;
    let mut property = None;
    if cx.accept_sign('(') {
        property = Some(cx.text("the name of a property, in quotes")?);
        cx.require_sign(')')?;
    }
    Ok(Statement::ShowProperties { name, property })
}

/// What follows `DESCRIBE` or `DESC`.
pub(super) fn describe(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    if matches!(
        cx.word().as_str(),
        "EXTENDED" | "FORMATTED" | "DATABASE" | "SCHEMA" | "VIEW"
    ) {
        return Err(cx.refused("only DESCRIBE of a table is supported by this endpoint"));
    }
    cx.table_name().map(Statement::Describe)
}
