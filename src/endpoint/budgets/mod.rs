//! AWS Budgets: budgets, their notifications, and who is told. They belong to no region.
//!
//! What comes in: awsJson 1.1, with the caller's own account. What goes out: documents. Amounts stay the decimal texts that
//! they came as; filters are kept. What a budget counts is in `selection.rs`, what it allows in `limit.rs`; a budget that
//! is not evaluated here is kept and remarked on, and shows no spend. To add an operation: write its file and name it in the table of `service.rs`.

mod create_budget;
mod describe_budget;
mod describe_budgets;
mod update_budget;
mod delete_budget;
mod create_notification;
mod update_notification;
mod delete_notification;
mod describe_notifications_for_budget;
mod describe_budget_notifications_for_account;
mod create_subscriber;
mod update_subscriber;
mod delete_subscriber;
mod describe_subscribers_for_notification;
mod tag_resource;
mod untag_resource;
mod list_tags_for_resource;
mod budget;
mod evaluate;
mod limit;
mod message;
mod notification;
mod read;
mod refusals;
mod selection;
mod service;
mod store;
mod tags;

pub use budget::Budget;
pub(super) use evaluate::{EVERY, evaluate};
pub use notification::{Notification, Subscriber};
pub use selection::not_evaluated;
pub use service::SERVICE;
pub use store::BudgetStore;
