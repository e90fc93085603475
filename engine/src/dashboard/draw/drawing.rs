use crate::base::Millis;

use super::super::{Axis, HorizontalLine, Side, VerticalLine};

/// How series are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum View {
    /// Lines or stacked areas over time.
    #[default]
    TimeSeries,
    /// The last value of each, as text.
    SingleValue,
    /// The last value of each, on a half circle.
    Gauge,
    /// The last value of each, as bars.
    Bar,
    /// The last value of each, as shares.
    Pie,
}

/// Where the legend stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Legend {
    /// Below.
    #[default]
    Bottom,
    /// Beside.
    Right,
    /// Nowhere.
    Hidden,
}

/// One series, as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// In the legend.
    pub label: String,
    /// `#rrggbb`; one of the palette where absent.
    pub color: Option<String>,
    /// Which axis.
    pub side: Side,
    /// Milliseconds between two points that belong together; a wider gap breaks the line.
    pub period: i64,
    /// Oldest first.
    pub points: Vec<(Millis, f64)>,
}

impl Plot {
    /// The newest value.
    pub fn last(&self) -> Option<f64> {
        self.points.last().map(|(_, value)| *value)
    }
}

/// Everything that is drawn in one widget.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// How.
    pub view: View,
    /// Areas on top of each other.
    pub stacked: bool,
    /// The left end of the time axis.
    pub start: Millis,
    /// The right end.
    pub end: Millis,
    /// The left axis.
    pub left: Axis,
    /// The right axis.
    pub right: Axis,
    /// Where the legend stands.
    pub legend: Legend,
    /// Lines at values.
    pub horizontal: Vec<HorizontalLine>,
    /// Lines at moments.
    pub vertical: Vec<VerticalLine>,
    /// The series.
    pub plots: Vec<Plot>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}
