//! The examples that "Metric math syntax and functions" of the user guide prints, each with its answer over two series.

use super::fixture::*;

const SERIES: [(&str, &str); 2] = [("m1", "4 _ 9"), ("m2", "-2 6 _")];

/// An example and its series, in order.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("5 * m1", &["20 _ 45"]),
    ("m1 - m2", &["6 -6 9"]),
    (
        "SUM(100/[m1, m2])",
        &["-25 16.666666666666668 11.11111111111111"],
    ),
    ("METRICS()*100", &["400 _ 900", "-200 600 _"]),
    ("-5*m1", &["-20 _ -45"]),
    ("-m1", &["-4 _ -9"]),
    ("SUM(-[m1, m2])", &["-2 -6 -9"]),
    ("ABS(m1-m2)", &["6 6 9"]),
    ("MIN(ABS([m1, m2]))", &["2 6 9"]),
    ("ABS(METRICS())", &["4 _ 9", "2 6 _"]),
    ("SUM([m1,m2])/AVG(m2)", &["1 3 4.5"]),
    ("AVG(METRICS())", &["1 3 4.5"]),
    ("SUM(CEIL(METRICS()))", &["2 6 9"]),
    ("DATAPOINT_COUNT(METRICS())", &["2 1 1"]),
    ("DIFF(m1)", &["_ _ 5"]),
    ("DIFF_TIME(METRICS())", &["_ _ 120", "_ 60 _"]),
    (
        "RATE(METRICS())",
        &["_ _ 0.041666666666666664", "_ 0.13333333333333333 _"],
    ),
    ("FILL(m1,10)", &["4 10 9"]),
    ("FILL(METRICS(), 0)", &["4 0 9", "-2 6 0"]),
    ("FILL(METRICS(), m1)", &["4 _ 9", "-2 6 9"]),
    ("FILL(m1, MIN(m1))", &["4 4 9"]),
    ("FILL(m1, REPEAT)", &["4 4 9"]),
    ("FILL(METRICS(), LINEAR)", &["4 6.5 9", "-2 6 _"]),
    (
        "IF(FIRST(SORT(METRICS(), AVG, DESC))>100, 1, 0)",
        &["0 _ 0"],
    ),
    ("MAX(m1)/m1", &["2.25 _ 1"]),
    ("MAX(METRICS())", &["4 6 9"]),
    ("m1/METRIC_COUNT(METRICS())", &["2 _ 4.5"]),
    ("m1-MIN(m1)", &["0 _ 5"]),
    ("MIN(METRICS())", &["-2 6 9"]),
    ("IF(DAY(m1)<6,m1)", &["4 0 9"]),
    ("IF(MONTH(m1) == 4,m1)", &["_ _ _"]),
    ("m1/PERIOD(m1)", &["0.06666666666666667 _ 0.15"]),
    ("REMOVE_EMPTY(METRICS())", &["4 _ 9", "-2 6 _"]),
    ("RUNNING_SUM([m1,m2])", &["4 _ 13", "-2 4 _"]),
    (
        "SLICE(SORT(METRICS(), SUM, DESC), 0, 10)",
        &["4 _ 9", "-2 6 _"],
    ),
    ("SLICE(SORT(METRICS(), AVG, ASC), 1)", &["4 _ 9"]),
    ("SORT(METRICS(), AVG, DESC, 10)", &["4 _ 9", "-2 6 _"]),
    ("SORT(METRICS(), MAX, ASC)", &["-2 6 _", "4 _ 9"]),
    ("m1/STDDEV(m1)", &["1.6 _ 3.6"]),
    ("STDDEV(METRICS())", &["3 0 0"]),
    (
        "SUM(METRICS())/SUM(m1)",
        &["0.15384615384615385 0.46153846153846156 0.6923076923076923"],
    ),
    ("TIME_SERIES(MAX(m1))", &["9 9 9"]),
    ("TIME_SERIES(5*AVG(m1))", &["32.5 32.5 32.5"]),
    ("TIME_SERIES(10)+0*m1", &["10 10 10"]),
    ("IF(m1<5, m1)", &["4 _ _"]),
    ("IF(m1<5, 10, 2)", &["10 _ 2"]),
    ("IF(m1>m2, 1, 0)", &["1 0 1"]),
];

#[test]
fn every_example_of_the_guide_has_its_answer() {
    for (text, expected) in EXAMPLES {
        assert_eq!(evaluated(text, &SERIES).unwrap(), *expected, "{text}");
    }
}

#[test]
fn metrics_are_taken_by_what_their_ids_hold() {
    let series = [
        ("errors_a", "1 2"),
        ("errors_b", "1 _"),
        ("requests", "10 20"),
    ];
    let share = r#"SUM(METRICS("errors"))/SUM(METRICS("requests"))*100"#;
    assert_eq!(one(share, &series), "20 10");
    let series = [("m4xx", "1 2"), ("m5xx", "1 _"), ("other", "10 20")];
    assert_eq!(
        one(r#"SUM([METRICS("4xx"), METRICS("5xx")])"#, &series),
        "2 2"
    );
}

#[test]
fn a_scalar_beside_a_series_in_if_is_refused_whatever_the_data() {
    for text in [
        "IF(AVG(m1) > 0, m1, 0)",
        "IF(AVG(m1) < 0, m1, 0)",
        "IF(AVG(m1) < 0, 0, m1)",
    ] {
        assert!(refused(text).contains("M0305"), "{text}");
    }
}
