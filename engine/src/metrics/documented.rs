//! Metric math and GetMetricData against AWS's documented examples.

use super::*;
use crate::base::Millis;

const MINUTE: i64 = 60_000;
/// 2026-11-20T00:00:00Z, a Friday.
const START: Millis = Millis(1_795_132_800_000);

/// A series as text: values with blanks between, `_` where there is none.
fn points(text: &str) -> Vec<Option<f64>> {
    text.split(' ').map(|value| value.parse().ok()).collect()
}

fn printed(points: &[Option<f64>]) -> String {
    let values = points
        .iter()
        .map(|p| p.map_or_else(|| "_".to_owned(), |v| v.to_string()));
    values.collect::<Vec<_>>().join(" ")
}

fn metric(name: &str) -> MetricStat {
    MetricStat {
        id: MetricId::new("Test", name, Dimensions::new()).unwrap(),
        period: 60,
        statistic: Statistic::Sum,
        unit: None,
    }
}

fn query(id: &str, kind: QueryKind) -> MetricDataQuery {
    MetricDataQuery {
        id: id.to_owned(),
        kind,
        label: None,
        return_data: false,
    }
}

fn expression(id: &str, text: &str) -> MetricDataQuery {
    query(
        id,
        QueryKind::Expression {
            text: text.to_owned(),
            period: None,
        },
    )
}

