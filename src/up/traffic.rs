use std::time::Duration;

use belfry_engine::base::Millis;
use serde::Serialize;

use super::transactions::{Row, rows};
use crate::random::Random;

/// How often a customer should buy, in seconds: with more traffic come more customers, not
/// customers in a hurry.
const SECONDS_BETWEEN_PURCHASES: f64 = 120.0;

/// The share of transactions that happen where another customer lives: the sample has one place
/// per customer, and people travel.
const TRAVELLERS: f64 = 0.05;

/// A transaction as the service takes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Purchase {
    /// New for every purchase.
    pub transaction_id: String,
    /// As in the sample.
    pub amount: f64,
    /// As in the sample.
    pub merchant_name: String,
    /// As in the sample, or where a traveller is.
    pub location: String,
    /// The present, RFC 3339.
    pub timestamp: String,
    /// The sample's customer, or a copy.
    pub customer_id: String,
}

/// An endless sequence of purchases out of the sample, a function of seed and rate alone.
///
/// Rows are used in order and again from the start. Customers have copies (`c-017-3`), so many that
/// each buys every two minutes; copies are chosen unevenly, so that some customers buy often enough
/// to look suspicious.
#[derive(Debug)]
pub struct Traffic {
    random: Random,
    rows: Vec<Row>,
    next: usize,
    rate: f64,
    copies: usize,
    prefix: String,
}

impl Traffic {
    /// Traffic of `rate` purchases a second, above 0. `run` goes into the transactions' ids, so
    /// that two runs do not share any.
    pub fn new(seed: u64, rate: f64, run: Millis) -> Self {
        let rows = rows();
        let copies = copies(rate);
        Self {
            random: Random::new(seed),
            rows,
            next: 0,
            rate,
            copies,
            prefix: format!("t-{:x}", run.0),
        }
    }

    /// How long after the one before the next purchase comes.
    pub fn gap(&mut self) -> Duration {
        Duration::try_from_secs_f64(self.random.gap(self.rate)).unwrap_or(Duration::MAX)
    }

    /// The next purchase, made at `now`.
    pub fn purchase(&mut self, now: Millis) -> Purchase {
        let row = self.rows[self.next % self.rows.len()];
        self.next += 1;
        let traveller = self.random.unit() < TRAVELLERS;
        let elsewhere = self.random.below(self.rows.len());
        let place = if traveller { self.rows[elsewhere] } else { row };
        Purchase {
            transaction_id: format!("{}-{}", self.prefix, self.next),
            amount: row.amount,
            merchant_name: row.merchant_name.to_owned(),
            location: place.location.to_owned(),
            timestamp: now.to_rfc3339(),
            customer_id: format!("{}-{}", row.customer_id, self.copy()),
        }
    }

    /// Copy 0 is by far the busiest: the smallest of three draws.
    fn copy(&mut self) -> usize {
        let draws = [(); 3].map(|()| self.random.below(self.copies));
        draws.into_iter().min().unwrap_or(0)
    }
}

fn copies(rate: f64) -> usize {
    const CUSTOMERS: f64 = 248.0;
    let wanted = (rate * SECONDS_BETWEEN_PURCHASES / CUSTOMERS).ceil();
    // Counted up, because a float has no safe way to become a whole number.
    (1..10_000)
        .find(|n: &u16| f64::from(*n) >= wanted)
        .unwrap_or(10_000)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchases(seed: u64, count: usize) -> Vec<(Duration, Purchase)> {
        let mut traffic = Traffic::new(seed, 50.0, Millis(0xabc));
        (0..count)
            .map(|_| (traffic.gap(), traffic.purchase(Millis(0))))
            .collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_traffic() {
        assert_eq!(purchases(1, 3000), purchases(1, 3000));
        assert_ne!(purchases(1, 3000), purchases(2, 3000));
    }

    #[test]
    fn rows_come_again_under_new_transaction_ids() {
        let purchases = purchases(1, 1612);
        let (first, again) = (&purchases[0].1, &purchases[1611].1);
        assert_eq!(first.merchant_name, again.merchant_name);
        assert_eq!(first.transaction_id, "t-abc-1");
        assert_eq!(again.transaction_id, "t-abc-1612");
    }

    #[test]
    fn some_customers_travel_but_few() {
        let rows = rows();
        let purchases = purchases(1, 1611);
        let away =
            |(row, purchase): &(&Row, &(Duration, Purchase))| row.location != purchase.1.location;
        let away = rows.iter().zip(&purchases).filter(away).count();
        assert!((50..120).contains(&away), "{away}");
    }

    #[test]
    fn more_traffic_means_more_customers() {
        assert_eq!((copies(1.0), copies(50.0), copies(1000.0)), (1, 25, 484));
        assert_eq!(copies(1e9), 10_000);
    }
}
