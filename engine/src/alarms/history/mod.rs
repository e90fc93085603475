//! What DescribeAlarmHistory tells: changes of state, configurations, actions.
//!
//! In come the changes, out come [`HistoryItem`]s with summary and data in AWS's words. To add a member of a
//! configuration, see `configuration`.

mod configuration;
mod item;

pub(in crate::alarms) use item::ConfigurationUpdate;
pub use item::HistoryItem;
