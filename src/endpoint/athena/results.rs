use super::execution::{Ending, Execution, Rows};
use super::refusals::invalid;
use crate::endpoint::{Context, Document, Fault};

/// A page of rows as GetQueryResults shows them.
pub(super) fn rows<'a>(rows: impl Iterator<Item = &'a Vec<Option<String>>>) -> Document {
    let row = |row: &Vec<Option<String>>| {
        let data = row
            .iter()
            .map(|cell| Document::structure([("VarCharValue", Document::from(cell.clone()))]));
        Document::structure([("Data", Document::List(data.collect()))])
    };
    Document::List(rows.map(row).collect())
}

/// The columns as GetQueryResults shows them.
pub(super) fn columns(rows: &Rows) -> Document {
    let column = |(place, (name, kind)): (usize, &(String, String))| {
        let is_text = matches!(kind.as_str(), "varchar" | "char");
        let told = rows.sizes.get(place).copied();
        let (precision, scale) = told.unwrap_or_else(|| precision(kind));
        Document::structure([
            ("CatalogName", Document::from("hive")),
            ("SchemaName", "".into()),
            ("TableName", "".into()),
            ("Name", Document::from(name)),
            ("Label", Document::from(name)),
            ("Type", Document::from(kind)),
            ("Precision", Document::Integer(precision)),
            ("Scale", Document::Integer(scale)),
            ("Nullable", "UNKNOWN".into()),
            ("CaseSensitive", is_text.into()),
        ])
    };
    Document::List(rows.columns.iter().enumerate().map(column).collect())
}

/// As Athena tells them, observed through its drivers; 0 where it tells none.
fn precision(kind: &str) -> (i64, i64) {
    match kind {
        "varchar" | "char" => (2_147_483_647, 0),
        "bigint" => (19, 0),
        "integer" => (10, 0),
        "smallint" => (5, 0),
        "tinyint" => (3, 0),
        "double" | "float" => (17, 0),
        "timestamp" => (3, 0),
        _ => (0, 0),
    }
}

/// Results go to a bucket that is there: Athena looks before it runs anything.
pub(super) fn check_bucket(cx: &Context<'_>, folder: &str) -> Result<(), Fault> {
    let (bucket, _) = parts(folder);
    match cx.stores.s3.bucket(bucket) {
        Some(_) => Ok(()),
        None => Err(invalid(format!(
            "Unable to verify/create output bucket {bucket}"
        ))),
    }
}

/// Writes the object of a statement that succeeded.
pub(super) fn write(cx: &mut Context<'_>, execution: &Execution) -> Result<(), Fault> {
    let Ending::Succeeded(rows) = &execution.ending else {
        return Ok(());
    };
    let (bucket, key) = parts(&execution.output);
    let object = match execution.kind {
        "DML" => csv(rows),
        _ => text(rows),
    };
    let now = cx.now;
    cx.stores.s3.deliver(bucket, key, object.as_bytes(), now)
}

/// Bucket and key of `s3://bucket/key`.
fn parts(location: &str) -> (&str, &str) {
    let path = location.strip_prefix("s3://").unwrap_or(location);
    path.split_once('/').unwrap_or((path, ""))
}

/// The object that a query leaves: the names first, every value in quotes, nothing for NULL.
fn csv(rows: &Rows) -> String {
    let cell = |cell: &Option<String>| match cell {
        Some(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        None => String::new(),
    };
    let line =
        |row: &Vec<Option<String>>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    let names = rows.columns.iter().map(|(name, _)| Some(name.clone()));
    let names: Vec<Option<String>> = names.collect();
    std::iter::once(&names)
        .chain(&rows.rows)
        .map(line)
        .collect()
}

/// The object that a statement of the catalogue leaves: its rows as lines.
fn text(rows: &Rows) -> String {
    let line = |row: &Vec<Option<String>>| {
        let cells: Vec<&str> = row
            .iter()
            .map(|cell| cell.as_deref().unwrap_or_default())
            .collect();
        format!("{}\n", cells.join("\t"))
    };
    rows.rows.iter().map(line).collect()
}
