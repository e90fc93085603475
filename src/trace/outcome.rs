use super::access_line::AccessLine;

/// Who gave the answer, and what a status of the load balancer's own means (user guide, "Troubleshoot your Application
/// Load Balancers").
pub fn outcome(line: &AccessLine) -> String {
    let status = line.value("elb_status_code").unwrap_or_default();
    let target = line.value("target_status_code");
    if target.is_some() {
        let by = line.value("target:port").unwrap_or_default();
        return format!("{status}, answered by the target {by}");
    }
    let known = OWN.iter().find(|(own, _)| *own == status);
    let why = known.map_or("see the load balancer's documentation", |(_, why)| *why);
    format!("{status}, of the load balancer itself: {why}")
}

/// Statuses that a load balancer gives by itself.
const OWN: &[(&str, &str)] = &[
    ("400", "the request is no HTTP, or its head is too large"),
    ("401", "the identity provider refused the client"),
    ("403", "the web application firewall blocked the request"),
    ("405", "`TRACE` is not passed on"),
    ("408", "the client did not send its whole request in time"),
    ("413", "the body is too large for a Lambda function"),
    ("414", "the URL is too long"),
    (
        "460",
        "the client closed the connection before it was answered; its timeout may be shorter than the target's time",
    ),
    ("463", "`X-Forwarded-For` holds more than 30 addresses"),
    (
        "464",
        "the client's protocol does not fit the target group's",
    ),
    (
        "500",
        "the load balancer failed, or a rule or authentication did",
    ),
    (
        "502",
        "the target refused or closed the connection, or its answer is no HTTP",
    ),
    ("503", "the target group has no registered target"),
    (
        "504",
        "the target did not take the connection or did not answer within the idle timeout",
    ),
    ("561", "the identity provider failed"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(statuses: &str) -> String {
        let line = format!(
            "http 2026-04-20T10:00:00.186641Z app/lb/1 127.0.0.1:2817 127.0.0.1:8000 -1 -1 -1 {statuses} 34 366 \"GET http://a:80/ HTTP/1.1\" \"curl\" - -"
        );
        outcome(&AccessLine::parse(&line, "f").unwrap())
    }

    #[test]
    fn who_answered_is_told_apart() {
        assert_eq!(
            told("502 502"),
            "502, answered by the target 127.0.0.1:8000"
        );
        assert_eq!(
            told("503 -"),
            "503, of the load balancer itself: the target group has no registered target"
        );
    }
}
