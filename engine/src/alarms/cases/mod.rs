//! Runs the alarm cases of AWS's documentation and of recordings (`tests/cases/alarms`).

mod log;
mod series;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::base::Millis;
use crate::metrics::{
    Datapoint, DatumValues, MetricDatum, MetricId, MetricStat, MetricStore, Statistic, Unit,
};

use super::*;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    kind: String,
    config: Value,
    datapoints: Vec<Option<f64>>,
    prior_state: Option<String>,
    expected_state: Option<String>,
    expected_reason: Option<String>,
    sample_counts: Option<Vec<f64>>,
    expected_bucket_starts: Option<Vec<String>>,
    query_date: Option<String>,
    start_date: Option<String>,
    expected_actions: Option<Value>,
    evaluation_state: Option<String>,
}

#[test]
fn every_case_passes_or_is_listed_with_a_reason() {
    let cases: Cases =
        serde_json::from_str(include_str!("../../../tests/cases/alarms/aws.json")).unwrap();
    let gaps: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../tests/cases/alarms/known-gaps.json")).unwrap();
    let mut wrong = Vec::new();
    let mut failing = 0;
    for case in &cases.cases {
        let outcome = run(case);
        failing += usize::from(outcome.is_err());
        match (outcome, gaps.contains_key(&case.name)) {
            (Ok(()), false) | (Err(_), true) => {}
            (Ok(()), true) => wrong.push(format!("{}: passes but is listed as a gap", case.name)),
            (Err(why), false) => wrong.push(format!("{}: {why}", case.name)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(failing, gaps.len(), "a gap is listed that is no case");
}

fn run(case: &Case) -> Result<(), String> {
    match case.kind.as_str() {
        "metric" => metric(case),
        "schedule" => schedule(case),
        "update" => update(case),
        "composite" => composite(case),
        "suppression" => suppression(case),
        "warmup" => warm_up(case),
        "creation" if case.config.get("EvaluationInterval").is_none() => creation(case),
        "creation" => {
            let state = PromQlAlarm::default().state().as_str();
            expect("state", Some(state), case.expected_state.as_deref())
        }
        "log" => log::run(case),
        "log-update" => log::update(case),
        "contributor" => series::contributor(case),
        "metrics-insights" => series::many(case),
        "promql" => series::promql(case),
        kind => Err(format!("alarms of kind {kind} are refused")),
    }
}

fn metric(case: &Case) -> Result<(), String> {
    let alarm = alarm(&case.config);
    let points = points(case, &alarm);
    let evaluation = evaluate(&Rule::of(&alarm), &points);
    let state = evaluation.state.map(StateValue::as_str);
    let state = state.or(case.prior_state.as_deref());
    expect("state", state, case.expected_state.as_deref())?;
    let Some(expected) = &case.expected_reason else {
        return Ok(());
    };
    let text = reason(&evaluation, Wording::Metric).ok_or("the state is kept")?;
    let text = match expected.contains("DD/MM/YY") {
        true => text.replace("01/01/26 00:00:00", "DD/MM/YY HH:MM:SS"),
        false => text,
    };
    expect("reason", Some(text.as_str()), Some(expected))?;
    let (Some(query), Some(start)) = (&case.query_date, &case.start_date) else {
        return Ok(());
    };
    let data = reason_data(&alarm, &evaluation, date(query, "%Y-%m-%dT%H:%M:%S%.f%z"));
    let data: Value = serde_json::from_str(&data).map_err(|e| e.to_string())?;
    expect("queryDate", data["queryDate"].as_str(), Some(query))?;
    expect("startDate", data["startDate"].as_str(), Some(start))
}

fn schedule(case: &Case) -> Result<(), String> {
    let at = |name: &str| {
        let clock = case.config[name].as_str().unwrap();
        date(
            &format!("01/06/26 {clock}:00 +0000"),
            "%d/%m/%y %H:%M:%S %z",
        )
    };
    let Some(expected) = &case.expected_bucket_starts else {
        // The data of a multi-day alarm end at the top of the hour: it sees the job as it was then.
        let alarm = alarm(&serde_json::json!({ "Period": 86_400, "EvaluationPeriods": 2 }));
        let seen = evaluation_slot(&alarm, at("evaluated_at"));
        let failed = at("job_failed_at") < seen && seen < at("job_fixed_at");
        let state = if failed { "ALARM" } else { "OK" };
        return expect("state", Some(state), case.expected_state.as_deref());
    };
    let grid = evaluation_grid(&alarm(&case.config), at("evaluated_at"), 0);
    let starts: Vec<_> = (0..)
        .take(grid.count)
        .map(|i| grid.start.plus(i * grid.period * 1000).strftime("%H:%M"))
        .collect();
    let (starts, expected) = (starts.join(" "), expected.join(" "));
    expect("buckets", Some(starts.as_str()), Some(&expected))
}

fn creation(case: &Case) -> Result<(), String> {
    let mut store = AlarmStore::default();
    store
        .put(alarm(&case.config), Millis(0))
        .map_err(|e| e.to_string())?;
    let state = store.alarms()["alarm"].state.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())
}

fn update(case: &Case) -> Result<(), String> {
    let mut store = AlarmStore::default();
    store
        .put(alarm(&case.config), Millis(0))
        .map_err(|e| e.to_string())?;
    let prior = StateValue::parse(case.prior_state.as_deref().unwrap()).unwrap();
    store
        .set_state("alarm", prior, "before", None, Millis(1))
        .map_err(|e| e.to_string())?;
    let mut changed = alarm(&case.config);
    changed.threshold = Threshold::Value(99.0);
    store.put(changed, Millis(2)).map_err(|e| e.to_string())?;
    let state = store.alarms()["alarm"].state.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())
}

/// One datapoint a minute from the first one on, evaluated at each minute.
fn warm_up(case: &Case) -> Result<(), String> {
    let at = |name: &str| {
        let clock = case.config[name].as_str().unwrap();
        date(
            &format!("01/06/26 {clock}:00 +0000"),
            "%d/%m/%y %H:%M:%S %z",
        )
    };
    let mut store = AlarmStore::default();
    let alarm = alarm(&case.config);
    let id = alarm.metric.stats()[0].id.clone();
    store.put(alarm, at("created")).unwrap();
    let mut metrics = MetricStore::default();
    let mut now = at("created");
    while now <= at("evaluated_at") {
        store.evaluate(&metrics, now);
        if now >= at("first_data") {
            let datum = MetricDatum {
                id: id.clone(),
                values: DatumValues::Distribution(vec![(0.0, 1.0)]),
                unit: Unit::None,
                timestamp: now,
                high_resolution: false,
            };
            metrics.put(&datum, now).unwrap();
        }
        now = now.plus(60_000);
    }
    let stored = &store.alarms()["alarm"];
    let warm = stored.in_warm_up.then_some("IN_WARM_UP");
    expect("evaluation state", warm, case.evaluation_state.as_deref())?;
    let state = stored.state.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())
}

