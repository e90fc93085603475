//! Where PutLogEvents batches are kept: log groups, their streams, and append-only segments of events.
//!
//! What comes in: requests of the Logs API, with the moment they arrive. What goes out: a refusal in
//! AWS's words ([`LogError`]), pages of events, or an [`EventSnapshot`], which queries scan while the
//! store goes on. To add a fact about a group or a stream: a field in `group.rs` or `stream.rs`.

mod arn;
mod batch;
mod class;
mod error;
mod find;
mod group;
mod key;
mod log_store;
mod page;
#[cfg(test)]
mod page_properties;
mod retention;
mod segment;
mod snapshot;
mod stream;

pub use batch::{InputLogEvent, RejectedLogEvents};
pub use class::LogGroupClass;
pub use error::LogError;
pub use find::FoundEvent;
pub use group::LogGroup;
pub use key::EventKey;
pub use log_store::{Appended, LogStore};
pub use page::{Direction, EventPage, FilterScan, StoredEvent};
pub use retention::RETENTION_DAYS;
pub use snapshot::EventSnapshot;
pub use stream::LogStream;
