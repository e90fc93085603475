//! Faults on purpose, so that alarms can be seen to ring.
//!
//! Controlled by `POST /admin/incident`, which exists only where the settings allow it and answers
//! only loopback. Shares are kept exactly and evenly (a running sum, no dice): with a share of 0.3,
//! 3 of every 10 calls fail.

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
}

impl Incident {
    /// What is wrong with it, if anything.
    pub fn problem(&self) -> Option<String> {
        match self {
            Self::Errors { share } if !(*share > 0.0 && *share <= 1.0) => Some(format!(
                "`share` is {share}, expected above 0 and at most 1"
            )),
            Self::Errors { .. } | Self::None | Self::Unhealthy => None,
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
        self.gathered += share;
        // A hair below one, so that ten tenths make a whole in spite of rounding.
        let fails = self.gathered > 1.0 - 1e-9;
        if fails {
            self.gathered -= 1.0;
        }
        fails
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
}
