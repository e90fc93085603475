//! What a query reads beside its own events: other log groups and lookup tables.
//!
//! In comes a compiled query with its [`Need`]s; whoever runs it gives [`Sources`], which opens log groups
//! and knows tables. Needs are fetched before the query itself runs, each into a cell that expressions of
//! the plan look into. `need` says what is needed, `members` holds the values of a subquery,
//! `matches` the rows of a join, `found` the rows of a table by their key, `lookup` reads tables.

mod found;
mod key;
mod lookup;
mod matches;
mod members;
mod need;
mod sources;

pub(super) use found::{Found, Match};
pub use lookup::{LookupTable, LookupTableError};
pub(super) use matches::Matches;
pub(super) use members::Members;
pub(super) use need::{Cell, Fetching, Need, Rows, Take};
pub use sources::{NoSources, SourceError, Sources};
