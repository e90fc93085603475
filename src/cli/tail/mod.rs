//! `belfry tail`: new events of a log group or new lines of a file, as they come.
//!
//! What comes in: a group's name or a file's path, and a filter pattern. What goes out: one line for each event that
//! matches, until Ctrl-C. A group is asked again and again through the SDK; a file is read on as it grows, and begun
//! anew where it was truncated or another file took its name.

mod arguments;
mod follow_file;
mod group;
mod lines;
mod run;

pub(super) use arguments::Arguments;
pub(super) use run::run;
