use std::time::Duration;

use belfry_engine::base::Millis;

use super::Faults;
use crate::endpoint::Fault;
use crate::random::Random;
use crate::rates::Throttle;

/// What becomes of one request.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::endpoint) enum Mishap {
    /// Refused; nothing is done.
    Refused(Fault),
    /// The connection closes without an answer.
    Closed {
        /// Whether the request is done all the same.
        is_done: bool,
        /// What passes before.
        after: Duration,
    },
    /// Done, and answered late.
    Slow(Duration),
}

impl Mishap {
    /// As [`Faults`] calls it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Refused(fault) if *fault == throttled() => "throttle",
            Self::Refused(_) => "error",
            Self::Closed { after, .. } if !after.is_zero() => "timeout",
            Self::Closed { is_done: true, .. } => "drop",
            Self::Closed { is_done: false, .. } => "reset",
            Self::Slow(_) => "slow",
        }
    }
}

/// Draws the mishaps of one endpoint.
#[derive(Clone, Debug)]
pub(in crate::endpoint) struct Mishaps {
    faults: Faults,
    random: Random,
    throttle: Option<Throttle>,
}

impl Mishaps {
    pub(in crate::endpoint) fn new(faults: Faults) -> Self {
        Self {
            faults,
            random: Random::new(faults.seed),
            throttle: (faults.rates > 0).then(|| Throttle::new(faults.rates)),
        }
    }

    /// The refusal of a call that comes more often than AWS takes it.
    pub(in crate::endpoint) fn too_often(
        &mut self,
        (service, region, operation): (&str, &str, &str),
        now: Millis,
    ) -> Option<Fault> {
        let throttle = self.throttle.as_mut()?;
        (!throttle.takes(service, region, operation, now)).then(throttled)
    }

    /// What becomes of the next request; `None`: it is answered as ever.
    pub(in crate::endpoint) fn draw(&mut self) -> Option<Mishap> {
        let faults = &self.faults;
        let mut left = self.random.unit();
        let is_done = self.random.below(2) == 0;
        let table = [
            (faults.throttle, Mishap::Refused(throttled())),
            (faults.error, Mishap::Refused(unavailable())),
            (faults.drop, closed(true, Duration::ZERO)),
            (faults.reset, closed(false, Duration::ZERO)),
            (faults.timeout, closed(is_done, faults.silence)),
            (faults.slow, Mishap::Slow(faults.delay)),
        ];
        for (share, mishap) in table {
            if left < share {
                return Some(mishap);
            }
            left -= share;
        }
        None
    }
}

fn closed(is_done: bool, after: Duration) -> Mishap {
    Mishap::Closed { is_done, after }
}

/// As every AWS service refuses a rate; the SDKs wait and try again.
fn throttled() -> Fault {
    Fault::new("ThrottlingException", "Rate exceeded")
}

fn unavailable() -> Fault {
    Fault::new(
        "ServiceUnavailableException",
        "The service is temporarily unavailable.",
    )
    .with_status(503)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(faults: Faults, requests: usize) -> Vec<Option<Mishap>> {
        let mut mishaps = Mishaps::new(faults);
        (0..requests).map(|_| mishaps.draw()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_mishaps() {
        let faults: Faults = "throttle=20%,error=20%,timeout=20%,seed=3".parse().unwrap();
        assert_eq!(drawn(faults, 200), drawn(faults, 200));
        let other = Faults { seed: 4, ..faults };
        assert_ne!(drawn(faults, 200), drawn(other, 200));
    }

    #[test]
    fn every_mishap_has_its_share() {
        let faults: Faults = "throttle=10%,error=10%,drop=10%,reset=5%,timeout=5%,slow=10%,seed=1"
            .parse()
            .unwrap();
        let drawn = drawn(faults, 100_000);
        let share = |is: fn(&Option<Mishap>) -> bool| {
            let count = drawn.iter().filter(|mishap| is(mishap)).count();
            (count + 500) / 1000
        };
        assert_eq!(share(Option::is_none), 50);
        assert_eq!(share(|m| matches!(m, Some(Mishap::Refused(_)))), 20);
        assert_eq!(share(|m| matches!(m, Some(Mishap::Closed { .. }))), 20);
        assert_eq!(share(|m| matches!(m, Some(Mishap::Slow(_)))), 10);
    }

    #[test]
    fn without_shares_nothing_goes_wrong() {
        assert!(drawn(Faults::default(), 1000).iter().all(Option::is_none));
    }
}
