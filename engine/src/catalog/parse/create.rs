use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::format::{self, Format};
use super::kind;
use super::words::{comment, if_not_exists, location};
use crate::base::Millis;
use crate::catalog::error::DdlError;
use crate::catalog::statement::Statement;
use crate::catalog::table::{Column, Table};

/// What follows `CREATE`.
pub(super) fn read(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    if cx.accept(&["DATABASE"]) || cx.accept(&["SCHEMA"]) {
        return database(cx);
    }
    if cx.accept(&["EXTERNAL", "TABLE"]) {
        return table(cx);
    }
    match cx.word().as_str() {
        "TABLE" => Err(cx.refused(
            "only external tables are made here: write CREATE EXTERNAL TABLE (CREATE TABLE AS SELECT and Iceberg tables are not supported by this endpoint)",
        )),
        "VIEW" | "OR" | "PROTECTED" => Err(cx.refused("views are not supported by this endpoint")),
        _ => Err(cx.expected("DATABASE, SCHEMA or EXTERNAL TABLE")),
    }
}

fn database(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    let if_not_exists = if_not_exists(cx);
    let name = cx.name("the name of a database")?;
    let comment = comment(cx)?;
    let location = match cx.accept(&["LOCATION"]) {
        true => Some(location(cx)?),
        false => None,
    };
    let properties = match cx.accept(&["WITH", "DBPROPERTIES"]) {
        true => cx.properties()?,
        false => BTreeMap::new(),
    };
    Ok(Statement::CreateDatabase {
        name,
        if_not_exists,
        comment,
        location,
        properties,
    })
}

/// The clauses come in Hive's order, each once: COMMENT, PARTITIONED BY, ROW FORMAT, STORED AS, LOCATION,
/// TBLPROPERTIES.
fn table(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    let if_not_exists = if_not_exists(cx);
    let name = cx.table_name()?;
    let columns = columns(cx)?;
    let comment = comment(cx)?;
    let partition_columns = match cx.accept(&["PARTITIONED", "BY"]) {
        true => self::columns(cx)?,
        false => Vec::new(),
    };
    let mut format = Format::default();
    loop {
        match cx.word().as_str() {
            "ROW" => format::row(cx, &mut format)?,
            "STORED" => format::stored(cx, &mut format)?,
            "WITH" => format::serde_properties(cx, &mut format)?,
            "CLUSTERED" => {
                return Err(cx.refused("buckets (CLUSTERED BY) are not supported by this endpoint"));
            }
            "USING" => {
                return Err(
                    cx.refused("USING is Spark's: Athena's tables say ROW FORMAT and STORED AS")
                );
            }
            _ => break,
        }
    }
    if !cx.accept(&["LOCATION"]) {
        return Err(cx.expected("LOCATION: a table of Athena stands on files in S3"));
    }
    let location = location(cx)?;
    let properties = match cx.accept(&["TBLPROPERTIES"]) {
        true => cx.properties()?,
        false => BTreeMap::new(),
    };
    let table = Table {
        database: name.database.clone().unwrap_or_default(),
        name: name.table.clone(),
        columns,
        partition_columns,
        comment,
        serde: format.serde(),
        input_format: format.input_format(),
        output_format: format.output_format(),
        serde_properties: format.serde_properties,
        location,
        properties,
        partitions: BTreeMap::new(),
        created_at: Millis(0),
    };
    Ok(Statement::CreateTable {
        name,
        if_not_exists,
        table: Box::new(table),
    })
}

fn columns(cx: &mut Cursor<'_>) -> Result<Vec<Column>, DdlError> {
    cx.require_sign('(')?;
    let mut columns = Vec::new();
    loop {
        let name = cx.name("the name of a column")?;
        let kind = kind::read(cx)?;
        let comment = comment(cx)?;
        columns.push(Column {
            name,
            kind,
            comment,
        });
        if !cx.accept_sign(',') {
            break;
        }
    }
    cx.require_sign(')')?;
    Ok(columns)
}
