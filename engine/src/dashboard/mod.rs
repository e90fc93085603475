//! Dashboard bodies: model, validation, what data each widget asks for, drawing to SVG.
//!
//! In comes the JSON text of a dashboard body; out come a [`Dashboard`] or AWS's validation messages
//! ([`load`]), the queries of each widget ([`MetricWidget::queries`], [`LogWidget`]), and, from the answers
//! to them, an SVG ([`draw`]). Widgets of type explorer and custom are checked and kept, and
//! refused where they would be drawn. To add a widget type: a file with its properties beside `log.rs`, a
//! line in `load.rs`. To add a view: a file in `draw/` and a line in its table.

mod alarm;
mod annotations;
mod axis;
mod draw;
mod layout;
mod load;
mod log;
mod members;
mod message;
mod metric;
mod query;
mod range;
mod series;
mod text;
mod widget;

pub use alarm::{AlarmSort, AlarmWidget};
pub use annotations::{Fill, HorizontalLine, VerticalLine};
pub use axis::{Axis, Side};
pub use draw::{Drawing, Legend, Plot, View, draw, escape};
pub use load::{Dashboard, Loaded, load};
pub use log::LogWidget;
pub use message::{ValidationMessage, refusal};
pub use metric::MetricWidget;
pub use query::WidgetQuery;
pub use range::{PeriodOverride, RangeStart};
pub use series::{Series, SeriesSource};
pub use text::TextWidget;
pub use widget::{Place, Widget, WidgetKind};

#[cfg(test)]
mod suite;
