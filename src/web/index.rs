use std::sync::Arc;

use belfry_engine::alarms::StateValue;
use belfry_engine::dashboard::{WidgetKind, load};

use super::html::{escape, notice, segment};
use super::router::Main;
use super::{AlarmSummary, DashboardSource, DashboardSummary, markdown};

/// The front page: all dashboards with what they are for, and the states of the alarms.
pub(super) async fn main(source: &Arc<dyn DashboardSource>) -> Main {
    let mut out = states(&source.alarms().await?);
    let dashboards = source.dashboards().await?;
    if dashboards.is_empty() {
        out.push_str(&notice(
            "the endpoint has no dashboards: `belfry apply` puts those of the suite",
        ));
    }
    out.push_str("<section class=\"list\">\n");
    for dashboard in dashboards {
        let body = source.body(&dashboard.name).await?.unwrap_or_default();
        out.push_str(&entry(&dashboard, &body));
    }
    out.push_str("</section>\n");
    Ok(Some(out))
}

fn states(alarms: &[AlarmSummary]) -> String {
    let count = |state: StateValue| alarms.iter().filter(|a| a.state == state).count();
    let badge = |(state, class): (StateValue, &str)| {
        let number = count(state);
        let class = if number == 0 { "none" } else { class };
        let name = state.as_str().replace('_', " ");
        format!("<a class=\"badge {class}\" href=\"/alarms\">{number} {name}</a>")
    };
    let badges = [
        (StateValue::Alarm, "alarm"),
        (StateValue::InsufficientData, "insufficient"),
        (StateValue::Ok, "ok"),
    ];
    let badges: Vec<_> = badges.into_iter().map(badge).collect();
    format!("<p class=\"states\">{}</p>\n", badges.join(" "))
}

fn entry(dashboard: &DashboardSummary, body: &str) -> String {
    let (widgets, text) = match load(body) {
        Ok(loaded) => summary(&loaded.dashboard.widgets),
        Err(_) => (0, String::new()),
    };
    let modified = dashboard.modified.map_or_else(String::new, |at| {
        format!(", last changed {}", at.strftime("%F %H:%M UTC"))
    });
    let name = &dashboard.name;
    format!(
        "<article><h2><a href=\"/dashboards/{}\">{}</a></h2>\n{text}<p class=\"small\">{widgets} \
         widgets{modified}</p></article>\n",
        segment(name),
        escape(name)
    )
}

/// How many widgets, and the first paragraph of the first text.
fn summary(widgets: &[belfry_engine::dashboard::Widget]) -> (usize, String) {
    let text = widgets.iter().find_map(|widget| match &widget.kind {
        WidgetKind::Text(text) => text.markdown.lines().find(|l| !l.starts_with('#')),
        _ => None,
    });
    (widgets.len(), markdown::html(text.unwrap_or_default()))
}
