use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use belfry_engine::alb::{HEALTH_CHECK, print_line};
use belfry_engine::base::Millis;

use super::health::{Checked, Failure};
use super::stamp::stamp;

/// One health check of a target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check<'c> {
    /// When it began.
    pub(super) at: Millis,
    /// How long it took.
    pub(super) latency: Duration,
    /// Whom it asked, and where.
    pub(super) target: SocketAddr,
    /// The target group's name.
    pub(super) group: &'c str,
    /// What came of it.
    pub(super) checked: Checked,
}

/// The line of a check, all fields that AWS publishes (user guide, "Health check log entries"). The published examples
/// have nine digits behind the latency's point, the name alone of the target group, and `-` for what there is not.
pub(super) fn line(check: &Check<'_>, balancer: &str, node: IpAddr) -> Option<String> {
    let (status, reason) = match check.checked {
        Checked::Passed(status) => (Some(status), "-"),
        Checked::Failed(failure) => (failure.status(), reason(failure)),
    };
    let passed = match check.checked {
        Checked::Passed(_) => "PASS",
        Checked::Failed(_) => "FAIL",
    };
    let status = status.map_or_else(|| "-".to_owned(), |status| status.to_string());
    let texts: [&str; 10] = [
        "http",
        &stamp(check.at, Duration::ZERO),
        &format!("{:.9}", check.latency.as_secs_f64()),
        &check.target.to_string(),
        check.group,
        passed,
        &status,
        reason,
        balancer,
        &node.to_string(),
    ];
    print_line(&HEALTH_CHECK, &texts).ok()
}

/// "Error reason codes" of the same page. A status of 500 and more that does not match is the target's own error.
fn reason(failure: Failure) -> &'static str {
    match failure {
        Failure::Status(500..) => "TargetError",
        Failure::Status(_) => "ResponseCodeMismatch",
        Failure::Timeout => "TimedOut",
        Failure::Connection => "ConnectionReset",
    }
}

#[cfg(test)]
mod tests {
    use belfry_engine::alb::HealthCheckLogEntry;

    use super::*;

    fn written(checked: Checked) -> String {
        let check = Check {
            at: Millis(1_776_679_200_007),
            latency: Duration::from_nanos(19_584_011),
            target: SocketAddr::from(([127, 0, 0, 1], 8000)),
            group: "blue",
            checked,
        };
        line(&check, "app/alb/0f", [127, 0, 0, 1].into()).unwrap()
    }

    #[test]
    fn each_result_is_told_as_the_published_lines_tell_it() {
        for (checked, expected) in [
            (Checked::Passed(200), "PASS 200 -"),
            (
                Checked::Failed(Failure::Status(503)),
                "FAIL 503 TargetError",
            ),
            (
                Checked::Failed(Failure::Status(404)),
                "FAIL 404 ResponseCodeMismatch",
            ),
            (Checked::Failed(Failure::Timeout), "FAIL - TimedOut"),
            (
                Checked::Failed(Failure::Connection),
                "FAIL - ConnectionReset",
            ),
        ] {
            let line = written(checked);
            assert_eq!(
                line,
                format!(
                    "http 2026-04-20T10:00:00.007000Z 0.019584011 127.0.0.1:8000 blue {expected} app/alb/0f 127.0.0.1"
                )
            );
            assert!(HealthCheckLogEntry::parse(&line).is_ok());
        }
    }
}
