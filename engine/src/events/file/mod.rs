//! Log files as event sources: raw lines or exported events, plain or gzip.
//!
//! In comes a path, or bytes and a name for messages; out comes a [`LogFile`], which queries scan in
//! chunks. Lines are read block by block while they are scanned, several chunks at once, and packed
//! ones unpacked block by block, so that memory does not grow with the file; what can be read only once,
//! such as standard input, is kept in a temporary file. What goes wrong meanwhile [`LogFile::check`] tells. To add a format: a variant of [`FileFormat`] and a source beside `raw`.

mod blocks;
mod bytes;
mod clock;
mod error;
mod exported;
mod keep;
mod log_file;
mod pieces;
mod raw;
mod remarks;
mod visiting;
mod windows;

pub use error::ReadError;
pub use log_file::{FileFormat, FileOptions, LogFile};
