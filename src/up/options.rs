use std::path::PathBuf;
use std::time::Duration;

use super::scenario::IncidentKind;
use crate::suite::Suite;

/// What to run, and where.
#[derive(Debug)]
pub struct Options {
    /// Purchases a second, above 0.
    pub rate: f64,
    /// The same seed gives the same traffic.
    pub seed: u64,
    /// When to stop; `None` waits for Ctrl-C.
    pub duration: Option<Duration>,
    /// What to make go wrong until an alarm rings.
    pub incident: Option<IncidentKind>,
    /// Where to listen on loopback.
    pub ports: Ports,
    /// Where the endpoint keeps its state; `None` keeps it in memory.
    pub data: Option<PathBuf>,
    /// This program, which is also the scoring service.
    pub executable: PathBuf,
    /// This program as a person types it, for the commands that are suggested.
    pub program: String,
    /// The folder of belfry.toml, beside which the address of the local environment is published.
    pub folder: PathBuf,
    /// What to apply.
    pub suite: Suite,
}

/// Ports on loopback; 0 takes any free one.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    /// The page with the dashboards.
    pub page: u16,
    /// The AWS endpoint.
    pub endpoint: u16,
    /// The load balancer.
    pub balancer: u16,
    /// The scoring service.
    pub service: u16,
}

/// The log group to which the service's output goes.
pub const LOG_GROUP: &str = "/ecs/fraud-detection/application";

/// The topic that alarms notify.
pub const TOPIC: &str = "fraud-detection-alerts";
