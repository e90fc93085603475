//! STS: who the caller is. One file per operation; to add one, write its file and name it in the table.

mod get_caller_identity;
mod service;

pub use service::SERVICE;
