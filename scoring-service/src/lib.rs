//! The fraud-scoring service: what watches it reads the lines it writes.
//!
//! In: `POST /api/v1/predict` with one transaction, `GET /health`. Out: a score from 0 to 100 with
//! its reasons, and one JSON line per request on standard output, which is a log record and a
//! CloudWatch embedded-metric document at once.
//!
//! ```text
//! request ─parse→ Transaction ─score(history)→ Score ─answer→ response
//!                                                  └─record→ LogRecord + Metrics ─write→ one line
//! ```
//!
//! Rooms, each depending only on those before it: [`clock`] (time comes in), [`transaction`] (what a
//! request must hold), [`customers`] (what is remembered of each customer), [`score`] (the factors),
//! [`breaker`] (the circuit breaker), [`log`] (the record, the metrics, the exported signals, the
//! writer), [`incident`] (faults on purpose), [`model`] (scoring behind the breaker), [`settings`],
//! [`api`] (routes) and [`server`] (start and stop).
//! To add a factor: one file in `score/` and one line in its table. To add a field to the log: the
//! struct and the table in `log/record.rs`, then refresh `signals.json` (its test says how).

pub mod api;
pub mod breaker;
pub mod clock;
pub mod customers;
pub mod incident;
pub mod log;
pub mod model;
pub mod score;
pub mod server;
pub mod settings;
pub mod transaction;

pub use server::{ServiceError, run};
pub use settings::Settings;
