//! Datapoints: the metric store, statistics, metric math; metric filters and embedded metrics turn log
//! events into datapoints.
//!
//! What comes in: [`MetricDatum`]s (PutMetricData, [`MetricFilter`], [`embedded_metrics`]) and questions
//! ([`MetricStat`] over a [`Grid`], or the queries of GetMetricData with their expressions). What goes out:
//! datapoints, or a [`MetricError`] in AWS's words. Where AWS does not say what it does, `choices.rs` names
//! what is done here. To add a statistic: a variant in `statistic.rs` and its formula; to add a function of
//! metric math: an entry in the table of its family under `math/functions/`.

mod bucket;
mod choices;
mod datum;
mod distribution;
mod dynamic_label;
mod embedded;
mod embedded_dropped;
mod embedded_targets;
#[cfg(test)]
mod embedded_tests;
mod error;
mod evaluation;
mod filter;
mod filter_outcome;
#[cfg(test)]
mod filter_tests;
mod get_metric_data;
mod id;
mod label;
mod label_text;

#[cfg(test)]
mod documented;
pub mod math;
mod on_grid;
mod percentile;
mod query;
mod scope;
mod search;
mod series;
pub mod sql;
mod statistic;
mod store;
mod transformation;
mod trimmed;
mod unit;

pub use choices::{PERCENTILE_METHOD, PercentileMethod};
pub use datum::{DatumValues, MetricDatum, StatisticSet};
pub use embedded::{EmbeddedMetrics, embedded_metrics};
pub use embedded_dropped::{Dropped, EmbeddedRule, NotEmbedded};
pub use error::MetricError;
pub use filter::MetricFilter;
pub use filter_outcome::{FilterOutcome, MissingDimension, NoValue};
pub use get_metric_data::get_metric_data;
pub use id::{Dimensions, MetricId, check_custom_namespace};
pub use on_grid::{GridAnswer, GridSeries, evaluate_on_grid, series_on_grid};
pub use query::{
    Datapoint, Grid, MetricDataQuery, MetricDataRequest, MetricDataResult, MetricStat, QueryKind,
};
pub use search::Searched;
pub use statistic::{Bounds, Statistic};
pub use store::MetricStore;
pub use transformation::MetricTransformation;
pub use unit::Unit;
