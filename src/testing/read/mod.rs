//! Test files, read: TOML in, [`TestFile`](super::TestFile)s out, or every mistake with its place.

mod alarm;
mod dashboard;
mod emf;
mod events;
mod file;
mod files;
mod json;
mod metric;
mod query;
mod reader;
mod rows;
mod series;
mod test;
#[cfg(test)]
mod tests;
mod value;

pub use files::{FOLDER, TestsError, read_files};
use reader::Reader;
