use std::collections::BTreeMap;
use std::time::Duration;

use super::matcher::Matcher;

/// Each connection of a client may need one to a target, and a shell gives a process 1,024 files.
const MOST_CONNECTIONS: u64 = 400;

/// What a load balancer is told when it starts. The defaults are those of an Application Load Balancer
/// (user guide, "Load balancer attributes").
#[derive(Clone, Debug)]
pub struct Settings {
    /// As dimensions and log lines name it: `app/fraud-detection-alb/ID`.
    pub name: String,
    /// Twelve digits.
    pub account: String,
    /// `us-east-1`.
    pub region: String,
    /// `idle_timeout.timeout_seconds`: how long a client or a target may say nothing.
    pub idle_timeout: Duration,
    /// How long a connection to a target may take to be made; ten seconds, not an attribute.
    pub connect_timeout: Duration,
    /// `client_keep_alive.seconds`: after so long an answer ends its connection.
    pub client_keep_alive: Duration,
    /// `routing.http.drop_invalid_header_fields.enabled`.
    pub drop_invalid_headers: bool,
    /// `routing.http.xff_header_processing.mode`.
    pub forwarded_for: ForwardedFor,
    /// `routing.http.xff_client_port.enabled`.
    pub forwarded_port: bool,
    /// `routing.http.preserve_host_header.enabled`.
    pub preserve_host: bool,
    /// Where which logs go; those that are off are not there.
    pub logs: BTreeMap<LogKind, LogSettings>,
    /// Clients' connections at the same time; more are rejected. AWS does not say where its own limit is.
    pub most_connections: u64,
    /// The numbers of trace ids are a function of it.
    pub seed: u64,
}

impl Settings {
    /// The defaults for a load balancer of this name.
    pub fn of(name: &str, account: &str, region: &str) -> Self {
        Self {
            name: name.to_owned(),
            account: account.to_owned(),
            region: region.to_owned(),
            idle_timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
            client_keep_alive: Duration::from_secs(3600),
            drop_invalid_headers: false,
            forwarded_for: ForwardedFor::Append,
            forwarded_port: false,
            preserve_host: false,
            logs: BTreeMap::new(),
            most_connections: MOST_CONNECTIONS,
            seed: 0,
        }
    }
}

/// What becomes of a request's `X-Forwarded-For`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedFor {
    /// The client's address is added at its end.
    Append,
    /// It is passed on as it came.
    Preserve,
    /// It is taken away.
    Remove,
}

/// A target group of the default rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSettings {
    /// `fraud-detection-blue`.
    pub name: String,
    /// `arn:aws:elasticloadbalancing:…:targetgroup/fraud-detection-blue/ID`.
    pub arn: String,
    /// Its share of the requests, beside those of the other groups; 0 to 999.
    pub weight: u32,
    /// How its targets are asked.
    pub check: HealthCheck,
    /// `deregistration_delay.timeout_seconds`: how long a request to a deregistered target may still take.
    pub deregistration_delay: Duration,
}

/// How the targets of a group are asked for their health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheck {
    /// Another port than that of requests.
    pub port: Option<u16>,
    /// `/health`.
    pub path: String,
    /// From one question to the next.
    pub interval: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
    /// So many answers in a row make an unhealthy target healthy.
    pub healthy_threshold: u32,
    /// So many failures in a row make a target unhealthy.
    pub unhealthy_threshold: u32,
    /// The statuses that count as an answer.
    pub matcher: Matcher,
}

/// A kind of logs that a load balancer delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogKind {
    /// A line for each request.
    Access,
    /// A line for each connection of a client.
    Connection,
    /// A line for each health check of a target.
    HealthCheck,
}

impl LogKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Access, Self::Connection, Self::HealthCheck];

    /// What attributes call it: `access_logs` of `access_logs.s3.enabled`.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Access => "access_logs",
            Self::Connection => "connection_logs",
            Self::HealthCheck => "health_check_logs",
        }
    }

    /// What the names of its files begin with.
    pub(super) fn file_prefix(self) -> &'static str {
        match self {
            Self::Access => "",
            Self::Connection => "conn_log_",
            Self::HealthCheck => "health_check_log_",
        }
    }
}

/// Where logs go, as the load balancer's attributes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// `access_logs.s3.bucket`.
    pub bucket: String,
    /// `access_logs.s3.prefix`; empty where there is none.
    pub prefix: String,
}
