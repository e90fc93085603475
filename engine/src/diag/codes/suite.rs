//! Codes of suite files.

use super::codes;

codes! {
    NOT_TOML = "S0101", "not TOML",
        "belfry.toml is not valid TOML at this place. The rest of the file is read as far as it can be, so\n\
         that one run shows every mistake.";
    UNKNOWN_KEY = "S0102", "unknown key",
        "The section has no such key. Nothing is ignored: a key that is misspelt would otherwise be a setting\n\
         that silently does not hold. The message names the nearest key that exists.";
    MISSING_KEY = "S0103", "missing key",
        "The section needs this key. Alarms need a description, an owner and a runbook beside what CloudWatch\n\
         needs: whoever is woken by one reads them first.";
    WRONG_TYPE = "S0104", "wrong type",
        "The value has another type than the key takes: text stands in quotes, numbers do not.";
    WRONG_VALUE = "S0105", "value not allowed",
        "The key takes only certain values, and this is none of them. The words are CloudWatch's own.";
    DUPLICATE_NAME = "S0106", "name used twice",
        "Two resources of one kind have the same name; AWS would keep only the later one.";
    UNKNOWN_REFERENCE = "S0107", "unknown reference",
        "The name refers to a resource that the suite does not declare. Log groups and topics that queries,\n\
         filters and alarms use are declared in belfry.toml, so that a plan can create them first.";
    OUT_OF_RANGE = "S0108", "out of range",
        "CloudWatch takes only numbers of a certain range or step here: a period is 10, 20, 30 or a multiple\n\
         of 60 seconds, retention one of the fixed numbers of days.";
    UNKNOWN_VARIABLE = "S0109", "unknown variable",
        "`${name}` in lower case is replaced by a variable of the suite. `region` and `account` come from the\n\
         environment, all others from [variables] and [env.NAME.variables]. Capital letters, such as\n\
         `${LABEL}`, are CloudWatch's own dynamic labels and stay as they are.";
    UNCLOSED_VARIABLE = "S0110", "variable without end",
        "`${` begins a variable and `}` ends it.";
    HEADER = "S0111", "wrong header of a query file",
        "The comments at the head of a saved query may carry `# description: …`, `# log-groups: A, B` and, for each\n\
         `{{name}}` in it, `# parameter: name = default -- description` (default and description may be left out);\n\
         a query of the suite needs its log groups, by header or by SOURCE.";
    NOT_JSON = "S0112", "not JSON",
        "A dashboard body is one JSON object, as PutDashboard takes it.";
    DASHBOARD_BODY = "S0113", "dashboard body refused",
        "CloudWatch would refuse this dashboard body, or draw nothing for a part of it.";
    FILTER_PATTERN = "S0114", "filter pattern refused",
        "CloudWatch Logs would refuse this filter pattern. The words are AWS's.";
    ACCOUNT = "S0115", "not an account",
        "An account is twelve digits, in quotes: leading zeros count.";
    EITHER_OR = "S0116", "keys that exclude each other",
        "Exactly one of these keys says what is meant: an alarm watches one `metric`, or `metrics` with an\n\
         `expression`.";
    RUNBOOK = "S0117", "runbook not found",
        "The runbook of an alarm is a file beside belfry.toml (a part after `#` names a heading), or an\n\
         http(s) address. The alarm's description carries it to whoever is woken.";
    NAME = "S0118", "name not allowed",
        "AWS takes only certain letters and lengths for this name, or the suite's prefix is missing: names of\n\
         alarms begin with the suite's `prefix`, which is how a plan finds what left the suite.";
    METRIC_FILTER = "S0119", "metric filter refused",
        "CloudWatch Logs would refuse this metric filter. The words are AWS's.";
    TOO_LONG = "S0120", "too long",
        "AWS limits the length of this text.";
}
