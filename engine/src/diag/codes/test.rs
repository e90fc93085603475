//! Codes of test files and of what tests find.

use super::codes;

codes! {
    LENGTH_OF_TIME = "T0101", "not a length of time",
        "Times in test files count from the beginning of the test: `90s`, `5m`, `1h30m`, `250ms`, `2d`, or `0`.";
    NOTATION = "T0102", "wrong notation of a series",
        "A series is written as values with spaces between: `5` one value, `_` a period without a value, `5x10` ten\n\
         values, `_x3` three periods without one, `7+2x3` the three values 7, 9, 11, `7-2x3` the three values 7, 5, 3.\n\
         The number after `x` counts the values, the first included.";
    TIMELINE = "T0103", "wrong entry of a timeline",
        "An entry is a time and what happened then: `6m ALARM` in `timeline`, with the states OK, ALARM and\n\
         INSUFFICIENT_DATA; `6m fraud-alerts` in `notified`, with the name of a topic.";
    NOTHING_EXPECTED = "T0104", "nothing is expected",
        "A test that expects nothing cannot fail. It needs one of [[test.alarm]], [[test.value]], [[test.query]] and\n\
         [[test.dashboard]].";
    OUTSIDE = "T0105", "outside the test's time",
        "The test ends after `lasts`; what is given or expected later would never be seen.";
    FILE = "T0106", "a file of events cannot be used",
        "`file` names a file beside the test file with one event a line; with `time_field`, each line is a JSON object\n\
         whose field of this name is the time of the event.";
    EVENT = "T0107", "an event that cannot be made",
        "The line of a log event is written in exactly one way: `message`, `messages`, `json` or `file`; `emf` may stand\n\
         alone or beside `json`, whose members it then shares.";
    NO_SUCH_POINT = "T0108", "an exemption of nothing",
        "The exemption names a coverage point or a mutant that does not exist, or one that needs no exemption any more.\n\
         `belfry test --coverage` and `belfry test --mutate` print the names. Remove it: it would hide the next gap.";
    UNEVALUATED = "T0109", "an alarm that only CloudWatch evaluates",
        "Alarms on anomaly detection bands are planned and applied, and not evaluated here: CloudWatch does not publish the\n\
         model. A test that expects something of one could only be wrong.";
    WRONG_TIMELINE = "T0201", "the timeline of an alarm differs",
        "The alarm went through other states, or at other times, than the test expects. A timeline is exact: a change of\n\
         state that the test does not name is a failure too. The message shows both sides, with the reason that AWS would\n\
         write for what happened.";
    WRONG_NOTIFICATIONS = "T0202", "other notifications were sent",
        "The alarm published to other topics, or at other times, than `notified` lists.";
    WRONG_VALUES = "T0203", "the values of a metric differ",
        "GetMetricData answers other values for the periods than the test expects; `_` is a period without a value.";
    WRONG_TABLE = "T0204", "the answer of a query differs",
        "The query answers another table than the test expects. Cells are compared as the text that Logs Insights prints;\n\
         an empty text stands for a field that the row does not have.";
    NO_DATA = "T0205", "a widget got no data",
        "The dashboard's widget asked for its data and got none. A widget that has none in this test by intention is named\n\
         in `without`.";
    REFUSED = "T0206", "refused while the test ran",
        "What the test gives or asks for was refused, in the words of AWS.";
    NOT_COVERED = "T0301", "no test exercises this",
        "A part of the suite that no test exercises: nobody knows whether it does what it was written for. Write a test, or\n\
         exempt it with a reason: [[exempt]] point = \"…\", reason = \"…\" in a test file.";
    SURVIVOR = "T0302", "no test notices this change",
        "The suite was changed here, and every test still passed: the line could be wrong in this way and nobody would be\n\
         told. Write a test that fails with the change, or say why it makes no difference: [[equivalent]] mutant = \"…\",\n\
         reason = \"…\" in a test file.";
}
