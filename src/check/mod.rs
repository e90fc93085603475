//! What is wrong or risky in a suite that is valid: one file per check, each with a documented code.
//!
//! What comes in: a loaded [`Suite`](crate::suite::Suite) and the service's signal contract. What goes out:
//! findings per file, with positions, less what belfry.toml allows. To add a check: a file with its `CHECK` and a test, a line in the table
//! of `run.rs`, and its code in `engine/src/diag/codes/check.rs`.

mod allowance;
mod asked;
mod beyond_limits;
mod broken_sql;
mod broken_text;
mod contract;
mod covered_widget;
mod fine_period;
mod foreign_metric;
mod group_class;
mod odd_statistic;
mod published;
mod run;
mod runbook_heading;
mod short_retention;
mod silent_alarm;
mod silent_heartbeat;
mod subject;
mod timeless_widget;
mod undeclared_group;
mod unknown_alarm;
mod unknown_field;
mod unknown_pattern_field;
mod unpublished_metric;
mod unused_topic;
mod unused_variable;
mod used_metric;

pub use allowance::Allowed;
pub use contract::{Contract, ContractError};
pub use run::{CHECKS, Check, Checked, Conditions, run};
pub use subject::{Finding, Subject};
