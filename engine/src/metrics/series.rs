use std::collections::BTreeMap;

use super::bucket::Bucket;
use super::datum::MetricDatum;
use super::query::Grid;
use crate::base::Millis;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How wide the buckets of a tier are and how long it keeps them, in milliseconds ("Metrics retention" of the
/// user guide).
const TIERS: [(i64, i64); 4] = [
    (1_000, 3 * HOUR),
    (60_000, 15 * DAY),
    (300_000, 63 * DAY),
    (HOUR, 455 * DAY),
];

/// From when on a period of so many seconds is still answered at `now`: finer periods, and those that are no multiple
/// of what is kept, are forgotten sooner (API reference, MetricStat).
pub(super) fn kept_from(period: i64, now: Millis) -> Millis {
    let period = period.saturating_mul(1000);
    let wide_enough = TIERS
        .iter()
        .filter(|(width, _)| *width <= period && period % width == 0);
    let keep = wide_enough.map(|(_, keep)| *keep).max().unwrap_or(0);
    now.plus(-keep)
}

/// The samples of one metric in one unit. What a tier no longer keeps is merged into the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    tiers: [BTreeMap<Millis, Bucket>; TIERS.len()],
    pub(super) last: Option<Millis>,
}

impl Series {
    pub(super) fn put(&mut self, datum: &MetricDatum) {
        let tier = usize::from(!datum.high_resolution);
        if let (Some(buckets), Some((width, _))) = (self.tiers.get_mut(tier), TIERS.get(tier)) {
            buckets
                .entry(datum.timestamp.floor_to(*width))
                .or_default()
                .put(&datum.values);
            self.last = self.last.max(Some(datum.timestamp));
        }
    }

    /// Shows the buckets that a period of `grid` may be made of, each with its place in the grid.
    pub(super) fn visit<'a>(&'a self, grid: Grid, visit: &mut dyn FnMut(usize, &'a Bucket)) {
        let period = grid.period_millis();
        for (buckets, (width, _)) in self.tiers.iter().zip(TIERS) {
            if width > period {
                return;
            }
            for (at, bucket) in buckets.range(grid.start..grid.end()) {
                if let Ok(place) = usize::try_from((at.0 - grid.start.0).div_euclid(period)) {
                    visit(place, bucket);
                }
            }
        }
    }

    pub(super) fn has_samples(&self, start: Millis, end: Millis) -> bool {
        start < end
            && self
                .tiers
                .iter()
                .any(|b| b.range(start..end).next().is_some())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tiers.iter().all(BTreeMap::is_empty)
    }

    /// Drops the buckets that begin before `moment`.
    pub(super) fn forget_before(&mut self, moment: Millis) {
        for buckets in &mut self.tiers {
            *buckets = buckets.split_off(&moment);
        }
    }

    /// Merges what is too old for its tier into the next one, and drops what is too old for all.
    pub(super) fn expire(&mut self, now: Millis) {
        let widths = TIERS
            .iter()
            .skip(1)
            .map(|(width, _)| Some(*width))
            .chain([None]);
        let mut aged = BTreeMap::new();
        for ((buckets, (_, keep)), wider) in self.tiers.iter_mut().zip(TIERS).zip(widths) {
            for (at, bucket) in std::mem::take(&mut aged) {
                merge(buckets, at, bucket);
            }
            let kept = buckets.split_off(&now.plus(-keep));
            let old = std::mem::replace(buckets, kept);
            if let Some(wider) = wider {
                for (at, bucket) in old {
                    merge(&mut aged, at.floor_to(wider), bucket);
                }
            }
        }
    }
}

fn merge(buckets: &mut BTreeMap<Millis, Bucket>, at: Millis, bucket: Bucket) {
    match buckets.entry(at) {
        std::collections::btree_map::Entry::Vacant(entry) => {
            entry.insert(bucket);
        }
        std::collections::btree_map::Entry::Occupied(mut entry) => entry.get_mut().merge(&bucket),
    }
}
