//! The model of `pattern` and `diff`: texts to the shapes they share.
//!
//! In come texts, out go patterns such as `<Time-1> [INFO] stored <ID-2>`. First every text is masked by
//! itself (`mask`): times, addresses, numbers and ids become marks, so that equal texts can be counted
//! while they are scanned. Then the different masked texts are clustered (`cluster`), most frequent first, so that the
//! answer does not depend on the order of events. AWS does not publish its own method.

mod cluster;
mod mark;
mod mask;
mod severity;
mod token;

pub(super) use cluster::{Pattern, cluster};
pub(super) use mask::mask;
pub(super) use severity::severity;
