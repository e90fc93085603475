//! What the tests of the factors share.

use std::time::Duration;

use super::{Evidence, Factor, Score, score};
use crate::customers::History;
use crate::transaction::Transaction;

/// A transaction that no factor minds.
pub(crate) fn transaction() -> Transaction {
    Transaction {
        transaction_id: "t-1".to_owned(),
        amount: 12.5,
        merchant_name: "Kuhn LLC".to_owned(),
        location: "Pine City, MN".to_owned(),
        at: "2026-04-20T10:00:00Z".parse().unwrap(),
        local_time: jiff::civil::time(10, 0, 0, 0),
        customer_id: "c-1".to_owned(),
    }
}

/// A transaction and what came before it.
pub(crate) struct Case {
    transaction: Transaction,
    history: History,
    now: Duration,
}

impl Case {
    pub(crate) fn new(transaction: Transaction) -> Self {
        Self {
            transaction,
            history: History::default(),
            now: Duration::ZERO,
        }
    }

    /// After `count` ordinary transactions of the same customer at second 0.
    pub(crate) fn after(mut self, count: usize) -> Self {
        for _ in 0..count {
            self.history.remember(&transaction(), Duration::ZERO);
        }
        self
    }

    pub(crate) fn at_second(mut self, second: u64) -> Self {
        self.now = Duration::from_secs(second);
        self
    }

    pub(crate) fn points(&self, factor: &Factor) -> Option<u8> {
        (factor.assess)(&self.evidence()).map(|(points, _)| points)
    }

    pub(crate) fn score(&self) -> Score {
        score(&self.evidence())
    }

    fn evidence(&self) -> Evidence<'_> {
        Evidence {
            transaction: &self.transaction,
            history: &self.history,
            now: self.now,
        }
    }
}
