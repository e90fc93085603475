use std::path::PathBuf;

/// An export that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error("the cost export `{}` cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Its text is wrong at a place.
    #[error("the cost export `{}` is wrong at line {line}, column {column}: {reason}", path.display())]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What was found and what was expected.
        reason: String,
    },
    /// A value of a table is wrong.
    #[error("the cost export `{}` is wrong at row {row}, column `{column}`: {reason}", path.display())]
    Value {
        /// Which file.
        path: PathBuf,
        /// From 1.
        row: usize,
        /// Its name.
        column: String,
        /// What was found and what was expected.
        reason: String,
    },
    /// It is no Parquet, or a damaged one.
    #[error("the cost export `{}` cannot be read as Parquet: {reason}", path.display())]
    Parquet {
        /// Which file.
        path: PathBuf,
        /// What its reader found.
        reason: String,
    },
    /// A layout that is not read.
    #[error("the cost export `{}` is not read: {reason}", path.display())]
    Layout {
        /// Which file.
        path: PathBuf,
        /// Why, and what would be read.
        reason: String,
    },
}
