//! Lengths, ranges and patterns of requests' members, as AWS's API models state them.
//!
//! What comes in: a decoded call. What goes out: nothing, or the validation fault that names every member beyond its
//! limits in the words of AWS's services, before the operation looks at any of them. One table for each service, a line for
//! each limit: the member's place (`Tags[].Key`, `tags{key}`, `tags{}`), what holds there (`length 1 128`, `range 0 -`,
//! `pattern [^:*]*`), and behind ` : ` the operations. To add a limit: a line. Members whose refusal has words of its own (all of
//! PutMetricData, enumerations, what is missing) are checked by their operations.

mod check;
mod constraint;
mod table;

pub(super) use check::check;
