//! Log events: where they are kept and how they are read.
//!
//! What comes in: PutLogEvents batches ([`LogStore`]) or log files. What goes out: an [`EventSource`],
//! which queries and filters scan chunk by chunk.

mod fields;
mod file;
mod source;
mod store;

pub use fields::{FieldScanner, FieldValue};
pub use file::{FileFormat, FileOptions, LogFile, ReadError};
pub use source::{EventRef, EventSource};
pub use store::{
    Appended, Direction, EventKey, EventPage, EventSnapshot, FilterScan, InputLogEvent, LogError,
    LogGroup, LogStore, LogStream, RETENTION_DAYS, RejectedLogEvents, StoredEvent,
};
