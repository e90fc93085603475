//! Codes of Logs Insights queries: `Q01` lexing, `Q02` parsing, `Q03` names and arity, `Q04` warnings.

use super::codes;

codes! {
    UNEXPECTED_CHARACTER = "Q0101", "unexpected character",
        "A character that starts nothing in the Logs Insights language. Field names may hold letters, digits, `_`, `@` and `.`; any other character needs backticks around the name.";
    UNTERMINATED = "Q0102", "not closed",
        "A string, a regex or a name in backticks has no end. Strings end with the quote they began with, regexes with `/` (a slash inside is written `\\/`).";
    BAD_NUMBER = "Q0103", "neither a number nor a period",
        "A number runs into letters that are no unit. Periods are a whole number and a unit without space: `30s`, `5m`, `1h`, `1d`, `1w`, `1mo`, `1q`, `1y`.";
    FOREIGN_OPERATOR = "Q0104", "operator of another language",
        "Logs Insights writes `and`, `or`, `not`, `!=` and `not like`; `&&`, `||`, `<>`, `!~`, `~=`, `=>` and `=<` belong to other languages.";
    REGEX_FLAGS = "Q0105", "flags after a regex",
        "Logs Insights rejects `/error/i`. Write the flag inside the regex: `/(?i)error/`.";
    PLACEHOLDER = "Q0106", "nothing fills in a placeholder",
        "`{{name}}` stands for a value only in a saved query that declares the parameter `name`. In a query that is run as it is written, the value itself stands there.";
    UNEXPECTED_TOKEN = "Q0201", "unexpected token",
        "Something else was expected here. The message says what was found and what could stand in its place.";
    EMPTY_COMMAND = "Q0202", "empty command",
        "A query is one or more commands joined by `|`. A pipe at the start, at the end or next to another pipe has no command beside it.";
    UNKNOWN_COMMAND = "Q0203", "unknown command",
        "Each part between pipes starts with a command word such as `fields`, `filter`, `stats`, `sort`, `limit`, `parse`, `display` or `dedup`.";
    SORT_KEY = "Q0206", "sort key is not a name",
        "`sort` takes names only. Name the expression with `as` in an earlier command and sort by that name.";
    LIMIT_RANGE = "Q0207", "limit out of range",
        "`limit` takes a whole number from 1 to 100,000 (CloudWatch Logs user guide and API).";
    QUERY_LENGTH = "Q0208", "query too long",
        "StartQuery takes at most 10,000 characters.";
    UNKNOWN_FUNCTION = "Q0301", "unknown function",
        "The name before `(` is no function of Logs Insights.";
    ARGUMENT_COUNT = "Q0303", "wrong number of arguments",
        "The function was called with fewer or more arguments than it takes.";
    ARGUMENT_KIND = "Q0304", "wrong kind of argument",
        "The function needs another kind of argument here: a period such as `5m`, a number from 0 to 100, or a written pattern.";
    ALREADY_DEFINED = "Q0305", "name already defined",
        "Logs Insights defines a name once: the result of `parse`, of `as`, or a field that was listed cannot be defined again. AWS says `Ephemeral field is already defined`.";
    UNKNOWN_AFTER_STATS = "Q0306", "unknown name after stats",
        "After `stats` only its group keys and results exist. AWS says `Unknown symbols found in or after stats`.";
    FIELD_OUTSIDE_AGGREGATE = "Q0307", "field outside an aggregate",
        "A `stats` item combines aggregates, literals and earlier items. To show a field's value, put it behind `by` or inside an aggregate such as `latest(…)`.";
    AGGREGATE_PLACE = "Q0308", "aggregate outside stats",
        "Aggregates such as `count` and `avg` belong into the items of `stats`: not into `by`, not into each other, not into other commands.";
    COMMAND_ORDER = "Q0309", "command in the wrong order",
        "`sort` and `limit` may not come before the last `stats`, and after `dedup` only `limit` may follow (CloudWatch Logs user guide).";
    TOO_MANY_STATS = "Q0310", "too many stats commands",
        "A query holds at most 10 `stats` commands.";
    TIMESTAMP_GONE = "Q0311", "@timestamp is gone",
        "`bin`, `earliest` and `latest` read `@timestamp`, which does not exist after a `stats` that did not carry it.";
    GLOB_COUNT = "Q0312", "wildcards and names differ in number",
        "Every `*` in a `parse` pattern needs one name after `as`.";
    BAD_REGEX = "Q0313", "regex not accepted",
        "Logs Insights regexes are of the RE2 family: no look-around, no back-references; named groups are written `(?<name>…)`.";
    NO_GROUPS = "Q0314", "regex names nothing",
        "`parse` with a regex makes one field for each named group `(?<name>…)`, or one for each group if names follow `as`.";
    UNSUPPORTED_FIELD = "Q0315", "system field not supported",
        "CloudWatch fills this system field and this version of Belfry does not, so that the query would find nothing.";
    LIKE_PATTERN = "Q0316", "pattern is not written out",
        "The right side of `like`, `not like` and `=~` is a string or a regex written in the query.";
    TEXT_CONDITION = "Q0317", "text is no condition",
        "A string alone, as in `@message like \"a\" or \"b\"`, compares nothing; AWS does not document what it would mean. Repeat the comparison on each side.";
    NOT_STRUCTURED = "Q0318", "not a map or list",
        "An index in brackets reads a list made by `jsonParse`, `split` or `unnest`. Arrays of a JSON event are flattened: their elements are fields such as `items.0`.";
    STRUCTURED_PLACE = "Q0319", "map or list not supported here",
        "Maps and lists are not supported by `dedup`, `pattern`, `sort` and `stats` (CloudWatch Logs user guide, structure types). Name a member: `m.key`, `l[0]`.";
    COMMAND_OPTION = "Q0320", "option of a command",
        "The command knows no option of this name, or the option takes another kind of value. Options are written `name=value` before the fields.";
    FILTER_INDEX = "Q0321", "condition that no index answers",
        "`filterIndex` takes `name = literal` and `name in [literal, …]`, joined by `and`; other conditions go into `filter`.";
    NO_BINS = "Q0322", "no bins to fill",
        "`fillmissing` adds rows behind a `stats` that groups by `bin(…)` or `datefloor(…)`; `offset` shifts the bins of a `stats` that groups by `bin(…)`.";
    NO_COLUMNS = "Q0323", "no columns chosen",
        "Without a list of fields the command takes the columns of the answer, and none is chosen before it.";
    AWS_ONLY = "Q0325", "command that only AWS runs",
        "AWS does not publish how this command computes its answer, so that there is no local meaning to be right about. The query is read, checked and applied as any other, and runs with `--env aws`; over files and the local endpoint it is refused.";
    JOIN = "Q0324", "join not accepted",
        "A query holds one `join`, written `join type=left left=o right=p where o.id=p.id (SOURCE 'group')`. The names of the two sides differ, and no field before the command begins with them; the condition is one equality, the left side first (CloudWatch Logs user guide).";
    SAVED_QUERY = "Q0331", "saved query cannot be called",
        "`$Name(parameter = \"value\")` runs a saved query as part of a query. There must be exactly one saved query of that name, folders included (other characters than letters, digits and `_` need backticks), and it may not call another saved query (CloudWatch Logs user guide).";
    PARAMETER = "Q0332", "parameter of a saved query",
        "A call gives each parameter of the saved query at most once, and every one that has no default. In the saved text a placeholder stands for a whole literal, not for a part of a string or a regex.";
    UNKNOWN_SYSTEM_FIELD = "Q0401", "unknown system field",
        "Names that start with `@` belong to CloudWatch; this one is not among them, so the field is always missing. A field of the log whose own name starts with `@` is written with one more: `@@name`.";
    PERIOD_CAPPED = "Q0402", "period reduced to its cap",
        "CloudWatch reduces a period to the next larger unit: `bin(300s)` acts as `bin(60s)`. Write `bin(5m)` for five minutes.";
    DEPRECATED_COMMAND = "Q0403", "deprecated command",
        "`head` and `tail` are deprecated words of Logs Insights; `limit` with `sort` says the same.";
    SORT_BEFORE_STATS = "Q0404", "sort before stats",
        "Aggregates do not depend on the order of rows. Published queries sort before their only `stats`, and AWS runs them; before the last of several `stats` it is refused. `limit` before `stats` is refused in every case.";
    SORT_BY_GONE_TIMESTAMP = "Q0406", "sort by a timestamp that is gone",
        "After `stats` only its keys and results exist, and `@timestamp` is none of them. Published dashboards sort by it behind `stats … by bin(…)`, and AWS draws them; rows are sorted by the bin here. AWS does not document the order it gives.";
    NOT_WHAT_IT_SEEMS = "Q0407", "valid, but hardly what was meant",
        "The query runs, and this part of it holds for no row, or shows no field: `%` and `*` are no wildcards in texts, a moment equals no text, `+` joins no texts, a name in quotes is a text.";
    FLATTENED_ARRAY = "Q0405", "array of an event",
        "Arrays of a JSON event are flattened to fields such as `items.0`, so that the name of the array itself holds nothing. `expand items` makes rows of its elements; `unnest` reads lists made by `jsonParse`.";
}
