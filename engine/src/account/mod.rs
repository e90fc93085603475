//! One account's CloudWatch in one region, in memory: all stores in one struct, and the reactions
//! between them.
//!
//! What comes in: calls of the API's operations with the moment they arrive, and the passing of time
//! ([`Account::advance`]). What goes out: what the stores hold, and the [`Delivery`]s left in the outbox for
//! whoever can reach a network. Everything is a function of the order of calls and their times: ids come
//! from counters ([`Ids`]), never from chance. To add a store: a file with its type, a field in `state.rs`;
//! a reaction between stores is a file of its own, as `ingest.rs` is.

mod dashboards;
mod dimension_pairs;
mod ids;
mod ingest;
mod log_alarms;
mod lookup_tables;
mod metric_filters;
mod publish;
mod queries;
mod query_definitions;
mod query_source;
mod state;
#[cfg(test)]
mod steps;
mod tags;
mod time;
mod topics;

pub use dashboards::{DashboardStore, StoredDashboard};
pub use dimension_pairs::{DimensionPairs, DimensionPairsWarning};
pub use ids::Ids;
pub use ingest::ExtractionFailures;
pub use lookup_tables::{LookupTableStore, MOST_LOOKUP_TABLES, StoredLookupTable};
pub use metric_filters::{MOST_METRIC_FILTERS, MetricFilterStore};
pub use publish::{Delivery, DeliveryKind};
pub use queries::{
    OtherSources, PendingQuery, QueryStatus, QueryStore, StartedQuery, event_pointer,
    pointed_position,
};
pub use query_definitions::{QueryDefinition, QueryDefinitionStore};
pub use state::Account;
pub use tags::TagStore;
pub use topics::{Subscription, Topic, TopicStore};
