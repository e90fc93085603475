use crate::alarms::StateValue;
use crate::alarms::choices::MOST_CONTRIBUTORS_IN_ALARM;

/// What the series of one evaluation say of the alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesSummary {
    /// How many are in ALARM.
    pub in_alarm: usize,
    /// How many were returned; `None` where only breaching series are (PromQL).
    pub total: Option<usize>,
}

impl SeriesSummary {
    /// ALARM if any series is.
    pub fn state(self) -> StateValue {
        if self.in_alarm > 0 {
            StateValue::Alarm
        } else {
            StateValue::Ok
        }
    }

    /// `95 out of 150 time series evaluated to ALARM`. The text for OK is not recorded; it is the same with 0.
    pub fn reason(self) -> String {
        match self {
            Self { in_alarm, .. } if in_alarm > MOST_CONTRIBUTORS_IN_ALARM => {
                format!("{MOST_CONTRIBUTORS_IN_ALARM}+ time series evaluated to ALARM")
            }
            Self {
                in_alarm,
                total: Some(total),
            } => format!("{in_alarm} out of {total} time series evaluated to ALARM"),
            Self { in_alarm, .. } => format!("{in_alarm} time series evaluated to ALARM"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_count_series_in_the_words_of_the_user_guide() {
        let reason = |in_alarm, total| SeriesSummary { in_alarm, total }.reason();
        assert_eq!(
            reason(95, Some(150)),
            "95 out of 150 time series evaluated to ALARM"
        );
        assert_eq!(
            reason(101, Some(150)),
            "100+ time series evaluated to ALARM"
        );
        assert_eq!(reason(95, None), "95 time series evaluated to ALARM");
    }
}