/// A store with an alarm in each state that `states` gives.
fn store_of<'a>(states: impl IntoIterator<Item = (&'a str, &'a str)>) -> AlarmStore {
    let mut store = AlarmStore::default();
    for (name, value) in states {
        let mut child = alarm(&serde_json::json!({}));
        name.clone_into(&mut child.name);
        store.put(child, Millis(0)).unwrap();
        let value = StateValue::parse(value).unwrap();
        store.set_state(name, value, "", None, Millis(0)).unwrap();
    }
    store
}

fn composite(case: &Case) -> Result<(), String> {
    let children = case.config["children"].as_object().unwrap();
    let children = children
        .iter()
        .map(|(n, s)| (n.as_str(), s.as_str().unwrap()));
    let mut store = store_of(children);
    let rule = case.config["AlarmRule"].as_str().unwrap();
    let changes = store.put_composite(composite_alarm("composite", rule), Millis(1));
    let changes = changes.map_err(|e| e.message)?;
    assert_eq!(changes[0].old.value, StateValue::InsufficientData);
    let state = store.composites()["composite"].state.value.as_str();
    expect("state", Some(state), case.expected_state.as_deref())
}

fn suppression(case: &Case) -> Result<(), String> {
    let text = |name: &str| case.config[name].as_str().unwrap();
    let seconds = |name: &str| case.config[name].as_i64().unwrap();
    let initial = [
        ("composite", text("composite_initial")),
        ("suppressor", text("suppressor_initial")),
    ];
    let mut store = store_of(initial);
    let mut alarm = composite_alarm("parent", "ALARM(composite)");
    alarm.suppressor = Some(ActionsSuppressor {
        alarm: "suppressor".to_owned(),
        wait: 0,
        extension: 0,
    });
    store.put_composite(alarm.clone(), Millis(0)).unwrap();
    alarm.suppressor = Some(ActionsSuppressor {
        alarm: "suppressor".to_owned(),
        wait: seconds("ActionsSuppressorWaitPeriod"),
        extension: seconds("ActionsSuppressorExtensionPeriod"),
    });
    store.put_composite(alarm, Millis(0)).unwrap();
    let events = case.config["events"].as_array().unwrap();
    let mut actions = Vec::new();
    for second in 0..60 {
        let now = Millis(second * 1000);
        for event in events.iter().filter(|event| event["t"] == second) {
            let who = event["who"].as_str().unwrap();
            let value = StateValue::parse(event["state"].as_str().unwrap()).unwrap();
            for change in store.set_state(who, value, "", None, now).unwrap() {
                assert!(change.suppressed || change.alarm.name() != "parent");
            }
        }
        let released = store.release(now);
        actions.extend(released.iter().map(|change| {
            let value = change.new.value.as_str();
            serde_json::json!({ "t": second, "for_state": value })
        }));
    }
    let found = Value::Array(actions).to_string();
    let expected = case.expected_actions.as_ref().map(Value::to_string);
    expect("actions", Some(&found), expected.as_deref())
}

