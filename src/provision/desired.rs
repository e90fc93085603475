use std::collections::BTreeMap;

use super::resources::{
    self, AlarmResource, BucketResource, BudgetResource, CompositeAlarmResource, DashboardResource,
    LoadBalancerResource, LogAlarmResource, LogGroupResource, MetricFilterResource,
    MuteRuleResource, QueryResource, SubscriptionResource, TopicResource,
};
use super::{Address, Place, Resource};
use crate::suite::{Suite, Topic};

/// What a suite wants an account to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desired {
    /// By address, which is also the order of making.
    pub resources: BTreeMap<Address, Resource>,
}

impl Desired {
    /// Everything `suite` declares, at `place`.
    pub fn of(suite: &Suite, place: &Place) -> Self {
        let groups = suite.log_groups.iter().map(LogGroupResource::desired);
        let filters = suite
            .metric_filters
            .iter()
            .map(MetricFilterResource::desired);
        let queries = suite.queries.iter().map(QueryResource::desired);
        let budgets = suite.budgets.iter();
        let budgets = budgets.map(|budget| BudgetResource::desired(budget, place));
        let alarms = suite
            .alarms
            .iter()
            .map(|alarm| AlarmResource::desired(alarm, place));
        let log_alarms = suite.log_alarms.iter();
        let log_alarms = log_alarms.map(|alarm| LogAlarmResource::desired(alarm, place));
        let mute_rules = suite.mute_rules.iter().map(MuteRuleResource::desired);
        let composites = suite.composite_alarms.iter();
        let composites = composites.map(|alarm| CompositeAlarmResource::desired(alarm, place));
        let buckets = suite.buckets.iter();
        let buckets = buckets.map(|bucket| BucketResource::desired(bucket, suite, place));
        let balancers = suite
            .load_balancers
            .iter()
            .map(LoadBalancerResource::desired);
        let dashboards = suite.dashboards.iter().map(DashboardResource::desired);
        let all = topics(suite, place)
            .chain(buckets.map(Resource::Bucket))
            .chain(balancers.map(Resource::LoadBalancer))
            .chain(groups.map(Resource::LogGroup))
            .chain(filters.map(Resource::MetricFilter))
            .chain(queries.map(Resource::Query))
            .chain(resources::athena(suite))
            .chain(budgets.map(Resource::Budget))
            .chain(alarms.map(Resource::Alarm))
            .chain(log_alarms.map(Resource::LogAlarm))
            .chain(composites.map(Resource::CompositeAlarm))
            .chain(mute_rules.map(Resource::MuteRule))
            .chain(dashboards.map(Resource::Dashboard));
        all.collect()
    }
}

/// The topics with their subscriptions; those that billing alarms tell also where these alarms are.
fn topics<'a>(suite: &'a Suite, place: &'a Place) -> impl Iterator<Item = Resource> + 'a {
    let near = suite
        .topics
        .iter()
        .map(move |topic| (topic, None, place.clone()));
    let told = |topic: &Topic| {
        suite
            .alarms
            .iter()
            .any(|a| a.is_billing() && a.head.actions.tell(&topic.name))
    };
    let far = place.billing().into_iter().flat_map(move |place| {
        let told = suite.topics.iter().filter(move |topic| told(topic));
        told.map(move |topic| (topic, Some(place.region.clone()), place.clone()))
    });
    near.chain(far).flat_map(|(topic, region, place)| {
        let made = TopicResource::desired(&topic.name, region.as_deref(), &place);
        let subscriptions = topic
            .subscriptions
            .iter()
            .map(move |s| SubscriptionResource {
                topic: topic.name.clone(),
                region: region.clone(),
                protocol: s.protocol.clone(),
                endpoint: s.endpoint.clone(),
            });
        std::iter::once(Resource::Topic(made)).chain(subscriptions.map(Resource::Subscription))
    })
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
