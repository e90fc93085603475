use std::borrow::Cow;
use std::collections::BTreeMap;

use super::bucket::Bucket;
use super::query::{Datapoint, Grid, MetricStat};
use super::series::{Series, kept_from};
use super::{Dimensions, MetricDatum, MetricError, MetricId, Statistic, Unit};
use crate::base::Millis;

/// All datapoints of an account, bounded in memory by retention.
#[derive(Clone, Debug)]
pub struct MetricStore {
    metrics: BTreeMap<MetricId, BTreeMap<Unit, Series>>,
    account: String,
    region: String,
}

impl Default for MetricStore {
    fn default() -> Self {
        Self {
            metrics: BTreeMap::new(),
            account: "000000000000".to_owned(),
            region: "us-east-1".to_owned(),
        }
    }
}

impl MetricStore {
    /// The store of an account in a region: Metrics Insights and labels name them.
    #[must_use]
    pub fn of_account(self, account: &str, region: &str) -> Self {
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            ..self
        }
    }

    /// Twelve digits.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// `us-east-1`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Takes one datum; refuses what PutMetricData refuses (`now` decides about its age).
    pub fn put(&mut self, datum: &MetricDatum, now: Millis) -> Result<(), MetricError> {
        datum.check(now)?;
        if let Some(units) = self.metrics.get_mut(&datum.id) {
            units.entry(datum.unit).or_default().put(datum);
            return Ok(());
        }
        let units = self.metrics.entry(datum.id.clone()).or_default();
        units.entry(datum.unit).or_default().put(datum);
        Ok(())
    }

    /// One statistic over each bucket of `grid`; `None` where a bucket has no data, or where its samples do not
    /// tell the statistic. Without a unit, the alphabetically first of those present answers.
    pub fn statistic(&self, stat: &MetricStat, grid: Grid) -> Vec<Option<Datapoint>> {
        let present = || {
            self.units(&stat.id, grid.start, grid.end())
                .into_iter()
                .next()
        };
        let unit = stat.unit.or_else(present);
        let series = unit.and_then(|unit| self.metrics.get(&stat.id)?.get(&unit));
        points(series, stat.statistic, grid)
    }

    /// The same at `now`, when fine periods of long ago are forgotten.
    pub fn statistic_at(
        &self,
        stat: &MetricStat,
        grid: Grid,
        now: Millis,
    ) -> Vec<Option<Datapoint>> {
        let kept = kept_from(grid.period, now);
        let points = self.statistic(stat, grid).into_iter();
        points.map(|p| p.filter(|p| p.timestamp >= kept)).collect()
    }

    /// One statistic over each bucket of `grid`, of the samples of several metrics and of all their units.
    pub(super) fn merged(
        &self,
        ids: &[&MetricId],
        statistic: Statistic,
        grid: Grid,
    ) -> Vec<Option<Datapoint>> {
        let units = ids.iter().filter_map(|id| self.metrics.get(*id));
        points(units.flat_map(BTreeMap::values), statistic, grid)
    }

    /// The metrics of a namespace that have this name, in order of their dimensions.
    pub(super) fn named<'a>(
        &'a self,
        namespace: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = &'a MetricId> {
        let first = MetricId {
            namespace: namespace.into(),
            name: name.into(),
            dimensions: Dimensions::new(),
        };
        let ids = self.metrics.range(first..).map(|(id, _)| id);
        ids.take_while(move |id| *id.namespace == *namespace && *id.name == *name)
    }

    /// The units under which `id` has samples in `[start, end)`, in alphabetical order.
    pub fn units(&self, id: &MetricId, start: Millis, end: Millis) -> Vec<Unit> {
        let units = self.metrics.get(id).into_iter().flatten();
        units
            .filter(|(_, series)| series.has_samples(start, end))
            .map(|(unit, _)| *unit)
            .collect()
    }

    /// Drops every sample before `moment`, whatever its age: for replays of more than memory holds.
    pub fn forget_before(&mut self, moment: Millis) {
        self.metrics.retain(|_, units| {
            units.retain(|_, series| {
                series.forget_before(moment);
                !series.is_empty()
            });
            !units.is_empty()
        });
    }

    /// Whether there is any sample of `id`.
    pub fn has(&self, id: &MetricId) -> bool {
        self.metrics.contains_key(id)
    }

    /// All metrics with the time of their last sample, in order.
    pub fn list(&self) -> Vec<(&MetricId, Millis)> {
        let last = |units: &BTreeMap<Unit, Series>| units.values().filter_map(|s| s.last).max();
        self.metrics
            .iter()
            .filter_map(|(id, units)| Some((id, last(units)?)))
            .collect()
    }

    /// Merges samples into wider buckets as they age and drops what is older than 455 days; a metric without
    /// samples is forgotten.
    pub fn expire(&mut self, now: Millis) {
        self.metrics.retain(|_, units| {
            units.retain(|_, series| {
                series.expire(now);
                !series.is_empty()
            });
            !units.is_empty()
        });
    }
}

