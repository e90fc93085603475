//! Codes of the rules of composite alarms.

use super::codes;

codes! {
    UNEXPECTED_TOKEN = "R0101", "unexpected token in an alarm rule",
        "A rule combines `ALARM(name)`, `OK(name)`, `INSUFFICIENT_DATA(name)`, `AT_LEAST(2, ALARM, (a, b, c))`, `TRUE` \
         and `FALSE` with `AND`, `OR`, `NOT` and parentheses, all in capitals. A name with blanks, commas or \
         parentheses stands in double quotes.";
    UNCLOSED_NAME = "R0102", "a quoted alarm name does not close",
        "A name that begins with `\"` ends with `\"`; a quote inside is written `\\\"`.";
    LIMIT_EXCEEDED = "R0103", "the alarm rule exceeds a limit",
        "A rule has at most 10,240 characters, 100 different alarms, and 500 elements: alarms, constants and \
         parentheses.";
    BAD_AMOUNT = "R0104", "the amount of AT_LEAST does not fit",
        "The amount is a whole number from 1 to the number of alarms in the list, or a whole percentage from `1%` \
         to `100%`.";
    SURROUNDING_BLANKS = "R0105", "the alarm rule is empty or stands between blanks",
        "CloudWatch refuses a rule that is empty, or begins or ends with white space.";
}
