//! Stores and queries written as texts.

use super::super::*;
use crate::base::Millis;

pub(super) const MINUTE: i64 = 60_000;
/// 2026-11-20T00:00:00Z, a Friday.
pub(super) const START: Millis = Millis(1_795_132_800_000);

/// A series as text: values with blanks between, `_` where there is none.
pub(super) fn points(text: &str) -> Vec<Option<f64>> {
    text.split(' ').map(|value| value.parse().ok()).collect()
}

pub(super) fn printed(points: &[Option<f64>]) -> String {
    let values = points
        .iter()
        .map(|p| p.map_or_else(|| "_".to_owned(), |v| v.to_string()));
    values.collect::<Vec<_>>().join(" ")
}

pub(super) fn metric(name: &str) -> MetricStat {
    MetricStat {
        id: MetricId::new("Test", name, Dimensions::new()).unwrap(),
        period: 60,
        statistic: Statistic::Sum,
        unit: None,
    }
}

pub(super) fn query(id: &str, kind: QueryKind) -> MetricDataQuery {
    MetricDataQuery {
        id: id.to_owned(),
        kind,
        label: None,
        return_data: false,
    }
}

pub(super) fn expression(id: &str, text: &str) -> MetricDataQuery {
    query(
        id,
        QueryKind::Expression {
            text: text.to_owned(),
            period: None,
        },
    )
}

/// A store and queries for series given as `("m1", "1 2 _")`.
pub(super) fn metrics(series: &[(&str, &str)]) -> (MetricStore, Vec<MetricDataQuery>) {
    let mut store = MetricStore::default();
    for (name, text) in series {
        for (minute, value) in (0..).zip(points(text)) {
            let Some(value) = value else { continue };
            let datum = MetricDatum {
                id: metric(name).id,
                values: DatumValues::Distribution(vec![(value, 1.0)]),
                unit: Unit::None,
                timestamp: START.plus(minute * MINUTE),
                high_resolution: false,
            };
            store.put(&datum, START).unwrap();
        }
    }
    let queries = series
        .iter()
        .map(|(name, _)| query(name, QueryKind::Metric(metric(name))));
    (store, queries.collect())
}

pub(super) fn evaluated(text: &str, series: &[(&str, &str)]) -> Result<Vec<String>, MetricError> {
    let (store, mut queries) = metrics(series);
    queries.push(MetricDataQuery {
        return_data: true,
        ..expression("e1", text)
    });
    let count = points(series.first().map_or("_", |(_, text)| text)).len();
    let request = MetricDataRequest {
        queries,
        start: START,
        end: START.plus(i64::try_from(count).unwrap() * MINUTE),
        descending: false,
        label_offset: 0,
    };
    let grid = |result: MetricDataResult| {
        let mut all = vec![None; count];
        for (at, value) in result.points {
            all[usize::try_from((at.0 - START.0) / MINUTE).unwrap()] = Some(value);
        }
        printed(&all)
    };
    Ok(get_metric_data(&store, &request, START)?
        .into_iter()
        .map(grid)
        .collect())
}

/// The one series that `text` gives.
pub(super) fn one(text: &str, series: &[(&str, &str)]) -> String {
    let mut all = evaluated(text, series).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

pub(super) fn refused(text: &str) -> String {
    evaluated(text, &[("m1", "1 2"), ("m2", "3 4")])
        .unwrap_err()
        .message
}
