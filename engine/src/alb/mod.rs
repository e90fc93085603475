//! Log lines of Application Load Balancers: access logs, connection logs and health-check logs.
//!
//! What comes in is one line of such a file. What goes out are its fields, borrowed from the line and found by the
//! names of AWS's documentation or by the columns of AWS's Athena table, or a [`LineError`] with the byte and the
//! reason. [`print_line`] goes the other way. AWS only ever adds fields at the end of a line, so that a line may be
//! shorter than its layout, and what is behind the known fields is kept under the names `field_35` and so on.
//!
//! To add a field: an entry at the end of its layout in `layout.rs`; where Athena's table has a column for it, one in
//! `columns.rs`. To add a kind of log: a layout, its columns, and a type of its own such as `connection.rs`.

mod access;
mod address;
mod columns;
mod connection;
mod entry;
mod error;
mod escape;
mod field;
mod health_check;
mod layout;
mod print;
mod request;
mod shape;

pub use access::AccessLogEntry;
pub use address::Address;
pub use columns::{ACCESS_COLUMNS, CONNECTION_COLUMNS, Columns, HEALTH_CHECK_COLUMNS};
pub use connection::ConnectionLogEntry;
pub use entry::Entry;
pub use error::{LineError, Reason};
pub use field::Field;
pub use health_check::HealthCheckLogEntry;
pub use layout::{ACCESS, CONNECTION, HEALTH_CHECK, Layout};
pub use print::print_line;
pub use request::RequestLine;
