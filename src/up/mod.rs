//! The whole suite on one machine: `belfry up`.
//!
//! What comes in: [`Options`] and the clock. What goes out: an endpoint and a page on loopback, a
//! scoring service with traffic, its log in the endpoint, and a story on the terminal.
//!
//! ```text
//! traffic ─send→ load balancer ─→ service (a process) ─standard output→ ship ─PutLogEvents→ endpoint
//!                └ access logs, AWS/ApplicationELB and AWS/ECS metrics ─publish→ endpoint
//!                                     alarms of the endpoint ─SNS→ subscriber ─→ terminal
//! ```
//!
//! Everything reaches the endpoint over HTTP with the AWS SDK, as it would reach AWS. Parts start in
//! the order of `run.rs` and stop in the reverse order: traffic first, then load balancer and service, then what
//! it wrote is delivered, then the endpoint ends. To add a part: a file, its start and its stop there.

mod balancing;
mod batch;
mod deploy;
mod error;
mod fleet;
mod follow;
mod green;
mod http;
mod incident;
mod meter;
mod metered;
mod options;
mod ports;
mod process;
mod progress;
mod publish;
mod run;
mod scenario;
mod scoring;
mod sender;
mod servers;
mod ship;
mod stop;
mod subscriber;
mod summary;
mod tasks;
mod tell;
mod traffic;
mod transactions;
mod usage;
mod watch;

pub use batch::{Batcher, EVENT_OVERHEAD, LogLine, MAX_BYTES, MAX_EVENTS, MAX_SPAN, split};
pub use error::UpError;
pub use follow::Follower;
pub use green::{Deployment, Green, SharedGreen};
pub use incident::Incident;
pub use options::{LOG_GROUP, Options, Ports, TOPIC};
pub use process::ServiceProcess;
pub use run::run;
pub use scenario::{IncidentKind, Scenario};
pub use scoring::ScoringStart;
pub use sender::{Answers, send};
pub use ship::{LogSink, PutError, Shipped, ship};
pub use subscriber::{SnsMessage, Subscriber};
pub use summary::Summary;
pub use tasks::Tasks;
pub use tell::Teller;
pub use traffic::{Purchase, Traffic};
pub use watch::{Standings, watch_alarms};
