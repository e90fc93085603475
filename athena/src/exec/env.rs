use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use belfry_engine::base::FastMap;
use jiff::civil::DateTime;

use super::subquery::Answered;
use crate::refusal::{Judged, Refusal};
use crate::scan::Objects;
use crate::value::Value;

/// The answers of subqueries, by their plans' addresses and what was handed into them.
type Subqueries = FastMap<(usize, Vec<Value>), Arc<Answered>>;

/// What a whole query shares.
pub(crate) struct Shared<'q> {
    pub(crate) objects: &'q dyn Objects,
    pub(crate) now: DateTime,
    /// The bytes that were read of objects.
    pub(crate) scanned: Arc<AtomicU64>,
    /// The most bytes that may be read.
    pub(crate) cutoff: Option<u64>,
    /// Set by whoever wants the query to end.
    pub(crate) cancelled: &'q AtomicBool,
    pub(super) answered: Mutex<Subqueries>,
}

impl<'q> Shared<'q> {
    pub(crate) fn new(
        objects: &'q dyn Objects,
        now: DateTime,
        cutoff: Option<u64>,
        cancelled: &'q AtomicBool,
    ) -> Self {
        Self {
            objects,
            now,
            scanned: Arc::default(),
            cutoff,
            cancelled,
            answered: Mutex::default(),
        }
    }

    /// Whether to go on.
    pub(crate) fn check(&self) -> Judged<()> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Refusal::value("QUERY_CANCELLED", "Query was cancelled"));
        }
        match self.cutoff {
            Some(cutoff) if self.scanned.load(Ordering::Relaxed) > cutoff => Err(Refusal::value(
                "EXCEEDED_BYTES_SCANNED_LIMIT",
                "Bytes scanned limit was exceeded",
            )),
            _ => Ok(()),
        }
    }
}

/// What an operator needs to run: what the query shares, and what is handed into its subquery.
#[derive(Clone, Copy)]
pub(crate) struct Env<'e> {
    pub(crate) shared: &'e Shared<'e>,
    pub(crate) handed: &'e [Value],
    /// The values of the parameters of the lambda expressions around, the innermost last.
    pub(crate) bound: &'e [Value],
}
