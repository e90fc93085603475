/// What SQL elsewhere has and Metrics Insights has not, each with what would work.
const REFUSED: &[(&str, &str)] = &[
    (
        "OR",
        "conditions are joined by AND only; run one query for each alternative",
    ),
    (
        "IN",
        "a label is compared by = and != only; run one query for each value, or group by the label",
    ),
    ("NOT", "a label is compared by = and != only"),
    (
        "LIKE",
        "a label is compared by = and != only; metric math's SEARCH finds parts of names",
    ),
    ("ILIKE", "a label is compared by = and != only"),
    ("RLIKE", "a label is compared by = and != only"),
    ("REGEXP", "a label is compared by = and != only"),
    ("BETWEEN", "a label is compared by = and != only"),
    (
        "IS",
        "a label is compared by = and != only; a metric without the label is in the group `Other`",
    ),
    (
        "HAVING",
        "series are not filtered by their values; ORDER BY and LIMIT keep the first ones",
    ),
    (
        "OFFSET",
        "there is no OFFSET; LIMIT keeps the first series of the order",
    ),
    (
        "AS",
        "there are no aliases; the query's Label names its series",
    ),
    ("JOIN", "a query reads one metric of one namespace"),
    ("UNION", "a query reads one metric of one namespace"),
    (
        "DISTINCT",
        "there is no DISTINCT; GROUP BY makes one series for each value",
    ),
];

/// Comparisons that the language does not have.
pub(super) const COMPARISONS: &[&str] = &["<>", "==", "<=", ">=", "<", ">", "~"];

/// Why `word` has no meaning here, where SQL elsewhere gives it one.
pub(super) fn refusal(word: &str) -> Option<&'static str> {
    let found = REFUSED
        .iter()
        .find(|(refused, _)| refused.eq_ignore_ascii_case(word));
    found.map(|(_, reason)| *reason)
}
