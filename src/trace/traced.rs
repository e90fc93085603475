use belfry_engine::base::Millis;
use serde::Serialize;
use serde_json::{Map, Value};

use super::access_line::AccessLine;
use super::outcome::outcome;
use super::parts::{Part, parts};
use super::service_line::ServiceLine;

/// What was found of an id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Traced {
    /// The version of this form: 1.
    pub version: u32,
    /// What was looked for.
    pub id: String,
    /// Every request, by time.
    pub requests: Vec<TracedRequest>,
    /// What was not looked at or not found, and why.
    pub notes: Vec<String>,
}

/// One request, from both sides as far as they are known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TracedRequest {
    /// `X-Amzn-Trace-Id`.
    pub trace_id: Option<String>,
    /// The service's name for it.
    pub request_id: Option<String>,
    /// What was asked: `GET http://…`.
    pub request: Option<String>,
    /// Who answered, and what the status means.
    pub outcome: Option<String>,
    /// What happened, in order.
    pub timeline: Vec<Moment>,
    /// Where the time went.
    pub parts: Vec<Part>,
    /// The line of the access log by the columns of Athena's table.
    pub access_log: Option<Map<String, Value>>,
    /// The service's lines.
    pub service_log: Vec<Map<String, Value>>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// When, UTC, RFC 3339.
    pub at: String,
    /// `load balancer` or `service`.
    pub who: &'static str,
    /// What.
    pub what: String,
    /// The file, object or log group that says so.
    pub from: String,
}

impl Traced {
    /// Brings the lines of both sides together: by trace id, and lines without one by their request id.
    pub fn of(
        id: &str,
        access: Vec<AccessLine>,
        service: Vec<ServiceLine>,
        notes: Vec<String>,
    ) -> Self {
        let mut groups: Vec<Group> = access.into_iter().map(Group::of_access).collect();
        // Lines with a trace id first: others follow them by request id.
        let (with, without): (Vec<_>, Vec<_>) = service
            .into_iter()
            .partition(|line| line.text("trace_id").is_some());
        for line in with.into_iter().chain(without) {
            match groups.iter_mut().find(|group| group.takes(&line)) {
                Some(group) => group.service.push(line),
                None => groups.push(Group::of_service(line)),
            }
        }
        groups.sort_by_key(Group::begin);
        Self {
            version: 1,
            id: id.to_owned(),
            requests: groups.into_iter().map(Group::request).collect(),
            notes,
        }
    }
}

/// The lines of one request.
#[derive(Debug)]
struct Group {
    access: Option<AccessLine>,
    service: Vec<ServiceLine>,
}

impl Group {
    fn of_access(line: AccessLine) -> Self {
        Self {
            access: Some(line),
            service: Vec::new(),
        }
    }

    fn of_service(line: ServiceLine) -> Self {
        Self {
            access: None,
            service: vec![line],
        }
    }

    fn trace_id(&self) -> Option<String> {
        let of_access = self.access.as_ref().and_then(|line| line.value("trace_id"));
        let mut of_service = self.service.iter().filter_map(|line| line.text("trace_id"));
        of_access.or_else(|| of_service.next().map(str::to_owned))
    }

    fn takes(&self, line: &ServiceLine) -> bool {
        if let (Some(own), Some(other)) = (self.trace_id(), line.text("trace_id")) {
            return own == other;
        }
        let request_id = line.text("request_id");
        let mut own = self.service.iter().map(|line| line.text("request_id"));
        request_id.is_some() && own.any(|own| own == request_id)
    }

    fn begin(&self) -> Millis {
        let of_access = self.access.as_ref().and_then(AccessLine::created);
        let of_service = self.service.iter().map(|line| line.at);
        of_service.chain(of_access).min().unwrap_or_default()
    }

    fn request(mut self) -> TracedRequest {
        self.service.sort_by_key(|line| line.at);
        let mut ids = self
            .service
            .iter()
            .filter_map(|line| line.text("request_id"));
        TracedRequest {
            trace_id: self.trace_id(),
            request_id: ids.next().map(str::to_owned),
            request: self.access.as_ref().and_then(|line| line.value("request")),
            outcome: self.access.as_ref().map(outcome),
            timeline: self.timeline(),
            parts: parts(self.access.as_ref(), &self.service),
            access_log: self.access.as_ref().map(AccessLine::columns),
            service_log: self.service.into_iter().map(|line| line.record).collect(),
        }
    }

