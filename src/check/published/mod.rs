//! What AWS publishes in its own namespaces: names, sets of dimensions, how often, and which statistics mean something.
//!
//! Each namespace has a file that names the page it was taken from, and was held against. A namespace without a file is not
//! judged. To add one: a file, and its line in `table.rs`.

mod billing;
mod containers;
mod ecs;
mod load_balancer;
mod log_groups;
mod table;

pub(super) use table::{Published, Useful, of, tables};
