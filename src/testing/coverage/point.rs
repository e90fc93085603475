use belfry_engine::diag::Span;

use crate::testing::{Outcome, Test};

/// One thing that a test can exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What it belongs to: `alarm fraud-5xx`.
    pub subject: String,
    /// `goes into ALARM`.
    pub what: String,
    /// The file that declares it, relative to the suite's folder.
    pub path: String,
    /// Where in it.
    pub at: Span,
    /// The names of the tests that exercised it.
    pub tests: Vec<String>,
    /// Why it needs none.
    pub exempt: Option<String>,
}

impl Point {
    /// What exemptions call it: `alarm fraud-5xx: goes into ALARM`.
    pub fn name(&self) -> String {
        format!("{}: {}", self.subject, self.what)
    }

    /// Whether some test exercised it.
    pub fn is_covered(&self) -> bool {
        !self.tests.is_empty()
    }
}

/// A test and what became of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ran<'a> {
    pub(super) test: &'a Test,
    pub(super) outcome: &'a Outcome,
}

/// Whether a test reached a point.
pub(super) type Reached<'a> = Box<dyn Fn(Ran<'_>) -> bool + 'a>;
