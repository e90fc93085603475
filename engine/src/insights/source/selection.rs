use std::collections::BTreeMap;

use super::{SourceTime, TagFilter};
use crate::base::{Millis, TimeRange};
use crate::events::{DataSource, LogGroupClass};

/// What stands behind `SOURCE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Groups by name or ARN, in order.
    pub groups: Vec<String>,
    /// `logGroups(…)`
    pub log_groups: Option<LogGroups>,
    /// `logGroupTags(…)`: all of them must hold.
    pub tags: Vec<TagFilter>,
    /// `dataSource(…)`: any of them, as `amazon_vpc.flow`.
    pub data_sources: Vec<String>,
    /// `start=`: the range's start in place of the request's.
    pub start: Option<SourceTime>,
    /// `end=`: the range's end in place of the request's.
    pub end: Option<SourceTime>,
}

/// `logGroups(…)`; an empty list selects all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogGroups {
    /// At most five; any of them.
    pub name_prefixes: Vec<String>,
    /// At most twenty; any of them.
    pub accounts: Vec<String>,
    /// STANDARD where none is written.
    pub class: LogGroupClass,
}

/// What a selection by pattern looks at.
#[derive(Clone, Copy, Debug)]
pub struct GroupFacts<'g> {
    /// Its name.
    pub name: &'g str,
    /// Its account's twelve digits.
    pub account: &'g str,
    /// Its class.
    pub class: LogGroupClass,
    /// Its tags.
    pub tags: &'g BTreeMap<String, String>,
    /// What writes it, where that is known.
    pub data_source: Option<&'g DataSource>,
}

impl Source {
    /// Whether groups are selected by what they are instead of by name.
    pub fn is_pattern(&self) -> bool {
        self.log_groups.is_some() || !self.tags.is_empty() || !self.data_sources.is_empty()
    }

    /// Whether a selection by pattern holds the group: `logGroups`, all tag filters and the data sources agree.
    pub fn selects(&self, group: GroupFacts<'_>) -> bool {
        let by_name = self.log_groups.as_ref().is_none_or(|all| all.hold(group));
        let by_tags = self.tags.iter().all(|tag| tag.holds(group.tags));
        self.is_pattern() && by_name && by_tags && self.is_written_by(group.data_source)
    }

    /// What `dataSource([…])` calls a data source: name and type; nothing where the type is not known.
    pub fn data_source_name(source: &DataSource) -> Option<String> {
        let kind = source.kind.as_deref()?;
        Some(format!("{}.{kind}", source.name))
    }

    fn is_written_by(&self, source: Option<&DataSource>) -> bool {
        let name = source.and_then(Self::data_source_name);
        self.data_sources.is_empty() || name.is_some_and(|name| self.data_sources.contains(&name))
    }

    /// Whether `start` or `end` is written.
    pub fn has_times(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }

    /// The range with `start` and `end` in place of the request's, where they are written. AWS shows them in
    /// texts of its console; that they override the request is a choice.
    pub fn range(&self, requested: TimeRange, now: Millis) -> TimeRange {
        let moment = |time: Option<SourceTime>, other| time.map_or(other, |time| time.at(now));
        TimeRange {
            start: moment(self.start, requested.start),
            end: moment(self.end, requested.end),
        }
    }
}

impl LogGroups {
    fn hold(&self, group: GroupFacts<'_>) -> bool {
        let prefixes = &self.name_prefixes;
        let named = prefixes.is_empty() || prefixes.iter().any(|p| group.name.starts_with(p));
        let accounts = &self.accounts;
        let owned = accounts.is_empty() || accounts.iter().any(|a| a == group.account);
        named && owned && self.class == group.class
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_a_class_and_tags_select_together() {
        let tags = BTreeMap::from([("team".to_owned(), "pay".to_owned())]);
        let group = GroupFacts {
            name: "/ecs/app",
            account: "000000000000",
            class: LogGroupClass::Standard,
            tags: &tags,
            data_source: None,
        };
        let mut source = Source {
            log_groups: Some(LogGroups {
                name_prefixes: vec!["/x".to_owned(), "/ecs/".to_owned()],
                ..LogGroups::default()
            }),
            ..Source::default()
        };
        assert!(source.selects(group));
        source.tags = vec![TagFilter::new("team", &["ops".to_owned()])];
        assert!(!source.selects(group));
        assert!(!Source::default().selects(group));
    }

    #[test]
    fn a_data_source_is_a_name_and_a_type_and_groups_without_one_are_not_selected() {
        let written_by = |name: &str, kind: Option<&str>| DataSource {
            name: name.into(),
            kind: kind.map(Into::into),
        };
        let source = Source {
            data_sources: vec!["amazon_vpc.flow".to_owned()],
            ..Source::default()
        };
        let selects = |data_source: Option<&DataSource>| {
            source.selects(GroupFacts {
                name: "/flows",
                account: "000000000000",
                class: LogGroupClass::Standard,
                tags: &BTreeMap::new(),
                data_source,
            })
        };
        assert!(selects(Some(&written_by("amazon_vpc", Some("flow")))));
        assert!(!selects(Some(&written_by("amazon_vpc", None))));
        assert!(!selects(Some(&written_by("payments", Some("orders")))));
        assert!(!selects(None));
    }
}