    fn timeline(&self) -> Vec<Moment> {
        let mut all: Vec<(Millis, Moment)> = Vec::new();
        if let Some(line) = &self.access {
            all.extend(came(line));
        }
        for line in &self.service {
            all.push(moment(line.at, "service", line.says(), &line.from));
        }
        if let Some(line) = &self.access {
            all.extend(answered(line));
        }
        // What happened in one millisecond stays in this order.
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, moment)| moment).collect()
    }
}

fn moment(at: Millis, who: &'static str, what: String, from: &str) -> (Millis, Moment) {
    let moment = Moment {
        at: at.to_rfc3339(),
        who,
        what,
        from: from.to_owned(),
    };
    (at, moment)
}

fn came(line: &AccessLine) -> Option<(Millis, Moment)> {
    let value = |name| line.value(name).unwrap_or_else(|| "-".to_owned());
    let group = value("target_group_arn");
    let group = group.split('/').nth(1).unwrap_or("-");
    let what = format!(
        "{} from {}, for {group} {}",
        value("request"),
        value("client:port"),
        value("target:port")
    );
    Some(moment(line.created()?, "load balancer", what, &line.from))
}

fn answered(line: &AccessLine) -> Option<(Millis, Moment)> {
    let value = |name| line.value(name).unwrap_or_else(|| "-".to_owned());
    let what = format!(
        "answered {}, {} bytes",
        value("elb_status_code"),
        value("sent_bytes")
    );
    Some(moment(line.answered()?, "load balancer", what, &line.from))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "Root=1-67891233-abcdef012345678912345678";

    fn access(trace: &str) -> AccessLine {
        let line = format!(
            "http 2026-04-20T10:00:00.019641Z app/lb/1 127.0.0.1:2817 127.0.0.1:8000 0.001 0.010 0.000 200 200 34 366 \"POST http://a:80/p HTTP/1.1\" \"curl\" - - \
             arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/blue/0f \"{trace}\" \"-\" \"-\" 0 2026-04-20T10:00:00.007000Z \"forward\" \"-\" \"-\""
        );
        AccessLine::parse(&line, "alb.log").unwrap()
    }

    fn service(millis: i64, request: &str, trace: Option<&str>) -> ServiceLine {
        let record = serde_json::json!({
            "level": "INFO", "message": "scored", "request_id": request, "trace_id": trace,
        });
        ServiceLine {
            at: Millis(1_776_679_200_000 + millis),
            from: "app.log".into(),
            record: record.as_object().unwrap().clone(),
        }
    }

    #[test]
    fn both_sides_of_a_request_stand_in_the_order_of_time() {
        let lines = vec![service(17, "r", None), service(16, "r", Some(TRACE))];
        let traced = Traced::of("r", vec![access(TRACE)], lines, vec![]);
        assert_eq!(traced.requests.len(), 1);
        let request = &traced.requests[0];
        let told: Vec<_> = request
            .timeline
            .iter()
            .map(|moment| format!("{} {}: {}", &moment.at[20..23], moment.who, moment.what))
            .collect();
        assert_eq!(
            told,
            [
                "007 load balancer: POST http://a:80/p HTTP/1.1 from 127.0.0.1:2817, for blue 127.0.0.1:8000",
                "016 service: INFO scored",
                "017 service: INFO scored",
                "019 load balancer: answered 200, 366 bytes",
            ]
        );
        assert_eq!(request.trace_id.as_deref(), Some(TRACE));
        assert_eq!(request.request_id.as_deref(), Some("r"));
        assert_eq!(
            request.access_log.as_ref().unwrap()["elb_status_code"],
            "200"
        );
    }

    #[test]
    fn requests_of_one_trace_are_told_apart() {
        let other = format!("Self=1-67891234-12456789abcdef0123456789;{TRACE}");
        let lines = vec![service(1, "a", Some(TRACE)), service(2, "b", Some(&other))];
        let traced = Traced::of("x", vec![access(TRACE), access(&other)], lines, vec![]);
        let ids: Vec<_> = traced
            .requests
            .iter()
            .map(|r| r.request_id.as_deref())
            .collect();
        assert_eq!(ids, [Some("a"), Some("b")]);
    }

    #[test]
    fn a_request_that_only_one_side_knows_is_shown_all_the_same() {
        let lines = vec![service(1, "a", None)];
        let traced = Traced::of("a", vec![], lines, vec![]);
        assert_eq!(
            (traced.requests.len(), traced.requests[0].timeline.len()),
            (1, 1)
        );
        assert_eq!(traced.requests[0].outcome, None);
    }
}
