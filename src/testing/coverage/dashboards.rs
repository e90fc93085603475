use belfry_engine::dashboard::{WidgetKind, load};
use belfry_engine::diag::Span;

use super::{Point, Reached};
use crate::suite::Suite;
use crate::testing::{Served, widget_name};

/// Of every widget but texts: that it asks for its data and gets some.
pub(super) fn points(suite: &Suite) -> Vec<(Point, Reached<'_>)> {
    let mut points: Vec<(Point, Reached<'_>)> = Vec::new();
    for dashboard in &suite.dashboards {
        // The suite's reader has refused bodies that are none.
        let Ok(loaded) = load(&dashboard.source) else {
            continue;
        };
        for (place, widget) in loaded.dashboard.widgets.iter().enumerate() {
            if matches!(widget.kind, WidgetKind::Text(_)) {
                continue;
            }
            let served = Served {
                dashboard: dashboard.name.clone(),
                widget: widget_name(place, widget),
            };
            let point = Point {
                subject: format!("dashboard {}", dashboard.name),
                what: served.widget.clone(),
                path: dashboard.path.clone(),
                at: Span::default(),
                tests: Vec::new(),
                exempt: None,
            };
            points.push((
                point,
                Box::new(move |ran| ran.outcome.served.contains(&served)),
            ));
        }
    }
    points
}
