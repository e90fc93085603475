use std::sync::Arc;

use belfry_engine::dashboard::{PeriodOverride, Place, SeriesSource, Widget, WidgetKind};

use super::super::html::{escape, notice};
use super::super::range::Range;
use super::super::{DashboardSource, markdown};
use super::{alarm, log, metric};

/// The size of a drawing, in its own units: a column is about 58 wide, a row 60 high, less the card's frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

/// A widget on the grid.
pub(in super::super) async fn card(
    source: &Arc<dyn DashboardSource>,
    widget: &Widget,
    periods: PeriodOverride,
    range: &Range,
) -> String {
    let size = size(widget.place);
    let content = match &widget.kind {
        WidgetKind::Metric(widget) => metric::content(source, widget, periods, range, size).await,
        WidgetKind::Log(widget) => log::content(source, widget, range, size).await,
        WidgetKind::Alarm(widget) => alarm::content(source, widget).await,
        WidgetKind::Text(text) => markdown::html(&text.markdown),
        WidgetKind::Undrawn(kind) => notice(&format!(
            "a widget of type `{kind}` is not drawn here: {}",
            match *kind {
                "explorer" =>
                    "it finds its metrics by the tags of resources, which do not exist here",
                _ => "it is drawn by a Lambda function, which does not run here",
            }
        )),
    };
    // Where this cannot be told, the widget itself says that there was no answer.
    let estimated = source.estimated().await.unwrap_or_default();
    let mark = match is_estimated(&widget.kind, estimated) {
        true => " <span class=\"small\">estimate</span>",
        false => "",
    };
    let title = match widget.title() {
        Some(title) => format!("<h2>{}{mark}</h2>\n", escape(title)),
        None if mark.is_empty() => String::new(),
        None => format!("<h2>{mark}</h2>\n"),
    };
    let Place {
        x,
        y,
        width,
        height,
    } = widget.place;
    format!(
        "<section class=\"card {}\" style=\"grid-column:{}/span {width};grid-row:{}/span {height}\">\n\
         {title}<div class=\"content\">{content}</div></section>\n",
        class(&widget.kind),
        x + 1,
        y + 1,
    )
}

/// Whether any metric of the widget is in one of `namespaces`.
fn is_estimated(kind: &WidgetKind, namespaces: &[&str]) -> bool {
    let WidgetKind::Metric(widget) = kind else {
        return false;
    };
    widget.series.iter().any(|series| match &series.source {
        SeriesSource::Metric { namespace, .. } => namespaces.contains(&namespace.as_str()),
        SeriesSource::Expression(_) => false,
    })
}

fn class(kind: &WidgetKind) -> &'static str {
    match kind {
        WidgetKind::Metric(_) => "metric",
        WidgetKind::Text(_) => "text",
        WidgetKind::Log(_) => "log",
        WidgetKind::Alarm(_) => "alarms",
        WidgetKind::Undrawn(_) => "undrawn",
    }
}

fn size(place: Place) -> Size {
    let pixels = |cells: i64, each: i64, frame: i64| {
        u32::try_from((cells * each - frame).clamp(60, 4000)).unwrap_or(60)
    };
    Size {
        width: pixels(place.width, 58, 30),
        height: pixels(place.height, 60, 54),
    }
}
