use super::{CompositeAlarm, LogAlarm, MetricAlarm, TagsPropagation};

/// The configuration of an alarm of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Alarm {
    /// PutMetricAlarm's.
    Metric(Box<MetricAlarm>),
    /// PutCompositeAlarm's.
    Composite(Box<CompositeAlarm>),
    /// PutLogAlarm's.
    Log(Box<LogAlarm>),
}

impl Alarm {
    /// Its name, unique over all kinds.
    pub fn name(&self) -> &str {
        match self {
            Self::Metric(alarm) => &alarm.name,
            Self::Composite(alarm) => &alarm.name,
            Self::Log(alarm) => &alarm.name,
        }
    }

    /// `MetricAlarm`, `CompositeAlarm` or `LogAlarm`, as AlarmTypes names them.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Metric(_) => "MetricAlarm",
            Self::Composite(_) => "CompositeAlarm",
            Self::Log(_) => "LogAlarm",
        }
    }

    /// Up to 1,024 characters.
    pub fn description(&self) -> Option<&str> {
        match self {
            Self::Metric(alarm) => alarm.description.as_deref(),
            Self::Composite(alarm) => alarm.description.as_deref(),
            Self::Log(alarm) => alarm.description.as_deref(),
        }
    }

    /// Whether actions run.
    pub fn actions_enabled(&self) -> bool {
        match self {
            Self::Metric(alarm) => alarm.actions_enabled,
            Self::Composite(alarm) => alarm.actions_enabled,
            Self::Log(alarm) => alarm.actions_enabled,
        }
    }

    /// The ARNs for OK, for ALARM and for INSUFFICIENT_DATA.
    pub fn actions(&self) -> [&[String]; 3] {
        match self {
            Self::Metric(alarm) => [
                &alarm.ok_actions,
                &alarm.alarm_actions,
                &alarm.insufficient_data_actions,
            ],
            Self::Composite(alarm) => [
                &alarm.ok_actions,
                &alarm.alarm_actions,
                &alarm.insufficient_data_actions,
            ],
            Self::Log(alarm) => [
                &alarm.ok_actions,
                &alarm.alarm_actions,
                &alarm.insufficient_data_actions,
            ],
        }
    }

    /// Which tags go with its messages.
    pub(super) fn tags_propagation(&self) -> Option<&TagsPropagation> {
        match self {
            Self::Metric(alarm) => alarm.tags_propagation.as_ref(),
            Self::Composite(alarm) => alarm.tags_propagation.as_ref(),
            Self::Log(alarm) => alarm.tags_propagation.as_ref(),
        }
    }
}
