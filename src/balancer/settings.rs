use std::time::Duration;

use super::matcher::Matcher;

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
    /// `routing.http.xff_header_processing.mode`.
    pub forwarded_for: ForwardedFor,
    /// `routing.http.preserve_host_header.enabled`.
    pub preserve_host: bool,
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
            forwarded_for: ForwardedFor::Append,
            preserve_host: false,
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
#[derive(Clone, Debug)]
pub struct GroupSettings {
    /// `fraud-detection-blue`.
    pub name: String,
    /// `arn:aws:elasticloadbalancing:…:targetgroup/fraud-detection-blue/ID`.
    pub arn: String,
    /// Its share of the requests, beside those of the other groups; 0 to 999.
    pub weight: u32,
    /// How its targets are asked.
    pub check: HealthCheck,
}

/// How the targets of a group are asked for their health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheck {
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

/// Where access logs go, as the load balancer's attributes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// `access_logs.s3.bucket`.
    pub bucket: String,
    /// `access_logs.s3.prefix`; empty where there is none.
    pub prefix: String,
}
