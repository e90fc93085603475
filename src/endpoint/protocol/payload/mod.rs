//! The body of a request to S3: taken out of its chunks, and held against the checksums that came with it.
//!
//! In come headers and bytes; out come the bytes and the checksums that were verified. To add a checksum: an entry of
//! the table in `checksum.rs`.

mod checksum;
mod chunked;
mod crc;
mod received;

pub(in crate::endpoint) use checksum::{CHECKSUMS, hex, md5, sha256};
pub(super) use received::receive;
