use std::io::{self, BufRead, Write};

use belfry_engine::insights::Statistics;

use super::price;
use crate::report::dollars;

/// What the queries of one command cost so far, and how much they may.
#[derive(Debug)]
pub(super) struct Spend {
    /// Whether anything is charged at all: the embedded endpoint costs nothing.
    charged: bool,
    limit: Option<f64>,
    can_ask: bool,
    /// Queries that have ended.
    before: f64,
}

impl Spend {
    pub(super) fn new(charged: bool, limit: Option<f64>, can_ask: bool) -> Self {
        Self {
            charged,
            limit,
            can_ask,
            before: 0.0,
        }
    }

    /// The price of what was scanned, `running` included; none where nothing is charged.
    pub(super) fn so_far(&self, running: &Statistics) -> Option<f64> {
        self.charged.then(|| self.before + price::of_scan(running))
    }

    /// One query has ended.
    pub(super) fn ended(&mut self, scanned: &Statistics) {
        self.before += price::of_scan(scanned);
    }

    /// Whether the scan may go on. Over the limit a person is asked, if there is one; a yes doubles the limit.
    pub(super) fn allows(&mut self, running: &Statistics, err: &mut dyn Write) -> bool {
        let (Some(price), Some(limit)) = (self.so_far(running), self.limit) else {
            return true;
        };
        if price <= limit {
            return true;
        }
        let doubled = price.max(limit) * 2.0;
        if self.can_ask && wants_more(price, limit, doubled, err).unwrap_or(false) {
            self.limit = Some(doubled);
            return true;
        }
        false
    }

    /// Why it was stopped.
    pub(super) fn refusal(&self, running: &Statistics) -> String {
        let price = self.so_far(running).unwrap_or_default();
        let limit = self.limit.unwrap_or_default();
        let (price, limit) = (dollars(price), dollars(limit));
        format!(
            "the scan cost about {price} (estimate), more than --max-cost {limit}; it was stopped"
        )
    }

    /// Whether the limit is passed.
    pub(super) fn is_over(&self, running: &Statistics) -> bool {
        let over = |price| self.limit.is_some_and(|limit| price > limit);
        self.so_far(running).is_some_and(over)
    }
}

fn wants_more(price: f64, limit: f64, doubled: f64, err: &mut dyn Write) -> io::Result<bool> {
    let [price, limit, doubled] = [price, limit, doubled].map(dollars);
    write!(
        err,
        "\nabout {price} so far (estimate), more than --max-cost {limit}; go on to {doubled}? [y/N] "
    )?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(gigabytes: u64) -> Statistics {
        Statistics {
            bytes_scanned: gigabytes << 30,
            ..Statistics::default()
        }
    }

    #[test]
    fn the_limit_counts_all_queries_of_the_command() {
        let mut spend = Spend::new(true, Some(0.012), false);
        assert!(spend.allows(&scanned(2), &mut Vec::new()));
        spend.ended(&scanned(2));
        assert!(!spend.allows(&scanned(1), &mut Vec::new()));
        assert!(spend.is_over(&scanned(1)));
        assert!(
            spend.refusal(&scanned(1)).starts_with(
                "the scan cost about $0.0150 (estimate), more than --max-cost $0.0120"
            )
        );
    }

    #[test]
    fn the_embedded_endpoint_costs_nothing() {
        let mut spend = Spend::new(false, Some(0.01), false);
        assert!(spend.allows(&scanned(1000), &mut Vec::new()));
        assert_eq!(spend.so_far(&scanned(1000)), None);
    }
}
