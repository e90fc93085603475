//! Codes of metric math expressions.

use super::codes;

codes! {
    UNEXPECTED_CHARACTER = "M0101", "unexpected character in an expression",
        "An expression is made of numbers, ids, functions, text in quotes, and the operators `+ - * / ^`, comparisons, \
         `AND`, `OR`.";
    UNCLOSED_TEXT = "M0102", "text without a closing quote",
        "Text stands between two quotes of the same kind.";
    BAD_NUMBER = "M0103", "not a number of metric math",
        "A number is written in digits, with a point where it has decimals: `0.5`. Exponents are not documented.";
    UNEXPECTED_TOKEN = "M0201", "something else was expected here",
        "The pieces are known, their order is not.";
    TOO_LARGE = "M0202", "the expression is too large",
        "An expression has at most 2,048 characters, and parentheses nested 64 deep at most.";
    AMBIGUOUS = "M0203", "the order of operations is not documented",
        "AWS does not say in which order these are worked out. Parentheses make it plain.";
    UNKNOWN_FUNCTION = "M0301", "unknown function",
        "Functions of metric math have names in capitals.";
    WRONG_ARGUMENT_COUNT = "M0302", "wrong number of arguments",
        "Each function takes the arguments of its page in the reference.";
    UNKNOWN_ID = "M0303", "unknown id",
        "An id names another query of the same request, letter case included.";
    NOT_SUPPORTED = "M0304", "not supported here",
        "CloudWatch knows this, but answering it needs what does not exist on this machine, or is not written yet.";
    WRONG_TYPE = "M0305", "wrong type of argument",
        "Scalars, time series and arrays of time series are different things: AVG(m1) is a scalar, AVG(METRICS()) a time \
         series.";
    NOT_A_SERIES = "M0306", "the result is not a time series",
        "What an expression gives must be a time series or an array of them; TIME_SERIES(…) makes one of a scalar.";
    CIRCULAR = "M0307", "the expression needs its own result",
        "Expressions may use each other's ids, but not in a circle.";
    BAD_SEARCH = "M0309", "a search that does not read",
        "A search is a schema `{Namespace,Dimension}`, terms joined by `AND`, `OR`, `NOT` and parentheses, or both; its \
         statistic is a text and its period a number of seconds.";
    NO_PERIOD = "M0308", "the expression has no period",
        "Without a metric the expression needs a Period of its own.";
}
