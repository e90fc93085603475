//! What leadership asks of a cost: how much, will it stay in budget, what changed, what does one unit cost.
//!
//! What comes in: daily costs by service and usage type, a forecast, anomalies, a budget, the number of transactions
//! scored each day. What goes out: a [`Statement`], plain figures that reports print. To add a family of costs: a row
//! in `family.rs`.

mod budget;
mod burn;
mod family;
mod figures;
mod json;
mod owner;
mod series;

pub use budget::{Budget, BudgetSource, Burning, Counts};
pub use burn::Burn;
pub use family::Family;
pub use figures::{Change, FamilyCost, Span, Statement, Told};
pub use owner::owner;
pub use series::Days;
