//! The wire protocols: bytes in, [`Call`]; `Document` or `Fault` in, bytes out.
//!
//! `detect` tells them apart by headers and path. To add one: a file with `decode` and `encode`, and a variant
//! of [`Protocol`].

mod aws_json;
mod aws_query;
mod call;
mod cbor;
mod detect;
mod form;
pub(super) mod payload;
mod rest_xml;
mod rest_xml_headers;
mod rpc_v2_cbor;
mod s3_address;
mod xml;
mod xml_lists;
mod xml_read;

pub use call::Protocol;
pub(super) use call::{Answer, Call};
pub(super) use form::percent_decoded;
