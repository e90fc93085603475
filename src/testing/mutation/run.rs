use tokio::runtime::Handle;

use super::touched::{shows_in_dashboards, touches};
use super::{Fate, Mutant, Tried, mutants};
use crate::replay::{ReplayError, Stage};
use crate::suite::Suite;
use crate::testing::exemption::{self, Stale};
use crate::testing::run::{Fast, Stages, in_parallel, one};
use crate::testing::{Progress, RunError, Test, TestFile};

/// What became of every mutant.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// In the order of belfry.toml.
    pub tried: Vec<Tried>,
    /// Marks of equivalent mutants that are not needed or name nothing.
    pub stale: Vec<Stale>,
}

impl Mutation {
    /// The mutants that no test noticed.
    pub fn survivors(&self) -> impl Iterator<Item = &Tried> {
        let tried = self.tried.iter();
        tried.filter(|tried| matches!(tried.fate, Fate::Survived { .. }))
    }
}

/// Tries every mutant of `suite`, whose belfry.toml is `source`, on the tests of `files` that `wanted` says yes to,
/// all of which pass. Blocks; `handle` is that of a runtime with threads of its own.
pub fn mutate(
    (suite, source): (&Suite, &str),
    files: &[TestFile],
    wanted: &dyn Fn(&TestFile, &Test) -> bool,
    handle: &Handle,
    progress: &Progress<'_>,
) -> Result<Mutation, RunError> {
    let mutants = mutants(suite, source);
    let tests: Vec<&Test> = files
        .iter()
        .flat_map(|file| file.tests.iter().filter(|test| wanted(file, test)))
        .collect();
    let starts = tests.iter().map(|test| test.start);
    let stages = handle.block_on(Stages::of(suite, starts))?;
    let trial = Trial {
        suite,
        tests: &tests,
        stages: &stages,
        handle,
    };
    let fates = in_parallel(mutants.len(), progress, &|number| {
        mutants.get(number).map(|mutant| trial.fate(mutant))
    });
    let survived = |fate: &Option<Fate>| matches!(fate, Some(Fate::Survived { .. }));
    let open: Vec<String> = mutants
        .iter()
        .zip(&fates)
        .filter(|(_, fate)| survived(fate))
        .map(|(mutant, _)| mutant.name.clone())
        .collect();
    let stale = exemption::stale(files, |file| &file.equivalent, &open, "surviving mutant");
    let tried = mutants.into_iter().zip(fates).filter_map(|(mutant, fate)| {
        let marks = files.iter().flat_map(|file| &file.equivalent);
        let fate = match (fate?, exemption::reason(marks, &mutant.name)) {
            (Fate::Survived { .. }, Some(reason)) => Fate::Equivalent { reason },
            (fate, _) => fate,
        };
        Some(Tried { mutant, fate })
    });
    Ok(Mutation {
        tried: tried.collect(),
        stale,
    })
}

/// What a mutant is tried on.
struct Trial<'a> {
    suite: &'a Suite,
    tests: &'a [&'a Test],
    stages: &'a Stages,
    handle: &'a Handle,
}

impl Trial<'_> {
    fn fate(&self, mutant: &Mutant) -> Fate {
        let changed = mutant.of(self.suite);
        let touching = self.tests.iter().filter(|t| touches(t, mutant, self.suite));
        let touching: Vec<&Test> = touching.copied().collect();
        let mut stages: Vec<Stage> = Vec::new();
        for test in &touching {
            if stages.iter().any(|stage| stage.at() == test.start) {
                continue;
            }
            let Some(stage) = self.stages.at(test.start) else {
                continue;
            };
            match self.handle.block_on(stage.changed(&changed)) {
                Ok(stage) => stages.push(stage),
                Err(error) => return refused(&error),
            }
        }
        let passes: &[Fast] = match shows_in_dashboards(mutant) {
            true => &[Fast::Alarms, Fast::No],
            false => &[Fast::Alarms],
        };
        for fast in passes {
            for test in &touching {
                let stage = stages.iter().find(|stage| stage.at() == test.start);
                let failed = |stage| !one(stage, test, self.handle, *fast).is_passed();
                if stage.is_some_and(failed) {
                    return Fate::Noticed {
                        test: test.name.clone(),
                    };
                }
            }
        }
        Fate::Survived {
            tests: touching.len(),
        }
    }
}

fn refused(error: &ReplayError) -> Fate {
    Fate::Refused {
        reason: error.to_string(),
    }
}
