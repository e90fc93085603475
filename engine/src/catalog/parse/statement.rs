use super::cursor::Cursor;
use super::words::if_exists;
use super::{alter, create, show};
use crate::catalog::error::DdlError;
use crate::catalog::statement::Statement;

/// Statements that Athena knows and that are no matter of the catalogue alone, with what they are.
const OTHERS: &[(&str, &str)] = &[
    (
        "MSCK",
        "partitions are projected or added by name; MSCK REPAIR TABLE is not supported by this endpoint",
    ),
    ("GRANT", "permissions are a matter of IAM"),
    ("REVOKE", "permissions are a matter of IAM"),
    (
        "MERGE",
        "tables of Iceberg are not supported by this endpoint",
    ),
    (
        "PREPARE",
        "prepared statements are made by CreatePreparedStatement on this endpoint; EXECUTE runs them",
    ),
    (
        "DEALLOCATE",
        "prepared statements are deleted by DeletePreparedStatement on this endpoint",
    ),
    (
        "OPTIMIZE",
        "tables of Iceberg are not supported by this endpoint",
    ),
    (
        "VACUUM",
        "tables of Iceberg are not supported by this endpoint",
    ),
    (
        "UPDATE",
        "tables of Iceberg are not supported by this endpoint",
    ),
    (
        "DELETE",
        "tables of Iceberg are not supported by this endpoint",
    ),
    (
        "INSERT",
        "writing into tables (INSERT INTO) is not supported by this endpoint",
    ),
    (
        "UNLOAD",
        "writing results elsewhere (UNLOAD) is not supported by this endpoint",
    ),
];

/// The words that begin a query: it is not for the catalogue.
const QUERIES: &[&str] = &["SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "EXECUTE"];

impl Statement {
    /// Reads one statement. Nothing comes back for a query, which is not a matter of the catalogue.
    pub fn parse(text: &str) -> Result<Option<Self>, DdlError> {
        let (at, first) = first_word(text);
        if QUERIES.contains(&first.as_str()) {
            return Ok(None);
        }
        if let Some((word, reason)) = OTHERS.iter().find(|(word, _)| *word == first) {
            return Err(DdlError::at(text, at, format!("{word}: {reason}")));
        }
        let mut cx = Cursor::try_new(text)?;
        let statement = read(&mut cx, &first)?;
        cx.end()?;
        Ok(Some(statement))
    }
}

fn read(cx: &mut Cursor<'_>, first: &str) -> Result<Statement, DdlError> {
    match first {
        "CREATE" => {
            cx.take();
            create::read(cx)
        }
        "SHOW" => {
            cx.take();
            show::read(cx)
        }
        "DESCRIBE" | "DESC" => {
            cx.take();
            show::describe(cx)
        }
        "ALTER" => {
            cx.take();
            alter::read(cx)
        }
        "DROP" => {
            cx.take();
            drop(cx)
        }
        _ => Err(cx.expected("SELECT, CREATE, DROP, ALTER, SHOW or DESCRIBE")),
    }
}

fn drop(cx: &mut Cursor<'_>) -> Result<Statement, DdlError> {
    if cx.accept(&["TABLE"]) {
        let if_exists = if_exists(cx);
        let name = cx.table_name()?;
        return Ok(Statement::DropTable { name, if_exists });
    }
    if cx.accept(&["DATABASE"]) || cx.accept(&["SCHEMA"]) {
        let if_exists = if_exists(cx);
        let name = cx.name("the name of a database")?;
        let cascade = cx.accept(&["CASCADE"]);
        if !cascade {
            cx.accept(&["RESTRICT"]);
        }
        return Ok(Statement::DropDatabase {
            name,
            if_exists,
            cascade,
        });
    }
    Err(cx.expected("TABLE, DATABASE or SCHEMA"))
}

/// The first word, in capitals, and where it stands. Comments of both kinds and opening brackets may stand before it.
fn first_word(text: &str) -> (usize, String) {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    loop {
        let after = match rest.get(..2) {
            Some("--") => rest.split_once('\n').map(|(_, after)| after),
            Some("/*") => rest.split_once("*/").map(|(_, after)| after),
            _ => break,
        };
        let after = after.unwrap_or_default();
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default().to_ascii_uppercase();
    (text.len() - rest.len(), word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        Statement::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_query_is_not_for_the_catalogue() {
        for text in [
            "select 1",
            "/* why */ -- x\n ( SELECT 1)",
            "with a as (select 1) select * from a",
        ] {
            assert_eq!(Statement::parse(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn a_table_reads_with_all_its_clauses() {
        let text = "create external table if not exists `D`.T (A string comment 'x', b array<struct<c:int>>) \
            comment 'about' partitioned by (day string) row format serde 'org.x.RegexSerDe' \
            with serdeproperties ('input.regex'='([^\\\\s]+)') location 's3://bucket/a/' \
            tblproperties ('projection.enabled'='true');";
        let Some(Statement::CreateTable {
            name,
            if_not_exists,
            table,
        }) = Statement::parse(text).unwrap()
        else {
            panic!("no table");
        };
        assert_eq!(
            (name.database.as_deref(), name.table.as_str(), if_not_exists),
            (Some("d"), "t", true)
        );
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|c| format!("{} {}", c.name, c.kind))
            .collect();
        assert_eq!(columns, ["a string", "b array<struct<c:int>>"]);
        assert_eq!(table.serde_properties["input.regex"], r"([^\s]+)");
        assert_eq!(table.properties["projection.enabled"], "true");
        assert_eq!(
            table.input_format,
            "org.apache.hadoop.mapred.TextInputFormat"
        );
    }

    #[test]
    fn mistakes_are_named_at_their_line_and_column() {
        assert_eq!(
            refusal("CREATE EXTERNAL TABLE t (\n  a strng)\nLOCATION 's3://bucket/'")
                .split(';')
                .next(),
            Some("line 2:5: `strng` is not a type of Athena")
        );
        assert_eq!(
            refusal("CREATE EXTERNAL TABLE t (timestamp string) LOCATION 's3://bucket/'"),
            "line 1:26: 'timestamp' is a name only in backticks: `timestamp`"
        );
        assert!(refusal("CREATE EXTERNAL TABLE t (a int)").contains("expected LOCATION"));
        assert!(refusal("CREATE EXTERNAL TABLE t (a int) LOCATION '/a'").contains("none in S3"));
        assert!(refusal("CREATE TABLE t (a int)").contains("EXTERNAL"));
        assert!(refusal("DROP TABLE \"t\"").contains("in backticks"));
        assert!(refusal("/* x */ DROP TABLE t").contains("`--` begins one"));
        assert!(refusal("DROP TABLE t u").contains("the end of the statement"));
        assert!(refusal("INSERT INTO t SELECT 1").contains("INSERT INTO"));
    }
}
