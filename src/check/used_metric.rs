use std::collections::BTreeSet;

use belfry_engine::dashboard::{self, MetricWidget, Series, SeriesSource, WidgetKind};
use belfry_engine::diag::Span;
use belfry_engine::metrics::Searched;
use belfry_engine::metrics::math::Expression;
use belfry_engine::metrics::sql::SqlQuery;

use crate::suite::{Dashboard, FILE_NAME, MetricStat, Suite, Watch};

/// A metric by namespace, name and the names of its dimensions.
pub(super) type Name = (String, String, BTreeSet<String>);

/// A metric where an alarm or a widget uses it.
pub(super) struct Used {
    pub(super) path: String,
    /// As an `[[allow]]` names it.
    pub(super) on: String,
    /// The beginning of a sentence: ``the alarm `a` watches``.
    pub(super) user: String,
    pub(super) at: Span,
    pub(super) name: Name,
    /// Whether the metric has these dimensions and no others.
    pub(super) is_exact: bool,
    /// `Sum`, `p95`.
    pub(super) statistic: Option<String>,
    /// Seconds.
    pub(super) period: Option<i64>,
    /// Whether its values are looked at as they are, not worked into others by an expression.
    pub(super) is_shown: bool,
}

/// Every metric that alarms and widgets use, those of searches and Metrics Insights queries among them.
pub(super) fn used(suite: &Suite) -> Vec<Used> {
    let mut all = Vec::new();
    for alarm in &suite.alarms {
        let (stats, is_shown) = match &alarm.watch {
            Watch::Metric(stat) => (vec![stat], true),
            Watch::Math { metrics, .. } => {
                (metrics.iter().map(|query| &query.stat).collect(), false)
            }
        };
        all.extend(stats.into_iter().map(|stat| Used {
            path: FILE_NAME.to_owned(),
            on: format!("alarm.{}", alarm.head.name),
            user: format!("the alarm `{}` watches", alarm.head.name),
            at: alarm.head.place,
            name: name(stat),
            is_exact: true,
            statistic: Some(stat.statistic.clone()),
            period: Some(stat.period),
            is_shown,
        }));
    }
    for board in &suite.dashboards {
        all.extend(drawn(board));
    }
    all
}

fn name(stat: &MetricStat) -> Name {
    let metric = &stat.metric;
    let dimensions = metric.dimensions.keys().cloned().collect();
    (metric.namespace.clone(), metric.name.clone(), dimensions)
}

/// The metrics of a dashboard; a body that does not load was refused before.
fn drawn(board: &Dashboard) -> Vec<Used> {
    let Ok(loaded) = dashboard::load(&board.source) else {
        return Vec::new();
    };
    let mut all: Vec<Used> = Vec::new();
    for widget in &loaded.dashboard.widgets {
        let WidgetKind::Metric(metric) = &widget.kind else {
            continue;
        };
        for series in &metric.series {
            for used in asked(board, metric, series) {
                // The same metric twice in a dashboard is one finding.
                let is_known = all.iter().any(|other| is_same(other, &used));
                if !is_known {
                    all.push(used);
                }
            }
        }
    }
    all
}

fn is_same(one: &Used, other: &Used) -> bool {
    one.name == other.name
        && one.is_exact == other.is_exact
        && one.statistic == other.statistic
        && one.period == other.period
        && one.is_shown == other.is_shown
}

/// The metrics that one entry of a widget asks for.
fn asked(board: &Dashboard, widget: &MetricWidget, series: &Series) -> Vec<Used> {
    let one = |name: Name, is_exact, statistic: Option<String>, period| Used {
        path: board.path.clone(),
        on: board.subject(),
        user: "a widget draws".to_owned(),
        at: board.in_file(place(&board.source, &name.1)),
        name,
        is_exact,
        statistic,
        period: Some(period),
        is_shown: series.visible,
    };
    let period = series.period.unwrap_or(widget.period);
    match &series.source {
        SeriesSource::Metric {
            namespace,
            name,
            dimensions,
        } => {
            let statistic = series.stat.clone().unwrap_or_else(|| widget.stat.clone());
            let dimensions = dimensions.iter().map(|d| d.0.clone()).collect();
            let name = (namespace.clone(), name.clone(), dimensions);
            vec![one(name, true, Some(statistic), period)]
        }
        SeriesSource::Expression(text) if SqlQuery::is_meant(text) => {
            let query = SqlQuery::parse(text).ok();
            let found = query.map(|query| {
                let (name, is_exact) = of_query(&query);
                let statistic = query.function.statistic().to_string();
                one(name, is_exact, Some(statistic), period)
            });
            found.into_iter().collect()
        }
        SeriesSource::Expression(text) => {
            let Ok(expression) = Expression::parse(text) else {
                return Vec::new();
            };
            let searches = expression.searched().into_iter();
            let found = searches.flat_map(|(searched, statistic, own)| {
                let statistic = statistic.map(str::to_owned);
                let is_exact = searched.is_exact;
                let names = of_search(&searched);
                let one = &one;
                names
                    .into_iter()
                    .map(move |name| one(name, is_exact, statistic.clone(), own.unwrap_or(period)))
            });
            found.collect()
        }
    }
}

fn of_query(query: &SqlQuery) -> (Name, bool) {
    let source = &query.source;
    let (dimensions, is_exact) = match &source.schema {
        Some(schema) => (schema.clone(), true),
        None => {
            let conditions = query.conditions.iter().map(|condition| &condition.label);
            let labels = conditions.chain(&query.group_by);
            let is_dimension = |name: &str| !name.starts_with("AWS.") && !name.starts_with("tag.");
            let names = labels.map(|label| label.as_str().to_owned());
            (names.filter(|name| is_dimension(name)).collect(), false)
        }
    };
    let name = (source.namespace.clone(), query.metric.clone(), dimensions);
    (name, is_exact)
}

fn of_search(searched: &Searched) -> Vec<Name> {
    let Some(namespace) = &searched.namespace else {
        return Vec::new();
    };
    let names = searched.metrics.iter();
    let of = |name: &String| (namespace.clone(), name.clone(), searched.dimensions.clone());
    names.map(of).collect()
}

/// The first place where the body names the metric.
fn place(body: &str, name: &str) -> Span {
    let quoted = format!("\"{name}\"");
    let found = body.find(&quoted).map(|start| (start, quoted.len()));
    let found = found.or_else(|| body.find(name).map(|start| (start, name.len())));
    let (start, length) = found.unwrap_or_default();
    Span::new(start, (start + length).min(body.len()))
}

/// ``with the dimensions `A`, `B` ``.
pub(super) fn with(dimensions: &BTreeSet<String>) -> String {
    if dimensions.is_empty() {
        return "without dimensions".to_owned();
    }
    let names: Vec<String> = dimensions.iter().map(|name| format!("`{name}`")).collect();
    format!("with the dimensions {}", names.join(", "))
}
