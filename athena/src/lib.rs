//! Athena's SQL over load balancers' logs, run where the logs are.
//!
//! What comes in is the text of a query, the definitions of tables, and the objects or files behind them. What goes
//! out is what Athena (engine version 3, which is Trino) would answer, as text with its column types, or a refusal with
//! the position, the reason and, where Athena would refuse too, Athena's own words. Rooms depend only on rooms above
//! them in this list. Nothing here knows an AWS SDK, the network or the system's clock.

pub mod catalog;
