//! The routes: HTTP in, HTTP out, and one [`Event`] per request for the log.
//!
//! `predict.rs`, `health.rs` and `incident.rs` hold one route each. A handler returns an
//! [`Answer`]: the response and what is to be said about it. `observe.rs` stands around all of
//! them: it measures, names the request, and writes the line. Mistakes are a [`Fault`], answered
//! as `{"error":{"code","message","field"}}`.
//!
//! Health checks are logged like every request, but measured only by the breaker's state: a load
//! balancer's questions are no traffic, and must not dilute error rates and latencies.

mod answer;
mod app;
mod body;
mod fault;
mod health;
mod incident;
mod observe;
mod predict;
mod request_id;
mod router;
mod trace_id;

pub use answer::{Answer, Event};
pub use app::App;
pub use body::BODY_LIMIT;
pub use fault::Fault;
pub use request_id::RequestIds;
pub use router::router;
