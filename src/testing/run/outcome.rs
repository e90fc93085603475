use belfry_engine::base::Millis;

use crate::replay::{Happening, ReplayError};
use crate::testing::Failure;

/// What became of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Which of the files.
    pub file: usize,
    /// Which of its tests.
    pub test: usize,
    /// What did not come as expected; none where the test passed.
    pub failures: Vec<Failure>,
    /// What every alarm did.
    pub happenings: Vec<Happening>,
    /// The widgets that got data.
    pub served: Vec<Served>,
    /// Mute rules that were active when one of their alarms changed its state.
    pub muted: Vec<String>,
    /// Alarms whose data ended while the test went on.
    pub ran_dry: Vec<String>,
}

/// A widget that got data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Served {
    /// The dashboard.
    pub dashboard: String,
    /// The widget's name.
    pub widget: String,
}

impl Outcome {
    /// Whether everything came as expected.
    pub fn is_passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Why no test could be run.
#[derive(Debug, thiserror::Error)]
#[error("the suite cannot be applied to the account of the tests at {}", at.to_rfc3339())]
pub struct RunError {
    /// When.
    pub at: Millis,
    /// Why.
    #[source]
    pub source: Box<ReplayError>,
}
