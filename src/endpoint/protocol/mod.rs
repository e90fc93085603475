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
mod rpc_v2_cbor;
mod xml;

pub use call::Protocol;
pub(super) use call::{Answer, Call};
