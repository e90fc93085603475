//! Expressions.

use proptest::prelude::*;

use super::super::*;
use super::fixture::*;
use crate::metrics::math::Expression;

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
        label_offset: 0,
    };
    assert!(
        get_metric_data(&store, &request, START)
            .unwrap_err()
            .message
            .contains("M0308")
    );
}

#[test]
fn a_long_expression_is_worked_out() {
    let text = format!("m1{}", "+m1".repeat(600));
    assert_eq!(one(&text, &[("m1", "1")]), "601");
}

/// Texts made of metric math's own pieces.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "m1",
        "m2",
        "1",
        "0.5",
        "+",
        "-",
        "*",
        "/",
        "^",
        "<",
        "==",
        " AND ",
        "(",
        ")",
        "[",
        "]",
        ",",
        "IF(",
        "FILL(",
        "RATE(",
        "SUM(",
        "METRICS()",
        "SORT(",
        "AVG",
        "DESC",
        "REPEAT",
        "'x'",
        "\"",
        "é",
        "=",
        " ",
        "SLICE(",
        "TIME_SERIES(",
        "PERIOD(",
        "DAY(",
    ]);
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_answered_or_refused_in_a_place(text in pieces()) {
        if let Err(diagnostics) = Expression::parse(&text) {
            for diagnostic in diagnostics {
                let span = diagnostic.primary.span;
                prop_assert!(text.get(span.start..span.end).is_some(), "{span:?}");
            }
        }
        let _ = evaluated(&text, &[("m1", "1 _ 0"), ("m2", "_ 2 0")]);
    }
}
