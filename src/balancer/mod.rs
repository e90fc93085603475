//! A load balancer on loopback: what an Application Load Balancer is to the service, on one machine.
//!
//! What comes in: [`Settings`], target groups with weights and health checks, and HTTP/1.1 connections. What goes out:
//! the targets' answers (or the balancer's own, with the statuses an Application Load Balancer gives), and what was
//! measured meanwhile: gzip files of access, connection and health-check logs ([`Balancer::take_log`]) and data for `AWS/ApplicationELB`
//! ([`Balancer::take_data`]). Nothing here knows the AWS SDK: `up` delivers both.
//!
//! ```text
//! connection ─listener→ guarded ─head::read→ answer ─Routing::choose→ target group, target ─pool→ connection to it
//!            └ client.rs counts its bytes; when an answer is written, its Exchange goes to Counts and the access log
//! ```
//!
//! One exchange is one [`Exchange`]: to log or count something new, add it there and fill it in `answer.rs`.
//! WebSocket upgrades, HTTP/2 and TLS are left out; an upgrade is answered as the plain request that it also is.

mod access_log;
mod answer;
mod load_balancer;
mod body;
mod check;
mod chunks;
mod connection_log;
mod client;
mod counted;
mod counts;
mod exchange;
mod forward;
mod guarded;
mod head;
mod health;
mod health_log;
mod listener;
mod log_file;
mod matcher;
mod metrics;
mod pool;
mod refusal;
mod routing;
mod settings;
mod stamp;
mod trace_id;

pub use check::{HealthChange, check_health};
pub use counts::{Counts, GroupCounts};
pub use exchange::Exchange;
pub use health::{Checked, Failure, Health, TargetHealth};
pub use listener::serve;
pub use load_balancer::Balancer;
pub use log_file::LogFile;
pub use matcher::Matcher;
pub use routing::{Choice, GroupName, GroupTargets, Routing};
pub use settings::{ForwardedFor, GroupSettings, HealthCheck, LogKind, LogSettings, Settings};
