/// A choice without a switch.
#[derive(Debug)]
pub struct Settled {
    /// What is chosen.
    pub choice: &'static str,
    /// Why nothing else is plausible, or would be of use.
    pub because: &'static str,
}

/// Choices that AWS leaves open and that cannot be switched.
pub static SETTLED: &[Settled] = &[
    Settled {
        choice: "percentiles are nearest rank at every size, and say in a note where AWS estimates",
        because: "published tables of small groups agree; the sketch behind large ones is not published",
    },
    Settled {
        choice: "arithmetic without a result (division by zero, overflow, the root of a negative number) is missing",
        because: "results hold no infinity and no NaN",
    },
    Settled {
        choice: "a function of a missing argument is missing, but for those that ask whether it is; `greatest` and `least` skip it",
        because: "published exports leave such columns out",
    },
    Settled {
        choice: "`bin(1w)` begins on Mondays; `bin` of several days counts from 1970-01-01",
        because: "the guide names no origin, and no published table shows one",
    },
    Settled {
        choice: "behind `join` a name without a side is one of the left side, and a query without `fields` shows the left event",
        because: "the guide writes the side in every example; the left event has the `@ptr` of the row",
    },
    Settled {
        choice: "`appendcols override=true` keeps a value where the subquery's is missing, and leaves out rows beyond the query's",
        because: "a missing value is no field that could overwrite",
    },
    Settled {
        choice: "`countFrequent` counts exactly, and a missing value is a value",
        because: "an approximation of another kind would be no closer to AWS's",
    },
    Settled {
        choice: "a session id is the identity, `_` and a number; an outlier's mark is `<field>_outlier`",
        because: "the guide shows neither; any name would be as good",
    },
    Settled {
        choice: "`autoregress` looks back 100 rows at most, `join` makes 1,000,000 rows at most",
        because: "bounds that keep memory in check; more is refused",
    },
    Settled {
        choice: "lookups compare texts with letter case, the first row of a table that fits counts, the longest prefix of a block",
        because: "the guide names equality; a table with several fitting rows has no better one",
    },
    Settled {
        choice: "values in structured text are read as those of the event: `true` is 1, a number keeps its text",
        because: "two rules for one text would surprise",
    },
    Settled {
        choice: "a text as a condition is true where it is not empty, `not` turns every condition round, so that `not (a = 1)` holds for a missing field",
        because: "the guide speaks of conditions only, and has no third truth value",
    },
    Settled {
        choice: "a text that is a decimal number (sign, fraction, exponent) compares with numbers as one; two texts are equal where their characters are, and ordered as numbers where both are",
        because: "samples of the guide compare fields of text with `200`, `17` and `123456789012`",
    },
    Settled {
        choice: "in `sort` missing values come first, numbers in texts count as numbers unless they hold an exponent, equal rows keep their order",
        because: "the guide's list shows texts before numbers, and no missing ones",
    },
    Settled {
        choice: "in a string `\\` stands before its quote, before itself and in `\\n`, `\\t`, `\\r`; before anything else it is a character",
        because: "published queries write `\"\\d\"` for a regex",
    },
    Settled {
        choice: "in a glob `\\*` is a star, `*` also takes line ends, the first of two stars beside each other is empty",
        because: "the guide shows none of them",
    },
    Settled {
        choice: "where two keys of an event give one name (`a.b` and `b` in `a`) the first counts, of two equal keys the last",
        because: "the guide is silent; JSON readers take the last",
    },
    Settled {
        choice: "computed numbers show four decimals from one upwards and four significant digits below, rounded half up, never an exponent",
        because: "every published result that was found agrees; none shows a tie",
    },
    Settled {
        choice: "whole numbers stay exact while they fit 64 bits, `%` keeps the sign of the dividend, `a ^ b ^ c` is `a ^ (b ^ c)`, `round` rounds halves away from zero",
        because: "the guide shows small positive numbers",
    },
    Settled {
        choice: "a moment plus or minus a number is a moment, so many milliseconds away; the difference of two is a number",
        because: "an export of 2026 shows `datefloor(@timestamp - 21600000, 1h) + 21600000` as a moment",
    },
    Settled {
        choice: "of rows of one moment `earliest` takes the first and `latest` the last to arrive; rows without the field are skipped",
        because: "the guide speaks of the event with the earliest moment, not of events without the field",
    },
    Settled {
        choice: "`parse … multi` keeps an event without a match, as `parse` does; the values of `csv` keep their spaces",
        because: "the guide says the first of `parse` as a whole, and nothing of the second",
    },
    Settled {
        choice: "`accum`, without `as`, overwrites its field; the row of `addtotals col=true` also sums the column of totals",
        because: "the guide shows neither",
    },
    Settled {
        choice: "a block such as `10.0.0.1/8` stands for the network that the address is in; private and reserved ranges of IPv6 are those of its registry",
        because: "the guide says that the address begins the block, and names RFC 1918 only",
    },
    Settled {
        choice: "`strcontains(text, part, true)` ignores letter case",
        because: "the guide says so; a measurement of June 2026 found that CloudWatch did not",
    },
    Settled {
        choice: "`start` and `end` of `SOURCE` override the time range of the request; texts of numbers from 100,000,000,000 upwards are milliseconds",
        because: "the console writes both into one text",
    },
    Settled {
        choice: "a `sort` before the only `stats` changes nothing and is taken with a warning",
        because: "the guide forbids it before the last of several; published dashboards have it before one",
    },
];
