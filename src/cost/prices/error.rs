use std::path::PathBuf;

/// A price that cannot be told. It is never taken for nothing.
#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    /// The file cannot be read.
    #[error("the price list `{}` cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not the JSON of a price list.
    #[error("the price list is malformed")]
    Shape(#[source] serde_json::Error),
    /// A row that contradicts itself.
    #[error("the price list's row {row} (`{service}`, `{item}`): {reason}")]
    Row {
        /// Counted from 1.
        row: usize,
        /// Its service.
        service: String,
        /// Its item.
        item: String,
        /// What is wrong.
        reason: String,
    },
    /// No such row.
    #[error(
        "the price of `{item}` of `{service}` is unknown: the price list of {region} has no such row"
    )]
    Unknown {
        /// The service.
        service: String,
        /// The item.
        item: String,
        /// The list's region.
        region: String,
    },
    /// A row that says something else than what is counted with.
    #[error("the price of `{item}` of `{service}` is not used: {reason}")]
    Other {
        /// The service.
        service: String,
        /// The item.
        item: String,
        /// What differs.
        reason: String,
    },
    /// A quantity that is not sold.
    #[error("{0}")]
    Quantity(String),
}
