//! `belfry trace`: one request, from the load balancer and from the service.
//!
//! What comes in: an id, and files or an environment. What goes out: a story in order of time with the time of each
//! part, or one JSON object. `files.rs` reads files, `environment.rs` log groups and the bucket of access logs; both
//! give the lines that hold the id, and the room `trace` brings them together.

mod arguments;
mod environment;
mod files;
mod run;
mod window;

pub(super) use arguments::Arguments;
pub(super) use run::run;
