//! Log alarms: a Logs Insights query on a schedule, its rows aggregated into one value, or one a group, for each
//! run; M of the N newest runs decide.
//!
//! In come configurations (PutLogAlarm) and [`QueryRun`]s; out come changes of state. Whoever holds the log
//! events asks for what is due ([`super::AlarmStore::due_runs`]), runs it and hands the answer back
//! ([`super::AlarmStore::take_run`]); the next evaluation follows it. The aggregation sees the rows of the answer and no
//! more: a field that the query does not show is absent.

mod aggregation;
mod follow;
mod model;
mod reason_data;
mod run;
mod schedule;
mod store;
#[cfg(test)]
mod tests;
mod validate;

pub use aggregation::Aggregation;
pub use model::{LogAlarm, ScheduledQuery, StoredLogAlarm};
pub use run::{DueRun, QueryRun, RunOutcome};
pub use schedule::Schedule;
