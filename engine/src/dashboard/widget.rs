use super::{AlarmWidget, LogWidget, MetricWidget, TextWidget};

/// Where a widget stands on the grid of 24 columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Columns from the left, 0 to 23.
    pub x: i64,
    /// Rows from the top.
    pub y: i64,
    /// Columns, 1 to 24.
    pub width: i64,
    /// Rows, 1 to 1,000.
    pub height: i64,
}

impl Place {
    /// Whether two widgets share a cell.
    pub fn overlaps(&self, other: &Self) -> bool {
        let apart = |a: i64, width: i64, b: i64, other: i64| a + width <= b || b + other <= a;
        !apart(self.x, self.width, other.x, other.width)
            && !apart(self.y, self.height, other.y, other.height)
    }
}

/// What a widget shows.
#[derive(Clone, Debug, PartialEq)]
pub enum WidgetKind {
    /// Metrics.
    Metric(Box<MetricWidget>),
    /// Markdown.
    Text(TextWidget),
    /// A query.
    Log(LogWidget),
    /// Alarm states.
    Alarm(AlarmWidget),
    /// A type that is kept but not drawn: `explorer` (finds its metrics by tags of resources) and `custom`
    /// (asks a Lambda function).
    Undrawn(
        /// Its type.
        &'static str,
    ),
}

/// A widget.
#[derive(Clone, Debug, PartialEq)]
pub struct Widget {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: WidgetKind,
}

impl Widget {
    /// The title of its properties.
    pub fn title(&self) -> Option<&str> {
        match &self.kind {
            WidgetKind::Metric(widget) => widget.title.as_deref(),
            WidgetKind::Log(widget) => widget.title.as_deref(),
            WidgetKind::Alarm(widget) => widget.title.as_deref(),
            WidgetKind::Text(_) | WidgetKind::Undrawn(_) => None,
        }
    }
}
