//! Log alarms through the store, runs handed in by the test.

use crate::alarms::{
    AlarmStore, ComparisonOperator, EvaluationState, LogAlarm, StateChange, StateValue,
    TreatMissingData,
};
use crate::base::Millis;
use crate::insights::{QueryResults, ResultRow, Statistics};
use crate::metrics::MetricStore;

use super::{Aggregation, Schedule, ScheduledQuery};

const START: Millis = Millis(1_770_285_600_000);

fn alarm(aggregation: &str, n: usize, m: usize) -> LogAlarm {
    LogAlarm {
        name: "slow".to_owned(),
        description: None,
        actions_enabled: true,
        ok_actions: Vec::new(),
        alarm_actions: vec!["arn:aws:sns:us-east-1:000000000000:alerts".to_owned()],
        insufficient_data_actions: Vec::new(),
        query: ScheduledQuery {
            query_string: "filter level = 'ERROR'".to_owned(),
            log_groups: vec!["app".to_owned()],
            role_arn: "arn:aws:iam::000000000000:role/query".to_owned(),
            schedule: Schedule::read("rate(5 minutes)", 300, None).unwrap(),
            aggregation: Aggregation::parse(aggregation).unwrap(),
            tags: Default::default(),
        },
        query_results_to_evaluate: n,
        query_results_to_alarm: m,
        threshold: 10.0,
        comparison_operator: ComparisonOperator::GreaterThanThreshold,
        treat_missing_data: None,
        warm_up: None,
        tags_propagation: None,
    }
}

fn results(columns: &[&str], rows: &[&[&str]]) -> QueryResults {
    let row = |cells: &&[&str]| ResultRow {
        cells: cells.iter().map(|c| Some((*c).to_owned())).collect(),
        position: None,
    };
    QueryResults {
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        rows: rows.iter().map(row).collect(),
        statistics: Statistics::default(),
        notes: Vec::new(),
    }
}

/// Runs what is due `minutes` after the start.
fn run(
    store: &mut AlarmStore,
    minutes: i64,
    answer: Result<QueryResults, String>,
) -> Vec<StateChange> {
    let now = START.plus(minutes * 60_000);
    let due = store.due_runs(now);
    assert_eq!(due.len(), 1, "one run is due at {minutes}");
    store.take_run(&due[0], format!("run-{minutes}"), answer);
    store.evaluate(&MetricStore::default(), now)
}

fn value(number: &str) -> Result<QueryResults, String> {
    Ok(results(&["x"], &[&[number]]))
}

fn groups(rows: &[&[&str]]) -> Result<QueryResults, String> {
    Ok(results(&["host", "x"], rows))
}

fn lines(changes: &[StateChange]) -> Vec<String> {
    let line = |c: &StateChange| {
        let who = c
            .contributor()
            .map_or("", |c| c.attributes["host"].as_str());
        format!("{who} {} {}", c.new.value.as_str(), c.new.reason)
    };
    changes.iter().map(line).collect()
}

