use std::collections::BTreeSet;

use crate::base::Millis;
use crate::metrics::sql::SqlQuery;

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
    /// Seconds; absent for an expression that sets none, whose period is that of its metrics.
    pub period: Option<i64>,
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

    /// Seconds of the series' period; `setPeriodToTimeRange` is the drawer's to merge, because no bucket
    /// of GetMetricData begins at an arbitrary moment.
    fn period_of(&self, series: &Series, periods: PeriodOverride, range: i64) -> Option<i64> {
        let is_metric = matches!(series.source, SeriesSource::Metric { .. });
        let set = match series.period {
            Some(period) => period.max(1),
            None if is_metric || asks_for_metrics(series) => self.period.max(1),
            None => return None,
        };
        if periods == PeriodOverride::Inherit || range / set <= POINTS {
            return Some(set);
        }
        let least = (range / POINTS + 59) / 60 * 60;
        Some((least + set - 1) / set * set)
    }
}

/// Whether an expression finds its metrics itself and so has no period from others: Metrics Insights and SEARCH.
fn asks_for_metrics(series: &Series) -> bool {
    match &series.source {
        SeriesSource::Expression(text) => SqlQuery::is_meant(text) || text.contains("SEARCH("),
        SeriesSource::Metric { .. } => false,
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

#[cfg(test)]
mod tests {
    use super::super::{WidgetKind, load};
    use super::*;

    fn queries(periods: PeriodOverride, hours: i64) -> Vec<WidgetQuery> {
        let body = r#"{"widgets": [{"type": "metric", "properties": {"region": "us-east-1",
            "period": 60, "stat": "Sum", "metrics": [
            ["A", "requests", {"id": "m1", "visible": false}],
            ["A", "errors", {"period": 300, "stat": "p99"}],
            [{"expression": "m1 * 2"}]]}}]}"#;
        let loaded = load(body).unwrap();
        let WidgetKind::Metric(widget) = &loaded.dashboard.widgets[0].kind else {
            unreachable!()
        };
        widget.queries(periods, Millis(0), Millis(hours * 3_600_000))
    }

    #[test]
    fn entries_inherit_period_and_statistic_and_get_ids_that_are_free() {
        let found: Vec<_> = queries(PeriodOverride::Inherit, 24 * 30)
            .into_iter()
            .map(|q| (q.id, q.stat, q.period, q.visible))
            .collect();
        assert_eq!(
            found,
            [
                ("m1".to_owned(), "Sum".to_owned(), Some(60), false),
                ("m2".to_owned(), "p99".to_owned(), Some(300), true),
                ("m3".to_owned(), "Sum".to_owned(), None, true),
            ]
        );
    }

    #[test]
    fn automatic_periods_grow_to_a_multiple_with_the_range() {
        let periods = |hours| {
            let found = queries(PeriodOverride::Auto, hours);
            found.into_iter().map(|q| q.period).collect::<Vec<_>>()
        };
        assert_eq!(periods(24), [Some(60), Some(300), None]);
        assert_eq!(periods(24 * 7), [Some(420), Some(600), None]);
    }
}
