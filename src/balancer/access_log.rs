use std::net::IpAddr;
use std::time::Duration;

use super::exchange::Exchange;
use super::settings::Settings;
use super::stamp::stamp;
use belfry_engine::alb::{ACCESS, print_line};

/// The most of a user agent that is logged, in bytes (user guide, "Access log entries").
const USER_AGENT: usize = 8 * 1024;

/// The line of an exchange, all fields that AWS publishes. Times are in seconds with three digits, -1 where that part
/// was not reached; what there is not is `-`. None where a field would not be read back, which no exchange is.
pub(super) fn line(exchange: &Exchange, settings: &Settings, node: IpAddr) -> Option<String> {
    let client = exchange.client.to_string();
    let target = exchange.target.map(|target| target.to_string());
    let [request, target_time, response] = times(exchange).map(seconds);
    let (status, target_status) = (exchange.status.to_string(), status(exchange.target_status));
    let (received, sent) = (exchange.received.to_string(), exchange.sent.to_string());
    let (time, created) = (
        stamp(exchange.created, exchange.elapsed),
        stamp(exchange.created, Duration::ZERO),
    );
    let node = node.to_string();
    let (rule, action) = match exchange.was_routed() {
        true => ("0", "forward"),
        false => ("-", "-"),
    };
    let said = |text: Option<&'_ str>| text.unwrap_or("-").to_owned();
    let target = said(target.as_deref());
    let texts: [&str; 34] = [
        "http",
        &time,
        &settings.name,
        &client,
        &target,
        &request,
        &target_time,
        &response,
        &status,
        &target_status,
        &received,
        &sent,
        &exchange.request,
        user_agent(exchange),
        "-",
        "-",
        exchange.group.as_ref().map_or("-", |group| &group.arn),
        exchange.trace_id.as_deref().unwrap_or("-"),
        "-",
        "-",
        rule,
        &created,
        action,
        "-",
        "-",
        &target,
        &target_status,
        "-",
        "-",
        &exchange.connection,
        "-",
        "-",
        "-",
        &node,
    ];
    print_line(&ACCESS, &texts).ok()
}

fn times(exchange: &Exchange) -> [Option<Duration>; 3] {
    [
        exchange.request_time,
        exchange.target_time,
        exchange.response_time,
    ]
}

fn seconds(time: Option<Duration>) -> String {
    time.map_or_else(
        || "-1".to_owned(),
        |time| format!("{:.3}", time.as_secs_f64()),
    )
}

fn status(status: Option<u16>) -> String {
    status.map_or_else(|| "-".to_owned(), |status| status.to_string())
}

fn user_agent(exchange: &Exchange) -> &str {
    let agent = exchange.user_agent.as_deref().unwrap_or("-");
    let end = agent.floor_char_boundary(USER_AGENT);
    agent
        .get(..end)
        .filter(|text| !text.is_empty())
        .unwrap_or("-")
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::Arc;

    use belfry_engine::alb::AccessLogEntry;
    use belfry_engine::base::Millis;

    use super::*;
    use crate::balancer::routing::GroupName;

    fn exchange() -> Exchange {
        let client = SocketAddr::from(([127, 0, 0, 1], 4711));
        let connection: Arc<str> = "TID_0123456789abcdef0123456789abcdef".into();
        Exchange {
            elapsed: Duration::from_micros(2_123),
            received: 34,
            sent: 366,
            request: "GET http://localhost:8080/\"a b\" HTTP/1.1".into(),
            user_agent: Some("curl/8.0".into()),
            trace_id: Some("Root=1-67891233-abcdef012345678912345678".into()),
            ..Exchange::new(Millis(1_776_679_200_007), client, &connection)
        }
    }

    fn written(exchange: &Exchange) -> String {
        let settings = Settings::of("app/alb/0123456789abcdef", "000000000000", "us-east-1");
        line(exchange, &settings, [127, 0, 0, 1].into()).unwrap()
    }

    #[test]
    fn an_answered_request_has_a_value_in_every_field_that_applies() {
        let group = GroupName {
            name: "blue".into(),
            arn: "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/0f".into(),
            dimension: "targetgroup/blue/0f".into(),
        };
        let line = written(&Exchange {
            group: Some(Arc::new(group)),
            target: Some(SocketAddr::from(([127, 0, 0, 1], 8000))),
            request_time: Some(Duration::from_micros(400)),
            target_time: Some(Duration::from_micros(1_600)),
            response_time: Some(Duration::ZERO),
            status: 200,
            target_status: Some(200),
            ..exchange()
        });
        assert_eq!(
            line,
            "http 2026-04-20T10:00:00.009123Z app/alb/0123456789abcdef 127.0.0.1:4711 127.0.0.1:8000 0.000 0.002 0.000 \
             200 200 34 366 \"GET http://localhost:8080/\\x22a b\\x22 HTTP/1.1\" \"curl/8.0\" - - \
             arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/0f \
             \"Root=1-67891233-abcdef012345678912345678\" \"-\" \"-\" 0 2026-04-20T10:00:00.007000Z \"forward\" \"-\" \"-\" \
             \"127.0.0.1:8000\" \"200\" \"-\" \"-\" TID_0123456789abcdef0123456789abcdef \"-\" \"-\" \"-\" 127.0.0.1"
        );
    }

    #[test]
    fn parts_that_were_not_reached_are_minus_one_or_a_dash() {
        let line = written(&Exchange {
            status: 400,
            request: "- http://127.0.0.1:8080- -".into(),
            user_agent: None,
            trace_id: None,
            ..exchange()
        });
        let middle = "127.0.0.1:4711 - -1 -1 -1 400 - 34 366 \"- http://127.0.0.1:8080- -\" \"-\" - - - \"-\" \"-\" \"-\" - ";
        assert!(line.contains(middle), "{line}");
        let entry = AccessLogEntry::parse(&line).unwrap();
        assert_eq!(entry.entry().fields().count(), 34);
    }

    #[test]
    fn a_long_user_agent_is_cut_between_characters() {
        let agent = Some("ä".repeat(5000));
        let line = written(&Exchange {
            user_agent: agent,
            ..exchange()
        });
        assert_eq!(line.matches("\\xC3\\xA4").count(), 4096);
    }
}
