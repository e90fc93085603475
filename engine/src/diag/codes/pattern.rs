//! Codes of filter patterns.

use super::codes;

codes! {
    INVALID_CHARACTERS = "P0101", "invalid character in a filter pattern",
        "A term may hold letters, digits, `_` and `.`; anything else stands in double quotes. A regular \
         expression between `%` may hold no parentheses and no characters beyond ASCII: write `\\x28` for `(`.";
    MALFORMED_PATTERN = "P0102", "the filter pattern is not well formed",
        "The pieces are known, their order is not. JSON patterns compare with `=` `!=` `>` `>=` `<` `<=`, test \
         with `IS TRUE`, `IS FALSE`, `IS NULL` and `NOT EXISTS`, and combine with `&&`, `||` and parentheses; \
         `==`, `AND`, `OR` and a bare `null` do not exist.";
    UNCLOSED_PATTERN = "P0103", "the filter pattern does not close",
        "A pattern that begins with `{`, `[` or `%` ends with `}`, `]` or `%`.";
    BAD_REGULAR_EXPRESSION = "P0104", "the regular expression does not compile",
        "CloudWatch Logs takes character classes, `\\d \\D \\s \\S \\w \\W`, `\\xhh`, the quantifiers `? * + {m,n}` with \
         one lazy `?` at most, `|`, `^` and `$`; no groups, no look-around, no other escapes of letters.";
    LIMIT_EXCEEDED = "P0105", "the filter pattern exceeds a limit",
        "A pattern has at most 1,024 characters, two regular expressions beside other conditions, one wildcard \
         in a JSON selector, and three selectors with a wildcard.";
    DUPLICATE_FIELD = "P0106", "a field of the filter pattern stands twice",
        "Every field of a space-delimited pattern has a name of its own, and `...` stands at most once.";
    SEVERAL_FIELDS = "P0107", "a condition of the filter pattern names several fields",
        "A condition of a space-delimited pattern may name only the field in whose place it stands.";
    BAD_CRITERIA = "P0108", "field selection criteria that do not read",
        "Criteria test `@aws.account` and `@aws.region` with `=`, `!=`, `IN […]`, `NOT IN […]` against texts in double quotes, \
         joined by `AND`, `OR` and parentheses.";
}
