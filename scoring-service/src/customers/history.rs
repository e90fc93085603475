use std::collections::VecDeque;
use std::time::Duration;

use crate::transaction::Transaction;

/// How many transactions of a customer must have been seen before anything counts as unusual.
pub const KNOWN_AFTER: u32 = 3;

/// How many different places and merchants are kept for one customer: the latest ones.
const KEPT: usize = 16;

/// How many arrivals are kept for one customer; a count above it cannot be told apart.
const ARRIVALS: usize = 64;

/// What is remembered of one customer.
#[derive(Clone, Debug, Default)]
pub struct History {
    seen: u32,
    arrivals: VecDeque<Duration>,
    locations: VecDeque<String>,
    merchants: VecDeque<String>,
}

impl History {
    /// Whether enough has been seen to call something unusual.
    pub fn is_known(&self) -> bool {
        self.seen >= KNOWN_AFTER
    }

    /// Whether one of the latest transactions was at `location`.
    pub fn has_been_at(&self, location: &str) -> bool {
        self.locations.contains(&location.to_lowercase())
    }

    /// Whether one of the latest transactions paid `merchant`.
    pub fn has_paid(&self, merchant: &str) -> bool {
        self.merchants.contains(&merchant.to_lowercase())
    }

    /// Transactions that arrived later than `window` before `now` (by the service's own clock:
    /// a caller cannot slow its customers down by writing other timestamps).
    pub fn arrivals_within(&self, now: Duration, window: Duration) -> usize {
        let young = |at: &&Duration| now.saturating_sub(**at) < window;
        self.arrivals.iter().rev().take_while(young).count()
    }

    /// Adds a transaction that arrived at `now`.
    pub fn remember(&mut self, transaction: &Transaction, now: Duration) {
        self.seen = self.seen.saturating_add(1);
        self.arrivals.push_back(now);
        if self.arrivals.len() > ARRIVALS {
            self.arrivals.pop_front();
        }
        keep_latest(&mut self.locations, transaction.location.to_lowercase());
        keep_latest(
            &mut self.merchants,
            transaction.merchant_name.to_lowercase(),
        );
    }
}

/// Puts `text` last, once, and forgets the oldest beyond [`KEPT`].
fn keep_latest(kept: &mut VecDeque<String>, text: String) {
    kept.retain(|old| *old != text);
    kept.push_back(text);
    if kept.len() > KEPT {
        kept.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::testing::transaction;

    #[test]
    fn only_arrivals_inside_the_window_count() {
        let mut history = History::default();
        for second in [0, 30, 59, 60] {
            history.remember(&transaction(), Duration::from_secs(second));
        }
        let within =
            |now| history.arrivals_within(Duration::from_secs(now), Duration::from_secs(60));
        assert_eq!(
            (within(60), within(89), within(90), within(500)),
            (3, 3, 2, 0)
        );
    }

    #[test]
    fn the_oldest_place_is_forgotten_first() {
        let mut history = History::default();
        for n in 0..20 {
            let mut transaction = transaction();
            transaction.location = format!("Town {n}");
            history.remember(&transaction, Duration::ZERO);
        }
        assert!(!history.has_been_at("town 3"));
        assert!(history.has_been_at("TOWN 4"));
    }

    #[test]
    fn a_customer_is_known_after_three_transactions() {
        let mut history = History::default();
        for _ in 0..KNOWN_AFTER {
            assert!(!history.is_known());
            history.remember(&transaction(), Duration::ZERO);
        }
        assert!(history.is_known());
    }
}
