use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::catalog::Table;

use super::Arguments;
use super::files::KINDS;
use super::reading::first_word;
use crate::cli::connection::Loaded;
use crate::cli::query::When;
use crate::cli::{CommandError, Context};

/// How long after its last line a file may be delivered: five minutes by the documentation, and some more.
const DELIVERED_WITHIN: i64 = 3_600_000;

/// A table of logs.
#[derive(Clone, Debug)]
struct LogTable {
    name: String,
    /// Whether its partitions are days.
    by_day: bool,
}

/// The query about the part of the logs that the flags name: each table of logs that it reads stands for its rows of
/// that time. A name of WITH hides the table, and means the table in its own query.
pub(super) fn narrowed(
    cx: &Context,
    arguments: &Arguments,
    loaded: Option<&Loaded>,
    text: String,
) -> Result<String, CommandError> {
    let window = &arguments.window;
    let when = When::new(window.since, window.to, window.utc);
    if !when.is_given() {
        return Ok(text);
    }
    let range = when.of_file(cx)?.range;
    with_window(&text, range, &tables(loaded)).map_err(CommandError::usage)
}

fn tables(loaded: Option<&Loaded>) -> Vec<LogTable> {
    let Some(loaded) = loaded else {
        let table = |(name, _): (&str, &str)| LogTable {
            name: name.to_owned(),
            by_day: false,
        };
        return KINDS.map(table).to_vec();
    };
    let athena = loaded.suite.athena.as_ref();
    let tables = athena.map(|athena| athena.tables()).unwrap_or_default();
    let table = |table: Table| LogTable {
        by_day: table.column("day").is_some(),
        name: table.name,
    };
    tables.into_iter().map(table).collect()
}

fn with_window(text: &str, range: TimeRange, tables: &[LogTable]) -> Result<String, String> {
    let mut named = Vec::new();
    for table in tables {
        match reads(text, &table.name) {
            Reads::No => {}
            Reads::Plain => named.push(query(table, range)),
            Reads::OfDatabase => {
                return Err(format!(
                    "--since and --to narrow tables that stand without their database; expected `{}` alone",
                    table.name
                ));
            }
        }
    }
    if named.is_empty() {
        let names: Vec<String> = tables.iter().map(|t| format!("`{}`", t.name)).collect();
        return Err(format!(
            "--since and --to narrow tables of logs, and the query reads none of them: {}",
            names.join(", ")
        ));
    }
    let named = named.join(", ");
    let (word, rest) = first_word(text);
    // Brackets may stand before the first word: they belong to the query.
    let before = text.len() - word.len() - rest.len();
    let (head, query) = text.split_at_checked(before).unwrap_or(("", text));
    let brackets = head.trim_end_matches(|c: char| c == '(' || c.is_whitespace());
    let brackets = head.get(brackets.len()..).unwrap_or_default();
    match word.to_ascii_uppercase().as_str() {
        "WITH" if first_word(rest).0.eq_ignore_ascii_case("RECURSIVE") => {
            Err("--since and --to do not narrow WITH RECURSIVE".to_owned())
        }
        "WITH" => Ok(format!("WITH {named},\n{}", rest.trim_start())),
        "SELECT" | "VALUES" | "TABLE" => {
            Ok(format!("WITH {named}\n{}{query}", brackets.trim_start()))
        }
        _ => Err(format!(
            "--since and --to narrow queries (SELECT, WITH), and this begins with `{word}`"
        )),
    }
}

/// The rows of a table in the range.
fn query(LogTable { name, by_day }: &LogTable, range: TimeRange) -> String {
    let mut conditions = Vec::new();
    // Texts of times are as long as they are exact: without the Z the shorter is the earlier.
    let text = |at: Millis| at.strftime("%Y-%m-%dT%H:%M:%S%.3f");
    let day = |at: Millis| at.strftime("%Y/%m/%d");
    if range.start.0 != i64::MIN {
        if *by_day {
            conditions.push(format!("day >= '{}'", day(range.start)));
        }
        conditions.push(format!("time >= '{}'", text(range.start)));
    }
    if range.end.0 != i64::MAX {
        if *by_day {
            let last = range.end.plus(DELIVERED_WITHIN);
            conditions.push(format!("day <= '{}'", day(last)));
        }
        conditions.push(format!("time < '{}'", text(range.end.plus(1))));
    }
    let conditions = conditions.join(" AND ");
    format!("{name} AS (SELECT * FROM {name} WHERE {conditions})")
}

/// Whether a text names a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    No,
    Plain,
    /// With its database before it.
    OfDatabase,
}

fn reads(text: &str, name: &str) -> Reads {
    let text = text.to_lowercase();
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Reads::No;
    for (at, _) in text.match_indices(&name.to_lowercase()) {
        let (before, behind) = text.split_at_checked(at).unwrap_or_default();
        let behind = behind.get(name.len()..).unwrap_or_default();
        let before = before.trim_end_matches('"');
        if before.ends_with(is_of_word) || behind.starts_with(is_of_word) {
            continue;
        }
        // `alb_logs.time` names a column of it, `logs.alb_logs` a table.
        found = match before.trim_end().ends_with('.') {
            true => return Reads::OfDatabase,
            false => Reads::Plain,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, by_day: bool) -> Result<String, String> {
        let range = TimeRange {
            start: Millis(1_772_361_000_000),
            end: Millis(1_772_406_599_999),
        };
        let table = LogTable {
            name: "alb_logs".to_owned(),
            by_day,
        };
        with_window(text, range, &[table])
    }

    #[test]
    fn a_table_stands_for_its_rows_of_the_time() {
        insta::assert_snapshot!(of("-- why\nSELECT 1 FROM alb_logs AS a", true).unwrap(), @r"
        WITH alb_logs AS (SELECT * FROM alb_logs WHERE day >= '2026/03/01' AND time >= '2026-03-01T10:30:00.000' AND day <= '2026/03/02' AND time < '2026-03-01T23:10:00.000')
        SELECT 1 FROM alb_logs AS a
        ");
        let with = of(
            "with x as (select * from \"ALB_LOGS\") select * from x",
            false,
        )
        .unwrap();
        assert!(with.starts_with("WITH alb_logs AS (SELECT * FROM alb_logs WHERE time >= "));
        assert!(with.ends_with(",\nx as (select * from \"ALB_LOGS\") select * from x"));
        let union = of("(SELECT 1 FROM alb_logs) UNION SELECT 2", false).unwrap();
        assert!(
            union.ends_with(")\n(SELECT 1 FROM alb_logs) UNION SELECT 2"),
            "{union}"
        );
    }

    #[test]
    fn what_cannot_be_narrowed_is_refused() {
        for (text, reason) in [
            (
                "SELECT 1 FROM my_alb_logs",
                "reads none of them: `alb_logs`",
            ),
            ("SELECT 1 FROM db.alb_logs", "without their database"),
            (
                "SELECT 1 FROM \"db\".\"alb_logs\"",
                "without their database",
            ),
            ("SHOW CREATE TABLE alb_logs", "begins with `SHOW`"),
            (
                "WITH RECURSIVE a AS (SELECT * FROM alb_logs) SELECT 1",
                "WITH RECURSIVE",
            ),
        ] {
            let error = of(text, true).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
        assert!(of("SELECT alb_logs.time FROM alb_logs", true).is_ok());
    }
}