#[test]
fn m_of_the_n_newest_runs_make_an_alarm() {
    let mut store = AlarmStore::default();
    store.put_log(alarm("avg(x)", 3, 2), START).unwrap();
    assert_eq!(store.due_runs(START.plus(299_999)), []);
    assert_eq!(
        lines(&run(&mut store, 5, value("5"))),
        [
            " OK Threshold Crossed: 1 out of the last 1 query results [5.0 (05/02/26 10:05:00)] was not greater \
             than the threshold (10.0) (minimum 2 datapoints for ALARM -> OK transition)."
        ]
    );
    assert!(run(&mut store, 10, value("11")).is_empty());
    let changes = run(&mut store, 15, value("12.5"));
    assert_eq!(
        lines(&changes),
        [
            " ALARM Threshold Crossed: 2 out of the last 3 query results [12.5 (05/02/26 10:15:00), 11.0 (05/02/26 \
             10:10:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM \
             transition)."
        ]
    );
    let data = changes[0].new.reason_data.as_deref().unwrap();
    assert!(data.contains(r#"{"queryResultId":"run-15","status":"Complete","timestamp":"2026-02-05T10:15:00.000+0000","value":12.5}"#), "{data}");
}

#[test]
fn counting_nothing_gives_zero_and_everything_else_is_missing() {
    let state = |aggregation: &str, treatment| {
        let mut store = AlarmStore::default();
        let alarm = LogAlarm {
            treat_missing_data: Some(treatment),
            ..alarm(aggregation, 1, 1)
        };
        store.put_log(alarm, START).unwrap();
        run(&mut store, 5, Ok(results(&[], &[])));
        store.log_alarms()["slow"].state.value
    };
    let (breaching, missing) = (TreatMissingData::Breaching, TreatMissingData::Missing);
    assert_eq!(state("count(*)", breaching), StateValue::Ok);
    assert_eq!(state("avg(x)", breaching), StateValue::Alarm);
    assert_eq!(state("avg(x)", missing), StateValue::InsufficientData);
}

#[test]
fn every_group_has_its_own_state() {
    let mut store = AlarmStore::default();
    store.put_log(alarm("avg(x) by host", 2, 2), START).unwrap();
    let both: &[&[&str]] = &[&["a", "20"], &["b", "1"]];
    assert_eq!(
        lines(&run(&mut store, 5, groups(both))),
        [" OK 0 out of 2 time series evaluated to ALARM"]
    );
    let changes = run(&mut store, 10, groups(both));
    assert_eq!(
        lines(&changes),
        [
            "a ALARM Threshold Crossed: 2 out of the last 2 query results [20.0 (05/02/26 10:10:00), 20.0 (05/02/26 \
             10:05:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition).",
            " ALARM 1 out of 2 time series evaluated to ALARM"
        ]
    );
    // The topic is told by the contributor alone.
    let told: Vec<_> = changes.iter().map(|c| c.actions().len()).collect();
    assert_eq!(told, [1, 0]);
    let changes = run(&mut store, 15, groups(&[&["b", "1"]]));
    assert_eq!(
        lines(&changes),
        [
            "a OK No data was returned for this contributor",
            " OK 0 out of 1 time series evaluated to ALARM"
        ]
    );
    assert_eq!(
        lines(&run(&mut store, 20, groups(&[]))),
        [" INSUFFICIENT_DATA Insufficient Data: 2 query results were unknown."]
    );
}

#[test]
fn failed_runs_leave_the_alarm_without_a_state() {
    let mut store = AlarmStore::default();
    store.put_log(alarm("sum(x)", 2, 1), START).unwrap();
    run(&mut store, 5, value("50"));
    let changes = run(&mut store, 10, Err("no such log group".to_owned()));
    assert_eq!(
        lines(&changes),
        [
            " INSUFFICIENT_DATA Insufficient Data: 1 out of the last 2 query results failed: no such log group"
        ]
    );
    let evaluation = |store: &AlarmStore| store.log_alarms()["slow"].evaluation;
    assert_eq!(evaluation(&store), Some(EvaluationState::EvaluationFailure));
    run(&mut store, 15, Err("no such log group".to_owned()));
    assert_eq!(evaluation(&store), Some(EvaluationState::EvaluationError));
    run(&mut store, 20, value("50"));
    run(&mut store, 25, value("50"));
    assert_eq!(evaluation(&store), None);
    assert_eq!(store.log_alarms()["slow"].state.value, StateValue::Alarm);
}

#[test]
fn only_another_query_begins_anew() {
    let mut store = AlarmStore::default();
    store.put_log(alarm("sum(x)", 1, 1), START).unwrap();
    run(&mut store, 5, value("50"));
    let mut changed = alarm("sum(x)", 1, 1);
    changed.threshold = 100.0;
    let now = START.plus(360_000);
    assert!(store.put_log(changed.clone(), now).unwrap().is_empty());
    assert_eq!(store.log_alarms()["slow"].state.value, StateValue::Alarm);
    changed.query.query_string = "filter level = 'WARN'".to_owned();
    let changes = store.put_log(changed, now).unwrap();
    assert_eq!(changes[0].new.value, StateValue::InsufficientData);
    assert!(store.log_alarms()["slow"].runs.is_empty());
}

#[test]
fn what_put_log_alarm_refuses_names_the_member() {
    type Spoil = fn(&mut LogAlarm);
    let table: [(Spoil, &str); 8] = [
        (|a| a.query_results_to_alarm = 2, "QueryResultsToAlarm"),
        (
            |a| a.query_results_to_evaluate = 101,
            "QueryResultsToEvaluate",
        ),
        (|a| a.query.log_groups.clear(), "LogGroupIdentifiers"),
        (
            |a| a.query.query_string = "filtr x".to_owned(),
            "Invalid QueryString",
        ),
        (
            |a| a.query.query_string = "SOURCE 'app' | limit 5".to_owned(),
            "SOURCE",
        ),
        (|a| a.threshold = f64::INFINITY, "Threshold"),
        (
            |a| a.comparison_operator = ComparisonOperator::LessThanLowerThreshold,
            "ComparisonOperator",
        ),
        (
            |a| a.ok_actions = vec!["arn:aws:automate:us-east-1:ec2:stop".to_owned()],
            "not supported for log alarms",
        ),
    ];
    for (spoil, text) in table {
        let mut alarm = alarm("count(*)", 1, 1);
        spoil(&mut alarm);
        let refused = AlarmStore::default().put_log(alarm, START).unwrap_err();
        assert!(refused.message.contains(text), "{}", refused.message);
    }
}
