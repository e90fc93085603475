//! The Logs Insights engine from outside: recorded cases, hand-written cases, queries from public
//! repositories, and every name of the language.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests are tests"
)]

mod aws_cases;
mod case_files;
mod choices;
mod determinism;
mod events;
mod names;
mod notes;
mod public_queries;
mod reference;
