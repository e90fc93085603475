//! Log events: where they are kept and how they are read.
//!
//! What comes in: PutLogEvents batches ([`LogStore`]) or log files. What goes out: an [`EventSource`],
//! which queries and filters scan chunk by chunk.

mod source;

pub use source::{EventRef, EventSource};
