//! Log events: where they are kept and how they are read.
//!
//! What comes in: PutLogEvents batches ([`LogStore`]) or log files. What goes out: an [`EventSource`],
//! which queries and filters scan chunk by chunk.

mod fields;
mod file;
mod literal;
mod origin;
mod source;
mod store;

pub use fields::{FieldReader, FieldScanner, FieldValue};
pub use file::{FileFormat, FileOptions, LogFile, ReadError};
pub use literal::Literal;
pub use origin::{DataSource, LogType, Misfits, Origin, Record, first_message};
pub use source::{EventRef, EventSource, Piece, Pieces, Scanned, Visit, WANTED_FIELDS, Wanted};
pub use store::{
    Appended, Direction, EventKey, EventPage, EventSnapshot, FilterScan, FoundEvent, InputLogEvent,
    LogError, LogGroup, LogGroupClass, LogStore, LogStream, RETENTION_DAYS, RejectedLogEvents,
    StoredEvent,
};
