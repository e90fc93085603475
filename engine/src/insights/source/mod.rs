//! Which log groups and which time a query's `SOURCE` asks for.
//!
//! In comes what the parser read; out come answers to "does it select this group?" and "which range?".
//! Whoever holds log groups asks; the language itself knows none. `selection` holds the groups, `window`
//! the time, `tags` the filters by tag.

mod selection;
mod tags;
mod window;

pub use selection::{GroupFacts, LogGroups, Source};
pub use tags::{TagFilter, TagValue};
pub use window::SourceTime;
