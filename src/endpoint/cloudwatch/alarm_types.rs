use crate::endpoint::{Fault, Input};

/// The kinds of alarms that `AlarmTypes` asks for; metric alarms where it is absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct AlarmTypes {
    pub metric: bool,
    pub composite: bool,
    pub log: bool,
}

impl AlarmTypes {
    pub(super) fn read(input: &Input<'_>) -> Result<Self, Fault> {
        let types = input.strings("AlarmTypes")?;
        let known = ["CompositeAlarm", "MetricAlarm", "LogAlarm"];
        match types.iter().find(|kind| !known.contains(kind)) {
            Some(kind) => Err(input.constraint(
                "AlarmTypes",
                kind,
                "Member must satisfy enum value set: [CompositeAlarm, MetricAlarm, LogAlarm]",
            )),
            None => Ok(Self {
                metric: types.is_empty() || types.contains(&"MetricAlarm"),
                composite: types.contains(&"CompositeAlarm"),
                log: types.contains(&"LogAlarm"),
            }),
        }
    }

    /// Whether alarms of the kind are asked for.
    pub(super) fn has(self, kind: &str) -> bool {
        match kind {
            "MetricAlarm" => self.metric,
            "CompositeAlarm" => self.composite,
            "LogAlarm" => self.log,
            _ => false,
        }
    }
}
