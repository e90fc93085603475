//! Definitions of tables, as Athena's catalogue (AWS Glue) keeps them.
//!
//! What comes in are names, Hive types and properties, from DDL or from a suite. What goes out are [`Table`]s with
//! their partition columns, SerDe and [`Projection`], and a [`Catalog`] in which queries look tables up. To add a Hive
//! type: a line in `hive_type.rs`; to add a projection type: a variant in `projection.rs`.

mod column;
mod database;
mod date_pattern;

mod hive_type;
mod known;
mod projection;
#[cfg(test)]
mod projection_tests;
mod table;

pub use column::Column;
pub use database::{Catalog, Database, Tables};
pub use date_pattern::DatePattern;
pub use hive_type::{HiveType, HiveTypeError};
pub use known::{
    ACCESS_LOG_REGEX, CONNECTION_LOG_REGEX, HEALTH_CHECK_LOG_REGEX, REGEX_SERDE, access_log_table,
    connection_log_table, health_check_log_table,
};
pub use projection::{DateUnit, Projection, ProjectionError, ProjectionType};
pub use table::Table;
