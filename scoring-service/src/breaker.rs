//! A circuit breaker as a plain state machine: time is passed in, nothing is awaited, nothing is
//! locked.
//!
//! Closed: calls go through; [`FAILURES_TO_OPEN`] failures in a row open it. Open: no call goes
//! through for [`OPEN_FOR`]. Half-open: one trial call at a time; a failure opens it again,
//! [`SUCCESSES_TO_CLOSE`] successes close it.

use std::time::Duration;

use serde::Serialize;

/// Failures in a row that open a closed breaker.
pub const FAILURES_TO_OPEN: u32 = 10;

/// How long an open breaker lets nothing through.
pub const OPEN_FOR: Duration = Duration::from_secs(10);

/// Successful trial calls that close a half-open breaker.
pub const SUCCESSES_TO_CLOSE: u32 = 3;

/// What a breaker does with the next call, as it is logged and measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakerState {
    /// Lets every call through.
    Closed,
    /// Lets one trial call through at a time.
    HalfOpen,
    /// Lets none through.
    Open,
}

impl BreakerState {
    /// Its name, as the log's field `breaker_state` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::HalfOpen => "half_open",
            Self::Open => "open",
        }
    }

    /// The value of the metric `CircuitBreakerState`: 0 closed, 1 half-open, 2 open.
    pub fn as_metric(self) -> u64 {
        match self {
            Self::Closed => 0,
            Self::HalfOpen => 1,
            Self::Open => 2,
        }
    }
}

/// The state machine. Ask [`Breaker::admit`] before a call; tell [`Breaker::record`] how each
/// admitted call ended.
#[derive(Clone, Debug)]
pub struct Breaker {
    phase: Phase,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    Closed {
        failures: u32,
    },
    Open {
        since: Duration,
    },
    HalfOpen {
        successes: u32,
        trial_under_way: bool,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            phase: Phase::Closed { failures: 0 },
        }
    }
}

impl Breaker {
    /// The state at `now`. An open breaker is half-open as soon as its time is over.
    pub fn state(&self, now: Duration) -> BreakerState {
        match self.phase {
            Phase::Closed { .. } => BreakerState::Closed,
            Phase::Open { since } if now.saturating_sub(since) < OPEN_FOR => BreakerState::Open,
            Phase::Open { .. } | Phase::HalfOpen { .. } => BreakerState::HalfOpen,
        }
    }

    /// Whether a call may be made at `now`.
    pub fn admit(&mut self, now: Duration) -> bool {
        if matches!(self.phase, Phase::Open { .. }) && self.state(now) == BreakerState::HalfOpen {
            self.phase = Phase::HalfOpen {
                successes: 0,
                trial_under_way: false,
            };
        }
        match &mut self.phase {
            Phase::Closed { .. } => true,
            Phase::Open { .. } => false,
            Phase::HalfOpen {
                trial_under_way, ..
            } => !std::mem::replace(trial_under_way, true),
        }
    }

    /// Notes how an admitted call ended at `now`. A call that was admitted while closed and ends
    /// while open changes nothing.
    pub fn record(&mut self, succeeded: bool, now: Duration) {
        self.phase = match (self.phase, succeeded) {
            (Phase::Closed { .. }, true) => Phase::Closed { failures: 0 },
            (Phase::Closed { failures }, false) if failures + 1 < FAILURES_TO_OPEN => {
                Phase::Closed {
                    failures: failures + 1,
                }
            }
            (Phase::Closed { .. } | Phase::HalfOpen { .. }, false) => Phase::Open { since: now },
            (Phase::HalfOpen { successes, .. }, true) if successes + 1 < SUCCESSES_TO_CLOSE => {
                Phase::HalfOpen {
                    successes: successes + 1,
                    trial_under_way: false,
                }
            }
            (Phase::HalfOpen { .. }, true) => Phase::Closed { failures: 0 },
            (open @ Phase::Open { .. }, _) => open,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn opened_at(now: Duration) -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..FAILURES_TO_OPEN {
            assert!(breaker.admit(now));
            breaker.record(false, now);
        }
        breaker
    }

    #[test]
    fn ten_failures_in_a_row_open_it_and_ten_seconds_later_it_tries_again() {
        let mut breaker = opened_at(SECOND);
        assert_eq!(breaker.state(SECOND), BreakerState::Open);
        assert!(!breaker.admit(SECOND * 10));
        assert_eq!(breaker.state(SECOND * 11), BreakerState::HalfOpen);
        assert!(breaker.admit(SECOND * 11));
        assert!(!breaker.admit(SECOND * 11), "one trial call at a time");
    }

    #[test]
    fn a_success_in_between_begins_the_count_anew() {
        let mut breaker = Breaker::default();
        for n in 0..100 {
            assert!(breaker.admit(SECOND));
            breaker.record(n % 10 == 9, SECOND);
        }
        assert_eq!(breaker.state(SECOND), BreakerState::Closed);
    }

    #[test]
    fn a_failed_trial_opens_it_again_and_three_good_ones_close_it() {
        let mut breaker = opened_at(Duration::ZERO);
        assert!(breaker.admit(OPEN_FOR));
        breaker.record(false, OPEN_FOR);
        assert_eq!(breaker.state(OPEN_FOR), BreakerState::Open);
        for _ in 0..SUCCESSES_TO_CLOSE {
            assert_eq!(breaker.state(OPEN_FOR * 2), BreakerState::HalfOpen);
            assert!(breaker.admit(OPEN_FOR * 2));
            breaker.record(true, OPEN_FOR * 2);
        }
        assert_eq!(breaker.state(OPEN_FOR * 2), BreakerState::Closed);
    }

    /// The same rules said over the whole story: the outcomes since the last change of state.
    #[derive(Default)]
    struct Model {
        open_since: Option<Duration>,
        outcomes: Vec<bool>,
    }

    impl Model {
        fn state(&self, now: Duration) -> BreakerState {
            match self.open_since {
                None => BreakerState::Closed,
                Some(since) if now < since + OPEN_FOR => BreakerState::Open,
                Some(_) => BreakerState::HalfOpen,
            }
        }

        fn call(&mut self, succeeded: bool, now: Duration) {
            let state = self.state(now);
            if state == BreakerState::Open {
                return;
            }
            self.outcomes.push(succeeded);
            let streak = self
                .outcomes
                .iter()
                .rev()
                .take_while(|o| **o == succeeded)
                .count();
            match (state, succeeded) {
                (BreakerState::Closed, false) if streak >= 10 => self.change(Some(now)),
                (BreakerState::HalfOpen, false) => self.change(Some(now)),
                (BreakerState::HalfOpen, true) if streak >= 3 => self.change(None),
                _ => {}
            }
        }

        fn change(&mut self, open_since: Option<Duration>) {
            self.open_since = open_since;
            self.outcomes.clear();
        }
    }

    proptest! {
        #[test]
        fn it_behaves_as_the_model(steps in prop::collection::vec((prop::bool::weighted(0.2), 0_u64..1500), 1..300)) {
            let (mut breaker, mut model, mut now) = (Breaker::default(), Model::default(), Duration::ZERO);
            for (succeeded, millis) in steps {
                now += Duration::from_millis(millis);
                prop_assert_eq!(breaker.state(now), model.state(now));
                let admitted = breaker.admit(now);
                prop_assert_eq!(admitted, model.state(now) != BreakerState::Open);
                if admitted {
                    breaker.record(succeeded, now);
                }
                model.call(succeeded, now);
            }
        }
    }
}
