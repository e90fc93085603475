use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::sender::Answers;
use super::ship::Shipped;

/// What came of a run.
#[derive(Debug)]
pub struct Summary {
    /// What the service answered.
    pub answers: Arc<Answers>,
    /// What became of its log.
    pub shipped: Shipped,
}

impl Summary {
    /// Whether every line that the service wrote is stored.
    pub fn is_complete(&self) -> bool {
        self.shipped.lost == 0 && self.shipped.rejected == 0
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let (answers, shipped) = (&self.answers, &self.shipped);
        write!(
            f,
            "stopped: {} requests ({} scored, {} refused, {} failed, {} unanswered); \
             {} lines written, {} events stored, {} rejected, {} lost",
            answers.answered() + count(&answers.broken),
            count(&answers.scored),
            count(&answers.refused),
            count(&answers.failed),
            count(&answers.broken),
            shipped.lines,
            shipped.delivered,
            shipped.rejected,
            shipped.lost,
        )
    }
}
