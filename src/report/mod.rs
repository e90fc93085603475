//! Everything a person reads in a terminal: tables, plans, diffs, progress.
//!
//! What comes in: values of the other rooms. What goes out: text, written to a writer that was passed.
//! Colour is added to text that says the same without it; the writer takes it out where it is not
//! wanted. To add a report: a file with a function that takes a writer.

mod apply_progress;
mod count;
mod csv;
mod plan;
mod results;
mod style;
mod table;
mod text_diff;
mod values;

pub use apply_progress::{ApplyProgress, spinner};
pub use count::plural;
pub use plan::write_plan;
pub use results::{Answer, write_csv, write_json, write_table};
pub use table::table;
