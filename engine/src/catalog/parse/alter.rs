use super::cursor::Cursor;
use super::words::{if_exists, if_not_exists, location};
use crate::catalog::error::DdlError;
use crate::catalog::statement::{PartitionSpec, Statement};
use crate::catalog::token::Token;

/// What follows `ALTER`.
pub(super) fn read(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    if cx.accept(&["DATABASE"]) || cx.accept(&["SCHEMA"]) {
        let name = cx.name("the name of a database")?;
        cx.require(&["SET", "DBPROPERTIES"])?;
        let properties = cx.properties()?;
        return Ok(Statement::SetDatabaseProperties { name, properties });
    }
    cx.require(&["TABLE"])?;
    let name = cx.table_name()?;
    if cx.accept(&["SET", "TBLPROPERTIES"]) {
        let properties = cx.properties()?;
        return Ok(Statement::SetProperties { name, properties });
    }
    if cx.accept(&["ADD"]) {
        let if_not_exists = if_not_exists(cx);
        let mut partitions = Vec::new();
        while cx.accept(&["PARTITION"]) {
            let spec = partition(cx)?;
            let location = match cx.accept(&["LOCATION"]) {
                true => Some(location(cx)?),
                false => None,
            };
            partitions.push((spec, location));
        }
        if partitions.is_empty() {
            return Err(cx.refused("only partitions are added by this endpoint: ADD PARTITION (…)"));
        }
        return Ok(Statement::AddPartitions {
            name,
            if_not_exists,
            partitions,
        });
    }
    if cx.accept(&["DROP"]) {
        let if_exists = if_exists(cx);
        let mut partitions = Vec::new();
        loop {
            cx.require(&["PARTITION"])?;
            partitions.push(partition(cx)?);
            if !cx.accept_sign(',') {
                break;
            }
        }
        return Ok(Statement::DropPartitions {
            name,
            if_exists,
            partitions,
        });
    }
    Err(cx.refused(
        "this change of a table is not supported by this endpoint; supported here: SET TBLPROPERTIES, ADD PARTITION, DROP PARTITION",
    ))
}

/// `(day = '2026/01/01', …)`; numbers need no quotes.
fn partition(cx: &mut Cursor<'_>) -> Result<PartitionSpec, DdlError> {
    cx.require_sign('(')?;
    let mut spec = Vec::new();
    loop {
        let column = cx.name("the name of a partition column")?;
        cx.require_sign('=')?;
        let Some(Token::Text(value) | Token::Number(value)) = cx.peek().cloned() else {
            return Err(cx.expected("the value of a partition column"));
        };
        cx.take();
        spec.push((column, value));
        if !cx.accept_sign(',') {
            break;
        }
    }
    cx.require_sign(')')?;
    Ok(spec)
}
