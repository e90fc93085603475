use super::Mutant;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A test failed.
    Noticed {
        /// Its name.
        test: String,
    },
    /// Every test that looks at it passed.
    Survived {
        /// How many such tests there are.
        tests: usize,
    },
    /// It makes no difference, a test file says.
    Equivalent {
        /// Why.
        reason: String,
    },
    /// AWS would not take such a suite.
    Refused {
        /// In AWS's words.
        reason: String,
    },
}

/// A mutant and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The mutant.
    pub mutant: Mutant,
    /// What became of it.
    pub fate: Fate,
}
