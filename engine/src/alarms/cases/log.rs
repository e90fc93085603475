//! The cases of log alarms: the runs of their queries are given.

use super::{Case, date, expect};
use crate::alarms::{
    Aggregation, AlarmStore, ComparisonOperator, EvaluationState, LogAlarm, Schedule,
    ScheduledQuery, StateValue, TreatMissingData,
};
use crate::base::Millis;
use crate::insights::{QueryResults, ResultRow, Statistics};
use crate::metrics::MetricStore;

/// Runs of `None` aggregate nothing with a function that is missing then.
pub(super) fn run(case: &Case) -> Result<(), String> {
    let mut store = AlarmStore::default();
    let newest = newest(case);
    let runs = runs(case);
    let count = i64::try_from(runs.len()).unwrap();
    let first = newest.plus(-(count - 1) * 300_000);
    let mut alarm = alarm(case);
    if runs.iter().any(Result::is_err) {
        alarm.query_results_to_evaluate = runs.len();
    }
    store.put_log(alarm, first.plus(-1)).unwrap();
    for (number, run) in (0..).zip(runs) {
        let now = first.plus(number * 300_000);
        if number == count - 1 {
            let prior = StateValue::parse(case.prior_state.as_deref().unwrap()).unwrap();
            store.set_state("alarm", prior, "", None, now).unwrap();
        }
        let due = store.due_runs(now);
        store.take_run(&due[0], "run".to_owned(), run);
        store.evaluate(&MetricStore::default(), now);
    }
    let stored = &store.log_alarms()["alarm"];
    let state = stored.state.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())?;
    if let Some(reason) = &case.expected_reason {
        expect("reason", Some(&stored.state.reason), Some(reason))?;
    }
    let evaluation = stored.evaluation.map(EvaluationState::as_str);
    expect(
        "evaluation state",
        evaluation,
        case.evaluation_state.as_deref(),
    )
}

pub(super) fn update(case: &Case) -> Result<(), String> {
    let mut store = AlarmStore::default();
    let mut alarm = alarm(case);
    store.put_log(alarm.clone(), Millis(0)).unwrap();
    let prior = StateValue::parse(case.prior_state.as_deref().unwrap()).unwrap();
    store
        .set_state("alarm", prior, "", None, Millis(0))
        .unwrap();
    match case.config["change"].as_str() {
        Some("QueryString") => alarm.query.query_string.push_str(" | limit 5"),
        other => return Err(format!("unknown change {other:?}")),
    }
    store.put_log(alarm, Millis(1)).unwrap();
    let state = store.log_alarms()["alarm"].state.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())
}

/// The time of the newest run: the first date of the expected reason, else any.
fn newest(case: &Case) -> Millis {
    let reason = case.expected_reason.as_deref();
    let text = reason.and_then(|reason| reason.split_once(" (")?.1.get(..17));
    text.map_or(Millis(1_770_285_600_000), |text| {
        date(&format!("{text} +0000"), "%d/%m/%y %H:%M:%S %z")
    })
}

fn runs(case: &Case) -> Vec<Result<QueryResults, String>> {
    if let Some(given) = case.config["query_results"].as_array() {
        let failed = given.iter().map(|status| Err(status.to_string()));
        return failed.collect();
    }
    let answer = |value: &Option<f64>| {
        Ok(QueryResults {
            columns: vec!["x".to_owned()],
            rows: value
                .iter()
                .map(|value| ResultRow {
                    cells: vec![Some(value.to_string())],
                    position: None,
                })
                .collect(),
            statistics: Statistics::default(),
            notes: Vec::new(),
        })
    };
    case.datapoints.iter().map(answer).collect()
}

fn alarm(case: &Case) -> LogAlarm {
    let config = &case.config;
    let count = |name: &str| usize::try_from(config[name].as_u64().unwrap_or(1)).unwrap();
    let operator = config["ComparisonOperator"].as_str();
    LogAlarm {
        name: "alarm".to_owned(),
        description: None,
        actions_enabled: true,
        ok_actions: Vec::new(),
        alarm_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        query: ScheduledQuery {
            query_string: "fields x".to_owned(),
            log_groups: vec!["group".to_owned()],
            role_arn: "arn:aws:iam::000000000000:role/query".to_owned(),
            schedule: Schedule::read("rate(5 minutes)", 300, None).unwrap(),
            aggregation: Aggregation::parse("avg(x)").unwrap(),
            tags: Default::default(),
        },
        query_results_to_evaluate: count("QueryResultsToEvaluate"),
        query_results_to_alarm: count("QueryResultsToAlarm"),
        threshold: config["Threshold"].as_f64().unwrap_or_default(),
        comparison_operator: ComparisonOperator::parse(operator.unwrap_or("GreaterThanThreshold"))
            .unwrap(),
        treat_missing_data: config["TreatMissingData"]
            .as_str()
            .map(|t| TreatMissingData::parse(t).unwrap()),
        warm_up: None,
        tags_propagation: None,
    }
}
