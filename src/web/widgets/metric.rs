use std::sync::Arc;

use belfry_engine::dashboard::{
    Axis, Drawing, MetricWidget, PeriodOverride, Plot, Series, View, WidgetQuery, draw,
};

use super::super::html::{escape, notice};
use super::super::range::Range;
use super::super::{DashboardSource, SeriesAnswer, SourceError};
use super::card::Size;
use super::{missing, whole_range};

/// A metric widget: its drawing, or why there is none.
pub(super) async fn content(
    source: &Arc<dyn DashboardSource>,
    widget: &MetricWidget,
    periods: PeriodOverride,
    range: &Range,
    size: Size,
) -> String {
    if let Some(alarm) = &widget.alarm {
        return notice(&format!(
            "the graph of an alarm is not drawn here: `{alarm}`"
        ));
    }
    if let Some(reason) = &widget.refused {
        return notice(reason);
    }
    if let Some(reason) = missing::elsewhere(source, &widget.region) {
        return notice(&reason);
    }
    let queries = widget.queries(periods, range.start, range.end);
    match fetch(source, widget, &queries, range).await {
        Ok(answers) => show(widget, &queries, answers, range, size),
        Err(reason) => reason,
    }
}

/// The answers with a note on what is missing, or the notices that stand instead.
async fn fetch(
    source: &Arc<dyn DashboardSource>,
    widget: &MetricWidget,
    queries: &[WidgetQuery],
    range: &Range,
) -> Result<(Vec<SeriesAnswer>, String), String> {
    let refused = |error: SourceError| notice(&error.to_string());
    let (absent, any_known) = missing::missing(source, queries).await.map_err(refused)?;
    let notes: String = absent.iter().map(|n| notice(&missing::reason(n))).collect();
    if !any_known {
        return Err(notes);
    }
    // A bucket is stamped with its start, so the one that the range begins in needs an earlier start.
    let longest = queries.iter().filter_map(|q| q.period).max().unwrap_or(60);
    let start = range.start.floor_to(longest.saturating_mul(1000).max(1000));
    let answers = source.metrics(queries, start, range.end).await;
    let mut answers = answers.map_err(refused)?;
    if widget.period_is_range {
        for answer in &mut answers {
            let query = queries.iter().find(|query| query.id == answer.id);
            query
                .map_or(Ok(()), |query| whole_range::merge(answer, query))
                .map_err(|reason| notice(&reason))?;
        }
    }
    if answers.iter().all(|answer| answer.points.is_empty()) {
        let empty = notice(&format!("no data from {}", range.words()));
        return Err([empty, notes].concat());
    }
    Ok((answers, notes))
}

fn show(
    widget: &MetricWidget,
    queries: &[WidgetQuery],
    (answers, notes): (Vec<SeriesAnswer>, String),
    range: &Range,
    size: Size,
) -> String {
    let plots = plots(widget, queries, answers);
    let Some(view) = widget.view else {
        return [table(&plots), notes].concat();
    };
    // A bucket that began before the range is drawn where it began.
    let starts = plots.iter().filter_map(|plot| plot.points.first());
    let first = starts.map(|(at, _)| *at).min().unwrap_or(range.start);
    let drawing = Drawing {
        view,
        stacked: widget.stacked && view == View::TimeSeries,
        start: range.start.min(first),
        end: range.end,
        left: widget.left.clone(),
        right: Axis {
            label: widget.right.label.clone(),
            ..widget.right
        },
        legend: widget.legend,
        horizontal: widget.horizontal.clone(),
        vertical: widget.vertical.clone(),
        plots,
        width: size.width,
        height: size.height,
    };
    [draw(&drawing), notes].concat()
}

/// The series in the order of the widget's entries; an entry that gave several keeps their order.
fn plots(widget: &MetricWidget, queries: &[WidgetQuery], answers: Vec<SeriesAnswer>) -> Vec<Plot> {
    let shortest = queries.iter().filter_map(|q| q.period).min().unwrap_or(60);
    let mut plots = Vec::new();
    let mut answers: Vec<_> = answers.into_iter().map(Some).collect();
    for query in queries.iter().filter(|query| query.visible) {
        let Some(series) = widget.series.get(query.entry) else {
            continue;
        };
        let period = query.period.unwrap_or(shortest);
        for slot in &mut answers {
            if let Some(answer) = slot.take_if(|answer| answer.id == query.id) {
                plots.push(plot(series, answer, period));
            }
        }
    }
    plots
}

fn plot(series: &Series, answer: SeriesAnswer, period: i64) -> Plot {
    Plot {
        label: answer.label,
        color: series.color.clone(),
        side: series.side,
        period: period.saturating_mul(1000),
        points: answer.points,
    }
}

/// The table view: last, least, greatest and mean of each series.
fn table(plots: &[Plot]) -> String {
    let row = |plot: &Plot| {
        let values = || plot.points.iter().map(|(_, value)| *value);
        let count = plot.points.len().max(1) as f64;
        let cells = [
            values().next_back().unwrap_or(f64::NAN),
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
            values().sum::<f64>() / count,
        ];
        let cell = |value: &f64| match value.is_finite() {
            true => format!("<td class=\"number\">{value:.3}</td>"),
            false => "<td></td>".to_owned(),
        };
        let cells: String = cells.iter().map(cell).collect();
        format!("<tr><td>{}</td>{cells}</tr>\n", escape(&plot.label))
    };
    let rows: String = plots.iter().map(row).collect();
    format!(
        "<table><thead><tr><th>Series</th><th>Last</th><th>Min</th><th>Max</th><th>Avg</th></tr></thead>\n\
         <tbody>{rows}</tbody></table>\n"
    )
}
