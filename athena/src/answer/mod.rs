//! Queries answered: the text of a query → columns and rows as Athena's results show them.
//!
//! What comes in is a [`Session`] and a query's text; what goes out is an [`Answer`] or a [`crate::refusal::Refusal`].

mod csv;
mod result;
mod run;

pub use csv::write_csv;
pub use result::{Answer, ColumnInfo, Statistics};
pub use run::{Session, check, run};
