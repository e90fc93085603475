//! Log files as event sources: raw lines or exported events, plain or gzip.
//!
//! In come bytes and a name for messages (the tool opens the file); out comes a [`LogFile`], which
//! queries scan in chunks. To add a format: a variant of [`FileFormat`] and a reader beside `lines`.

mod clock;
mod error;
mod exported;
mod lines;
mod log_file;

pub use error::ReadError;
pub use log_file::{FileFormat, FileOptions, LogFile};
