use super::{
    DashboardStore, Delivery, DimensionPairs, ExtractionFailures, Ids, LookupTableStore,
    MetricFilterStore, QueryDefinitionStore, QueryStore, TagStore, TopicStore,
};
use crate::alarms::AlarmStore;
use crate::base::Millis;
use crate::events::LogStore;
use crate::metrics::MetricStore;

/// One account in one region. A copy goes its own way from the moment it is made.
#[derive(Clone, Debug)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// `us-east-1`.
    pub region: String,
    /// Log groups, streams and events.
    pub logs: LogStore,
    /// Datapoints.
    pub metrics: MetricStore,
    /// Metric filters by log group.
    pub metric_filters: MetricFilterStore,
    /// Saved Logs Insights queries.
    pub query_definitions: QueryDefinitionStore,
    /// Tables that `lookup` and `cidrlookup` read.
    pub lookup_tables: LookupTableStore,
    /// Started Logs Insights queries.
    pub queries: QueryStore,
    /// Alarms of all kinds and their history.
    pub alarms: AlarmStore,
    /// Dashboards.
    pub dashboards: DashboardStore,
    /// SNS topics and their subscriptions.
    pub topics: TopicStore,
    /// Tags by ARN, of every kind of resource.
    pub tags: TagStore,
    /// Where new ids come from.
    pub ids: Ids,
    /// Messages to be sent, oldest first; whoever sends them takes them out.
    pub outbox: Vec<Delivery>,
    /// Data of metric filters that the metric store did not take, by log group.
    pub extraction_failures: ExtractionFailures,
    /// How many different dimension values metric filters made.
    pub dimension_pairs: DimensionPairs,
    /// Up to which moment alarms were evaluated; `None` before the first [`Account::advance`].
    pub(super) advanced: Option<Millis>,
}

impl Account {
    /// An empty account.
    pub fn new(id: &str, region: &str) -> Self {
        Self {
            id: id.into(),
            region: region.into(),
            logs: LogStore::new(id, region),
            metrics: MetricStore::default().of_account(id, region),
            metric_filters: MetricFilterStore::default(),
            query_definitions: QueryDefinitionStore::default(),
            lookup_tables: LookupTableStore::default(),
            queries: QueryStore::default(),
            alarms: AlarmStore::default().of_account(id, region),
            dashboards: DashboardStore::default(),
            topics: TopicStore::default(),
            tags: TagStore::default(),
            ids: Ids::new(id, region),
            outbox: Vec::new(),
            extraction_failures: ExtractionFailures::default(),
            dimension_pairs: DimensionPairs::default(),
            advanced: None,
        }
    }
}
