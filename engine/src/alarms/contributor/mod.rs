//! Alarms over many series: each series is a contributor with a state of its own.
//!
//! In come the series that a query returned at one moment, each judged ([`ContributorEvaluation`]); out come
//! the contributors' changes of state and what the alarm itself says ([`Contributors::follow`]). Metrics
//! Insights alarms, log alarms with `by` and PromQL alarms share it.

mod contributors;
mod model;
mod promql;
mod summary;

pub use contributors::{ContributorChange, Contributors};
pub use model::{Contributor, ContributorEvaluation};
pub use promql::{PromQlAlarm, PromQlCriteria};
pub use summary::SeriesSummary;
