use super::error::Failure;
use super::literal::quoted;
use super::run::Answer;
use super::table::{Column, Table};

/// `SHOW COLUMNS`: names filled up to twenty letters, as Hive prints them.
pub(super) fn columns(table: &Table) -> Answer {
    let all = table.columns.iter().chain(&table.partition_columns);
    Answer {
        columns: vec!["field"],
        rows: all.map(|column| format!("{:<20}", column.name)).collect(),
    }
}

/// `SHOW PARTITIONS`.
pub(super) fn partitions(table: &Table) -> Result<Answer, Failure> {
    if table.partition_columns.is_empty() {
        return Err(Failure::execution(format_args!(
            "Table {} is not a partitioned table",
            table.name
        )));
    }
    let names = table.partitions.keys();
    let names = names.map(|values| table.partition_name(values));
    Ok(Answer {
        columns: vec!["partition"],
        rows: names.collect(),
    })
}

/// `SHOW TBLPROPERTIES`: all with their names, or the value of one.
pub(super) fn properties(table: &Table, only: Option<&str>) -> Answer {
    let rows =
        match only {
            None => {
                let all = table.properties.iter();
                all.map(|(name, value)| format!("{name}\t{value}"))
                    .collect()
            }
            Some(name) => {
                vec![table.properties.get(name).cloned().unwrap_or_else(|| {
                    format!("Table {} does not have property: {name}", table.name)
                })]
            }
        };
    Answer {
        columns: match only {
            None => vec!["prpt_name", "prpt_value"],
            Some(_) => vec!["prpt_value"],
        },
        rows,
    }
}

/// `DESCRIBE`: name, type and comment in columns of twenty letters; partition columns again in a block of their own.
pub(super) fn describe(table: &Table) -> Answer {
    let row =
        |name: &str, kind: &str, comment: &str| format!("{name:<20}\t{kind:<20}\t{comment:<20}");
    let shown = |column: &Column| {
        let comment = column.comment.as_deref().unwrap_or_default();
        row(&column.name, &column.kind.to_string(), comment)
    };
    let all = table.columns.iter().chain(&table.partition_columns);
    let mut rows: Vec<String> = all.map(shown).collect();
    if !table.partition_columns.is_empty() {
        rows.extend([
            "\t \t ".to_owned(),
            "# Partition Information\t \t ".to_owned(),
            row("# col_name", "data_type", "comment"),
            "\t \t ".to_owned(),
        ]);
        rows.extend(table.partition_columns.iter().map(shown));
    }
    Answer {
        columns: vec!["col_name", "data_type", "comment"],
        rows,
    }
}

/// `SHOW CREATE TABLE`: a statement that makes the table again, a row for each of its lines.
pub(super) fn create(table: &Table) -> Answer {
    let mut rows = vec![format!(
        "CREATE EXTERNAL TABLE `{}.{}`(",
        table.database, table.name
    )];
    rows.extend(column_lines(&table.columns));
    rows.extend(
        table
            .comment
            .as_ref()
            .map(|text| format!("COMMENT {}", quoted(text))),
    );
    if !table.partition_columns.is_empty() {
        rows.push("PARTITIONED BY ( ".to_owned());
        rows.extend(column_lines(&table.partition_columns));
    }
    rows.push("ROW FORMAT SERDE ".to_owned());
    rows.push(format!("  {} ", quoted(&table.serde)));
    if !table.serde_properties.is_empty() {
        rows.push("WITH SERDEPROPERTIES ( ".to_owned());
        rows.extend(property_lines(table.serde_properties.iter()));
    }
    rows.push("STORED AS INPUTFORMAT ".to_owned());
    rows.push(format!("  {} ", quoted(&table.input_format)));
    rows.push("OUTPUTFORMAT ".to_owned());
    rows.push(format!("  {}", quoted(&table.output_format)));
    rows.push("LOCATION".to_owned());
    rows.push(format!("  {}", quoted(&table.location)));
    rows.push("TBLPROPERTIES (".to_owned());
    rows.extend(property_lines(table.properties.iter()));
    Answer {
        columns: vec!["createtab_stmt"],
        rows,
    }
}

/// A line for each column, the last with the closing bracket.
fn column_lines(columns: &[Column]) -> Vec<String> {
    let lines = columns.iter().map(|column| {
        let comment = column
            .comment
            .as_ref()
            .map(|text| format!(" COMMENT {}", quoted(text)));
        let name = column.name.replace('`', "``");
        format!("  `{name}` {}{}", column.kind, comment.unwrap_or_default())
    });
    closed(lines.collect())
}

fn property_lines<'a>(properties: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<String> {
    let lines = properties.map(|(name, value)| format!("  {}={}", quoted(name), quoted(value)));
    closed(lines.collect())
}

fn closed(lines: Vec<String>) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(index, line)| line + if index == last { ")" } else { ", " })
        .collect()
}
