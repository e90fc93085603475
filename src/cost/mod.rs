//! What things cost: prices, the arithmetic of AWS's bills, and what a plan changes of them.
//!
//! What comes in: `prices.json`, the dated list prices of one region, and quantities: task seconds, gigabytes,
//! metrics. What goes out: a [`Bill`] of lines in exact decimals, each with the certainty of its price. A price
//! that the list lacks is an error and never nothing. To add a price: a row in `prices.json`, an [`Item`] in
//! `prices/item.rs`, and a function in the file of its service under `services/`.

pub mod asked;
mod bill;
mod money;
pub mod outlook;
pub mod estimate;
pub mod prices;
mod published;
pub mod services;
pub mod standing;
pub mod statement;
pub mod store;
mod time_unit;

pub use bill::{Bill, Line};
pub use money::{Usd, quantity};
pub use prices::{Allowances, Certainty, Item, Price, PriceError, PriceList};
pub use published::{COST_METRICS, COST_NAMESPACE, METERED_METRIC};
pub use time_unit::TimeUnit;
