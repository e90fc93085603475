use super::{CompositeAlarm, MetricAlarm};

/// The configuration of an alarm of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Alarm {
    /// PutMetricAlarm's.
    Metric(Box<MetricAlarm>),
    /// PutCompositeAlarm's.
    Composite(Box<CompositeAlarm>),
}

impl Alarm {
    /// Its name, unique over all kinds.
    pub fn name(&self) -> &str {
        match self {
            Self::Metric(alarm) => &alarm.name,
            Self::Composite(alarm) => &alarm.name,
        }
    }

    /// `MetricAlarm` or `CompositeAlarm`, as AlarmTypes names them.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Metric(_) => "MetricAlarm",
            Self::Composite(_) => "CompositeAlarm",
        }
    }

    /// Up to 1,024 characters.
    pub fn description(&self) -> Option<&str> {
        match self {
            Self::Metric(alarm) => alarm.description.as_deref(),
            Self::Composite(alarm) => alarm.description.as_deref(),
        }
    }

    /// Whether actions run.
    pub fn actions_enabled(&self) -> bool {
        match self {
            Self::Metric(alarm) => alarm.actions_enabled,
            Self::Composite(alarm) => alarm.actions_enabled,
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
        }
    }
}
