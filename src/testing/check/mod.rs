//! What is expected, held against what a replay shows: one file per kind.

mod alarm;
mod dashboard;
mod query;
mod value;
mod widget;

pub(super) use alarm::alarm;
pub(super) use dashboard::dashboard;
pub(super) use query::query;
pub(super) use value::value;
pub use widget::widget_name;
