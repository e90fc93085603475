//! Athena's catalogue: the data definition language (Hive's, with Athena's limits), and the databases and tables
//! that it makes.
//!
//! What comes in: the text of one statement ([`Statement::parse`]) or a mistake with its line and column; a
//! [`Catalog`] that runs it. What goes out: rows of text as Athena answers them, and [`Table`]s, from which a query
//! engine reads columns, serialiser, location and partition projection. To add a statement: its file under `parse/`
//! with a line in `parse/statement.rs`, a variant of [`Statement`], and what it does in `run.rs`.

mod column_type;
mod error;
mod literal;
mod load_balancer;
mod parse;
mod printed;
mod run;
#[cfg(test)]
mod run_tests;
mod statement;
mod store;
mod table;
mod token;

pub use column_type::ColumnType;
pub use error::{DdlError, Failure};
pub use literal::quoted as quoted_text;
pub use load_balancer::{
    ACCESS_LOG_PATTERN, PUBLISHED_ACCESS_LOG_PATTERN, REGEX_SERDE, access_log_table,
    connection_log_table, health_check_log_table,
};
pub use run::{Answer, Kind};
pub use statement::{Statement, TableName};
pub use store::{Catalog, Database};
pub use table::{Column, Table};
