//! Requests.

use super::super::*;
use super::fixture::*;
use crate::base::Millis;

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
        label_offset: 0,
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
            label_offset: 0,
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
        label_offset: 0,
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
            label_offset: 0,
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
        label: Some("x ${LATEST}".to_owned()),
        ..q("a")
    };
    assert!(message(vec![label], later).contains("${LATEST}"));
    assert_eq!(
        message((0..501).map(|n| q(&format!("a{n}"))).collect(), later),
        "The collection MetricDataQueries must not have a size greater than 500."
    );
}

#[test]
fn a_fine_period_is_forgotten_at_its_age_and_a_wide_one_is_not() {
    let (store, _) = metrics(&[("m1", "1 2 3 4 5")]);
    let sums = |period, age_in_days: i64| {
        let stat = MetricStat {
            period,
            ..metric("m1")
        };
        let queries = vec![MetricDataQuery {
            return_data: true,
            ..query("m1", QueryKind::Metric(stat))
        }];
        let request = MetricDataRequest {
            queries,
            start: START,
            end: START.plus(5 * MINUTE),
            descending: false,
            label_offset: 0,
        };
        let now = START.plus(age_in_days * 86_400_000);
        let results = get_metric_data(&store, &request, now).unwrap();
        results[0]
            .points
            .iter()
            .map(|(_, value)| *value)
            .collect::<Vec<_>>()
    };
    assert_eq!(sums(60, 14), [1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(sums(60, 16), [] as [f64; 0]);
    assert_eq!(sums(300, 16), [15.0]);
}

#[test]
fn a_part_of_ids_takes_the_period_of_those_metrics_alone() {
    let (store, mut queries) = metrics(&[("a1", "1 2 3 4 5"), ("b1", "1 1 1 1 1")]);
    if let QueryKind::Metric(stat) = &mut queries[1].kind {
        stat.period = 300;
    }
    let points = |text: &str| {
        let mut queries = queries.clone();
        queries.push(MetricDataQuery {
            return_data: true,
            ..expression("e1", text)
        });
        let request = MetricDataRequest {
            queries,
            start: START,
            end: START.plus(5 * MINUTE),
            descending: false,
            label_offset: 0,
        };
        get_metric_data(&store, &request, START).unwrap()[0]
            .points
            .len()
    };
    assert_eq!(points("SUM(METRICS('a'))"), 5);
    assert_eq!(points("SUM(METRICS())"), 1);
}

#[test]
fn a_search_that_finds_more_than_it_answers_with_says_so() {
    let mut store = MetricStore::default();
    for n in 0..501 {
        let datum = MetricDatum {
            id: metric(&format!("m{n}")).id,
            values: DatumValues::Distribution(vec![(1.0, 1.0)]),
            unit: Unit::None,
            timestamp: START,
            high_resolution: false,
        };
        store.put(&datum, START).unwrap();
    }
    let found = |text: &str| {
        let request = MetricDataRequest {
            queries: vec![MetricDataQuery {
                return_data: true,
                ..expression("e1", text)
            }],
            start: START,
            end: START.plus(MINUTE),
            descending: false,
            label_offset: 0,
        };
        let results = get_metric_data(&store, &request, START).unwrap();
        (results.len(), results.iter().all(|r| r.is_complete))
    };
    assert_eq!(found("SEARCH('Namespace=Test', 'Sum', 60)"), (500, false));
    assert_eq!(found("SUM(SEARCH('Test', 'Sum', 60))"), (1, false));
    assert_eq!(found("SEARCH('Test NOT \"m7\"', 'Sum', 60)"), (500, true));
}

#[test]
fn a_comparison_that_a_search_does_not_have_is_refused() {
    for text in ["MetricName!=\"Errors\"", "Proj>=5", "Proj~=a"] {
        let search = format!("SEARCH('{text}', 'Sum', 60)");
        assert!(refused(&search).contains("M0309"), "{text}");
    }
}
