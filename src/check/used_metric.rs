use std::collections::BTreeSet;

use belfry_engine::dashboard::{self, SeriesSource, WidgetKind};
use belfry_engine::diag::Span;

use crate::suite::{FILE_NAME, Suite, Watch};

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
}

/// Every metric that alarms and widgets name; those inside expressions are not among them.
pub(super) fn used(suite: &Suite) -> Vec<Used> {
    let alarms = suite.alarms.iter().flat_map(|alarm| {
        watched(&alarm.watch).into_iter().map(|name| Used {
            path: FILE_NAME.to_owned(),
            on: format!("alarm.{}", alarm.name),
            user: format!("the alarm `{}` watches", alarm.name),
            at: alarm.place(),
            name,
        })
    });
    let widgets = suite.dashboards.iter().flat_map(|board| {
        drawn(&board.source).into_iter().map(|name| Used {
            path: board.path.clone(),
            on: board.subject(),
            user: "a widget draws".to_owned(),
            at: board.in_file(place(&board.source, &name.1)),
            name,
        })
    });
    alarms.chain(widgets).collect()
}

fn watched(watch: &Watch) -> Vec<Name> {
    let stats = match watch {
        Watch::Metric(stat) => vec![stat],
        Watch::Math { metrics, .. } => metrics.iter().map(|query| &query.stat).collect(),
    };
    stats
        .into_iter()
        .map(|stat| {
            let metric = &stat.metric;
            let dimensions = metric.dimensions.keys().cloned().collect();
            (metric.namespace.clone(), metric.name.clone(), dimensions)
        })
        .collect()
}

/// The metrics of a body; a body that does not load was refused before.
fn drawn(body: &str) -> BTreeSet<Name> {
    let Ok(loaded) = dashboard::load(body) else {
        return BTreeSet::new();
    };
    let widgets = loaded.dashboard.widgets.into_iter();
    widgets
        .filter_map(|widget| match widget.kind {
            WidgetKind::Metric(metric) => Some(metric.series),
            WidgetKind::Text(_)
            | WidgetKind::Log(_)
            | WidgetKind::Alarm(_)
            | WidgetKind::Undrawn(_) => None,
        })
        .flatten()
        .filter_map(|series| match series.source {
            SeriesSource::Metric {
                namespace,
                name,
                dimensions,
            } => Some((
                namespace,
                name,
                dimensions.into_iter().map(|d| d.0).collect(),
            )),
            SeriesSource::Expression(_) => None,
        })
        .collect()
}

/// The first place where the body names the metric.
fn place(body: &str, name: &str) -> Span {
    let quoted = format!("\"{name}\"");
    let start = body.find(&quoted).unwrap_or_default();
    Span::new(start, (start + quoted.len()).min(body.len()))
}

/// ``with the dimensions `A`, `B` ``.
pub(super) fn with(dimensions: &BTreeSet<String>) -> String {
    if dimensions.is_empty() {
        return "without dimensions".to_owned();
    }
    let names: Vec<String> = dimensions.iter().map(|name| format!("`{name}`")).collect();
    format!("with the dimensions {}", names.join(", "))
}
