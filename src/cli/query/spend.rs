use std::io::{self, BufRead, Write};
use std::mem;

use belfry_engine::insights::Statistics;

use super::price;
use crate::cli::Context;
use crate::report::dollars;

/// What the queries of one command cost so far, and how much they may.
#[derive(Debug)]
pub(super) struct Spend {
    /// Whether anything is charged at all: the embedded endpoint costs nothing.
    charged: bool,
    limit: Option<f64>,
    /// Queries that have ended.
    before: f64,
}

impl Spend {
    pub(super) fn new(charged: bool, limit: Option<f64>) -> Self {
        Self {
            charged,
            limit,
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
    pub(super) fn allows(&mut self, running: &Statistics, person: &mut Person) -> bool {
        let (Some(price), Some(limit)) = (self.so_far(running), self.limit) else {
            return true;
        };
        if price <= limit {
            return true;
        }
        let doubled = price.max(limit) * 2.0;
        if person.wants_more(price, limit, doubled).unwrap_or(false) {
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

/// Who watches standard error and may be asked.
pub(super) struct Person {
    pub(super) err: Box<dyn Write + Send>,
    answers: Option<Box<dyn BufRead + Send>>,
}

impl Person {
    /// Takes both from the command until [`Person::give_back`].
    pub(super) fn take(cx: &mut Context) -> Self {
        Self {
            err: mem::replace(&mut cx.err, Box::new(io::sink())),
            answers: cx.answers.take(),
        }
    }

    pub(super) fn give_back(self, cx: &mut Context) {
        cx.err = self.err;
        cx.answers = self.answers;
    }

    /// Whether the scan may cost more; no where nobody can be asked.
    fn wants_more(&mut self, price: f64, limit: f64, doubled: f64) -> io::Result<bool> {
        let Some(answers) = &mut self.answers else {
            return Ok(false);
        };
        let [price, limit, doubled] = [price, limit, doubled].map(dollars);
        write!(
            self.err,
            "\nabout {price} so far (estimate), more than --max-cost {limit}; go on to {doubled}? [y/N] "
        )?;
        self.err.flush()?;
        let mut answer = String::new();
        answers.read_line(&mut answer)?;
        Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
    }
}

#[cfg(test)]
impl Person {
    /// One who types `answers`, or cannot be asked.
    pub(super) fn typing(answers: Option<&'static str>) -> Self {
        let typed = |text: &'static str| -> Box<dyn BufRead + Send> { Box::new(text.as_bytes()) };
        Self {
            err: Box::new(Vec::new()),
            answers: answers.map(typed),
        }
    }
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
        let mut spend = Spend::new(true, Some(0.012));
        assert!(spend.allows(&scanned(2), &mut Person::typing(None)));
        spend.ended(&scanned(2));
        assert!(!spend.allows(&scanned(1), &mut Person::typing(None)));
        assert!(spend.is_over(&scanned(1)));
        assert!(
            spend.refusal(&scanned(1)).starts_with(
                "the scan cost about $0.0150 (estimate), more than --max-cost $0.0120"
            )
        );
    }

    #[test]
    fn the_embedded_endpoint_costs_nothing() {
        let mut spend = Spend::new(false, Some(0.01));
        assert!(spend.allows(&scanned(1000), &mut Person::typing(None)));
        assert_eq!(spend.so_far(&scanned(1000)), None);
    }

    #[test]
    fn a_yes_doubles_the_limit_and_anything_else_ends() {
        let mut person = Person::typing(Some("yes\nnot now\n"));
        let mut spend = Spend::new(true, Some(0.005));
        assert!(spend.allows(&scanned(2), &mut person));
        // Up to the doubled price nobody is asked again.
        assert!(spend.allows(&scanned(4), &mut person));
        assert!(!spend.allows(&scanned(5), &mut person));
        assert!(spend.is_over(&scanned(5)));
        // An input that has ended is no yes.
        assert!(!spend.allows(&scanned(5), &mut person));
    }
}
