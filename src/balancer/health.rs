use std::fmt;

use super::settings::HealthCheck;

/// What a target is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Registered; its first health checks are under way.
    Initial,
    /// Requests go to it.
    Healthy,
    /// Requests go to it only when all targets of its group are unhealthy.
    Unhealthy,
}

/// Why a health check failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It answered with another status than the matcher's.
    Status(u16),
    /// It did not answer in time.
    Timeout,
    /// It could not be reached, or closed the connection.
    Connection,
}

/// What came of a health check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It answered with a status that the matcher takes.
    Passed(u16),
    /// It did not.
    Failed(Failure),
}

impl Checked {
    /// Why it failed, if it did.
    pub fn failure(self) -> Option<Failure> {
        match self {
            Self::Passed(_) => None,
            Self::Failed(failure) => Some(failure),
        }
    }
}

impl Failure {
    /// The status that was answered, if there was one.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Status(status) => Some(status),
            Self::Timeout | Self::Connection => None,
        }
    }

    /// The reason code of DescribeTargetHealth.
    pub fn code(self) -> &'static str {
        match self {
            Self::Status(_) => "Target.ResponseCodeMismatch",
            Self::Timeout => "Target.Timeout",
            Self::Connection => "Target.FailedHealthChecks",
        }
    }
}

/// In the words of DescribeTargetHealth.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => {
                write!(f, "Health checks failed with these codes: [{status}]")
            }
            Self::Timeout => f.write_str("Request timed out"),
            Self::Connection => f.write_str("Health checks failed"),
        }
    }
}

/// A target's health and what leads to its change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetHealth {
    /// As it is.
    pub health: Health,
    /// Why the latest check that failed did; none where the target is healthy and its latest check passed.
    pub failure: Option<Failure>,
    /// Results in a row that speak against `health`.
    run: u32,
}

impl Default for TargetHealth {
    fn default() -> Self {
        Self {
            health: Health::Initial,
            failure: None,
            run: 0,
        }
    }
}

impl TargetHealth {
    /// Takes one result; says whether the target's health changed. One answer is enough for a new target, an unhealthy
    /// one needs as many in a row as the healthy threshold says, and failures count likewise (user guide, "Health
    /// checks for Application Load Balancer target groups").
    pub fn record(&mut self, failure: Option<Failure>, check: &HealthCheck) -> bool {
        // A target that comes back is unhealthy for its old reason until it is healthy.
        if failure.is_some() || self.health == Health::Healthy {
            self.failure = failure;
        }
        let (to, threshold) = match (self.health, failure) {
            (Health::Initial, None) => (Health::Healthy, 1),
            (Health::Unhealthy, None) => (Health::Healthy, check.healthy_threshold),
            (Health::Initial | Health::Healthy, Some(_)) => {
                (Health::Unhealthy, check.unhealthy_threshold)
            }
            (Health::Healthy, None) | (Health::Unhealthy, Some(_)) => {
                self.run = 0;
                return false;
            }
        };
        self.run += 1;
        if self.run < threshold {
            return false;
        }
        (self.health, self.run) = (to, 0);
        if to == Health::Healthy {
            self.failure = None;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn check() -> HealthCheck {
        HealthCheck {
            port: None,
            path: "/health".into(),
            interval: Duration::from_secs(1),
            timeout: Duration::from_secs(1),
            healthy_threshold: 3,
            unhealthy_threshold: 2,
            matcher: "200".parse().unwrap(),
        }
    }

    fn after(results: &str) -> Health {
        let mut target = TargetHealth::default();
        for result in results.chars() {
            target.record((result == 'x').then_some(Failure::Timeout), &check());
        }
        target.health
    }

    #[test]
    fn one_answer_makes_a_new_target_healthy() {
        assert_eq!(after(""), Health::Initial);
        assert_eq!(after("."), Health::Healthy);
        assert_eq!(after("x"), Health::Initial);
        assert_eq!(after("xx"), Health::Unhealthy);
    }

    #[test]
    fn a_target_that_comes_back_keeps_its_reason_until_it_is_healthy() {
        let mut target = TargetHealth::default();
        for failure in [
            Some(Failure::Status(503)),
            Some(Failure::Timeout),
            None,
            None,
        ] {
            target.record(failure, &check());
        }
        assert_eq!(
            (target.health, target.failure),
            (Health::Unhealthy, Some(Failure::Timeout))
        );
        target.record(None, &check());
        assert_eq!((target.health, target.failure), (Health::Healthy, None));
    }

    #[test]
    fn thresholds_are_counted_in_a_row() {
        assert_eq!(after(".x.x.x"), Health::Healthy);
        assert_eq!(after(".xx"), Health::Unhealthy);
        assert_eq!(after(".xx..x..x"), Health::Unhealthy);
        assert_eq!(after(".xx..."), Health::Healthy);
    }
}
