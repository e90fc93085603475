use super::entry::Entry;
use super::error::LineError;
use super::layout::HEALTH_CHECK;
use crate::base::Millis;

/// One check of a target, as a health-check log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheckLogEntry<'l>(Entry<'l>);

impl<'l> HealthCheckLogEntry<'l> {
    /// Reads a line of a health-check log.
    pub fn parse(line: &'l str) -> Result<Self, LineError> {
        Entry::parse(&HEALTH_CHECK, line).map(Self)
    }

    /// The fields by name and place.
    pub fn entry(&self) -> &Entry<'l> {
        &self.0
    }

    /// When the target was asked.
    pub fn time(&self) -> Option<Millis> {
        Millis::parse_rfc3339(self.0.value("time")?)
    }

    /// Whether the target passed; `None` where the line does not say.
    pub fn passed(&self) -> Option<bool> {
        self.0.value("status").map(|status| status == "PASS")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_failed_has_the_reason() {
        let line = "http 2026-04-20T10:00:00.250000Z 5.000 10.0.0.1:80 targets/1 FAIL - TimedOut app/lb/1 \"10.0.0.9\"";
        let entry = HealthCheckLogEntry::parse(line).unwrap();
        assert_eq!(entry.passed(), Some(false));
        assert_eq!(entry.entry().value("reason_code"), Some("TimedOut"));
        assert_eq!(entry.entry().value("ip_address"), Some("10.0.0.9"));
        assert_eq!(entry.time(), Some(Millis(1_776_679_200_250)));
        assert_eq!(
            HealthCheckLogEntry::parse(&line.replace("FAIL", "fail"))
                .unwrap_err()
                .to_string(),
            "byte 61: `status` is `fail`, expected `PASS` or `FAIL`"
        );
    }
}
