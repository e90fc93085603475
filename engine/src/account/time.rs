use super::Account;
use crate::alarms::{Sender, StateChange, notification};
use crate::base::Millis;

/// Alarms are evaluated at every minute.
const MINUTE: i64 = 60_000;
/// Alarms with a period below a minute are evaluated every ten seconds.
const TEN_SECONDS: i64 = 10_000;
/// Old events and datapoints are dropped once an hour.
const HOUR: i64 = 60 * MINUTE;

/// What time brings; of one moment the first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// Alarms are evaluated, and the queries of log alarms run.
    Evaluation,
    /// Actions that were held back run.
    Release,
    /// What is too old is dropped.
    Expiry,
}

impl Account {
    /// Lets time pass up to `now`: at every boundary since the last call, in order, the alarms that are due
    /// are evaluated, and their changes of state run their actions. Time never runs backwards: an earlier
    /// `now` does nothing. The first call only notes the moment.
    pub fn advance(&mut self, now: Millis) {
        let Some(last) = self.advanced else {
            self.advanced = Some(now);
            return;
        };
        self.pass(last, now);
        self.advanced = Some(last.max(now));
    }

    /// Everything that is due up to `now`, in order of time; of one moment alarms are evaluated first, so that a
    /// suppressor that goes into ALARM at the last moment still suppresses. What is due does not depend on how often
    /// this is called: one long step is the same as many short ones.
    fn pass(&mut self, last: Millis, now: Millis) {
        let (mut evaluated, mut expired) = (last, last.floor_to(HOUR));
        loop {
            let releases = [self.alarms.next_release(), self.alarms.next_unmute()];
            let due = [
                (self.next_boundary(evaluated), Due::Evaluation),
                (releases.into_iter().flatten().min(), Due::Release),
                (Some(expired.plus(HOUR)), Due::Expiry),
            ];
            let due = due.into_iter().filter_map(|(at, due)| Some((at?, due)));
            let Some((at, due)) = due.min().filter(|(at, _)| *at <= now) else {
                break;
            };
            match due {
                Due::Evaluation => {
                    self.evaluate_alarms(at);
                    evaluated = at;
                }
                Due::Release => self.release_actions(at),
                Due::Expiry => {
                    self.expire(at);
                    expired = at;
                }
            }
        }
    }

    /// Metric alarms are looked at at every boundary; queries of log alarms run at some of them.
    fn next_boundary(&self, passed: Millis) -> Option<Millis> {
        if self.alarms.alarms().is_empty() {
            return self.alarms.next_run();
        }
        Some(passed.floor_to(self.step()).plus(self.step()))
    }

    /// The width between boundaries: ten seconds while some alarm asks for it.
    fn step(&self) -> i64 {
        let mut alarms = self.alarms.alarms().values();
        if alarms.any(|stored| stored.alarm.period() < 60) {
            TEN_SECONDS
        } else {
            MINUTE
        }
    }

    fn evaluate_alarms(&mut self, at: Millis) {
        self.run_log_alarms(at);
        let changes = self.alarms.evaluate(&self.metrics, at);
        self.run_all_actions(&changes, at);
    }

    fn release_actions(&mut self, at: Millis) {
        for change in self.alarms.release(at) {
            self.run_actions(&change, at);
        }
        for change in self.alarms.unmute(at) {
            self.execute(&change, at, true);
        }
    }

    /// Runs the actions of changes of state at `now`, and those that a suppressor holds back for no time at all, or a
    /// mute rule that is gone no longer does.
    pub fn run_all_actions(&mut self, changes: &[StateChange], now: Millis) {
        for change in changes {
            self.run_actions(change, now);
        }
        self.release_actions(now);
    }

    /// Runs the actions of a change of state, unless a mute rule holds them back.
    fn run_actions(&mut self, change: &StateChange, now: Millis) {
        if !self.alarms.hold(change, now) {
            self.execute(change, now, false);
        }
    }

    /// Runs the actions of a change of state: a topic of this account gets the notification; anything else
    /// is noted in the alarm's history as an action that failed.
    fn execute(&mut self, change: &StateChange, now: Millis, after_mute_window: bool) {
        if change.actions().is_empty() {
            return;
        }
        let tags = self.tags.of(&self.alarms.arn(change.alarm.name()));
        let sender = Sender {
            account: &self.id,
            region: &self.region,
            tags: &tags,
            after_mute_window,
        };
        let (subject, message) = notification(change, &sender);
        for action in change.actions() {
            let sent = self.publish(action, Some(&subject), &message, now);
            self.alarms
                .record_action(change, action, sent.is_some(), now);
        }
    }

