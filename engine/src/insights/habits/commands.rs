/// Commands of SQL, Splunk's SPL, Kusto's KQL, LogQL and PPL.
const COMMANDS: &[(&[&str], &str)] = &[
    (
        &["select"],
        "`fields` and `display` choose columns, `filter` rows, `stats … by …` groups: `filter level = \"ERROR\" | stats count(*) by level`",
    ),
    (
        &["from", "index", "source_type", "sourcetype"],
        "log groups are chosen beside the query, or by `SOURCE 'group'` at its head",
    ),
    (
        &["search", "grep", "regex"],
        "text is looked for with `filter @message like \"error\"` or `filter @message like /(?i)error/`",
    ),
    (
        &["summarize", "aggregate", "aggr", "groupby", "group"],
        "`stats` aggregates: `stats count(*) by level, bin(5m)`",
    ),
    (
        &["eventstats", "streamstats", "trendline"],
        "`stats` aggregates, `accum` sums from row to row, `autoregress` shows earlier rows",
    ),
    (
        &["project", "table", "columns", "keep"],
        "`fields` adds columns, `display` chooses them: `display level, msg`",
    ),
    (
        &["extend", "eval", "let", "line_format", "label_format"],
        "`fields` computes: `fields n * 2 as x`",
    ),
    (
        &["rename", "project-rename"],
        "`fields` gives names: `fields level as severity`",
    ),
    (
        &["top", "topk", "rare", "top-values"],
        "`stats count(*) as n by name | sort n desc | limit 10` lists the most frequent values",
    ),
    (
        &["take", "first", "sample", "head_limit"],
        "`limit 20` keeps the first rows",
    ),
    (
        &["distinct", "uniq", "unique"],
        "`dedup name` keeps one row for each value; `stats count_distinct(name)` counts them",
    ),
    (
        &["rex", "extract", "grok", "regexp", "unpack", "spath"],
        "`parse @message /user=(?<user>\\S+)/` takes values out of text; fields of JSON are found by themselves",
    ),
    (
        &["timechart", "chart", "make-series", "timeseries"],
        "`stats count(*) by bin(5m)` makes a row for each five minutes",
    ),
    (
        &["bin", "bucket"],
        "`bin` is a function: `stats count(*) by bin(5m)`",
    ),
    (
        &["mvexpand", "mv-expand", "flatten", "explode"],
        "`expand name` makes rows of a JSON array, `unnest list into name` of a list made by `jsonParse`",
    ),
    (
        &["transaction"],
        "`sessionize name maxspan 30m` groups events into sessions",
    ),
    (
        &["union", "append", "multisearch"],
        "several log groups are chosen beside the query, or by `SOURCE 'a', 'b'` at its head",
    ),
    (
        &["having", "and", "or", "not"],
        "every condition is a command of its own, or joined to one: `filter n > 3 and level = \"ERROR\"`",
    ),
    (
        &["fillnull", "fill_null"],
        "`coalesce(name, 0)` gives a value where none is, `fillmissing` adds rows for empty bins",
    ),
    (
        &["reverse"],
        "`sort @timestamp asc` shows the oldest rows first",
    ),
];

/// What does here what the command `word` does elsewhere.
pub(in crate::insights) fn command(word: &str) -> Option<&'static str> {
    super::words::advice(COMMANDS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_of_logs_insights_is_foreign() {
        let known = crate::insights::COMMANDS;
        for (words, _) in COMMANDS {
            for word in *words {
                assert!(!known.iter().any(|c| c.is_named(word)), "{word}");
            }
        }
        assert!(command("SELECT").is_some() && command("stats").is_none());
    }
}
