use belfry_engine::dashboard::{self, PeriodOverride, RangeStart, WidgetKind};

use super::Look;
use crate::provision::Resource;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// For how long CloudWatch keeps datapoints of at least so many seconds, before it rolls them up into longer
/// ones (CloudWatch concepts, "Metrics retention").
const KEPT: &[(i64, i64, &str)] = &[
    (3600, 455 * DAY, "455 days"),
    (300, 63 * DAY, "63 days"),
    (60, 15 * DAY, "15 days"),
    (1, 3 * HOUR, "3 hours"),
];

/// A dashboard that keeps its periods and looks back further than such datapoints are kept shows less than it
/// seems.
pub(super) fn periods_are_gone(look: &Look<'_>) -> Vec<String> {
    let Some(Resource::Dashboard(board)) = &look.change.after else {
        return Vec::new();
    };
    let Ok(loaded) = dashboard::load(&board.text) else {
        return Vec::new();
    };
    let Some(RangeStart::Relative(range)) = loaded.dashboard.start else {
        return Vec::new();
    };
    if loaded.dashboard.period_override != PeriodOverride::Inherit {
        return Vec::new();
    }
    let widgets = loaded.dashboard.widgets.iter();
    let short = widgets.filter_map(|widget| {
        let WidgetKind::Metric(metric) = &widget.kind else {
            return None;
        };
        let title = widget.title().unwrap_or("a metric widget");
        let period = metric.period;
        let kept = KEPT.iter().find(|(least, ..)| period >= *least)?;
        let (_, millis, days) = kept;
        (!metric.period_is_range && range > *millis).then(|| {
            let asked = range / DAY;
            format!(
                "the widget `{title}` asks for {asked} days in periods of {period} seconds; CloudWatch keeps those for {days}"
            )
        })
    });
    short.collect()
}