/// One statistic of the samples of all `series` over each bucket of `grid`.
fn points<'a>(
    series: impl IntoIterator<Item = &'a Series>,
    statistic: Statistic,
    grid: Grid,
) -> Vec<Option<Datapoint>> {
    let mut buckets: Vec<Option<Cow<'_, Bucket>>> = vec![None; grid.count];
    let keeps_values = statistic.needs_values();
    for series in series {
        series.visit(grid, &mut |place, bucket| {
            if let Some(slot) = buckets.get_mut(place) {
                add(slot, bucket, keeps_values);
            }
        });
    }
    let point = |(timestamp, bucket): (Millis, Option<Cow<'_, Bucket>>)| {
        let bucket = bucket?;
        Some(Datapoint {
            timestamp,
            value: bucket.value(statistic)?,
            sample_count: bucket.sample_count(),
        })
    };
    grid.starts().zip(buckets).map(point).collect()
}

/// Adds a bucket to those of its place; without `keeps_values` only the totals.
fn add<'a>(slot: &mut Option<Cow<'a, Bucket>>, bucket: &'a Bucket, keeps_values: bool) {
    match slot {
        Some(merged) => merged.to_mut().merge(bucket),
        None if keeps_values => *slot = Some(Cow::Borrowed(bucket)),
        None => {
            let mut totals = Bucket::of_totals();
            totals.merge(bucket);
            *slot = Some(Cow::Owned(totals));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::DatumValues;
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000;

    fn id(dimensions: &[(&str, &str)]) -> MetricId {
        let pairs = dimensions
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        MetricId::new("shop", "Latency", pairs.collect::<Dimensions>()).unwrap()
    }

    fn datum(value: f64, at: i64, unit: Unit) -> MetricDatum {
        MetricDatum {
            id: id(&[]),
            values: DatumValues::Distribution(vec![(value, 1.0)]),
            unit,
            timestamp: Millis(at),
            high_resolution: false,
        }
    }

    fn values(store: &MetricStore, statistic: &str, period: i64, count: usize) -> Vec<Option<f64>> {
        let stat = MetricStat {
            id: id(&[]),
            period,
            statistic: Statistic::parse(statistic).unwrap(),
            unit: None,
        };
        let grid = Grid {
            start: Millis(0),
            period,
            count,
        };
        store
            .statistic(&stat, grid)
            .into_iter()
            .map(|p| p.map(|p| p.value))
            .collect()
    }

    #[test]
    fn samples_fall_into_the_buckets_of_their_minutes() {
        let mut store = MetricStore::default();
        for (value, at) in [(1.0, 0), (3.0, 59_999), (5.0, 2 * MINUTE)] {
            store.put(&datum(value, at, Unit::None), Millis(0)).unwrap();
        }
        assert_eq!(
            values(&store, "Average", 60, 3),
            [Some(2.0), None, Some(5.0)]
        );
        assert_eq!(values(&store, "p50", 180, 1), [Some(3.0)]);
        assert_eq!(values(&store, "Sum", 30, 2), [None, None]);
    }

    #[test]
    fn other_dimensions_are_another_metric() {
        let mut store = MetricStore::default();
        let wider = MetricDatum {
            id: id(&[("A", "1"), ("B", "2")]),
            ..datum(1.0, 0, Unit::None)
        };
        store.put(&wider, Millis(0)).unwrap();
        let stat = |id| MetricStat {
            id,
            period: 60,
            statistic: Statistic::Sum,
            unit: None,
        };
        let grid = Grid {
            start: Millis(0),
            period: 60,
            count: 1,
        };
        assert_eq!(store.statistic(&stat(id(&[("A", "1")])), grid), [None]);
        assert!(store.statistic(&stat(wider.id), grid)[0].is_some());
    }

    #[test]
    fn of_several_units_the_alphabetically_first_answers() {
        let mut store = MetricStore::default();
        store.put(&datum(1.0, 0, Unit::Seconds), Millis(0)).unwrap();
        store
            .put(&datum(2.0, 0, Unit::Milliseconds), Millis(0))
            .unwrap();
        assert_eq!(values(&store, "Sum", 60, 1), [Some(2.0)]);
        let units = store.units(&id(&[]), Millis(0), Millis(MINUTE));
        assert_eq!(units, [Unit::Milliseconds, Unit::Seconds]);
    }

    #[test]
    fn high_resolution_answers_seconds_for_three_hours_and_minutes_after() {
        let mut store = MetricStore::default();
        for at in [1_000, 1_500, 2_000] {
            let sample = MetricDatum {
                high_resolution: true,
                ..datum(1.0, at, Unit::None)
            };
            store.put(&sample, Millis(0)).unwrap();
        }
        assert_eq!(values(&store, "Sum", 1, 3), [None, Some(2.0), Some(1.0)]);
        store.expire(Millis(4 * 3_600_000));
        assert_eq!(values(&store, "Sum", 1, 3), [None, None, None]);
        assert_eq!(values(&store, "Sum", 60, 1), [Some(3.0)]);
    }

    #[test]
    fn age_rolls_samples_up_and_at_last_drops_them() {
        let day = 86_400_000;
        let mut store = MetricStore::default();
        store.put(&datum(1.0, 0, Unit::None), Millis(0)).unwrap();
        store
            .put(&datum(2.0, 4 * MINUTE, Unit::None), Millis(0))
            .unwrap();
        store.expire(Millis(16 * day));
        assert_eq!(values(&store, "Sum", 60, 5), [None; 5]);
        assert_eq!(values(&store, "p100", 300, 1), [Some(2.0)]);
        store.expire(Millis(64 * day));
        assert_eq!(values(&store, "Sum", 300, 1), [None]);
        assert_eq!(values(&store, "Sum", 3600, 1), [Some(3.0)]);
        assert_eq!(store.list().len(), 1);
        store.expire(Millis(456 * day));
        assert!(store.list().is_empty());
    }

    proptest! {
        #[test]
        fn the_order_of_samples_does_not_matter(
            samples in prop::collection::vec((0..1000i32, 0..300_000i64), 1..40), seed in any::<u64>(),
        ) {
            let mut shuffled = samples.clone();
            shuffled.sort_by_key(|(v, at)| (i64::from(*v) ^ at).wrapping_mul(7919) ^ i64::try_from(seed >> 1).unwrap());
            let store_of = |samples: &[(i32, i64)]| {
                let mut store = MetricStore::default();
                for (value, at) in samples {
                    store.put(&datum(f64::from(*value), *at, Unit::None), Millis(0)).unwrap();
                }
                store
            };
            let (one, other) = (store_of(&samples), store_of(&shuffled));
            for statistic in ["SampleCount", "Sum", "Minimum", "Maximum", "Average", "p50", "p99", "tm90"] {
                prop_assert_eq!(values(&one, statistic, 60, 5), values(&other, statistic, 60, 5));
                prop_assert_eq!(values(&one, statistic, 300, 1), values(&other, statistic, 300, 1));
            }
        }
    }
}