/// A composite alarm without actions.
pub(super) fn composite_alarm(name: &str, rule: &str) -> CompositeAlarm {
    CompositeAlarm {
        name: name.to_owned(),
        description: None,
        actions_enabled: true,
        ok_actions: Vec::new(),
        alarm_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        rule: AlarmRule::parse(rule).unwrap(),
        suppressor: None,
        tags_propagation: None,
    }
}

fn expect(what: &str, found: Option<&str>, expected: Option<&str>) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: found {found:?}, expected {expected:?}")),
    }
}

/// The case's points; the newest real one is stamped with the first date of the expected reason.
fn points(case: &Case, alarm: &MetricAlarm) -> Vec<Point> {
    let newest_real = case
        .expected_reason
        .as_deref()
        .into_iter()
        .flat_map(|reason| reason.split(" ("))
        .filter_map(|part| part.get(..17))
        .find_map(|text| jiff::civil::DateTime::strptime("%d/%m/%y %H:%M:%S", text).ok())
        .and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok())
        .map_or(Millis(1_767_225_600_000), |z| {
            Millis(z.timestamp().as_millisecond())
        });
    let width = alarm.period() * 1000;
    let newest = case.datapoints.iter().rposition(Option::is_some);
    let index = |i: usize| i64::try_from(i).unwrap();
    let newest = index(newest.unwrap_or_default());
    let point = |(i, value): (usize, &Option<f64>)| {
        let timestamp = newest_real.plus((index(i) - newest) * width);
        let counts = case.sample_counts.as_ref();
        let sample_count = counts.map_or(1.0, |counts| counts[i]);
        let point = value.map(|value| Datapoint {
            timestamp,
            value,
            sample_count,
        });
        let limit = |at: usize| case.config["band"][at].as_f64();
        let band = limit(0).zip(limit(1));
        Point {
            band: band.map(|(lower, upper)| Band { lower, upper }),
            ..Point::new(timestamp, point)
        }
    };
    case.datapoints.iter().enumerate().map(point).collect()
}

fn date(text: &str, format: &str) -> Millis {
    let at = jiff::Timestamp::strptime(format, text).unwrap();
    Millis(at.as_millisecond())
}

/// An alarm of a case's configuration; what it leaves out is filled with what does not matter.
pub(super) fn alarm(config: &Value) -> MetricAlarm {
    let number = |name: &str| config[name].as_u64().map(|n| usize::try_from(n).unwrap());
    let text = |name: &str, default: &str| config[name].as_str().unwrap_or(default).to_owned();
    let statistic = match config["ExtendedStatistic"].as_str() {
        Some(extended) => extended.to_owned(),
        None => text("Statistic", "Average"),
    };
    let stat = MetricStat {
        id: MetricId {
            namespace: Arc::from(text("Namespace", "Test")),
            name: Arc::from(text("MetricName", "metric")),
            dimensions: BTreeMap::new(),
        },
        period: config["Period"].as_i64().unwrap_or(60),
        statistic: Statistic::parse(&statistic).unwrap(),
        unit: None,
    };
    let operator = text("ComparisonOperator", "GreaterThanThreshold");
    MetricAlarm {
        name: "alarm".to_owned(),
        description: None,
        actions_enabled: true,
        ok_actions: Vec::new(),
        alarm_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        metric: AlarmMetric::Single(stat),
        evaluation_periods: number("EvaluationPeriods").unwrap_or(1),
        datapoints_to_alarm: number("DatapointsToAlarm"),
        threshold: match config["ThresholdMetricId"].as_str() {
            Some(id) => Threshold::Band(id.to_owned()),
            None => Threshold::Value(config["Threshold"].as_f64().unwrap_or_default()),
        },
        comparison_operator: ComparisonOperator::parse(&operator).unwrap(),
        treat_missing_data: config["TreatMissingData"]
            .as_str()
            .map(|t| TreatMissingData::parse(t).unwrap()),
        evaluate_low_sample_count_percentile: config["EvaluateLowSampleCountPercentile"]
            .as_str()
            .map(str::to_owned),
        evaluation_window: config["EvaluationWindow"]["WallClockWindow"]
            .as_object()
            .map(|w| {
                EvaluationWindow::wall_clock(w.get("Timezone").and_then(Value::as_str)).unwrap()
            }),
        tags_propagation: None,
        warm_up: config["WarmUpConfiguration"].as_object().map(|w| WarmUp {
            minutes: w["WarmUpPeriodDurationInMinutes"].as_i64().unwrap(),
            whole: w.get("OnlyStartEvaluatingAfterWarmUpPeriodEnds") == Some(&Value::Bool(true)),
        }),
    }
}
