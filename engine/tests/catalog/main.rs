//! Statements of Athena's data definition language that people published (`data/athena-ddl.jsonl`, each line with its
//! source and licence): each is taken and makes the table that `verdicts.txt` names, or is refused for the reason there.
//! `UPDATE_CASES=1` writes it anew; the review is whether Athena would say the same.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::{Path, PathBuf};

use belfry_engine::base::Millis;
use belfry_engine::catalog::{Catalog, Statement};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// A template's location is whatever fills it in: here a bucket.
fn filled(text: &str) -> String {
    text.replace("LOCATION 'placeholder", "LOCATION 's3://placeholder")
}

fn verdict(text: &str) -> String {
    let statement = match Statement::parse(text) {
        Ok(Some(statement)) => statement,
        Ok(None) => return "a query".to_owned(),
        Err(error) => return format!("refused: {error}"),
    };
    let mut catalog = Catalog::default();
    let database = Statement::parse("CREATE DATABASE placeholder")
        .unwrap()
        .unwrap();
    catalog.run(&database, "default", Millis(0)).unwrap();
    if let Err(failure) = catalog.run(&statement, "default", Millis(0)) {
        return format!("failed: {failure}");
    }
    let databases = catalog.databases();
    let Some(table) = databases
        .flat_map(|database| database.tables.values())
        .next()
    else {
        return statement.substatement().to_owned();
    };
    let serde = table.serde.rsplit('.').next().unwrap_or_default();
    let partitions: Vec<String> = table
        .partition_columns
        .iter()
        .map(|c| format!("{} {}", c.name, c.kind))
        .collect();
    format!(
        "{} {} columns, partitions [{}], {serde}, {} properties",
        statement.substatement(),
        table.columns.len(),
        partitions.join(", "),
        table.properties.len()
    )
}

#[test]
fn published_statements_are_taken_or_refused_for_the_reasons_listed() {
    let mut found = Vec::new();
    for line in fs::read_to_string(path("data/athena-ddl.jsonl"))
        .unwrap()
        .lines()
    {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = case["rendered"].as_str().or(case["sql"].as_str()).unwrap();
        let id = case["id"].as_str().unwrap();
        found.push(format!("{id} {}\n", verdict(&filled(text))));
    }
    let found = found.concat();
    let expected = path("catalog/verdicts.txt");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&expected, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&expected).unwrap_or_default());
}

#[test]
fn a_table_that_was_taken_is_printed_as_a_statement_that_makes_it_again() {
    for line in fs::read_to_string(path("data/athena-ddl.jsonl"))
        .unwrap()
        .lines()
    {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = filled(case["rendered"].as_str().or(case["sql"].as_str()).unwrap());
        let Ok(Some(Statement::CreateTable { name, table, .. })) = Statement::parse(&text) else {
            continue;
        };
        let mut catalog = Catalog::default();
        let run = |catalog: &mut Catalog, text: &str| {
            let statement = Statement::parse(text).unwrap().unwrap();
            catalog.run(&statement, "placeholder", Millis(0))
        };
        run(&mut catalog, "CREATE DATABASE placeholder").unwrap();
        if run(&mut catalog, &text).is_err() {
            continue;
        }
        let show = format!("SHOW CREATE TABLE placeholder.`{}`", name.table);
        let printed = run(&mut catalog, &show).unwrap().rows.join("\n");
        let Ok(Some(Statement::CreateTable {
            table: mut again, ..
        })) = Statement::parse(&printed)
        else {
            panic!("{printed}");
        };
        // The statement is printed without the name of the database, as Athena prints it.
        again.database.clone_from(&table.database);
        again
            .properties
            .retain(|key, _| table.properties.contains_key(key));
        assert_eq!(again, table, "{printed}");
    }
}
