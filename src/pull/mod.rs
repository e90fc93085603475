//! What is deployed, written back into the files of the suite.
//!
//! What comes in: a suite with the texts of its files, and resources as an account has them. What goes out: for each
//! the whole new text of its file, in the file's own words as far as they still hold: variables, the order of
//! members, comments. Nothing is written here but by [`write_all`], which writes all files or none. To pull
//! another kind: a file with a function from resource and old text to new text, and its line in `pulled`.

mod dashboard;
mod json_text;
mod named_query;
mod pulled;
mod query;
mod setting;
mod variables;
mod write;

pub use json_text::json_text;
pub use pulled::{PullError, Pulled, pulled};
pub use write::{FileChange, WriteError, write_all};
