//! The price list: rows of `prices.json`, strictly read, and the items that calculators ask for.
//!
//! What comes in: JSON rows with unit, cumulative tiers, free allowance, region, date, sources, certainty. What
//! goes out: [`Price`]s by [`Item`]. An item that the list lacks, or sells by another unit, is an error.

mod error;
mod file;
pub mod item;
mod list;
mod price;

pub use error::PriceError;
pub use item::Item;
pub use list::PriceList;
pub use price::{Allowances, Certainty, Price, Tier};
