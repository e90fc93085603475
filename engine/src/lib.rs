//! CloudWatch's languages and evaluators, without AWS, network or clock.
//!
//! What comes in is text somebody wrote (queries, patterns, dashboard bodies) and recorded data (log
//! events, datapoints); what goes out is what CloudWatch would answer, or a refusal with the position,
//! the reason and what would work. Rooms depend only on rooms above them in this list.

pub mod base;
pub mod diag;
pub mod alb;
pub mod catalog;
pub mod events;
pub mod pattern;
pub mod insights;
pub mod metrics;
pub mod alarms;
pub mod dashboard;
pub mod account;
