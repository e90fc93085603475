//! Cost Explorer over the account's cost store: JSON 1.1, one answer for all regions.
//!
//! What comes in: exports read when the endpoint opens (`costs/` of its data folder, or files that are named), and
//! what a local run was metered at. What goes out: costs by period, group and filter. What the exports do not carry is
//! refused by its name. One file per operation; to add one, write its file and name it in the table.

mod expression;
mod get_anomalies;
mod get_anomaly_monitors;
mod get_cost_and_usage;
mod get_cost_forecast;
mod get_dimension_values;
mod get_tags;
mod grouping;
mod page;
mod period;
mod service;
mod sums;
mod values;

pub(super) use expression::{Expression, Wanted};
pub use service::SERVICE;
