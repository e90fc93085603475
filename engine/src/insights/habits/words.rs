/// Words inside commands.
const WORDS: &[(&[&str], &str)] = &[
    (
        &["is", "isnull", "notnull", "exists"],
        "`ispresent(name)` says that a value is there, `not ispresent(name)` that none is; `=` compares",
    ),
    (&["equals", "eq"], "`=` compares"),
    (
        &["group", "over", "groupby", "partition"],
        "the keys of groups follow `by`: `stats count(*) by level`",
    ),
    (
        &["having", "where"],
        "a condition on results is a command of its own: `stats count(*) as n by level | filter n > 3`",
    ),
    (
        &["order", "sort"],
        "sorting is a command of its own, by a name: `stats count(*) as n by level | sort n desc`",
    ),
    (&["between"], "`n >= 1 and n <= 2` says the same"),
    (
        &["ilike", "icontains"],
        "a regex looks without letter case: `like /(?i)text/`",
    ),
    (
        &[
            "contains",
            "has",
            "includes",
            "matches",
            "match",
            "rlike",
            "regexp",
            "regex",
            "startswith",
            "endswith",
        ],
        "`like \"text\"` finds a part of a text, `like /regex/` a regex; `startsWith(name, \"text\")` is a function",
    ),
    (
        &["not"],
        "what is negated is written `!=`, `not like` or `not in`; `not` also stands before a whole condition",
    ),
    (
        &["from", "within"],
        "log groups are chosen beside the query, or by `SOURCE 'group'` at its head",
    ),
    (&["descending"], "the direction is `desc`"),
    (&["ascending"], "the direction is `asc`"),
    (
        &["desc", "asc"],
        "the direction stands behind the name: `sort n desc`",
    ),
    (
        &["when", "then", "else", "end"],
        "`if(condition, then, otherwise)` and `case(condition, value, …, otherwise)` are functions",
    ),
    (
        &["offset"],
        "rows cannot be skipped: `limit` counts from the first",
    ),
    (&["xor"], "`(a or b) and not (a and b)` says the same"),
    (&["mod"], "`%` gives the remainder"),
    (&["div"], "`/` divides, `floor(a / b)` without a rest"),
];

/// What is written here for the word of another language.
pub(in crate::insights) fn word(word: &str) -> Option<&'static str> {
    advice(WORDS, word)
}

/// The advice in a table for a word, letter case aside.
pub(super) fn advice(table: &[(&[&str], &'static str)], word: &str) -> Option<&'static str> {
    let is_it = |known: &&str| known.eq_ignore_ascii_case(word);
    let mut lines = table.iter();
    let (_, advice) = lines.find(|(words, _)| words.iter().any(is_it))?;
    Some(advice)
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn letter_case_does_not_matter() {
        assert_eq!(word("BETWEEN"), word("between"));
        assert!(word("between").is_some() && word("level").is_none());
    }
}
