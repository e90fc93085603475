use belfry_engine::base::Millis;
use belfry_engine::dashboard::{
    AlarmWidget, LogWidget, MetricWidget, PeriodOverride, Widget, WidgetKind,
};

use crate::web::{DashboardSource, SourceError};

/// What a widget is called in tests: its title, else its place in the body, from 1.
pub fn widget_name(place: usize, widget: &Widget) -> String {
    let title = widget.title().filter(|title| !title.is_empty());
    title.map_or_else(|| format!("#{}", place + 1), str::to_owned)
}

/// When a dashboard is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) from: Millis,
    pub(super) now: Millis,
    pub(super) periods: PeriodOverride,
}

/// Why a widget got no data; nothing where each of its series got some. A text has none to get.
pub(super) async fn lack(
    widget: &Widget,
    look: Look,
    source: &dyn DashboardSource,
) -> Option<String> {
    let found = match &widget.kind {
        WidgetKind::Text(_) => return None,
        WidgetKind::Metric(widget) => metric(widget, look, source).await,
        WidgetKind::Log(widget) => log(widget, look, source).await,
        WidgetKind::Alarm(widget) => alarm(widget, source).await,
        WidgetKind::Undrawn(kind) => {
            return Some(format!("a widget of type `{kind}` is not drawn here"));
        }
    };
    found.unwrap_or_else(|error| Some(error.to_string()))
}

type Lack = Result<Option<String>, SourceError>;

async fn metric(widget: &MetricWidget, look: Look, source: &dyn DashboardSource) -> Lack {
    if let Some(alarm) = &widget.alarm {
        return Ok(Some(format!(
            "the graph of an alarm is not drawn here: `{alarm}`"
        )));
    }
    if let Some(reason) = &widget.refused {
        return Ok(Some(reason.clone()));
    }
    let queries = widget.queries(look.periods, look.from, look.now);
    let longest = queries.iter().filter_map(|q| q.period).max().unwrap_or(60);
    let start = look.from.floor_to(longest.saturating_mul(1000).max(1000));
    let answers = source.metrics(&queries, start, look.now).await?;
    let lacking = queries.iter().filter(|query| query.visible).find(|query| {
        let mut own = answers.iter().filter(|answer| answer.id == query.id);
        own.all(|answer| answer.points.is_empty())
    });
    Ok(lacking.map(|query| {
        let name = query.label.as_deref().unwrap_or(&query.id);
        format!("no data for `{name}`")
    }))
}

async fn log(widget: &LogWidget, look: Look, source: &dyn DashboardSource) -> Lack {
    if let Some(reason) = &widget.refused {
        return Ok(Some(reason.clone()));
    }
    let answer = source
        .query(&widget.log_groups, &widget.query, look.from, look.now)
        .await?;
    let is_empty = answer.rows.is_empty();
    Ok(is_empty.then(|| "the query found nothing".to_owned()))
}

async fn alarm(widget: &AlarmWidget, source: &dyn DashboardSource) -> Lack {
    let alarms = source.alarms().await?;
    let mut names = widget.names().into_iter();
    let missing = names.find(|name| !alarms.iter().any(|alarm| alarm.name == **name));
    Ok(missing.map(|name| format!("there is no alarm `{name}`")))
}
