use super::datum::{DatumValues, StatisticSet};
use super::distribution::Distribution;
use super::statistic::Statistic;
use super::trimmed::from_values;

/// What is kept of the samples of one second, minute or longer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bucket {
    totals: StatisticSet,
    /// `None` once a statistic set came in that does not tell its values.
    distribution: Option<Distribution>,
}

impl Default for Bucket {
    fn default() -> Self {
        Self {
            totals: EMPTY,
            distribution: Some(Distribution::default()),
        }
    }
}

const EMPTY: StatisticSet = StatisticSet {
    sample_count: 0.0,
    sum: 0.0,
    minimum: f64::INFINITY,
    maximum: f64::NEG_INFINITY,
};

impl Bucket {
    /// An empty bucket that only adds up totals, for statistics that need no single values.
    pub(super) fn of_totals() -> Self {
        Self {
            totals: EMPTY,
            distribution: None,
        }
    }

    pub(super) fn put(&mut self, values: &DatumValues) {
        match values {
            DatumValues::Distribution(values) => {
                for (value, weight) in values {
                    self.add(*value, *weight);
                }
            }
            DatumValues::StatisticSet(set) => self.add_set(set),
        }
    }

    fn add(&mut self, value: f64, weight: f64) {
        self.totals.add(&StatisticSet {
            sample_count: weight,
            sum: value * weight,
            minimum: value,
            maximum: value,
        });
        if let Some(distribution) = &mut self.distribution {
            distribution.add(value, weight);
        }
    }

    /// A set tells its values where they are all alike: `Minimum = Maximum` and the sum fits ("Percentiles on
    /// statistic sets" of the user guide).
    fn add_set(&mut self, set: &StatisticSet) {
        let alike = set.minimum == set.maximum && set.sum == set.minimum * set.sample_count;
        if alike {
            return self.add(set.minimum, set.sample_count);
        }
        self.totals.add(set);
        self.distribution = None;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.totals.add(&other.totals);
        match (&mut self.distribution, &other.distribution) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine, _) => *mine = None,
        }
    }

    pub(super) fn sample_count(&self) -> f64 {
        self.totals.sample_count
    }

    /// `None` where there are no samples, or where `statistic` needs values that are not known or are negative.
    pub(super) fn value(&self, statistic: Statistic) -> Option<f64> {
        let totals = &self.totals;
        if totals.sample_count <= 0.0 {
            return None;
        }
        match statistic {
            Statistic::SampleCount => Some(totals.sample_count),
            Statistic::Sum => Some(totals.sum),
            Statistic::Minimum => Some(totals.minimum),
            Statistic::Maximum => Some(totals.maximum),
            Statistic::Average => Some(totals.sum / totals.sample_count),
            _ if totals.minimum < 0.0 => None,
            statistic => {
                let value = from_values(self.distribution.as_ref()?, statistic)?;
                Some(self.within_extremes(statistic, value))
            }
        }
    }

    /// A rounded distribution may step beyond the extremes, which are exact.
    fn within_extremes(&self, statistic: Statistic, value: f64) -> f64 {
        match statistic {
            Statistic::Percentile(_) => value.max(self.totals.minimum).min(self.totals.maximum),
            _ => value,
        }
    }
}

impl StatisticSet {
    fn add(&mut self, other: &Self) {
        self.sample_count += other.sample_count;
        self.sum += other.sum;
        self.minimum = self.minimum.min(other.minimum);
        self.maximum = self.maximum.max(other.maximum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(sample_count: f64, sum: f64, minimum: f64, maximum: f64) -> DatumValues {
        DatumValues::StatisticSet(StatisticSet {
            sample_count,
            sum,
            minimum,
            maximum,
        })
    }

    #[test]
    fn a_statistic_set_answers_percentiles_only_where_its_values_are_alike() {
        let p50 = Statistic::Percentile(50.0);
        let mut bucket = Bucket::default();
        bucket.put(&set(3.0, 6.0, 2.0, 2.0));
        assert_eq!(bucket.value(p50), Some(2.0));
        bucket.put(&set(2.0, 6.0, 2.0, 4.0));
        assert_eq!(bucket.value(p50), None);
        assert_eq!(bucket.value(Statistic::Average), Some(2.4));
    }

    #[test]
    fn negative_values_leave_percentiles_without_an_answer() {
        let mut bucket = Bucket::default();
        bucket.put(&DatumValues::Distribution(vec![(-1.0, 1.0), (1.0, 1.0)]));
        assert_eq!(bucket.value(Statistic::Percentile(50.0)), None);
        assert_eq!(bucket.value(Statistic::Minimum), Some(-1.0));
    }
}
