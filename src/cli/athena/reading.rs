use crate::cli::CommandError;

/// What statements begin with that read and write nothing.
const READING: &[&str] = &[
    "SELECT", "WITH", "VALUES", "TABLE", "SHOW", "DESCRIBE", "DESC", "EXPLAIN",
];

/// Refuses what might write: the environment is changed by `belfry apply` alone, which shows the change first.
pub(super) fn check_reads(text: &str) -> Result<(), CommandError> {
    let word = deciding_word(text).to_uppercase();
    // An empty text is refused by Athena, in its own words.
    if word.is_empty() || READING.contains(&word.as_str()) {
        return Ok(());
    }
    let error = CommandError::user(format!(
        "`{word}` may write, and `belfry athena` reads only; expected one of {}",
        READING.join(", ")
    ));
    Err(error
        .hint("databases and tables are made by `belfry apply`, from `[athena]` in belfry.toml"))
}

/// The first word; of EXPLAIN ANALYZE, which runs its statement, that of the statement.
fn deciding_word(text: &str) -> &str {
    let (word, rest) = first_word(text);
    let (next, rest) = first_word(rest);
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    if !is(word, "EXPLAIN") || !is(next, "ANALYZE") {
        return word;
    }
    let mut found = first_word(rest);
    if is(found.0, "VERBOSE") {
        found = first_word(found.1);
    }
    if is(found.0, "FORMAT") {
        found = first_word(found.1.split_once(')').map_or("", |(_, rest)| rest));
    }
    found.0
}

/// The first word behind comments and opening brackets, and what follows it.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
        rest = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            break;
        };
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    rest.split_at_checked(end.unwrap_or(rest.len()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_goes_on_behind_comments_and_brackets() {
        for text in [
            "select 1",
            "-- drop it\n/* all */ ((SELECT 1))",
            "with a as (select 1) select * from a",
            "SHOW TABLES",
            "explain (format json) select 1",
            "EXPLAIN ANALYZE VERBOSE (FORMAT TEXT) SELECT 1",
            "",
        ] {
            assert!(check_reads(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_may_write_is_refused_by_name() {
        for text in [
            "DROP TABLE a",
            "-- select\nINSERT INTO a SELECT 1",
            "EXECUTE saved",
            "explain analyze insert into a select 1",
            "EXPLAIN ANALYZE VERBOSE (FORMAT JSON) DELETE FROM a",
            "unload (select 1) to 's3://b/'",
        ] {
            let error = check_reads(text).unwrap_err();
            assert!(error.error.to_string().contains("may write"), "{text}");
        }
    }
}
