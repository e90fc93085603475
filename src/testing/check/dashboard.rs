use belfry_engine::dashboard::{Loaded, WidgetKind, load};
use belfry_engine::diag::{Diagnostic, test as codes};

use super::widget::{Look, lack, widget_name};
use crate::aws::{Session, Widgets};
use crate::testing::{DashboardExpected, Failure};
use crate::web::DashboardSource;

/// Asks for the data of every widget, as the page does. Returns the widgets that got some.
pub(in crate::testing) async fn dashboard(
    expected: &DashboardExpected,
    session: &Session,
    failures: &mut Vec<Failure>,
) -> Vec<String> {
    let source = Widgets::new(session);
    let mut fail = |code, message: String| {
        let diagnostic = Diagnostic::error(code, expected.at, message);
        failures.push(Failure::plain(diagnostic));
    };
    let loaded = match body(expected, &source).await {
        Ok(loaded) => loaded,
        Err(reason) => {
            fail(&codes::REFUSED, reason);
            return Vec::new();
        }
    };
    let look = Look {
        from: expected.from,
        now: expected.now,
        periods: loaded.dashboard.period_override,
    };
    let mut served = Vec::new();
    for (place, widget) in loaded.dashboard.widgets.iter().enumerate() {
        let name = widget_name(place, widget);
        let lack = lack(widget, look, &source).await;
        match (lack, expected.without.contains(&name)) {
            (None, false) => served.push(name),
            (None, true) if matches!(widget.kind, WidgetKind::Text(_)) => {}
            (None, true) => {
                let message = format!("the widget `{name}` got data, and `without` names it");
                fail(&codes::NO_DATA, message);
            }
            (Some(_), true) => {}
            (Some(reason), false) => {
                let message = format!("the widget `{name}` got no data: {reason}");
                fail(&codes::NO_DATA, message);
            }
        }
    }
    served
}

async fn body(
    expected: &DashboardExpected,
    source: &dyn DashboardSource,
) -> Result<Loaded, String> {
    let name = &expected.name;
    let body = source.body(name).await.map_err(|error| error.to_string())?;
    let body = body.ok_or_else(|| format!("there is no dashboard `{name}`"))?;
    load(&body).map_err(|_| format!("the body of `{name}` is refused"))
}
