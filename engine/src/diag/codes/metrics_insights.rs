//! Codes of Metrics Insights queries.

use super::codes;

codes! {
    UNEXPECTED_CHARACTER = "N0101", "unexpected character in a Metrics Insights query",
        "A query is made of words, names in double quotes, values in single quotes, `( ) , .`, `=` and `!=`.";
    UNCLOSED_QUOTE = "N0102", "a quote that does not close",
        "Names stand in double quotes, values in single ones. A quote inside is written with a backslash before it.";
    UNEXPECTED_TOKEN = "N0201", "something else was expected here",
        "The clauses stand in this order: SELECT, FROM, WHERE, GROUP BY, ORDER BY, LIMIT; the first two are required.";
    TOO_LARGE = "N0202", "the query is too long",
        "The Expression of a query in a request has at most 2,048 characters.";
    RESERVED_WORD = "N0301", "a reserved word as a name",
        "Namespaces, metric names and label keys that are reserved words stand in double quotes.";
    UNKNOWN_FUNCTION = "N0302", "unknown function",
        "SELECT and ORDER BY know AVG, COUNT, MAX, MIN and SUM.";
    NO_SUCH_OPERATOR = "N0303", "not in the language",
        "WHERE knows `=`, `!=` and `AND`, and nothing else of SQL's conditions.";
    LIMIT_OUT_OF_RANGE = "N0304", "a limit out of range",
        "LIMIT is a whole number from 1 to 500: a query answers with 500 series at most.";
    NOT_SUPPORTED = "N0305", "not supported here",
        "CloudWatch knows this, but answering it needs what does not exist on this machine.";
    NAME_NEEDS_QUOTES = "N0306", "a name that needs double quotes",
        "Names with other characters than letters, digits and `_` stand in double quotes, values in single ones.";
}
