//! Scoring behind the circuit breaker: the one place where state meets the pure score.
//!
//! In: a transaction. Out: its score, or why there is none. The model is the local table of
//! factors; the breaker stands around it as it would around a model behind a network.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use thiserror::Error;

use crate::breaker::{Breaker, BreakerState};
use crate::clock::Clock;
use crate::customers::Customers;
use crate::incident::{Faults, Incident};
use crate::score::{Evidence, Score, score};
use crate::transaction::Transaction;

/// Written into every answer, so that scores of different rules can be told apart.
pub const MODEL_VERSION: &str = "rules-1";

/// Why a transaction has no score.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The call of the model failed.
    #[error("the model failed: incident on purpose")]
    Failed,
    /// The circuit breaker is open: the model was not called.
    #[error("the model is not called: too many calls failed in a row, it is tried again soon")]
    BreakerOpen,
}

/// How one request for a score ended.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The score, or why there is none.
    pub result: Result<Score, ModelError>,
    /// How long the call took; `None` where the model was not called.
    pub latency: Option<Duration>,
    /// The breaker afterwards.
    pub breaker: BreakerState,
    /// The change of the breaker that this request made or was the first to meet.
    pub change: Option<BreakerChange>,
}

/// A change of the breaker's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerChange {
    /// Before.
    pub from: BreakerState,
    /// Since now.
    pub to: BreakerState,
}

/// The breaker and the state in which it was last seen.
#[derive(Debug)]
struct Watched {
    breaker: Breaker,
    seen: BreakerState,
}

impl Watched {
    fn look(&mut self, now: Duration) -> (BreakerState, Option<BreakerChange>) {
        let to = self.breaker.state(now);
        let from = std::mem::replace(&mut self.seen, to);
        (to, (from != to).then_some(BreakerChange { from, to }))
    }
}

/// The model with everything that it remembers.
#[derive(Debug)]
pub struct Model {
    clock: Arc<dyn Clock>,
    customers: Mutex<Customers>,
    breaker: Mutex<Watched>,
    faults: Mutex<Faults>,
}

impl Model {
    /// A model that knows nobody and remembers at most `capacity` customers.
    pub fn new(clock: Arc<dyn Clock>, capacity: usize) -> Self {
        Self {
            clock,
            customers: Mutex::new(Customers::new(capacity)),
            breaker: Mutex::new(Watched {
                breaker: Breaker::default(),
                seen: BreakerState::Closed,
            }),
            faults: Mutex::default(),
        }
    }

    /// Scores one transaction and remembers it.
    pub fn predict(&self, transaction: &Transaction) -> Verdict {
        let started = self.clock.monotonic();
        if let Some(refused) = self.refuse(started) {
            return refused;
        }
        let result = self.call(transaction, started);
        let ended = self.clock.monotonic();
        let mut watched = lock(&self.breaker);
        watched.breaker.record(result.is_ok(), ended);
        let (breaker, change) = watched.look(ended);
        Verdict {
            result,
            latency: Some(ended.saturating_sub(started)),
            breaker,
            change,
        }
    }

    /// The answer where the breaker lets no call through.
    fn refuse(&self, now: Duration) -> Option<Verdict> {
        let mut watched = lock(&self.breaker);
        if watched.breaker.admit(now) {
            return None;
        }
        let (breaker, change) = watched.look(now);
        Some(Verdict {
            result: Err(ModelError::BreakerOpen),
            latency: None,
            breaker,
            change,
        })
    }

    /// The breaker's state now.
    pub fn breaker(&self) -> BreakerState {
        lock(&self.breaker).breaker.state(self.clock.monotonic())
    }

    /// Begins or ends an incident.
    pub fn set_incident(&self, incident: Incident) {
        lock(&self.faults).set(incident);
    }

    /// How long an incident makes the next request wait.
    pub fn delay(&self) -> Option<Duration> {
        lock(&self.faults).delay()
    }

    /// Whether an incident makes health checks fail.
    pub fn fails_health(&self) -> bool {
        lock(&self.faults).fails_health()
    }

    fn call(&self, transaction: &Transaction, now: Duration) -> Result<Score, ModelError> {
        if lock(&self.faults).fails_call() {
            return Err(ModelError::Failed);
        }
        let mut customers = lock(&self.customers);
        let history = customers.history(&transaction.customer_id);
        let score = score(&Evidence {
            transaction,
            history,
            now,
        });
        history.remember(transaction, now);
        Ok(score)
    }
}

/// Nothing is left half done under these locks, so a poisoned one is still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::breaker::FAILURES_TO_OPEN;
    use crate::clock::ManualClock;
    use crate::score::testing::transaction;

    fn model() -> (Arc<ManualClock>, Model) {
        let clock = Arc::new(ManualClock::new("2026-04-20T10:00:00Z".parse().unwrap()));
        (Arc::clone(&clock), Model::new(clock, 100))
    }

    #[test]
    fn a_transaction_is_remembered_after_it_is_scored() {
        let (_, model) = model();
        let scores: Vec<_> = (0..6)
            .map(|_| model.predict(&transaction()).result.unwrap().risk_score)
            .collect();
        assert_eq!(scores, [0, 0, 0, 0, 0, 15]);
    }

    #[test]
    fn an_open_breaker_answers_without_the_model_until_it_tries_again() {
        let (clock, model) = model();
        model.set_incident(Incident::Errors { share: 1.0 });
        for _ in 0..FAILURES_TO_OPEN {
            assert_eq!(
                model.predict(&transaction()).result,
                Err(ModelError::Failed)
            );
        }
        let verdict = model.predict(&transaction());
        assert_eq!(verdict.result, Err(ModelError::BreakerOpen));
        assert_eq!(
            (verdict.latency, verdict.breaker),
            (None, BreakerState::Open)
        );
        model.set_incident(Incident::None);
        clock.advance(10_000);
        let verdict = model.predict(&transaction());
        assert!(verdict.result.is_ok());
        assert_eq!(verdict.breaker, BreakerState::HalfOpen);
    }

    #[test]
    fn a_failed_call_is_not_remembered() {
        let (_, model) = model();
        model.set_incident(Incident::Errors { share: 1.0 });
        let _ = model.predict(&transaction());
        assert!(lock(&model.customers).is_empty());
    }
}
