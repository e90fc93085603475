//! What is wrong or risky in a suite that is valid: one file per check, each with a documented code.
//!
//! What comes in: a loaded [`Suite`](crate::suite::Suite) and the service's signal contract. What goes out:
//! findings per file, with positions, less what belfry.toml allows. To add a check: a file with its `CHECK` and a test, a line in the table
//! of `run.rs`, and its code in `engine/src/diag/codes/check.rs`.

mod allowance;
mod aws_metrics;
mod contract;
mod foreign_metric;
mod run;
mod silent_alarm;
mod subject;
mod unknown_field;
mod unpublished_metric;
mod used_metric;

pub use allowance::Allowed;
pub use contract::{Contract, ContractError};
pub use run::{CHECKS, Check, Checked, Conditions, run};
pub use subject::{Finding, Subject};
