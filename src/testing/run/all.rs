use tokio::runtime::Handle;

use super::{Fast, Outcome, Progress, RunError, Stages, in_parallel, one};
use crate::suite::Suite;
use crate::testing::{Test, TestFile};

/// Runs every test of `files` that `wanted` says yes to, in order of files and tests. Blocks; `handle` is that of a
/// runtime with threads of its own.
pub fn run(
    suite: &Suite,
    files: &[TestFile],
    wanted: &dyn Fn(&TestFile, &Test) -> bool,
    handle: &Handle,
    progress: &Progress<'_>,
) -> Result<Vec<Outcome>, RunError> {
    let mut places = Vec::new();
    for (file, tests) in files.iter().enumerate() {
        for (test, found) in tests.tests.iter().enumerate() {
            if wanted(tests, found) {
                places.push((file, test, found));
            }
        }
    }
    let starts = places.iter().map(|(_, _, test)| test.start);
    let stages = handle.block_on(Stages::of(suite, starts))?;
    let outcomes = in_parallel(places.len(), progress, &|number| {
        let (file, test, found) = *places.get(number)?;
        let outcome = one(stages.at(found.start)?, found, handle, Fast::No);
        Some(Outcome {
            file,
            test,
            ..outcome
        })
    });
    Ok(outcomes.into_iter().flatten().collect())
}
