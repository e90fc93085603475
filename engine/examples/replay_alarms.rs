//! Replays a week of a service's log through an account on a virtual clock, with one-minute alarms over it, and prints
//! alarms × periods per second.
//!
//! `cargo run --release -p belfry-engine --example replay_alarms -- 100 60` puts 100 metric alarms over three metric
//! filters, with a composite alarm over each ten of them, and 60 log lines a minute (the defaults). The lines are
//! seeded: every run sees the same incidents and must count the same changes of state.

use std::io::{self, Write};
use std::time::Instant;

use belfry_engine::account::Account;
use belfry_engine::alarms::{
    AlarmMetric, AlarmRule, ComparisonOperator, CompositeAlarm, MetricAlarm, Threshold,
    TreatMissingData,
};
use belfry_engine::base::Millis;
use belfry_engine::events::InputLogEvent;
use belfry_engine::metrics::{
    Dimensions, MetricFilter, MetricId, MetricStat, MetricTransformation, Statistic, Unit,
};

/// 2026-04-20T10:00:00Z.
const START: Millis = Millis(1_776_679_200_000);
const MINUTE: i64 = 60_000;
const WEEK: i64 = 7 * 24 * 60;

/// What a metric filter reads, and the statistic and threshold of its first alarm.
const FILTERS: [(&str, &str, &str, &str, f64); 3] = [
    ("ErrorCount", r#"{ $.level = "ERROR" }"#, "1", "Sum", 5.0),
    (
        "LatencyMetric",
        "{ $.duration = * }",
        "$.duration",
        "p95",
        300.0,
    ),
    (
        "FraudDetectionCount",
        "{ $.is_fraud IS TRUE }",
        "1",
        "Sum",
        8.0,
    ),
];

/// SplitMix64: small, well spread, the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<usize>());
    let alarms = numbers.next().transpose()?.unwrap_or(100);
    let lines = numbers.next().transpose()?.unwrap_or(60);
    let mut account = account(alarms)?;
    account.alarms.keep_timeline();
    let mut random = Random(7);
    let (mut ingest, mut evaluate) = (0.0, 0.0);
    for minute in 0..WEEK {
        let at = START.plus(minute * MINUTE);
        let events = events(&mut random, at, minute, lines);
        let clock = stopwatch();
        account.put_log_events("app", "task", &events, at)?;
        ingest += clock.elapsed().as_secs_f64();
        let clock = stopwatch();
        account.advance(at.plus(MINUTE));
        evaluate += clock.elapsed().as_secs_f64();
        account.outbox.clear();
    }
    report(&account, alarms, lines, (ingest, evaluate))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn stopwatch() -> Instant {
    Instant::now()
}

fn report(
    account: &Account,
    alarms: usize,
    lines: usize,
    (ingest, evaluate): (f64, f64),
) -> Result<(), Box<dyn std::error::Error>> {
    let periods = f64::from(u32::try_from(alarms)?) * f64::from(u32::try_from(WEEK)?);
    let events = f64::from(u32::try_from(lines)?) * f64::from(u32::try_from(WEEK)?);
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{events:.0} lines through {} metric filters: {ingest:.2} s, {:.0} lines/s",
        FILTERS.len(),
        events / ingest
    )?;
    writeln!(
        out,
        "{alarms} alarms and {} composite alarms x {WEEK} periods: {evaluate:.2} s, {:.0} alarms x periods/s",
        account.alarms.composites().len(),
        periods / evaluate
    )?;
    writeln!(out, "{} changes of state", account.alarms.timeline().len())?;
    Ok(())
}

/// Quiet traffic, and on some hours of the week an incident of twenty minutes.
fn events(random: &mut Random, at: Millis, minute: i64, lines: usize) -> Vec<InputLogEvent> {
    let is_incident = (minute / 60) % 13 == 5 && minute % 60 < 20;
    let (errors, slow) = if is_incident { (30, 40) } else { (1, 2) };
    let line = |number: usize| {
        let level = if random.below(100) < errors {
            "ERROR"
        } else {
            "INFO"
        };
        let base = if random.below(100) < slow { 400 } else { 20 };
        let duration = base + random.below(100);
        let is_fraud = random.below(100) < 2;
        let number = i64::try_from(number).unwrap_or_default();
        InputLogEvent {
            timestamp: at.plus(number * MINUTE / i64::try_from(lines).unwrap_or(1)),
            message: format!(
                r#"{{"level":"{level}","message":"scored","request_id":"{:016x}","endpoint":"/api/v1/predict","duration":{duration},"is_fraud":{is_fraud}}}"#,
                random.next()
            ),
        }
    };
    (0..lines).map(line).collect()
}

fn account(alarms: usize) -> Result<Account, Box<dyn std::error::Error>> {
    let mut account = Account::new("000000000000", "us-east-1");
    account.advance(START);
    account.logs.create_group("app", START)?;
    account.logs.create_stream("app", "task", START)?;
    account.logs.set_retention("app", Some(1))?;
    for (name, pattern, value, ..) in FILTERS {
        let transformation = MetricTransformation {
            name: name.into(),
            namespace: "FraudDetection".into(),
            value: value.into(),
            default_value: None,
            dimensions: Dimensions::new(),
            unit: Some(Unit::None),
        };
        let filter = MetricFilter::try_new(name, pattern, transformation, START)?;
        account.metric_filters.put("app", filter);
    }
    for number in 0..alarms {
        account.alarms.put(alarm(number)?, START)?;
    }
    for first in (0..alarms).step_by(10) {
        let last = (first + 10).min(alarms);
        let names: Vec<_> = (first..last).map(|n| format!("ALARM(alarm-{n})")).collect();
        let composite = CompositeAlarm {
            name: format!("composite-{first}"),
            description: None,
            actions_enabled: true,
            ok_actions: Vec::new(),
            alarm_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            rule: AlarmRule::read(&names.join(" OR "))?,
            suppressor: None,
            tags_propagation: None,
        };
        account.alarms.put_composite(composite, START)?;
    }
    Ok(account)
}

/// One-minute alarms, 3 of 5, with thresholds that rise a little from one to the next.
fn alarm(number: usize) -> Result<MetricAlarm, Box<dyn std::error::Error>> {
    let (name, _, _, statistic, threshold) = FILTERS[number % FILTERS.len()];
    let rise = f64::from(u32::try_from(number / FILTERS.len())?) * threshold / 50.0;
    Ok(MetricAlarm {
        name: format!("alarm-{number}"),
        description: None,
        actions_enabled: true,
        ok_actions: Vec::new(),
        alarm_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        metric: AlarmMetric::Single(MetricStat {
            id: MetricId::new("FraudDetection", name, Dimensions::new())?,
            period: 60,
            statistic: Statistic::parse(statistic)?,
            unit: None,
        }),
        evaluation_periods: 5,
        datapoints_to_alarm: Some(3),
        threshold: Threshold::Value(threshold + rise),
        comparison_operator: ComparisonOperator::GreaterThanThreshold,
        treat_missing_data: Some(TreatMissingData::NotBreaching),
        evaluate_low_sample_count_percentile: None,
        evaluation_window: None,
        warm_up: None,
        tags_propagation: None,
    })
}
