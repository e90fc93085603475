use crate::metrics::Statistic;

/// What a query makes of the samples of a period, and what it orders series by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlFunction {
    /// Sum by count.
    Avg,
    /// How many samples.
    Count,
    /// The greatest.
    Max,
    /// The least.
    Min,
    /// The sum.
    Sum,
}

const NAMES: &[(&str, SqlFunction, Statistic)] = &[
    ("AVG", SqlFunction::Avg, Statistic::Average),
    ("COUNT", SqlFunction::Count, Statistic::SampleCount),
    ("MAX", SqlFunction::Max, Statistic::Maximum),
    ("MIN", SqlFunction::Min, Statistic::Minimum),
    ("SUM", SqlFunction::Sum, Statistic::Sum),
];

impl SqlFunction {
    /// The function of that name, in any letter case.
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name));
        found.map(|(_, function, _)| *function)
    }

    /// All names.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, ..)| *name)
    }

    /// `AVG`.
    pub fn as_str(self) -> &'static str {
        let found = NAMES.iter().find(|(_, function, _)| *function == self);
        found.map_or("", |(name, ..)| name)
    }

    /// The statistic that it takes of the samples of a period.
    pub fn statistic(self) -> Statistic {
        let found = NAMES.iter().find(|(_, function, _)| *function == self);
        found.map_or(Statistic::Average, |(_, _, statistic)| *statistic)
    }

    /// The one number that it makes of the datapoints of a series; `None` of none.
    pub(super) fn of(self, values: &[f64]) -> Option<f64> {
        if values.is_empty() {
            return None;
        }
        let count = u32::try_from(values.len()).map_or(f64::MAX, f64::from);
        let sum: f64 = values.iter().sum();
        Some(match self {
            Self::Avg => sum / count,
            Self::Count => count,
            Self::Max => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Self::Min => values.iter().copied().fold(f64::INFINITY, f64::min),
            Self::Sum => sum,
        })
    }
}