    fn expire(&mut self, now: Millis) {
        self.logs.expire(now);
        self.metrics.expire(now);
        self.queries.expire(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Subscription, Topic};
    use crate::alarms::{
        ActionsSuppressor, AlarmMetric, AlarmRule, ComparisonOperator, CompositeAlarm, MetricAlarm,
        StateValue, Threshold,
    };
    use crate::events::InputLogEvent;
    use crate::metrics::{
        DatumValues, Dimensions, MetricDatum, MetricFilter, MetricId, MetricStat,
        MetricTransformation, Statistic, Unit,
    };

    const NOW: Millis = Millis(1_776_679_200_000);
    const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:alerts";

    fn alarm() -> MetricAlarm {
        MetricAlarm {
            name: "errors".into(),
            description: None,
            actions_enabled: true,
            ok_actions: vec![TOPIC.into()],
            alarm_actions: vec![TOPIC.into(), "arn:aws:automate:us-east-1:ec2:stop".into()],
            insufficient_data_actions: Vec::new(),
            metric: AlarmMetric::Single(MetricStat {
                id: MetricId::new("FraudDetection", "ErrorCount", Dimensions::new()).unwrap(),
                period: 60,
                statistic: Statistic::parse("Sum").unwrap(),
                unit: None,
            }),
            evaluation_periods: 1,
            datapoints_to_alarm: None,
            threshold: Threshold::Value(1.0),
            comparison_operator: ComparisonOperator::parse("GreaterThanThreshold").unwrap(),
            treat_missing_data: None,
            evaluate_low_sample_count_percentile: None,
            evaluation_window: None,
            warm_up: None,
            tags_propagation: None,
        }
    }

    fn account() -> Account {
        let mut account = Account::new("000000000000", "us-east-1");
        account.advance(NOW);
        account.logs.create_group("g", NOW).unwrap();
        account.logs.create_stream("g", "s", NOW).unwrap();
        let transformation = MetricTransformation {
            name: "ErrorCount".into(),
            namespace: "FraudDetection".into(),
            value: "1".into(),
            default_value: Some(0.0),
            dimensions: Dimensions::new(),
            unit: None,
        };
        let filter = MetricFilter::try_new("errors", "ERROR", transformation, NOW).unwrap();
        account.metric_filters.put("g", filter);
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
        account.alarms.put(alarm(), NOW).unwrap();
        account
    }

    fn put(account: &mut Account, at: Millis, messages: &[&str]) {
        let event = |message: &&str| InputLogEvent {
            timestamp: at,
            message: (*message).into(),
        };
        let events: Vec<_> = messages.iter().map(event).collect();
        account.advance(at);
        account.put_log_events("g", "s", &events, at).unwrap();
    }

    fn state(account: &Account) -> StateValue {
        account.alarms.alarms()["errors"].state.value
    }

    #[test]
    fn errors_in_the_log_raise_the_alarm_and_quiet_ends_it() {
        let mut account = account();
        put(
            &mut account,
            NOW.plus(1000),
            &["ERROR a", "ERROR b", "INFO"],
        );
        assert_eq!(state(&account), StateValue::InsufficientData);
        account.advance(NOW.plus(60_000));
        assert_eq!(state(&account), StateValue::Alarm);
        put(&mut account, NOW.plus(61_000), &["INFO"]);
        account.advance(NOW.plus(120_000));
        assert_eq!(state(&account), StateValue::Ok);
        let subjects: Vec<_> = account
            .outbox
            .iter()
            .filter_map(|d| d.subject.as_deref())
            .collect();
        assert_eq!(
            subjects,
            [
                "ALARM: \"errors\" in US East (N. Virginia)",
                "OK: \"errors\" in US East (N. Virginia)"
            ]
        );
    }

    #[test]
    fn one_long_step_passes_every_boundary_in_order() {
        let mut account = account();
        put(&mut account, NOW.plus(1000), &["ERROR a", "ERROR b"]);
        put(&mut account, NOW.plus(61_000), &["INFO"]);
        let mut stepwise = self::account();
        put(&mut stepwise, NOW.plus(1000), &["ERROR a", "ERROR b"]);
        stepwise.advance(NOW.plus(60_000));
        put(&mut stepwise, NOW.plus(61_000), &["INFO"]);
        for minute in 2..=600 {
            stepwise.advance(NOW.plus(minute * MINUTE));
        }
        account.advance(NOW.plus(600 * MINUTE));
        assert_eq!(account.outbox, stepwise.outbox);
        assert_eq!(state(&account), state(&stepwise));
    }

    #[test]
    fn actions_held_back_run_at_their_second_however_long_the_step() {
        let page = |account: &mut Account| {
            let page = CompositeAlarm {
                name: "page".into(),
                description: None,
                actions_enabled: true,
                ok_actions: vec![TOPIC.into()],
                alarm_actions: vec![TOPIC.into()],
                insufficient_data_actions: Vec::new(),
                rule: AlarmRule::parse("ALARM(errors)").unwrap(),
                suppressor: Some(ActionsSuppressor {
                    alarm: "errors".into(),
                    wait: 45,
                    extension: 100,
                }),
                tags_propagation: None,
            };
            let changes = account.alarms.put_composite(page, NOW).unwrap();
            account.run_all_actions(&changes, NOW);
            put(account, NOW.plus(1000), &["ERROR a", "ERROR b"]);
        };
        let (mut once, mut stepwise) = (account(), account());
        page(&mut once);
        page(&mut stepwise);
        once.advance(NOW.plus(600_000));
        for second in 2..=600 {
            stepwise.advance(NOW.plus(second * 1000));
        }
        assert_eq!(once.outbox, stepwise.outbox);
        assert_eq!(once.alarms.history(), stepwise.alarms.history());
        let history = once.alarms.history().into_iter();
        let ran = history.filter(|item| item.item_type == "Action" && item.alarm_name == "page");
        let seconds: Vec<_> = ran.map(|item| (item.timestamp.0 - NOW.0) / 1000).collect();
        // OK after its creation. ALARM at 60 is held back until `errors` loses its data at 240; then the composite
        // alarm is OK again, and a new wait begins.
        assert_eq!(seconds, [285, 45]);
    }

    #[test]
    fn an_action_that_is_no_topic_here_fails_in_the_history() {
        let mut account = account();
        put(&mut account, NOW.plus(1000), &["ERROR a", "ERROR b"]);
        account.advance(NOW.plus(60_000));
        let actions: Vec<_> = account
            .alarms
            .history()
            .into_iter()
            .filter(|item| item.item_type == "Action")
            .map(|item| item.summary.clone())
            .collect();
        assert_eq!(
            actions,
            [
                "Failed to execute action arn:aws:automate:us-east-1:ec2:stop",
                "Successfully executed action arn:aws:sns:us-east-1:000000000000:alerts"
            ]
        );
    }

    #[test]
    fn an_alarm_with_a_short_period_is_judged_every_ten_seconds() {
        let mut account = Account::new("000000000000", "us-east-1");
        account.advance(NOW);
        let mut alarm = alarm();
        if let AlarmMetric::Single(stat) = &mut alarm.metric {
            stat.period = 10;
        }
        account.alarms.put(alarm.clone(), NOW).unwrap();
        let AlarmMetric::Single(stat) = alarm.metric else {
            panic!("a single metric");
        };
        let datum = MetricDatum {
            id: stat.id,
            values: DatumValues::Distribution(vec![(5.0, 1.0)]),
            unit: Unit::None,
            timestamp: NOW.plus(3_000),
            high_resolution: true,
        };
        account.metrics.put(&datum, NOW.plus(3_000)).unwrap();
        account.advance(NOW.plus(9_999));
        assert_eq!(state(&account), StateValue::InsufficientData);
        account.advance(NOW.plus(10_000));
        assert_eq!(state(&account), StateValue::Alarm);
    }

    #[test]
    fn time_does_not_run_backwards() {
        let mut account = account();
        account.advance(NOW.plus(600_000));
        put(&mut account, NOW.plus(1000), &["ERROR a", "ERROR b"]);
        account.advance(NOW.plus(60_000));
        assert!(account.outbox.is_empty());
    }
}
