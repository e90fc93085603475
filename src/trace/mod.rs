//! One request seen from both sides: the load balancer's access log and the service's own log.
//!
//! What comes in: an [`Id`] (of a request or a trace) and the lines of both logs that hold it. What goes out: a
//! [`Traced`]: every request with its moments in order, who answered it and why, and where its time went. Nothing here
//! looks for lines: `cli/trace` reads files, log groups and buckets. To add a part of the time: `parts.rs`; to explain
//! another status: the table of `outcome.rs`.

mod access_line;
mod id;
mod outcome;
mod parts;
mod service_line;
mod traced;

pub use access_line::AccessLine;
pub use id::Id;
pub use outcome::outcome;
pub use parts::{Part, parts};
pub use service_line::ServiceLine;
pub use traced::{Moment, Traced, TracedRequest};
