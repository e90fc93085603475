//! Athena's SQL over load balancers' logs, run where the logs are.
//!
//! What comes in is the text of a query, the definitions of tables, and the objects or files behind them. What goes
//! out is what Athena (engine version 3, which is Trino) would answer, as text with its column types, or a refusal with
//! the position, the reason and, where Athena would refuse too, Athena's own words. Nothing here knows an AWS SDK, the
//! network or the system's clock. A query goes through these rooms: `sql` (text → tree), `analyze` (tree → typed plan
//! with `types`, `func`, `aggregate`), `exec` (plan → rows, read by `scan`), `answer` (rows → texts).

mod aggregate;
mod analyze;
pub mod answer;
mod catalog;
mod exec;
mod func;
mod plan;
pub mod refusal;
pub mod scan;
mod sql;
mod types;
mod value;