/// A store and queries for series given as `("m1", "1 2 _")`.
fn metrics(series: &[(&str, &str)]) -> (MetricStore, Vec<MetricDataQuery>) {
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

fn evaluated(text: &str, series: &[(&str, &str)]) -> Result<Vec<String>, MetricError> {
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
fn one(text: &str, series: &[(&str, &str)]) -> String {
    let mut all = evaluated(text, series).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn refused(text: &str) -> String {
    evaluated(text, &[("m1", "1 2"), ("m2", "3 4")])
        .unwrap_err()
        .message
}

#[test]
fn a_value_that_one_side_lacks_counts_as_zero() {
    let series = [("m1", "30 20 0 0"), ("m2", "20 _ 20 _")];
    assert_eq!(one("m1 < m2", &series), "0 0 1 0");
    assert_eq!(one("m1 >= 30", &series), "1 0 0 0");
    assert_eq!(one("m1 > 15 AND m2 > 15", &series), "1 0 0 0");
    assert_eq!(one("m1 + m2", &series), "50 20 20 0");
    assert_eq!(one("m2 * 2", &series), "40 _ 40 _");
}

#[test]
fn a_division_by_zero_drops_the_point() {
    assert_eq!(
        one("m1 / m2", &[("m1", "1 2 3"), ("m2", "2 0 _")]),
        "0.5 _ _"
    );
    assert_eq!(
        one("100 * (m1 / (m1 + m2))", &[("m1", "1 0"), ("m2", "3 0")]),
        "25 _"
    );
}

#[test]
fn if_chooses_point_by_point_as_documented() {
    let condition = ("m1", "1 1 0 0 _");
    let if_both = [condition, ("m2", "30 _ 0 0 30"), ("m3", "0 0 20 _ 20")];
    assert_eq!(one("IF(m1, m2, m3)", &if_both), "30 0 20 0 _");
    assert_eq!(one("IF(m1, 5, m3)", &if_both), "5 5 20 _ _");
    assert_eq!(one("IF(m1, m2, 5)", &if_both), "30 0 5 5 _");
    assert_eq!(one("IF(m1, 5)", &if_both), "5 5 _ _ _");
    assert_eq!(one("IF(m1, 1, 0)", &[("m1", "-2 0 _")]), "1 0 _");
}

#[test]
fn if_with_a_scalar_chooses_a_whole_series() {
    let series = [("m1", "1 2"), ("m2", "3 _")];
    assert_eq!(one("IF(AVG(m1) > 1, m1, m2)", &series), "1 2");
    assert_eq!(one("IF(AVG(m1) > 5, m1, m2)", &series), "3 _");
    assert_eq!(one("IF(AVG(m1) > 5, m1)", &series), "_ _");
}

#[test]
fn fill_puts_values_where_there_are_none() {
    let series = [("m1", "_ 1 _ _ 4 _"), ("m2", "9 9 8 _ 9 7")];
    assert_eq!(one("FILL(m1, 0)", &series), "0 1 0 0 4 0");
    assert_eq!(one("FILL(m1, m2)", &series), "9 1 8 _ 4 7");
    assert_eq!(one("FILL(m1, REPEAT)", &series), "_ 1 1 1 4 4");
    assert_eq!(one("FILL(m1, LINEAR)", &series), "_ 1 2 3 4 _");
    assert_eq!(one("SUM(FILL(METRICS(), 1))", &series), "10 10 9 2 13 8");
}

#[test]
fn change_is_counted_from_the_value_before() {
    let series = [("m1", "1 _ 7 4")];
    assert_eq!(one("DIFF(m1)", &series), "_ _ 6 -3");
    assert_eq!(one("DIFF_TIME(m1)", &series), "_ _ 120 60");
    assert_eq!(one("RATE(m1)", &series), "_ _ 0.05 -0.05");
    assert_eq!(one("RUNNING_SUM(m1)", &series), "1 _ 8 12");
}

#[test]
fn statistics_of_an_array_are_taken_at_each_time() {
    let series = [("m1", "1 5 _"), ("m2", "3 _ _")];
    assert_eq!(one("AVG(METRICS())", &series), "2 2.5 _");
    assert_eq!(one("SUM([m1, m2])", &series), "4 5 _");
    assert_eq!(one("MIN([m1, m2])", &series), "1 5 _");
    assert_eq!(one("STDDEV([m1, m2])", &series), "1 0 _");
    assert_eq!(one("DATAPOINT_COUNT([m1, m2])", &series), "2 1 _");
    assert_eq!(
        one("TIME_SERIES(METRIC_COUNT(METRICS('m')))", &series),
        "2 2 2"
    );
    assert_eq!(one("m1 - AVG(m1)", &series), "-2 2 _");
    assert_eq!(one("m1 / MAX(m2)", &[("m1", "1 2"), ("m2", "_ _")]), "_ _");
}

#[test]
fn arrays_are_cut_sorted_and_cleared() {
    let series = [("m1", "1 5"), ("m2", "9 9"), ("m3", "_ _"), ("m4", "2 2")];
    let all = |text| evaluated(text, &series).unwrap();
    assert_eq!(
        all("SORT(METRICS(), AVG, DESC)"),
        ["9 9", "1 5", "2 2", "_ _"]
    );
    assert_eq!(all("SORT(METRICS(), MIN, ASC, 2)"), ["1 5", "2 2"]);
    assert_eq!(all("REMOVE_EMPTY(METRICS())").len(), 3);
    assert_eq!(all("SLICE(METRICS(), 1, 2)"), ["9 9"]);
    assert_eq!(all("SLICE(METRICS(), 3)"), ["2 2"]);
    assert_eq!(all("FIRST(METRICS()) + LAST(METRICS())"), ["3 7"]);
    assert_eq!(all("METRICS('4') * 10"), ["20 20"]);
}

#[test]
fn the_calendar_has_a_value_for_every_period() {
    let series = [("m1", "1 _")];
    for (name, expected) in [
        ("MINUTE", "0 1"),
        ("HOUR", "0 0"),
        ("DAY", "5 5"),
        ("DATE", "20 20"),
        ("MONTH", "11 11"),
        ("YEAR", "2026 2026"),
        ("EPOCH", "1795132800 1795132860"),
    ] {
        assert_eq!(one(&format!("{name}(m1)"), &series), expected, "{name}");
    }
}

#[test]
fn values_change_one_by_one() {
    let series = [("m1", "-1.5 0 100")];
    assert_eq!(one("ABS(m1)", &series), "1.5 0 100");
    assert_eq!(one("CEIL(m1)", &series), "-1 0 100");
    assert_eq!(one("FLOOR(m1)", &series), "-2 0 100");
    assert_eq!(one("LOG10(m1)", &series), "_ _ 2");
    assert_eq!(one("-m1 / PERIOD(m1)", &[("m1", "6")]), "-0.1");
}

#[test]
fn what_gives_no_time_series_is_refused() {
    let refusals = [
        ("AVG(m1)", "M0306"),
        ("m1 + nope", "M0303"),
        ("METRICS() + METRICS()", "M0305"),
        ("PERIOD(m1 + m2)", "M0305"),
        ("e1 + m1", "M0307"),
        ("nope + 1", "M0303"),
        ("SEARCH('x', 'Sum')", "M0304"),
        ("SELECT AVG(x) FROM y", "M0304"),
        ("SORT(m1, AVG, DESC)", "M0305"),
        ("m1 'x'", "M0201"),
    ];
    for (text, code) in refusals {
        let message = refused(text);
        assert!(
            message.starts_with(&format!("Error in expression 'e1': [{code}]")),
            "{text}: {message}"
        );
    }
    let (store, _) = metrics(&[]);
    let queries = vec![MetricDataQuery {
        return_data: true,
        ..expression("e1", "TIME_SERIES(1)")
    }];
    let request = MetricDataRequest {
        queries,
        start: START,
        end: START.plus(1),
        descending: false,
    };
    assert!(
        get_metric_data(&store, &request, START)
            .unwrap_err()
            .message
            .contains("M0308")
    );
}

#[test]
fn expressions_use_expressions_and_the_longest_period() {
    let (store, mut queries) = metrics(&[("m1", "1 2 3 4 5 6"), ("m2", "1 1 1 1 1 1")]);
    if let QueryKind::Metric(stat) = &mut queries[1].kind {
        stat.period = 180;
    }
    queries.push(expression("e1", "m1 * 10"));
    queries.push(MetricDataQuery {
        return_data: true,
        ..expression("e2", "e1 + m2")
    });
    let end = START.plus(6 * MINUTE);
    let request = MetricDataRequest {
        queries,
        start: START,
        end,
        descending: true,
    };
    let results = get_metric_data(&store, &request, START).unwrap();
    assert_eq!(results[0].label, "e2");
    assert_eq!(
        results[0].points,
        [(START.plus(3 * MINUTE), 153.0), (START, 63.0)]
    );
}

#[test]
fn an_alarm_evaluates_over_its_own_grid() {
    let (store, mut queries) = metrics(&[("m1", "1 2 3 4"), ("m2", "1 _ 1 _")]);
    queries.push(MetricDataQuery {
        return_data: true,
        ..expression("e1", "m1 + m2")
    });
    let grid = Grid {
        start: START.plus(MINUTE),
        period: 120,
        count: 2,
    };
    let found = evaluate_on_grid(&store, &queries, grid).unwrap();
    assert_eq!(
        printed(&found.iter().map(|p| p.map(|p| p.value)).collect::<Vec<_>>()),
        "6 4"
    );
    queries[0].return_data = true;
    assert!(evaluate_on_grid(&store, &queries, grid).is_err());
}

#[test]
fn labels_name_what_differs() {
    let (store, queries) = metrics(&[("m1", "1 2")]);
    let labels = |changes: &[(&str, i64)]| {
        let queries = changes.iter().enumerate().map(|(n, (statistic, period))| {
            let stat = MetricStat {
                statistic: Statistic::parse(statistic).unwrap(),
                period: *period,
                ..metric("m1")
            };
            MetricDataQuery {
                return_data: true,
                ..query(&format!("q{n}"), QueryKind::Metric(stat))
            }
        });
        let request = MetricDataRequest {
            queries: queries.collect(),
            start: START,
            end: START.plus(MINUTE),
            descending: true,
        };
        let results = get_metric_data(&store, &request, START).unwrap();
        results.into_iter().map(|r| r.label).collect::<Vec<_>>()
    };
    assert_eq!(queries.len(), 1);
    assert_eq!(labels(&[("Sum", 60)]), ["m1"]);
    assert_eq!(
        labels(&[("Sum", 60), ("Average", 60)]),
        ["m1 Sum", "m1 Average"]
    );
    assert_eq!(labels(&[("Sum", 60), ("Sum", 300)]), ["m1 60", "m1 300"]);
    assert_eq!(
        labels(&[("Sum", 60), ("p99", 300)]),
        ["m1 Sum 60", "m1 p99 300"]
    );
}

#[test]
fn several_units_are_told_in_a_message() {
    let mut store = MetricStore::default();
    for unit in [Unit::Seconds, Unit::Milliseconds] {
        let values = DatumValues::Distribution(vec![(1.0, 1.0)]);
        let datum = MetricDatum {
            id: metric("m1").id,
            values,
            unit,
            timestamp: START,
            high_resolution: false,
        };
        store.put(&datum, START).unwrap();
    }
    let queries = vec![MetricDataQuery {
        return_data: true,
        ..query("m1", QueryKind::Metric(metric("m1")))
    }];
    let request = MetricDataRequest {
        queries,
        start: START,
        end: START.plus(MINUTE),
        descending: true,
    };
    let results = get_metric_data(&store, &request, START).unwrap();
    let message = (
        "MultipleUnits".to_owned(),
        "Multiple units returned: '[Milliseconds, Seconds]'".to_owned(),
    );
    assert_eq!(results[0].messages, [message]);
}

#[test]
fn a_request_that_aws_refuses_is_refused() {
    let store = MetricStore::default();
    let message = |queries: Vec<MetricDataQuery>, end: Millis| {
        let request = MetricDataRequest {
            queries,
            start: START,
            end,
            descending: true,
        };
        get_metric_data(&store, &request, START)
            .unwrap_err()
            .message
    };
    let later = START.plus(MINUTE);
    let q = |id: &str| query(id, QueryKind::Metric(metric("m1")));
    assert_eq!(
        message(vec![q("a")], START),
        "The parameter StartTime must be less than the parameter EndTime."
    );
    assert!(message(vec![q("A")], later).contains("lower-case"));
    assert!(message(vec![q("a"), q("a")], later).contains("not unique"));
    let period = MetricStat {
        period: 90,
        ..metric("m1")
    };
    assert!(message(vec![query("a", QueryKind::Metric(period))], later).contains("multiple of 60"));
    let label = MetricDataQuery {
        label: Some("x ${LAST}".to_owned()),
        ..q("a")
    };
    assert!(message(vec![label], later).contains("${LAST}"));
    assert_eq!(
        message((0..501).map(|n| q(&format!("a{n}"))).collect(), later),
        "The collection MetricDataQueries must not have a size greater than 500."
    );
}
