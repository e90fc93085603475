use super::Account;
use crate::alarms::{AlarmMetric, MetricAlarm, StateChange, StateValue, notification};
use crate::base::Millis;
use crate::metrics::QueryKind;

/// Alarms are evaluated at every minute.
const MINUTE: i64 = 60_000;
/// Alarms with a period below a minute are evaluated every ten seconds.
const TEN_SECONDS: i64 = 10_000;
/// Old events and datapoints are dropped once an hour.
const HOUR: i64 = 60 * MINUTE;

impl Account {
    /// Lets time pass up to `now`: at every boundary since the last call, in order, the alarms that are due
    /// are evaluated, and their changes of state run their actions. Time never runs backwards: an earlier
    /// `now` does nothing. The first call only notes the moment.
    pub fn advance(&mut self, now: Millis) {
        let Some(last) = self.advanced else {
            self.advanced = Some(now);
            return;
        };
        self.pass_boundaries(last, now);
        if now.floor_to(HOUR) > last {
            self.expire(now);
        }
        self.advanced = Some(last.max(now));
    }

    fn pass_boundaries(&mut self, last: Millis, now: Millis) {
        let mut boundary = last;
        while !self.alarms.alarms().is_empty() {
            boundary = boundary.floor_to(self.step()).plus(self.step());
            if boundary > now {
                break;
            }
            self.evaluate_alarms(boundary);
        }
    }

    /// The width between boundaries: ten seconds while some alarm asks for it.
    fn step(&self) -> i64 {
        let mut alarms = self.alarms.alarms().values();
        if alarms.any(|stored| has_short_period(&stored.alarm)) {
            TEN_SECONDS
        } else {
            MINUTE
        }
    }

    fn evaluate_alarms(&mut self, at: Millis) {
        for change in self.alarms.evaluate(&self.metrics, at) {
            self.run_actions(&change, at);
        }
    }

    /// Runs the actions of a change of state: a topic of this account gets the notification; anything else
    /// is noted in the alarm's history as an action that failed. Also for SetAlarmState.
    pub fn run_actions(&mut self, change: &StateChange, now: Millis) {
        if !change.alarm.actions_enabled {
            return;
        }
        let (subject, message) = notification(change, &self.id, &self.region);
        for action in actions(&change.alarm, change.new.value) {
            let sent = self.publish(action, Some(&subject), &message, now);
            self.alarms
                .record_action(&change.alarm.name, action, sent.is_some(), now);
        }
    }

    fn expire(&mut self, now: Millis) {
        self.logs.expire(now);
        self.metrics.expire(now);
        self.queries.expire(now);
    }
}

fn actions(alarm: &MetricAlarm, state: StateValue) -> &[String] {
    match state {
        StateValue::Ok => &alarm.ok_actions,
        StateValue::Alarm => &alarm.alarm_actions,
        StateValue::InsufficientData => &alarm.insufficient_data_actions,
    }
}

fn has_short_period(alarm: &MetricAlarm) -> bool {
    match &alarm.metric {
        AlarmMetric::Single(stat) => stat.period < 60,
        AlarmMetric::Math(queries) => queries.iter().any(|query| match &query.kind {
            QueryKind::Metric(stat) => stat.period < 60,
            QueryKind::Expression { period, .. } => period.is_some_and(|p| p < 60),
        }),
    }
}
