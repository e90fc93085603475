//! What resources cost by being there: alarms, custom metrics, dashboards.
//!
//! What comes in: resources, or a plan. What goes out: charges by [`Class`], and what a plan changes of a month's
//! bill. What is paid by use, as the ingestion of logs is, does not count here: that is the estimate's. To add a
//! resource type: its line in `charges`; whatever cannot be told beforehand is a [`Charge::Unknown`].

mod alarm;
mod charge;
mod class;
mod count;
mod plan_price;

pub use alarm::{AlarmShape, WatchedShape};
pub use charge::{Charge, charges};
pub use class::Class;
pub use count::Count;
pub use plan_price::{AlarmScans, Part, PlanPrice};
