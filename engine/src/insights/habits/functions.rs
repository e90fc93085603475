/// Functions of SQL, SPL, KQL and PPL.
const FUNCTIONS: &[(&[&str], &str)] = &[
    (&["median"], "`pct(name, 50)` is the median"),
    (
        &[
            "dc",
            "distinct_count",
            "dcount",
            "approx_count_distinct",
            "uniq",
            "distinct",
            "cardinality",
        ],
        "`count_distinct(name)` counts different values",
    ),
    (&["mean", "average"], "`avg(name)` is the mean"),
    (
        &[
            "percentiles",
            "quantile",
            "percentile_approx",
            "approx_percentile",
            "perc",
        ],
        "`pct(name, 95)` is a percentile",
    ),
    (
        &["stdev", "std", "stdevp", "stddev_pop"],
        "`stddev(name)` is the standard deviation",
    ),
    (
        &["var", "var_pop", "variancep"],
        "`variance(name)` is the variance",
    ),
    (
        &["first", "first_value", "arg_min"],
        "`earliest(name)` is the value of the oldest row",
    ),
    (
        &["last", "last_value", "arg_max"],
        "`latest(name)` is the value of the newest row",
    ),
    (
        &[
            "list",
            "collect",
            "collect_list",
            "make_list",
            "make_set",
            "array_agg",
        ],
        "`values(name)` lists different values",
    ),
    (
        &["countif", "count_if", "sumif"],
        "`sum(if(condition, 1, 0))` counts where a condition holds",
    ),
    (
        &["span", "time_bucket", "date_histogram", "bucket"],
        "`bin(5m)` rounds `@timestamp` down",
    ),
    (
        &[
            "date_trunc",
            "trunc",
            "startofhour",
            "startofday",
            "floor_time",
        ],
        "`datefloor(@timestamp, 1h)` rounds a moment down",
    ),
    (
        &["ago", "dateadd", "date_add", "date_sub", "timestampadd"],
        "the time range stands beside the query; within it, `filter toMillis(@timestamp) > now() * 1000 - 3600000` keeps the last hour",
    ),
    (
        &["date_format", "format_datetime", "to_char"],
        "`formatDate(@timestamp, \"%Y-%m-%d\")` writes a moment",
    ),
    (
        &[
            "to_timestamp",
            "strptime",
            "todatetime",
            "from_unixtime",
            "parse_datetime",
            "date_parse",
        ],
        "`parseDate(text, \"yyyy-MM-dd HH:mm:ss\")` reads a moment, `fromMillis(number)` makes one of milliseconds",
    ),
    (
        &["length", "len", "char_length", "size"],
        "`strlen(text)` counts characters",
    ),
    (
        &["lower", "lcase", "to_lower", "lowercase"],
        "`tolower(text)` is in small letters",
    ),
    (
        &["upper", "ucase", "to_upper", "uppercase"],
        "`toupper(text)` is in capitals",
    ),
    (
        &["substring", "mid", "left", "right"],
        "`substr(text, start, length)` is a part of a text, counted from 0",
    ),
    (
        &["contains", "has", "instr", "position", "indexof", "strpos"],
        "`strcontains(text, \"part\")` says whether a text holds another",
    ),
    (
        &["regexp_extract", "regexp_substr", "extract"],
        "`parse text /(?<name>…)/` takes values out of text",
    ),
    (
        &["regexp_like", "match", "matches", "regexp", "rlike", "like"],
        "the operator `like /regex/` looks for a regex",
    ),
    (
        &["regexp_replace", "replace_regex"],
        "`regexReplace(text, \"regex\", \"new\")` replaces",
    ),
    (
        &[
            "isnull",
            "isnotnull",
            "is_null",
            "isnan",
            "exists",
            "isdefined",
            "has_field",
        ],
        "`ispresent(name)` says whether a value is there",
    ),
    (
        &["ifnull", "nvl", "nullif", "iff_null"],
        "`coalesce(name, 0)` gives a value where none is",
    ),
    (
        &["iff", "iif", "ifelse"],
        "`if(condition, then, otherwise)` chooses",
    ),
    (
        &["cast", "convert", "tostring", "to_string", "string"],
        "`toNumber(text)` reads a number; `concat(value)` is a value's text",
    ),
    (
        &["toint64", "int", "integer", "bigint"],
        "`toLong(text)` reads a whole number",
    ),
    (
        &["float", "double", "real", "number"],
        "`toDouble(text)` reads a number",
    ),
    (
        &[
            "json_extract",
            "json_value",
            "parse_json",
            "json",
            "get_json_object",
            "spath",
        ],
        "`jsonParse(text).key` reads JSON in a text; fields of a JSON event are found by themselves",
    ),
    (&["power", "pow"], "`a ^ b` is a power"),
    (&["mod"], "`a % b` is the remainder"),
    (&["ln"], "`log(number)` is the natural logarithm"),
    (
        &["log10", "log2"],
        "`log(number) / log(10)` is the logarithm to ten",
    ),
    (
        &["now_ms", "current_timestamp", "getdate", "unix_timestamp"],
        "`now()` is the present in seconds",
    ),
];

/// What does here what the function `name` does elsewhere.
pub(in crate::insights) fn function(name: &str) -> Option<String> {
    let percent = name
        .strip_prefix(['p', 'P'])
        .map(|rest| rest.trim_start_matches('_'));
    if let Some(percent) =
        percent.filter(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(format!("`pct(name, {percent})` is a percentile"));
    }
    super::words::advice(FUNCTIONS, name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_function_of_logs_insights_is_foreign() {
        for (words, _) in FUNCTIONS {
            for word in *words {
                let known = crate::insights::FUNCTIONS.iter().any(|f| f.is_named(word))
                    || crate::insights::AGGREGATES.iter().any(|a| a.is_named(word));
                assert!(!known, "{word}");
            }
        }
    }

    #[test]
    fn a_percentile_keeps_its_number() {
        assert_eq!(function("p99").unwrap(), "`pct(name, 99)` is a percentile");
        assert_eq!(function("p"), None);
    }
}
