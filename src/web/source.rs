use std::collections::BTreeSet;
use std::fmt::Debug;
use std::pin::Pin;

use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::dashboard::WidgetQuery;

/// Why a source did not answer, in the words of AWS or of the transport.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SourceError(
    /// The text.
    pub String,
);

/// An answer that is still to come.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, SourceError>> + Send + 'a>>;

/// A dashboard of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DashboardSummary {
    /// Its name.
    pub name: String,
    /// When it was last put.
    pub modified: Option<Millis>,
}

/// An alarm with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmSummary {
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Its state.
    pub state: StateValue,
    /// Why.
    pub reason: String,
    /// When the state was last written.
    pub updated: Millis,
}

/// One series of GetMetricData.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesAnswer {
    /// The query's id.
    pub id: String,
    /// The label.
    pub label: String,
    /// Oldest first.
    pub points: Vec<(Millis, f64)>,
}

/// The result of a log query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryTable {
    /// Names, in order of appearance; without `@ptr`.
    pub columns: Vec<String>,
    /// Cells by column; `None` where the row has no such field.
    pub rows: Vec<Vec<Option<String>>>,
}

/// What the pages ask for.
pub trait DashboardSource: Debug + Send + Sync {
    /// The region that answers; widgets of another one are not drawn.
    fn region(&self) -> &str;

    /// Namespaces whose figures are estimates here: widgets that show them say so.
    fn estimated(&self) -> Answer<'_, &'static [&'static str]> {
        Box::pin(async { Ok(&[] as &[&str]) })
    }

    /// ListDashboards.
    fn dashboards(&self) -> Answer<'_, Vec<DashboardSummary>>;

    /// GetDashboard; `None` where there is no such dashboard.
    fn body<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>>;

    /// The names of the metrics of a namespace.
    fn metric_names<'a>(&'a self, namespace: &'a str) -> Answer<'a, BTreeSet<String>>;

    /// GetMetricData for `[start, end)`.
    fn metrics<'a>(
        &'a self,
        queries: &'a [WidgetQuery],
        start: Millis,
        end: Millis,
    ) -> Answer<'a, Vec<SeriesAnswer>>;

    /// DescribeAlarms, all of them.
    fn alarms(&self) -> Answer<'_, Vec<AlarmSummary>>;

    /// StartQuery and its results.
    fn query<'a>(
        &'a self,
        log_groups: &'a [String],
        text: &'a str,
        start: Millis,
        end: Millis,
    ) -> Answer<'a, QueryTable>;
}
