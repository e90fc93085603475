use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use super::RunError;
use crate::replay::Stage;
use crate::suite::Suite;

/// The suite, applied at every moment at which a test begins.
#[derive(Clone, Debug)]
pub(in crate::testing) struct Stages(BTreeMap<Millis, Stage>);

impl Stages {
    pub(in crate::testing) async fn of(
        suite: &Suite,
        starts: impl Iterator<Item = Millis>,
    ) -> Result<Self, RunError> {
        let mut stages = BTreeMap::new();
        for at in starts {
            if stages.contains_key(&at) {
                continue;
            }
            let stage = Stage::of(suite, at).await;
            let stage = stage.map_err(|source| RunError {
                at,
                source: Box::new(source),
            })?;
            stages.insert(at, stage);
        }
        Ok(Self(stages))
    }

    pub(in crate::testing) fn at(&self, at: Millis) -> Option<&Stage> {
        self.0.get(&at)
    }
}
