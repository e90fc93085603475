//! Fields of a JSON event by their dotted names, without building the event.
//!
//! In come a message and the names that are wanted; out go the leaves of those names. The whole message
//! is checked, because a message that is not one JSON object has no fields at all. To make it faster,
//! keep the property test against `serde_json` green.

mod bytes;
mod guess;
mod lanes;
mod prefix;
mod reader;
mod scanner;
mod shape;
mod text;
mod walk;

pub use reader::FieldReader;
pub use scanner::{FieldScanner, FieldValue};
