use std::collections::{BTreeMap, BTreeSet};

use crate::base::Millis;
use crate::metrics::MetricDatum;

const HOUR: i64 = 3_600_000;
/// From so many different pairs within an hour on, CloudWatch Logs may switch a filter off (API reference,
/// PutMetricFilter).
const MOST_PAIRS: usize = 1000;

/// Counts, for each metric filter, the different name and value pairs of its dimensions within the hour. A filter that
/// reaches 1,000 goes on here, because AWS says only that it might stop; whoever runs the account is warned.
#[derive(Clone, Debug, Default)]
pub struct DimensionPairs {
    filters: BTreeMap<(String, String), Hour>,
    warnings: Vec<DimensionPairsWarning>,
}

#[derive(Clone, Debug, Default)]
struct Hour {
    start: Millis,
    pairs: BTreeSet<(String, String)>,
}

/// A filter made 1,000 different pairs within an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionPairsWarning {
    /// The filter's log group.
    pub log_group: String,
    /// The filter.
    pub filter: String,
    /// When the thousandth pair came.
    pub at: Millis,
}

impl DimensionPairs {
    /// Notes the pairs of `datum`, of the dimensions `names` that the filter takes from events.
    pub fn count<'a>(
        &mut self,
        group: &str,
        filter: &str,
        names: impl Iterator<Item = &'a String>,
        datum: &MetricDatum,
        now: Millis,
    ) {
        let pairs: Vec<_> = names
            .filter_map(|name| Some((name, datum.id.dimensions.get(name)?)))
            .collect();
        if pairs.is_empty() {
            return;
        }
        let hour = self
            .filters
            .entry((group.into(), filter.into()))
            .or_default();
        let start = now.floor_to(HOUR);
        if hour.start != start {
            hour.start = start;
            hour.pairs.clear();
        }
        for (name, value) in pairs {
            if hour.pairs.len() >= MOST_PAIRS || !hour.pairs.insert((name.clone(), value.clone())) {
                continue;
            }
            if hour.pairs.len() == MOST_PAIRS {
                self.warnings.push(DimensionPairsWarning {
                    log_group: group.to_owned(),
                    filter: filter.to_owned(),
                    at: now,
                });
            }
        }
    }

    /// Takes the warnings that came since the last call.
    pub fn take_warnings(&mut self) -> Vec<DimensionPairsWarning> {
        std::mem::take(&mut self.warnings)
    }
}

impl std::fmt::Display for DimensionPairsWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the metric filter `{}` of `{}` made {MOST_PAIRS} different dimension values within an hour; AWS may switch such \
             a filter off, and each value is billed as a metric of its own",
            self.filter, self.log_group
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{DatumValues, Dimensions, MetricId, Unit};

    fn datum(user: usize) -> MetricDatum {
        let dimensions = Dimensions::from([("User".to_owned(), user.to_string())]);
        MetricDatum {
            id: MetricId::new("shop", "x", dimensions).unwrap(),
            values: DatumValues::Distribution(vec![(1.0, 1.0)]),
            unit: Unit::None,
            timestamp: Millis(0),
            high_resolution: false,
        }
    }

    #[test]
    fn the_thousandth_pair_of_an_hour_is_warned_of_once() {
        let mut pairs = DimensionPairs::default();
        let names = ["User".to_owned()];
        let mut count = |users: std::ops::Range<usize>, now: i64| {
            for user in users {
                pairs.count("g", "f", names.iter(), &datum(user), Millis(now));
            }
            pairs.take_warnings().len()
        };
        assert_eq!(count(0..999, 0), 0);
        assert_eq!(count(0..999, 1), 0);
        assert_eq!(count(999..2000, 2), 1);
        assert_eq!(count(0..999, HOUR), 0);
        assert_eq!(count(0..1000, HOUR), 1);
    }
}
