//! `belfry cost`: what was spent, what will be, what changed, what a unit costs; and the same as metrics.
//!
//! What comes in: the environment's Cost Explorer, or exports in files, and the service's own count of requests. What
//! goes out: a report in one of five forms, or data in `FraudDetection/Cost`. Answers are kept for their day beside
//! the local state, since each request costs a cent.

mod arguments;
mod asking;
mod budgets;
mod gather;
mod publish;
mod run;

pub(super) use arguments::Arguments;
pub(super) use run::run;
