use std::collections::BTreeMap;

use super::resources::{
    AlarmResource, CompositeAlarmResource, DashboardResource, LogGroupResource,
    MetricFilterResource, QueryResource, TopicResource,
};
use super::{Address, Place, Resource};
use crate::suite::Suite;

/// What a suite wants an account to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desired {
    /// By address, which is also the order of making.
    pub resources: BTreeMap<Address, Resource>,
}

impl Desired {
    /// Everything `suite` declares, at `place`.
    pub fn of(suite: &Suite, place: &Place) -> Self {
        let topics = suite.topics.iter().map(TopicResource::desired);
        let groups = suite.log_groups.iter().map(LogGroupResource::desired);
        let filters = suite
            .metric_filters
            .iter()
            .map(MetricFilterResource::desired);
        let queries = suite.queries.iter().map(QueryResource::desired);
        let alarms = suite
            .alarms
            .iter()
            .map(|alarm| AlarmResource::desired(alarm, place));
        let composites = suite.composite_alarms.iter();
        let composites = composites.map(|alarm| CompositeAlarmResource::desired(alarm, place));
        let dashboards = suite.dashboards.iter().map(DashboardResource::desired);
        let all = topics
            .map(Resource::Topic)
            .chain(groups.map(Resource::LogGroup))
            .chain(filters.map(Resource::MetricFilter))
            .chain(queries.map(Resource::Query))
            .chain(alarms.map(Resource::Alarm))
            .chain(composites.map(Resource::CompositeAlarm))
            .chain(dashboards.map(Resource::Dashboard));
        all.collect()
    }
}

impl FromIterator<Resource> for Desired {
    fn from_iter<T: IntoIterator<Item = Resource>>(resources: T) -> Self {
        Self {
            resources: resources
                .into_iter()
                .map(|resource| (resource.address(), resource))
                .collect(),
        }
    }
}
