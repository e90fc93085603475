//! One long step is the same as many short ones, for every kind of alarm.

use proptest::prelude::*;

use super::{Account, Subscription, Topic};
use crate::alarms::{
    ActionsSuppressor, Aggregation, AlarmMetric, AlarmRule, ComparisonOperator, CompositeAlarm,
    LogAlarm, MetricAlarm, MuteRule, MuteSchedule, Schedule, ScheduledQuery, Threshold,
    TreatMissingData,
};
use crate::base::Millis;
use crate::events::InputLogEvent;
use crate::metrics::{
    DatumValues, Dimensions, MetricDataQuery, MetricDatum, MetricId, MetricStat, QueryKind,
    Statistic, Unit,
};

/// 2026-04-20T10:00:00Z.
const NOW: Millis = Millis(1_776_679_200_000);
const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:alerts";
const MINUTES: i64 = 110;

fn alarm(name: &str, period: i64, n: usize, treatment: TreatMissingData) -> MetricAlarm {
    MetricAlarm {
        name: name.into(),
        description: None,
        actions_enabled: true,
        ok_actions: vec![TOPIC.into()],
        alarm_actions: vec![TOPIC.into()],
        insufficient_data_actions: vec![TOPIC.into()],
        metric: AlarmMetric::Single(MetricStat {
            id: id("a"),
            period,
            statistic: Statistic::parse("Maximum").unwrap(),
            unit: None,
        }),
        evaluation_periods: n,
        datapoints_to_alarm: Some(n.div_ceil(2)),
        threshold: Threshold::Value(5.0),
        comparison_operator: ComparisonOperator::GreaterThanThreshold,
        treat_missing_data: Some(treatment),
        evaluate_low_sample_count_percentile: None,
        evaluation_window: None,
        warm_up: None,
        tags_propagation: None,
    }
}

fn id(host: &str) -> MetricId {
    let dimensions = Dimensions::from([("Host".to_owned(), host.to_owned())]);
    MetricId::new("App", "Latency", dimensions).unwrap()
}

fn by_host() -> MetricAlarm {
    let text = "SELECT MAX(Latency) FROM SCHEMA(App, Host) GROUP BY Host";
    let query = MetricDataQuery {
        id: "q1".into(),
        kind: QueryKind::Expression {
            text: text.into(),
            period: Some(60),
        },
        label: None,
        return_data: true,
    };
    MetricAlarm {
        metric: AlarmMetric::Math(vec![query]),
        ..alarm("by-host", 60, 1, TreatMissingData::Missing)
    }
}

fn composite() -> CompositeAlarm {
    CompositeAlarm {
        name: "page".into(),
        description: None,
        actions_enabled: true,
        ok_actions: vec![TOPIC.into()],
        alarm_actions: vec![TOPIC.into()],
        insufficient_data_actions: Vec::new(),
        rule: AlarmRule::parse("ALARM(minute) OR ALARM(log)").unwrap(),
        suppressor: Some(ActionsSuppressor {
            alarm: "five".into(),
            wait: 95,
            extension: 200,
        }),
        tags_propagation: None,
    }
}

fn log() -> LogAlarm {
    LogAlarm {
        name: "log".into(),
        description: None,
        actions_enabled: true,
        ok_actions: vec![TOPIC.into()],
        alarm_actions: vec![TOPIC.into()],
        insufficient_data_actions: vec![TOPIC.into()],
        query: ScheduledQuery {
            query_string: "fields ms".into(),
            log_groups: vec!["g".into()],
            role_arn: "arn:aws:iam::000000000000:role/query".into(),
            schedule: Schedule::read("rate(3 minutes)", 180, None).unwrap(),
            aggregation: Aggregation::parse("max(ms)").unwrap(),
            tags: Default::default(),
        },
        query_results_to_evaluate: 2,
        query_results_to_alarm: 1,
        threshold: 5.0,
        comparison_operator: ComparisonOperator::GreaterThanThreshold,
        treat_missing_data: None,
        warm_up: None,
        tags_propagation: None,
    }
}

/// An account with an alarm of each kind, and all samples: (minute, host, value); CloudWatch takes data of up to two
/// hours ahead.
fn account(samples: &[(i64, bool, u8)]) -> Account {
    let mut account = Account::new("000000000000", "us-east-1");
    account.advance(NOW);
    account.logs.create_group("g", NOW).unwrap();
    account.logs.create_stream("g", "s", NOW).unwrap();
    account.topics.put(Topic {
        arn: TOPIC.into(),
        subscriptions: vec![Subscription {
            arn: format!("{TOPIC}:1"),
            protocol: "http".into(),
            endpoint: "http://127.0.0.1:1".into(),
            owner: "000000000000".into(),
            token: String::new(),
            confirmed: true,
            attributes: Default::default(),
        }],
        ..Topic::default()
    });
    for alarm in [
        alarm("ten", 10, 3, TreatMissingData::Missing),
        alarm("minute", 60, 3, TreatMissingData::NotBreaching),
        alarm("five", 300, 2, TreatMissingData::Ignore),
        alarm("muted", 60, 1, TreatMissingData::Breaching),
        by_host(),
    ] {
        account.alarms.put(alarm, NOW).unwrap();
    }
    account.alarms.put_log(log(), NOW).unwrap();
    let changes = account.alarms.put_composite(composite(), NOW).unwrap();
    account.run_all_actions(&changes, NOW);
    let rule = MuteRule {
        name: "mute".into(),
        description: None,
        schedule: MuteSchedule::read("cron(20,50 * * * *)", "PT13M", None).unwrap(),
        targets: vec!["muted".into(), "page".into()],
        start: None,
        expire: None,
        updated: NOW,
    };
    account.alarms.put_mute_rule(rule).unwrap();
    for (minute, host, value) in samples {
        put(&mut account, *minute, *host, *value);
    }
    account
}

fn put(account: &mut Account, minute: i64, host: bool, value: u8) {
    let at = NOW.plus(minute * 60_000 + 7000);
    let datum = MetricDatum {
        id: id(if host { "a" } else { "b" }),
        values: DatumValues::Distribution(vec![(f64::from(value), 1.0)]),
        unit: Unit::None,
        timestamp: at,
        high_resolution: true,
    };
    account.metrics.put(&datum, NOW).unwrap();
    let event = InputLogEvent {
        timestamp: at,
        message: format!(r#"{{"ms":{value}}}"#),
    };
    account.put_log_events("g", "s", &[event], NOW).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn one_jump_is_the_same_as_any_steps(
        samples in prop::collection::vec((0..MINUTES, any::<bool>(), 0..12_u8), 0..60),
        steps in prop::collection::vec(1..400_i64, 1..60),
    ) {
        let (mut once, mut stepwise, mut by_minute) =
            (account(&samples), account(&samples), account(&samples));
        let end = NOW.plus((MINUTES + 90) * 60_000);
        once.advance(end);
        let mut now = NOW;
        for step in steps {
            now = now.plus(step * 1000);
            stepwise.advance(now.min(end));
        }
        stepwise.advance(end);
        for minute in 1..=MINUTES + 90 {
            by_minute.advance(NOW.plus(minute * 60_000));
        }
        for other in [stepwise, by_minute] {
            prop_assert_eq!(&once.outbox, &other.outbox);
            prop_assert_eq!(once.alarms.history(), other.alarms.history());
        }
    }
}
