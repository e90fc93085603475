//! What keeps an endpoint with a data folder: every changing request, written before it is answered.
//!
//! What comes in: calls with their time and region. What goes out: lines of JSON with a checksum, appended to
//! `journal.jsonl` and brought to the disk; on opening, the same calls again, run in order through the same
//! operations. As accounts depend on nothing but the order and the times of their calls, what was acknowledged is
//! there again. Refused calls are written too: some change something before they fail. The journal only grows.
//! To add a member to a line: `entry.rs`, with a new version in `header.rs`.

mod entry;
mod file;
mod folder;
mod header;
mod line;
mod typed;

pub(super) use entry::Entry;
pub(super) use file::Journal;
pub(super) use folder::DataFolder;
