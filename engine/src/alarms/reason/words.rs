use crate::alarms::number::java_double;
use crate::metrics::Datapoint;

/// What the values of an alarm are called, and how its reason lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Metric alarms over one series: all datapoints that speak for the state.
    Metric,
    /// Log alarms: query results.
    QueryResults,
    /// One series of an alarm over many: their number, and the newest.
    Contributor,
}

impl Wording {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Metric | Self::Contributor => "datapoint",
            Self::QueryResults => "query result",
        }
    }
}

/// `1 datapoint`, `3 datapoints`.
pub(super) fn number_of(word: &str, number: usize) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

pub(super) fn was(number: usize) -> &'static str {
    if number == 1 { "was" } else { "were" }
}

/// `99.5 (02/10/19 16:59:00)`: day, month, year.
pub(super) fn listed(point: &Datapoint) -> String {
    let value = java_double(point.value);
    let at = point.timestamp.strftime("%d/%m/%y %H:%M:%S");
    format!("{value} ({at})")
}
