//! The score: which factors speak against a transaction, and what they add up to.
//!
//! In: a [`Transaction`](crate::transaction::Transaction) and the customer's
//! [`History`](crate::customers::History). Out: a [`Score`]. Pure: no clock, no store.
//!
//! Each factor is one file: name, weight (the most points it can give), description, code, tests.
//! To add one, write the file and add its constant to [`FACTORS`]. Points are added and capped at
//! 100; [`Recommendation`] follows from the sum alone.

mod amount;
mod factor;
mod factors;
mod merchant;
mod location;
mod night;
mod recommendation;
mod sum;
#[cfg(test)]
pub(crate) mod testing;
mod velocity;

pub use factor::{Evidence, Factor, RiskFactor};
pub use factors::FACTORS;
pub use recommendation::{BLOCK_FROM, REVIEW_FROM, Recommendation};
pub use sum::{Score, score};
