use std::io;

use thiserror::Error;

/// Why a log file cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The bytes do not come.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: String,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// The file starts as gzip and is damaged or cut off.
    #[error("{path} is gzip and damaged or cut off")]
    Gzip {
        /// The file.
        path: String,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// What can be read only once cannot be kept.
    #[error("cannot keep {path} in a temporary file while it is read")]
    Keep {
        /// The file.
        path: String,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// A line is not an exported event.
    #[error(
        "line {line} of {path} is not an exported event: expected one JSON object with `timestamp` (milliseconds) and `message`"
    )]
    Event {
        /// The file.
        path: String,
        /// Counted from one.
        line: usize,
        /// The reason.
        #[source]
        source: serde_json::Error,
    },
}
