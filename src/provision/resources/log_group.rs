use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::LogGroup;

/// A log group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroupResource {
    /// Its name.
    pub name: String,
    /// Days; for ever where absent.
    pub retention_days: Option<i64>,
}

impl LogGroupResource {
    pub(crate) fn desired(log_group: &LogGroup) -> Self {
        Self {
            name: log_group.name.clone(),
            retention_days: log_group.retention_days,
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::LogGroup, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("name", self.name.clone().into()),
            ("retention_days", self.retention_days.into()),
        ]
    }
}
