//! Saved queries and their calls.
//!
//! In come a text with calls such as `$ErrorsByLevel(level = "WARN")` and the [`SavedQueries`] of whoever runs it; out
//! comes the text that runs, in which each call is replaced by the saved text with its placeholders filled in, and a
//! way back for the places of what is wrong in it: to the argument that was written, else to the whole call.
//!
//! Rules of the CloudWatch Logs user guide (saved queries with parameters, 2026): a placeholder is `{{name}}`; a call
//! gives literals, the rest comes from defaults; saved queries do not call each other; the expanded text has at most
//! 10,000 characters.

mod assembly;
mod call;
mod catalogue;
mod definition;
mod expand;
mod literal;
mod placeholders;

pub(super) use assembly::Expanded;
pub use catalogue::{NoSavedQueries, Parameter, SavedQueries, SavedQuery};
pub use definition::{compile_saved, fill_saved};
pub use expand::called_queries;
pub(super) use expand::expand;
pub use literal::{is_parameter_name, literal_of};
