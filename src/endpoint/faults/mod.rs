//! What goes wrong on purpose: throttling, failures, lost answers, silence and slow answers, drawn by a
//! seed, and AWS's rates enforced, so that clients are tried against them and a run repeats.
//!
//! In come [`Faults`], the share of requests that meet each; out comes a [`Mishap`] for every request. To add
//! one: a share in `shares`, a variant in `mishap`, and what becomes of the request in the router.

mod mishap;
mod shares;
mod tally;

pub(super) use mishap::{Mishap, Mishaps};
pub use shares::{Faults, FaultsError};
pub use tally::Tally;
