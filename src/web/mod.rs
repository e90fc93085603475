//! The pages: dashboards, drawn from an account's data, and alarms.
//!
//! What comes in: a [`DashboardSource`] (the AWS SDK, see `aws::Widgets`) and a clock. What goes out: an
//! axum router with HTML, one style sheet and one small script of our own. Text from the account is
//! escaped in one place, `html.rs`. A widget that cannot be drawn says why, it is never empty. To add a page: a
//! file with its function and a line in `router.rs`; to add a widget type: a file in `widgets/`.

mod alarms;
mod dashboard;
mod html;
mod index;
mod markdown;
mod range;
mod router;
mod serve;
mod source;
mod widgets;

pub use router::router;
pub use serve::serve;
pub use source::{
    AlarmSummary, Answer, DashboardSource, DashboardSummary, QueryTable, SeriesAnswer, SourceError,
};
