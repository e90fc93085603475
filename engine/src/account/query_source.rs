use super::Account;
use crate::base::Millis;
use crate::events::{EventSnapshot, LogError, LogGroup, Origin};

impl Account {
    /// The events of `groups` as Logs Insights sees them now, with what the groups' tags say of where they
    /// come from.
    pub fn query_source(&self, groups: &[&str], now: Millis) -> Result<EventSnapshot, LogError> {
        let source = self.logs.query_source(groups, now)?;
        let origins = groups.iter().map(|name| self.logs.group(name));
        let origins: Result<Vec<_>, _> = origins
            .map(|group| group.map(|group| self.origin(group)))
            .collect();
        Ok(source.with_origins(origins?))
    }

    /// What is known of a log group, its tags included.
    pub fn origin(&self, group: &LogGroup) -> Origin {
        let tags = self.tags.of(group.arn());
        group.origin().tagged(&tags, group.first_line())
    }
}
