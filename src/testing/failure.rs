use belfry_engine::diag::Diagnostic;

/// Something that a test expected and that did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What, and where the test expects it.
    pub diagnostic: Diagnostic,
    /// Both sides, where they can be laid side by side.
    pub sides: Vec<Side>,
}

/// One line of what was expected and what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The moment in the test, or the number of the row.
    pub place: String,
    /// Empty where nothing was expected.
    pub expected: String,
    /// Empty where nothing came.
    pub got: String,
    /// Why it came, in AWS's words; empty where both sides are equal.
    pub reason: String,
}

impl Side {
    /// Whether both sides are equal.
    pub fn is_equal(&self) -> bool {
        self.expected == self.got
    }
}

impl Failure {
    /// Without sides.
    pub(super) fn plain(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostic,
            sides: Vec::new(),
        }
    }
}
