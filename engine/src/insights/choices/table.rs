use std::fmt;

use super::chosen::{Choices, GroupOrder};

/// A choice that can be switched.
#[derive(Debug)]
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// What is chosen, in one line.
    pub summary: &'static str,
    /// What AWS says, and why the default is what it is.
    pub source: &'static str,
    /// The values, the default first.
    pub values: &'static [Alternative],
}

/// A value of a choice.
pub struct Alternative {
    /// How it is written.
    pub value: &'static str,
    /// What follows from it.
    pub meaning: &'static str,
    pub(super) choose: fn(&mut Choices),
}

impl fmt::Debug for Alternative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Alternative").field(&self.value).finish()
    }
}

/// Every choice that can be switched.
pub static CHOICES: &[Choice] = &[
    Choice {
        name: "missing-in-negation",
        summary: "whether `!=`, `not like` and `not in` hold for a missing field",
        source: "no AWS page says it; the guide's join page keeps missing values with an extra `or !ispresent(f)`, which is only needed if they do not hold",
        values: &[
            Alternative {
                value: "false",
                meaning: "a row without the field is dropped",
                choose: |choices| choices.missing_is_not_equal = false,
            },
            Alternative {
                value: "true",
                meaning: "a row without the field is kept",
                choose: |choices| choices.missing_is_not_equal = true,
            },
        ],
    },
    Choice {
        name: "stats-of-nothing",
        summary: "whether `stats` without `by` gives a row when no event came in",
        source: "no AWS page says it; SQL gives a row",
        values: &[
            Alternative {
                value: "no-row",
                meaning: "the answer is empty",
                choose: |choices| choices.row_of_nothing = false,
            },
            Alternative {
                value: "row",
                meaning: "one row, with counts of 0",
                choose: |choices| choices.row_of_nothing = true,
            },
        ],
    },
    Choice {
        name: "percentile-of-nothing",
        summary: "the percentile of no values",
        source: "published console exports show 0 where `avg` is left out",
        values: &[
            Alternative {
                value: "zero",
                meaning: "0",
                choose: |choices| choices.percentile_of_nothing_is_missing = false,
            },
            Alternative {
                value: "missing",
                meaning: "the column is left out, as for `avg`",
                choose: |choices| choices.percentile_of_nothing_is_missing = true,
            },
        ],
    },
    Choice {
        name: "stats-order",
        summary: "the order of the rows of `stats` without `sort`",
        source: "published API output by `bin` is newest first; one public note says the contrary",
        values: &[
            Alternative {
                value: "newest-first",
                meaning: "by the first key that is a moment, greatest first, else as first seen",
                choose: |choices| choices.group_order = GroupOrder::NewestFirst,
            },
            Alternative {
                value: "oldest-first",
                meaning: "by the first key that is a moment, least first, else as first seen",
                choose: |choices| choices.group_order = GroupOrder::OldestFirst,
            },
            Alternative {
                value: "first-seen",
                meaning: "as first seen",
                choose: |choices| choices.group_order = GroupOrder::FirstSeen,
            },
        ],
    },
    Choice {
        name: "missing-group-key",
        summary: "what becomes of rows without a key of `by`",
        source: "no AWS page says it",
        values: &[
            Alternative {
                value: "own-group",
                meaning: "they form a group, whose key is left out",
                choose: |choices| choices.drops_missing_keys = false,
            },
            Alternative {
                value: "dropped",
                meaning: "they are in no group",
                choose: |choices| choices.drops_missing_keys = true,
            },
        ],
    },
    Choice {
        name: "stddev",
        summary: "which standard deviation `stddev` gives",
        source: "the guide does not say; its `variance` is that of a population",
        values: &[
            Alternative {
                value: "population",
                meaning: "divided by the number of values",
                choose: |choices| choices.deviation_of_sample = false,
            },
            Alternative {
                value: "sample",
                meaning: "divided by one less; missing for one value",
                choose: |choices| choices.deviation_of_sample = true,
            },
        ],
    },
    Choice {
        name: "latest-moment",
        summary: "what `earliest` and `latest` give of a moment such as `@timestamp`",
        source: "the guide says the value of the field; results of June 2026 show milliseconds, and published queries wrap it in `fromMillis`",
        values: &[
            Alternative {
                value: "milliseconds",
                meaning: "its milliseconds since 1970, a number",
                choose: |choices| choices.latest_keeps_moments = false,
            },
            Alternative {
                value: "moment",
                meaning: "the moment, as `min` and `max` do",
                choose: |choices| choices.latest_keeps_moments = true,
            },
        ],
    },
    Choice {
        name: "rate-formula",
        summary: "how `rate` divides the change of a number",
        source: "the guide says per-interval rate of change; a number that grew by 300,000 in bins of five minutes gave about 5,000 for `1m` in June 2026",
        values: &[
            Alternative {
                value: "by-time",
                meaning: "last less first, over the periods between them",
                choose: |choices| choices.rate_over_period = false,
            },
            Alternative {
                value: "by-period",
                meaning: "last less first, over the seconds of one period",
                choose: |choices| choices.rate_over_period = true,
            },
        ],
    },
    Choice {
        name: "unnest-missing",
        summary: "what `unnest` does with a row whose list is missing",
        source: "the guide speaks of values that are no lists, not of missing ones",
        values: &[
            Alternative {
                value: "dropped",
                meaning: "as with an empty list, no row",
                choose: |choices| choices.unnest_keeps_missing = false,
            },
            Alternative {
                value: "kept",
                meaning: "one row without the element",
                choose: |choices| choices.unnest_keeps_missing = true,
            },
        ],
    },
    Choice {
        name: "expand-missing",
        summary: "what `expand` does with a row whose field holds no array",
        source: "the guide is silent; `parse` keeps rows where nothing matches",
        values: &[
            Alternative {
                value: "kept",
                meaning: "the row stays as it is",
                choose: |choices| choices.expand_drops_missing = false,
            },
            Alternative {
                value: "dropped",
                meaning: "no row",
                choose: |choices| choices.expand_drops_missing = true,
            },
        ],
    },
    Choice {
        name: "fillmissing-span",
        summary: "between what `fillmissing` fills bins",
        source: "the guide speaks of empty bins, not between what",
        values: &[
            Alternative {
                value: "present-bins",
                meaning: "from the first to the last bin that is present",
                choose: |choices| choices.fills_whole_range = false,
            },
            Alternative {
                value: "time-range",
                meaning: "over the whole time range of the query",
                choose: |choices| choices.fills_whole_range = true,
            },
        ],
    },
    Choice {
        name: "accum-missing",
        summary: "what `accum` shows in a row without a number",
        source: "the guide is silent",
        values: &[
            Alternative {
                value: "running-sum",
                meaning: "the sum so far",
                choose: |choices| choices.accum_skips_missing = false,
            },
            Alternative {
                value: "missing",
                meaning: "nothing",
                choose: |choices| choices.accum_skips_missing = true,
            },
        ],
    },
    Choice {
        name: "appendcols-missing",
        summary: "whether `appendcols` without `override` fills missing cells of a column that exists",
        source: "the guide says that existing fields are not overwritten; a missing cell is no field",
        values: &[
            Alternative {
                value: "filled",
                meaning: "a missing cell takes the value of the subquery",
                choose: |choices| choices.appends_to_columns = false,
            },
            Alternative {
                value: "left",
                meaning: "an existing column stays as it is",
                choose: |choices| choices.appends_to_columns = true,
            },
        ],
    },
    Choice {
        name: "offset-direction",
        summary: "which way `offset` shifts",
        source: "the guide says that it shifts bins, for comparison with an earlier period",
        values: &[
            Alternative {
                value: "back",
                meaning: "the events are earlier than the bins show",
                choose: |choices| choices.offset_looks_ahead = false,
            },
            Alternative {
                value: "ahead",
                meaning: "the events are later than the bins show",
                choose: |choices| choices.offset_looks_ahead = true,
            },
        ],
    },
    Choice {
        name: "json-path-numbers",
        summary: "what a number in the path of `json field` means",
        source: "the guide says dot notation and shows keys only",
        values: &[
            Alternative {
                value: "elements",
                meaning: "it counts the elements of a list",
                choose: |choices| choices.path_numbers_are_keys = false,
            },
            Alternative {
                value: "keys",
                meaning: "it is a key of a map",
                choose: |choices| choices.path_numbers_are_keys = true,
            },
        ],
    },
    Choice {
        name: "sort-by-gone-time",
        summary: "what `sort @timestamp` means behind `stats … by bin(…)`",
        source: "the guide says that only keys and results exist there; published dashboards sort so all the same",
        values: &[
            Alternative {
                value: "bin",
                meaning: "rows are sorted by their bin, with a warning",
                choose: |choices| choices.refuses_sort_by_gone_time = false,
            },
            Alternative {
                value: "refused",
                meaning: "an error",
                choose: |choices| choices.refuses_sort_by_gone_time = true,
            },
        ],
    },
    Choice {
        name: "parse-columns",
        summary: "the columns of a query with `parse` but without `fields` and `display`",
        source: "the guide gives `@timestamp` and `@message` for queries without commands that choose columns",
        values: &[
            Alternative {
                value: "with-message",
                meaning: "`@timestamp`, `@message`, then what was parsed",
                choose: |choices| choices.shows_parsed_alone = false,
            },
            Alternative {
                value: "alone",
                meaning: "what was parsed",
                choose: |choices| choices.shows_parsed_alone = true,
            },
        ],
    },
    Choice {
        name: "raw-numbers",
        summary: "the text of a number that is shown as it was logged",
        source: "captures of 2022 and 2023 show `60.0` and `1.28E8`, exports of 2025 `512000000`",
        values: &[
            Alternative {
                value: "as-written",
                meaning: "as it stands in the event",
                choose: |choices| choices.numbers_as_java = false,
            },
            Alternative {
                value: "java",
                meaning: "as Java prints a double",
                choose: |choices| choices.numbers_as_java = true,
            },
        ],
    },
    Choice {
        name: "default-limit",
        summary: "rows of an answer without `limit`",
        source: "the user guide of 2026 says 10,000, that of 2022 said 1,000",
        values: &[
            Alternative {
                value: "10000",
                meaning: "10,000 rows",
                choose: |choices| choices.default_limit = 10_000,
            },
            Alternative {
                value: "1000",
                meaning: "1,000 rows",
                choose: |choices| choices.default_limit = 1_000,
            },
        ],
    },
    Choice {
        name: "fields-per-event",
        summary: "how many fields of a JSON event are found",
        source: "the user guide of 2026 says 200; the one of 2022 spoke of 1,000",
        values: &[
            Alternative {
                value: "200",
                meaning: "the first 200 in the order of the event",
                choose: |choices| choices.fields_per_event = 200,
            },
            Alternative {
                value: "1000",
                meaning: "the first 1,000",
                choose: |choices| choices.fields_per_event = 1_000,
            },
        ],
    },
];
