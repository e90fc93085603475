use std::collections::BTreeMap;

use belfry_engine::catalog::{Column, Database, Table};

use super::refusals::{check_catalog, map, metadata, store};
use crate::endpoint::{Context, Document, Fault, Input};

/// The database that the request names.
pub(super) fn database<'a>(
    cx: &'a mut Context<'_>,
    input: &Input<'_>,
) -> Result<&'a Database, Fault> {
    check_catalog(input.required_str("CatalogName")?)?;
    let name = input.required_str("DatabaseName")?;
    let found = store(cx).catalog.database(name);
    found.ok_or_else(|| metadata(format!("Database {name} not found.")))
}

/// As GetDatabase shows it.
pub(super) fn show_database(database: &Database) -> Document {
    let mut parameters = database.properties.clone();
    parameters.extend(
        database
            .location
            .clone()
            .map(|location| ("location".to_owned(), location)),
    );
    Document::structure([
        ("Name", Document::from(&database.name)),
        ("Description", database.comment.clone().into()),
        (
            "Parameters",
            if parameters.is_empty() {
                Document::Null
            } else {
                map(&parameters)
            },
        ),
    ])
}

/// As GetTableMetadata shows it: what Hive keeps beside the columns stands among the parameters.
pub(super) fn show_table(table: &Table) -> Document {
    Document::structure([
        ("Name", Document::from(&table.name)),
        ("CreateTime", table.created_at.into()),
        ("LastAccessTime", belfry_engine::base::Millis(0).into()),
        ("TableType", "EXTERNAL_TABLE".into()),
        ("Columns", columns(&table.columns)),
        ("PartitionKeys", columns(&table.partition_columns)),
        ("Parameters", map(&parameters(table))),
    ])
}

fn columns(columns: &[Column]) -> Document {
    let column = |column: &Column| {
        Document::structure([
            ("Name", Document::from(&column.name)),
            ("Type", column.kind.to_string().into()),
            ("Comment", column.comment.clone().into()),
        ])
    };
    Document::List(columns.iter().map(column).collect())
}

fn parameters(table: &Table) -> BTreeMap<String, String> {
    let mut all = table.properties.clone();
    let serde = table.serde_properties.iter();
    all.extend(serde.map(|(name, value)| (format!("serde.param.{name}"), value.clone())));
    let named = [
        ("comment", table.comment.clone()),
        ("inputformat", Some(table.input_format.clone())),
        ("location", Some(table.location.clone())),
        ("outputformat", Some(table.output_format.clone())),
        ("serde.serialization.lib", Some(table.serde.clone())),
    ];
    for (name, value) in named {
        all.extend(value.map(|value| (name.to_owned(), value)));
    }
    all
}
