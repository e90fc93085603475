//! Metrics against case files (`cases/metrics/*.case`) and against expressions that people published.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests are tests"
)]

mod case_files;
mod public_expressions;
mod script;
