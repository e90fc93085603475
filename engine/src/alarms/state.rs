use crate::base::Millis;
use crate::metrics::MetricError;

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

impl AlarmState {
    /// Takes another state; the one before and the new one, where the value is a new one.
    pub(super) fn take(
        &mut self,
        value: StateValue,
        reason: String,
        reason_data: Option<String>,
        now: Millis,
    ) -> Option<(Self, Self)> {
        let next = Self {
            value,
            reason,
            reason_data,
            updated: now,
            transitioned: match value == self.value {
                true => self.transitioned,
                false => now,
            },
        };
        let old = std::mem::replace(self, next);
        (old.value != value).then(|| (old, self.clone()))
    }
}

/// The state that an alarm is created in.
pub(super) fn unchecked(now: Millis) -> AlarmState {
    AlarmState {
        value: StateValue::InsufficientData,
        reason: "Unchecked: Initial alarm creation".to_owned(),
        reason_data: None,
        updated: now,
        transitioned: now,
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
