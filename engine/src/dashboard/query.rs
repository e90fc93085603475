use std::collections::BTreeSet;

use crate::base::Millis;

use super::{MetricWidget, PeriodOverride, Series, SeriesSource};

/// One query of GetMetricData that a widget asks for, with how its answer is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct WidgetQuery {
    /// The entry's id, or one made up: `m1`, `m2`.
    pub id: String,
    /// Metric or expression.
    pub source: SeriesSource,
    /// Statistic of a metric.
    pub stat: String,
    /// Seconds.
    pub period: i64,
    /// The entry's label, if any.
    pub label: Option<String>,
    /// Whether its answer is drawn.
    pub visible: bool,
    /// The entry it comes from.
    pub entry: usize,
}

/// How many points a graph is asked for at most; `auto` periods grow beyond it, as the console's do (how
/// exactly is not published).
const POINTS: i64 = 1440;

impl MetricWidget {
    /// The queries of GetMetricData for `[start, end)`.
    pub fn queries(&self, periods: PeriodOverride, start: Millis, end: Millis) -> Vec<WidgetQuery> {
        let mut taken: BTreeSet<String> = self.series.iter().filter_map(|s| s.id.clone()).collect();
        let range = (end.0 - start.0).max(60_000) / 1000;
        let query = |(entry, series): (usize, &Series)| WidgetQuery {
            id: series.id.clone().unwrap_or_else(|| fresh(&mut taken)),
            source: series.source.clone(),
            stat: series.stat.clone().unwrap_or_else(|| self.stat.clone()),
            period: self.period_of(series, periods, range),
            label: series.label.clone(),
            visible: series.visible,
            entry,
        };
        self.series.iter().enumerate().map(query).collect()
    }

    fn period_of(&self, series: &Series, periods: PeriodOverride, range: i64) -> i64 {
        if self.period_is_range {
            return (range + 59) / 60 * 60;
        }
        let set = series.period.unwrap_or(self.period).max(1);
        if periods == PeriodOverride::Inherit || range / set <= POINTS {
            return set;
        }
        let least = (range / POINTS + 59) / 60 * 60;
        (least + set - 1) / set * set
    }
}

fn fresh(taken: &mut BTreeSet<String>) -> String {
    let mut number = 1_usize;
    loop {
        let id = format!("m{number}");
        if taken.insert(id.clone()) {
            return id;
        }
        number += 1;
    }
}
