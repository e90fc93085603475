//! Scalar functions: the table that the compiler, completions and the reference read.
//!
//! To add a function: copy `strlen.rs`, fill in every member of [`Function`], write the plain function
//! below it and add the line to [`FUNCTIONS`]. Its examples are run by a test of this room. A missing
//! argument or one of the wrong type gives a missing result unless the function says otherwise.

mod address;
mod arguments;
mod date_pattern;
mod function;
mod zone;
mod abs;
mod base64decode;
mod base64encode;
mod bin;
mod case_when;
mod ceil;
mod coalesce;
mod concat;
mod dateceil;
mod datefloor;
mod dec_to_hex;
mod ends_with;
mod floor;
mod format_date;
mod from_millis;
mod greatest;
mod haversine;
mod hex_to_ascii;
mod hex_to_dec;
mod if_then;
mod ipv4_to_number;
mod is_ip_in_subnet;
mod is_ipv4_in_subnet;
mod is_ipv6_in_subnet;
mod is_numeric;
mod is_private_ip;
mod is_public_ip;
mod is_reserved_ip;
mod is_valid_ip;
mod is_valid_ip_v4;
mod is_valid_ip_v6;
mod isblank;
mod isempty;
mod ispresent;
mod json_array_contains;
mod json_array_size;
mod json_parse;
mod json_stringify;
mod least;
mod log;
mod ltrim;
mod md5;
mod message_size;
mod now;
mod parse_date;
mod query_end_time;
mod query_start_time;
mod query_time_range;
mod regex_replace;
mod replace;
mod round;
mod rtrim;
mod sha256;
mod split;
mod sqrt;
mod starts_with;
mod strcontains;
mod strlen;
mod substr;
mod to_double;
mod to_int;
mod to_long;
mod to_millis;
mod to_number;
mod tolower;
mod toupper;
mod trim;
mod unmask;
mod urldecode;
mod urlencode;

pub(super) use address::holds;
use arguments::{integer, integer_or, length, number, text};
pub use function::Function;
pub(super) use function::{Call, Given, MANY, Moment, OfQuery, OfValues, Prepare, Prepared};

/// Every scalar function this version computes.
pub static FUNCTIONS: &[Function] = &[
    abs::FUNCTION,
    base64decode::FUNCTION,
    base64encode::FUNCTION,
    bin::FUNCTION,
    case_when::FUNCTION,
    ceil::FUNCTION,
    coalesce::FUNCTION,
    concat::FUNCTION,
    dateceil::FUNCTION,
    datefloor::FUNCTION,
    dec_to_hex::FUNCTION,
    ends_with::FUNCTION,
    floor::FUNCTION,
    format_date::FUNCTION,
    from_millis::FUNCTION,
    greatest::FUNCTION,
    haversine::FUNCTION,
    hex_to_ascii::FUNCTION,
    hex_to_dec::FUNCTION,
    if_then::FUNCTION,
    ipv4_to_number::FUNCTION,
    is_ip_in_subnet::FUNCTION,
    is_ipv4_in_subnet::FUNCTION,
    is_ipv6_in_subnet::FUNCTION,
    is_numeric::FUNCTION,
    is_private_ip::FUNCTION,
    is_public_ip::FUNCTION,
    is_reserved_ip::FUNCTION,
    is_valid_ip::FUNCTION,
    is_valid_ip_v4::FUNCTION,
    is_valid_ip_v6::FUNCTION,
    isblank::FUNCTION,
    isempty::FUNCTION,
    ispresent::FUNCTION,
    json_array_contains::FUNCTION,
    json_array_size::FUNCTION,
    json_parse::FUNCTION,
    json_stringify::FUNCTION,
    least::FUNCTION,
    log::FUNCTION,
    ltrim::FUNCTION,
    md5::FUNCTION,
    message_size::FUNCTION,
    now::FUNCTION,
    parse_date::FUNCTION,
    query_end_time::FUNCTION,
    query_start_time::FUNCTION,
    query_time_range::FUNCTION,
    regex_replace::FUNCTION,
    replace::FUNCTION,
    round::FUNCTION,
    rtrim::FUNCTION,
    sha256::FUNCTION,
    split::FUNCTION,
    sqrt::FUNCTION,
    starts_with::FUNCTION,
    strcontains::FUNCTION,
    strlen::FUNCTION,
    substr::FUNCTION,
    to_double::FUNCTION,
    to_int::FUNCTION,
    to_long::FUNCTION,
    to_millis::FUNCTION,
    to_number::FUNCTION,
    tolower::FUNCTION,
    toupper::FUNCTION,
    trim::FUNCTION,
    unmask::FUNCTION,
    urldecode::FUNCTION,
    urlencode::FUNCTION,
];

#[cfg(test)]
mod tests;
