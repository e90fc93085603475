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
        choice: "a function of a missing argument is missing, but for those that ask whether it is",
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
];
