//! From objects to rows.
//!
//! What comes in is a table's definition and where its objects are ([`Objects`]); what goes out are the rows of its
//! lines, of which only the columns are read that a query needs. Partitions that the query excludes are not listed.
//! To add a way to divide lines: a variant in `reader.rs`; to add a place for objects: an implementation of
//! [`Objects`].

mod access_line;
#[cfg(test)]
mod access_line_tests;
mod block;
mod letters;
mod objects;
mod partition;
mod reader;
mod stream;

pub(crate) use block::Block;
pub use objects::{Files, Folder, Object, ObjectError, Objects};
pub(crate) use partition::{Part, parts};
pub(crate) use reader::LineReader;
pub(crate) use stream::{Load, blocks_of, loads_of};
