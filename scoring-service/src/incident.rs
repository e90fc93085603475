//! Faults on purpose, so that alarms can be seen to ring.
//!
//! Controlled by `POST /admin/incident`, which exists only where the settings allow it and answers
//! only loopback. Shares are kept exactly and evenly (a running sum, no dice): with a share of 0.3,
//! 3 of every 10 calls fail.

use std::time::Duration;

use serde::Deserialize;

/// What is made to fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Incident {
    /// Nothing.
    #[default]
    None,
    /// A share of the model's calls, from 0 to 1: they are answered with 500.
    Errors {
        /// Above 0 and at most 1.
        share: f64,
    },
    /// Health checks: they are answered with 503.
    Unhealthy,
    /// A share of the requests for a score, from 0 to 1: they wait before they are answered.
    Slow {
        /// Above 0 and at most 1.
        share: f64,
        /// How long they wait, at most [`LONGEST_DELAY`].
        millis: u64,
    },
}

/// A longer delay would outlive every client.
pub const LONGEST_DELAY: u64 = 60_000;

impl Incident {
    /// The member that is wrong, if one is, and why.
    pub fn problem(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Errors { share } | Self::Slow { share, .. }
                if !(*share > 0.0 && *share <= 1.0) =>
            {
                let why = format!("`share` is {share}, expected above 0 and at most 1");
                Some(("share", why))
            }
            Self::Slow { millis, .. } if !(1..=LONGEST_DELAY).contains(millis) => {
                let why = format!("`millis` is {millis}, expected 1 to {LONGEST_DELAY}");
                Some(("millis", why))
            }
            Self::Errors { .. } | Self::Slow { .. } | Self::None | Self::Unhealthy => None,
        }
    }
}

/// The incident under way, and how much of the next failure has gathered.
#[derive(Debug, Default)]
pub struct Faults {
    incident: Incident,
    gathered: f64,
}

impl Faults {
    /// Begins an incident, or ends it with [`Incident::None`].
    pub fn set(&mut self, incident: Incident) {
        *self = Self {
            incident,
            gathered: 0.0,
        };
    }

    /// Whether the next call of the model is to fail.
    pub fn fails_call(&mut self) -> bool {
        let Incident::Errors { share } = self.incident else {
            return false;
        };
        self.meets(share)
    }

    /// How long the next request for a score is to wait.
    pub fn delay(&mut self) -> Option<Duration> {
        let Incident::Slow { share, millis } = self.incident else {
            return None;
        };
        self.meets(share).then(|| Duration::from_millis(millis))
    }

    /// Whether the next one belongs to the share.
    fn meets(&mut self, share: f64) -> bool {
        self.gathered += share;
        // A hair below one, so that ten tenths make a whole in spite of rounding.
        let is_met = self.gathered > 1.0 - 1e-9;
        if is_met {
            self.gathered -= 1.0;
        }
        is_met
    }

    /// Whether health checks are to fail.
    pub fn fails_health(&self) -> bool {
        self.incident == Incident::Unhealthy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_kept_exactly_over_every_ten_calls() {
        let mut faults = Faults::default();
        faults.set(Incident::Errors { share: 0.3 });
        for _ in 0..1000 {
            let failed = (0..10).filter(|_| faults.fails_call()).count();
            assert_eq!(failed, 3);
        }
    }

    #[test]
    fn a_share_of_one_fails_every_call_and_none_fails_none() {
        let mut faults = Faults::default();
        assert!(!faults.fails_call());
        faults.set(Incident::Errors { share: 1.0 });
        assert!((0..100).all(|_| faults.fails_call()));
        faults.set(Incident::None);
        assert!(!(0..100).any(|_| faults.fails_call()));
    }

    #[test]
    fn shares_outside_zero_to_one_are_named() {
        for share in [0.0, -0.1, 1.1, f64::NAN] {
            assert!(Incident::Errors { share }.problem().is_some(), "{share}");
        }
        assert!(Incident::Errors { share: 1.0 }.problem().is_none());
    }

    #[test]
    fn a_share_of_the_requests_is_slow_and_no_call_fails() {
        let mut faults = Faults::default();
        let slow = |share, millis| Incident::Slow { share, millis };
        faults.set(slow(0.2, 400));
        let delays: Vec<_> = (0..10).filter_map(|_| faults.delay()).collect();
        assert_eq!(delays, [Duration::from_millis(400); 2]);
        assert!(!faults.fails_call());
        for (share, millis) in [(0.0, 400), (0.5, 0), (0.5, LONGEST_DELAY + 1)] {
            assert!(slow(share, millis).problem().is_some(), "{share} {millis}");
        }
        assert!(slow(1.0, 1).problem().is_none());
    }
}
