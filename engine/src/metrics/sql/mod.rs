//! Metrics Insights: the SQL of CloudWatch metrics.
//!
//! What comes in: the text of a query (`SELECT AVG(…) FROM …`), a [`MetricStore`](super::MetricStore) and a
//! [`Grid`](super::Grid) of periods. What goes out: a [`SqlAnswer`], one [`SqlSeries`] for each group in the order asked
//! for, or diagnostics with positions, all mistakes of the text at once. The way: `token` → `parse` → `query` (what
//! was read) → `run`. To add a clause: its reader in `parse.rs`, its place in [`SqlQuery`], its meaning in
//! `run.rs`; operators that the language does not have are named in `refused.rs`.

mod cursor;
mod function;
mod parse;
mod query;
mod refused;
mod reserved;
mod run;
mod token;

pub use function::SqlFunction;
pub use query::{SqlCondition, SqlLabel, SqlOrder, SqlQuery, SqlSource, SqlValue};
pub use run::{SqlAnswer, SqlSeries};
