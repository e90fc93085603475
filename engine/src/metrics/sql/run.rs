use std::collections::BTreeMap;

use super::{SqlCondition, SqlFunction, SqlLabel, SqlQuery, SqlValue};
use crate::base::Millis;
use crate::metrics::choices::{METRIC_WITHOUT_LABEL_IS_UNEQUAL, MISSING_LABEL};
use crate::metrics::{Datapoint, Grid, MetricId, MetricStore};

/// A query reads so many metrics at most, and answers with so many series ("Metrics Insights quotas").
const MOST_METRICS: usize = 10_000;
const MOST_SERIES: usize = 500;
/// Data older than two weeks are not read ("Metrics Insights quotas").
const TWO_WEEKS: i64 = 14 * 86_400_000;

/// What a query answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SqlAnswer {
    /// One for each group that has data, in the order asked for; exactly one without GROUP BY.
    pub series: Vec<SqlSeries>,
    /// More metrics matched than a query reads (10,000): the first of them, in order of their dimensions, were read.
    pub more_metrics: bool,
    /// More series came out than a query answers with (500): the first of them are here.
    pub more_series: bool,
}

/// One series.
#[derive(Clone, Debug, PartialEq)]
pub struct SqlSeries {
    /// The group's labels with their values, in the order of GROUP BY; empty without it. A metric without the label
    /// is in the group `Other`.
    pub group: Vec<(SqlLabel, String)>,
    /// The values of the group with blanks between, or the metric's name.
    pub label: String,
    /// A point for each bucket of the grid, or none.
    pub points: Vec<Option<Datapoint>>,
}

impl SqlAnswer {
    /// Whether all that matched is in it.
    pub fn is_complete(&self) -> bool {
        !self.more_metrics && !self.more_series
    }
}

impl SqlQuery {
    /// Works the query out over the buckets of `grid`. Samples of all units count, of every matching metric; AVG is
    /// their average, not that of averages. With `now`, what is older than two weeks is not read.
    pub fn run(&self, store: &MetricStore, grid: Grid, now: Option<Millis>) -> SqlAnswer {
        let mut groups: BTreeMap<Vec<String>, Vec<&MetricId>> = BTreeMap::new();
        let mut matching = store
            .named(&self.source.namespace, &self.metric)
            .filter(|id| self.takes(id, store.account()));
        for id in matching.by_ref().take(MOST_METRICS) {
            groups
                .entry(self.group_of(id, store.account()))
                .or_default()
                .push(id);
        }
        let more_metrics = matching.next().is_some();
        if self.group_by.is_empty() {
            groups.entry(Vec::new()).or_default();
        }
        let oldest = now.map_or(Millis(i64::MIN), |now| now.plus(-TWO_WEEKS));
        let all = groups.into_iter().map(|(values, ids)| {
            let points = store.merged(&ids, self.function.statistic(), grid);
            let kept = |point: &Datapoint| point.timestamp >= oldest;
            let points = points.into_iter().map(|p| p.filter(kept)).collect();
            self.series(values, points)
        });
        let grouped = !self.group_by.is_empty();
        let mut series: Vec<_> = all
            .filter(|one| !grouped || one.points.iter().any(Option::is_some))
            .collect();
        self.sort(&mut series);
        let more_series = self.limit.is_none() && series.len() > MOST_SERIES;
        series.truncate(self.limit.unwrap_or(MOST_SERIES));
        SqlAnswer {
            series,
            more_metrics,
            more_series,
        }
    }

    fn takes(&self, id: &MetricId, account: &str) -> bool {
        let schema = self.source.schema.as_ref();
        let fits = schema.is_none_or(|names| names.iter().eq(id.dimensions.keys()));
        fits && self.conditions.iter().all(|c| c.holds(id, account))
    }

    fn group_of(&self, id: &MetricId, account: &str) -> Vec<String> {
        let value = |label: &SqlLabel| label.of(id, account).unwrap_or(MISSING_LABEL).to_owned();
        self.group_by.iter().map(value).collect()
    }

    fn series(&self, values: Vec<String>, points: Vec<Option<Datapoint>>) -> SqlSeries {
        let label = match values.is_empty() {
            true => self.metric.clone(),
            false => values.join(" "),
        };
        SqlSeries {
            label,
            group: self.group_by.iter().cloned().zip(values).collect(),
            points,
        }
    }

    /// Groups come in the order of their values; ORDER BY sorts by one number for each series, and leaves equal ones
    /// in that order.
    fn sort(&self, series: &mut [SqlSeries]) {
        let Some(order) = self.order_by else {
            return;
        };
        series.sort_by(|a, b| {
            let (a, b) = (number(order.function, a), number(order.function, b));
            let ordering = a.total_cmp(&b);
            if order.descending {
                ordering.reverse()
            } else {
                ordering
            }
        });
    }
}

fn number(function: SqlFunction, series: &SqlSeries) -> f64 {
    let values: Vec<f64> = series.points.iter().flatten().map(|p| p.value).collect();
    function.of(&values).unwrap_or(f64::NAN)
}

impl SqlLabel {
    fn of<'a>(&self, id: &'a MetricId, account: &'a str) -> Option<&'a str> {
        match self {
            Self::Dimension(name) => id.dimensions.get(name).map(String::as_str),
            Self::AccountId => Some(account),
        }
    }
}

impl SqlCondition {
    fn holds(&self, id: &MetricId, account: &str) -> bool {
        let expected = match &self.value {
            SqlValue::Text(text) => text,
            SqlValue::CurrentAccount => account,
        };
        match self.label.of(id, account) {
            Some(found) => (found == expected) == self.is_equal,
            None => !self.is_equal && METRIC_WITHOUT_LABEL_IS_UNEQUAL,
        }
    }
}
