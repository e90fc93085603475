//! Commands that look at several rows at once, or make several rows of one.
//!
//! In come the rows in their present order, all of them in memory; out go rows. One file a command: what
//! it was resolved to, and how it runs. To add one: a reader in `parse`, a resolver in `resolve/`, and a
//! file here that implements [`Whole`].

mod accum;
mod add_totals;
mod append_cols;
mod autoregress;
mod expand;
mod fill_down;
mod fill_missing;
mod join;
mod multi;
mod operation;
mod outlier;
mod pattern;
mod quartile;
mod sessionize;
mod total;
mod unnest;

pub(super) use accum::Accum;
pub(super) use add_totals::AddTotals;
pub(super) use append_cols::AppendCols;
pub(super) use autoregress::Autoregress;
pub(super) use expand::Expand;
pub(super) use fill_down::FillDown;
pub(super) use fill_missing::FillMissing;
pub(super) use join::Join;
pub(super) use multi::Multi;
pub(super) use operation::{Running, Whole};
use operation::{set, value};
pub(super) use outlier::Outlier;
pub(super) use pattern::{Diff, Masked, Pattern, masked};
use quartile::quartiles;
pub(super) use sessionize::Sessionize;
use total::Total;
pub(super) use unnest::Unnest;
