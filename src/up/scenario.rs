/// What can be made to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncidentKind {
    /// The service fails a share of its requests.
    Errors,
    /// The service answers a share of its requests late.
    Slow,
    /// The service fails its health checks.
    Unhealthy,
    /// The service fails every request.
    FiveXx,
    /// A deployment brings a green service that fails.
    BadGreen,
}

/// The story of an incident: which alarm it makes ring, and how it is told.
#[derive(Debug)]
pub struct Scenario {
    /// Which incident.
    pub kind: IncidentKind,
    /// The alarm that rings.
    pub alarm: &'static str,
    /// What the service's `POST /admin/incident` is told.
    pub control: &'static str,
    /// What begins.
    pub begun: &'static str,
    /// While the alarm has not rung.
    pub meanwhile: &'static str,
    /// What ends, and why the alarm takes its time.
    pub ended: &'static str,
    /// While the alarm has not gone back.
    pub afterwards: &'static str,
}

impl IncidentKind {
    /// Its story.
    pub fn scenario(self) -> &'static Scenario {
        match self {
            Self::Errors => &ERRORS,
            Self::Slow => &SLOW,
            Self::Unhealthy => &UNHEALTHY,
            Self::FiveXx => &FIVE_XX,
            Self::BadGreen => &BAD_GREEN,
        }
    }
}

static ERRORS: Scenario = Scenario {
    kind: IncidentKind::Errors,
    alarm: "fraud-error-count",
    control: r#"{"kind":"errors","share":0.3}"#,
    begun: "30 % of all requests fail now",
    meanwhile: "errors go on",
    ended: "the service is healthy again; the alarm adds up 5 minutes, so it goes back about 5 minutes after the last error",
    afterwards: "healthy, and the alarm still sees the errors",
};

static SLOW: Scenario = Scenario {
    kind: IncidentKind::Slow,
    alarm: "fraud-latency-p95",
    control: r#"{"kind":"slow","share":0.2,"millis":400}"#,
    begun: "20 % of all requests take 400 ms longer now; the alarm wants 3 slow minutes of 5",
    meanwhile: "requests are slow",
    ended: "the service is fast again; the alarm goes back when fewer than 3 of the last 5 minutes were slow",
    afterwards: "fast, and the alarm still sees the slow minutes",
};

static UNHEALTHY: Scenario = Scenario {
    kind: IncidentKind::Unhealthy,
    alarm: "fraud-unhealthy-targets",
    control: r#"{"kind":"unhealthy"}"#,
    begun: "health checks fail now; the only target stays in use, because no other is healthy; the alarm wants 2 minutes",
    meanwhile: "health checks fail",
    ended: "health checks pass again; the alarm goes back with the first minute without an unhealthy target",
    afterwards: "healthy, and the alarm still sees the target unhealthy",
};

static FIVE_XX: Scenario = Scenario {
    kind: IncidentKind::FiveXx,
    alarm: "fraud-5xx",
    control: r#"{"kind":"errors","share":1.0}"#,
    begun: "every request is answered with 500, and with 503 once the circuit breaker is open; the alarm wants 3 minutes of 5",
    meanwhile: "targets answer 5xx",
    ended: "the service is healthy again; the alarm goes back when fewer than 3 of the last 5 minutes had 5xx",
    afterwards: "healthy, and the alarm still sees the minutes with 5xx",
};

static BAD_GREEN: Scenario = Scenario {
    kind: IncidentKind::BadGreen,
    alarm: "fraud-error-count",
    control: r#"{"kind":"errors","share":1.0}"#,
    begun: "green is deployed: its health checks pass, its requests fail; it takes 10 % of all requests",
    meanwhile: "blue 90 %, green 10 %",
    ended: "rolled back: blue takes all requests, green is gone; the alarm adds up 5 minutes, so it goes back about 5 minutes after the last error",
    afterwards: "rolled back, and the alarm still sees green's errors",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_incident_has_a_story_of_its_own_alarm_and_a_control_that_the_service_takes() {
        for kind in [
            IncidentKind::Errors,
            IncidentKind::Slow,
            IncidentKind::Unhealthy,
            IncidentKind::FiveXx,
            IncidentKind::BadGreen,
        ] {
            let scenario = kind.scenario();
            assert_eq!(scenario.kind, kind);
            assert!(scenario.alarm.starts_with("fraud-"));
            let control: scoring_service::incident::Incident =
                serde_json::from_str(scenario.control).unwrap();
            assert_eq!(control.problem(), None);
        }
    }
}
