//! Trino's scalar functions.
//!
//! What comes in is a name with the types of its arguments; what goes out is the [`Overload`] that answers, or a
//! refusal in Trino's words. To add a function: an entry in the table of its file, with its parameters as Trino's
//! documentation has them, and the plain function beside it. What Trino has and no table has stands in `others.rs`.

mod array;
mod bits;
pub(crate) mod calendar;
mod cast;
mod condition;
mod date_format;
mod datetime;
mod format;
mod interval;
mod ip;
mod java_regex;
pub(crate) mod joda;
mod like;
mod map;
mod math;
mod number;
mod others;
mod overload;
mod read_time;
mod regexp;
mod round;
mod sequence;
mod table;
mod text;
mod time_parts;
mod url;

pub(crate) use array::{element, subscript};
pub(crate) use cast::{cast, has_cast, java_double, parse_decimal};
pub(crate) use format::FORMAT;
pub(crate) use interval::{parse_interval, temporal};
pub(crate) use java_regex::{Dialect, rust_pattern};
pub(crate) use like::{LikePattern, like};
pub(crate) use map::map_of;
pub(crate) use number::{arithmetic, arithmetic_type, fits, negate};
pub(crate) use others::{MORE_WAYS, OTHERS};
pub(crate) use overload::{Overload, Parameter, Site, fit, resolve};
pub(crate) use read_time::{shape_of_timestamp, timestamp};
pub(crate) use table::{find, names};
