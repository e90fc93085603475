use std::path::Path;

use crate::testing::{Outcome, Test, TestFile};

/// Tests and what became of them.
#[derive(Clone, Copy, Debug)]
pub struct Tested<'a> {
    /// The files.
    pub files: &'a [TestFile],
    /// What became of the tests that were run, in order.
    pub outcomes: &'a [Outcome],
    /// From the folder in which people and machines read the report to that of the suite.
    pub prefix: &'a Path,
}

impl<'a> Tested<'a> {
    /// Every test that was run, with its file.
    pub(super) fn each(self) -> impl Iterator<Item = (&'a TestFile, &'a Test, &'a Outcome)> {
        self.outcomes.iter().filter_map(move |outcome| {
            let file = self.files.get(outcome.file)?;
            Some((file, file.tests.get(outcome.test)?, outcome))
        })
    }

    /// How many tests failed.
    pub fn failed(&self) -> usize {
        let failed = self.outcomes.iter().filter(|outcome| !outcome.is_passed());
        failed.count()
    }

    /// A path of the suite as the reader of the report would name it.
    pub fn path(&self, path: &str) -> String {
        self.prefix.join(path).display().to_string()
    }
}
