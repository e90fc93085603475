//! Scalar functions: the table that the compiler, completions and the reference read.
//!
//! To add a function: copy `strlen.rs`, fill in every member of [`Function`], write the plain function
//! below it and add the line to [`FUNCTIONS`]. Its examples are run by a test of this room. A missing
//! argument or one of the wrong type gives a missing result unless the function says otherwise.

mod address;
mod arguments;
mod function;
mod abs;
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
mod is_valid_ip;
mod is_valid_ip_v4;
mod is_valid_ip_v6;
mod isblank;
mod isempty;
mod ispresent;
mod json_parse;
mod json_stringify;
mod least;
mod log;
mod ltrim;
mod message_size;
mod now;
mod query_end_time;
mod query_start_time;
mod query_time_range;
mod replace;
mod round;
mod rtrim;
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
mod urldecode;
mod urlencode;

use arguments::{integer, integer_or, length, number, text};
pub use function::Function;
pub(super) use function::{Call, MANY, Moment, OfQuery, OfValues};

/// Every scalar function this version computes.
pub static FUNCTIONS: &[Function] = &[
    abs::FUNCTION,
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
    is_valid_ip::FUNCTION,
    is_valid_ip_v4::FUNCTION,
    is_valid_ip_v6::FUNCTION,
    isblank::FUNCTION,
    isempty::FUNCTION,
    ispresent::FUNCTION,
    json_parse::FUNCTION,
    json_stringify::FUNCTION,
    least::FUNCTION,
    log::FUNCTION,
    ltrim::FUNCTION,
    message_size::FUNCTION,
    now::FUNCTION,
    query_end_time::FUNCTION,
    query_start_time::FUNCTION,
    query_time_range::FUNCTION,
    replace::FUNCTION,
    round::FUNCTION,
    rtrim::FUNCTION,
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
    urldecode::FUNCTION,
    urlencode::FUNCTION,
];

/// Functions of Logs Insights that this version refuses, each with what works instead.
pub(super) const NOT_BUILT: &[(&str, &str)] = &[
    (
        "regexReplace",
        "`replace(text, find, replacement)` replaces literal text",
    ),
    ("split", "`parse … /regex/` takes parts out of a text"),
    ("base64encode", "encode the value outside the query"),
    ("base64decode", "decode the value outside the query"),
    ("md5", "compute the digest outside the query"),
    ("sha256", "compute the digest outside the query"),
    (
        "jsonArraySize",
        "elements of a JSON array in the event are read as `items.0`",
    ),
    ("jsonArrayContains", "`like` finds a text inside another"),
    ("parseDate", "`@timestamp` is the moment of the event"),
    (
        "formatDate",
        "`bin(1d)` and `datefloor(@timestamp, 1h)` round moments",
    ),
    (
        "strftime",
        "`bin(1d)` and `datefloor(@timestamp, 1h)` round moments",
    ),
    (
        "isPrivateIP",
        "`isIpInSubnet(address, \"10.0.0.0/8\")` tests a block",
    ),
    (
        "isPublicIP",
        "`isIpInSubnet(address, \"10.0.0.0/8\")` tests a block",
    ),
    (
        "isReservedIP",
        "`isIpInSubnet(address, \"127.0.0.0/8\")` tests a block",
    ),
    (
        "unmask",
        "Belfry masks nothing, so that the value can be used as it is",
    ),
];

#[cfg(test)]
mod tests;
