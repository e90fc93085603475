//! A plan that was written down, to be applied while what it was made of is as it was.
//!
//! What comes in: a plan with both of its sides, or the text of a file. What goes out: that text, or what has moved since
//! ([`Moved`]). `sides` says what of a resource counts; a member more in the file is another version of it.

mod error;
mod file;
mod sides;
mod subject;

pub use error::PlanFileError;
pub use file::PlanFile;
pub use sides::Moved;
pub use subject::Subject;
