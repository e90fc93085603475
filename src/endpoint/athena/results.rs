use belfry_athena::answer::{Answer, write_csv};

use super::execution::Rows;
use super::refusals::invalid;
use crate::endpoint::{Context, Document, Fault, Input};

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ResultColumn {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) precision: i64,
    pub(super) scale: i64,
}

/// The columns of an answer, in order.
pub(super) type Columns = Vec<ResultColumn>;

/// The columns of a query's answer.
pub(super) fn columns_of(answer: &Answer) -> Columns {
    let columns = answer.columns.iter();
    let column = |column: &belfry_athena::answer::ColumnInfo| ResultColumn {
        name: column.name.clone(),
        kind: column.data_type.clone(),
        precision: column.precision.into(),
        scale: column.scale.into(),
    };
    columns.map(column).collect()
}

/// A column of a statement of the catalogue: all of its columns are texts.
pub(super) fn text_column(name: &str) -> ResultColumn {
    ResultColumn {
        name: name.to_owned(),
        kind: "string".to_owned(),
        precision: 0,
        scale: 0,
    }
}

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
    let column = |column: &ResultColumn| {
        let is_text = matches!(column.kind.as_str(), "varchar" | "char");
        Document::structure([
            ("CatalogName", Document::from("hive")),
            ("SchemaName", "".into()),
            ("TableName", "".into()),
            ("Name", Document::from(&column.name)),
            ("Label", Document::from(&column.name)),
            ("Type", Document::from(&column.kind)),
            ("Precision", Document::Integer(column.precision)),
            ("Scale", Document::Integer(column.scale)),
            ("Nullable", "UNKNOWN".into()),
            ("CaseSensitive", is_text.into()),
        ])
    };
    Document::List(rows.columns.iter().map(column).collect())
}

/// The columns as the journal keeps them.
pub(super) fn write_columns(columns: &Columns) -> Document {
    let column = |column: &ResultColumn| {
        Document::structure([
            ("Name", Document::from(&column.name)),
            ("Type", Document::from(&column.kind)),
            ("Precision", Document::Integer(column.precision)),
            ("Scale", Document::Integer(column.scale)),
        ])
    };
    Document::List(columns.iter().map(column).collect())
}

/// Reads what [`write_columns`] wrote.
pub(super) fn read_columns(input: &Input<'_>) -> Result<Columns, Fault> {
    let column = |column: &Input<'_>| {
        Ok(ResultColumn {
            name: column.required_str("Name")?.to_owned(),
            kind: column.required_str("Type")?.to_owned(),
            precision: column.required_i64("Precision")?,
            scale: column.required_i64("Scale")?,
        })
    };
    input.structures("Columns")?.iter().map(column).collect()
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

/// Writes the object of a statement of the catalogue: its rows as lines.
pub(super) fn write_text(cx: &mut Context<'_>, output: &str, rows: &Rows) -> Result<(), Fault> {
    let line = |row: &Vec<Option<String>>| {
        let cells: Vec<&str> = row
            .iter()
            .map(|cell| cell.as_deref().unwrap_or_default())
            .collect();
        format!("{}\n", cells.join("\t"))
    };
    let text: String = rows.rows.iter().map(line).collect();
    let (bucket, key) = parts(output);
    let now = cx.now;
    cx.stores.s3.deliver(bucket, key, text.as_bytes(), now)
}

/// Puts the object of a query's answer, whose bytes came with the call, into its bucket, and gives them back; nothing
/// where the bucket is gone.
pub(super) fn deliver(
    cx: &mut Context<'_>,
    input: &Input<'_>,
    output: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    let (bucket, key) = parts(output);
    let now = cx.now;
    cx.stores.s3.deliver_kept(bucket, key, input, now)?;
    // In a replay the bytes of an object that was deleted later are gone; nobody can read its rows then.
    let bytes = cx.stores.s3.get(bucket, key);
    Ok(bytes.unwrap_or_else(|_| Some(Vec::new())))
}

/// Whether the object of an answer is still there: Athena reads results from it.
pub(super) fn is_there(cx: &Context<'_>, output: &str) -> bool {
    let (bucket, key) = parts(output);
    let bucket = cx.stores.s3.bucket(bucket);
    bucket.is_some_and(|bucket| bucket.objects.contains_key(key))
}

/// Bucket and key of `s3://bucket/key`.
fn parts(location: &str) -> (&str, &str) {
    let path = location.strip_prefix("s3://").unwrap_or(location);
    path.split_once('/').unwrap_or((path, ""))
}

/// The object that a query leaves: the names first, every value in quotes, nothing for NULL.
pub(super) fn csv(answer: &Answer) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing into memory cannot fail.
    let _ = write_csv(answer, &mut out);
    out
}

/// The rows of such an object, without the names.
pub(super) fn read_csv(bytes: &[u8]) -> Vec<Vec<Option<String>>> {
    let text = String::from_utf8_lossy(bytes);
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut rest = &*text;
    while !rest.is_empty() {
        let (cell, behind) = read_cell(rest);
        row.push(cell);
        rest = match behind.strip_prefix(',') {
            Some(next) => next,
            None => {
                rows.push(std::mem::take(&mut row));
                behind.strip_prefix('\n').unwrap_or_default()
            }
        };
    }
    rows.split_off(1.min(rows.len()))
}

/// A value in quotes, or nothing, and what follows it.
fn read_cell(text: &str) -> (Option<String>, &str) {
    let Some(mut rest) = text.strip_prefix('"') else {
        return (None, text);
    };
    let mut value = String::new();
    loop {
        let (part, behind) = rest.split_once('"').unwrap_or((rest, ""));
        value.push_str(part);
        let Some(more) = behind.strip_prefix('"') else {
            return (Some(value), behind);
        };
        value.push('"');
        rest = more;
    }
}

#[cfg(test)]
mod tests {
    use belfry_athena::answer::{ColumnInfo, Statistics};

    use super::*;

    #[test]
    fn rows_are_read_back_from_the_object_that_holds_them() {
        let column = |name: &str| ColumnInfo {
            name: name.to_owned(),
            data_type: "varchar".to_owned(),
            precision: 0,
            scale: 0,
            case_sensitive: true,
        };
        let text = |text: &str| Some(text.to_owned());
        let rows = vec![
            vec![text("a \"b\", \n c"), None],
            vec![None, text("")],
            vec![None, None],
            vec![text("\""), text("é")],
        ];
        let answer = Answer {
            columns: vec![column("x\"y"), column("z")],
            rows: rows.clone(),
            statistics: Statistics::default(),
            notes: Vec::new(),
        };
        assert_eq!(read_csv(&csv(&answer)), rows);
        let one = vec![vec![None], vec![text("1")], vec![None]];
        let answer = Answer {
            columns: vec![column("n")],
            rows: one.clone(),
            ..answer
        };
        assert_eq!(read_csv(&csv(&answer)), one);
    }
}
