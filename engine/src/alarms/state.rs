use crate::base::Millis;
use crate::metrics::MetricError;

use super::MetricAlarm;

/// `OK`, `ALARM`, `INSUFFICIENT_DATA`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateValue {
    /// Within the threshold.
    Ok,
    /// The threshold is crossed.
    Alarm,
    /// Not enough data.
    InsufficientData,
}

impl StateValue {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Alarm, Self::InsufficientData];

    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Alarm => "ALARM",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }

    /// Reads the API's name; the error is the one that SetAlarmState was recorded to give.
    pub fn parse(text: &str) -> Result<Self, MetricError> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| MetricError {
                code: "ValidationError",
                message: format!(
                    "1 validation error detected: Value '{text}' at 'stateValue' failed to satisfy \
                     constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"
                ),
            })
    }
}

/// An alarm's present state.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmState {
    /// The state.
    pub value: StateValue,
    /// Why, in AWS's words.
    pub reason: String,
    /// `StateReasonData`, JSON text.
    pub reason_data: Option<String>,
    /// When the state or its reason was last written.
    pub updated: Millis,
    /// When the state value last changed.
    pub transitioned: Millis,
}

/// A change of state, for history and notification.
#[derive(Clone, Debug, PartialEq)]
pub struct StateChange {
    /// The alarm as it was configured at that moment.
    pub alarm: MetricAlarm,
    /// When that configuration was put.
    pub configured: Millis,
    /// Before.
    pub old: AlarmState,
    /// After.
    pub new: AlarmState,
}

impl StateChange {
    /// The ARNs to call for the new state; none where actions are disabled.
    pub fn actions(&self) -> &[String] {
        if !self.alarm.actions_enabled {
            return &[];
        }
        match self.new.value {
            StateValue::Ok => &self.alarm.ok_actions,
            StateValue::Alarm => &self.alarm.alarm_actions,
            StateValue::InsufficientData => &self.alarm.insufficient_data_actions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_back_what_it_prints() {
        for state in StateValue::ALL {
            assert_eq!(StateValue::parse(state.as_str()), Ok(state));
        }
    }

    #[test]
    fn an_unknown_state_is_refused_in_the_recorded_words() {
        assert_eq!(
            StateValue::parse("INVALID").unwrap_err().message,
            "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: \
             Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"
        );
    }
}
