use std::sync::Arc;

use belfry_engine::base::Millis;
use belfry_engine::dashboard::{Dashboard, load};
use tokio::task::JoinSet;

use super::html::{notice, segment};
use super::range::Range;
use super::router::Main;
use super::{DashboardSource, widgets};

/// One dashboard on its grid, and the path that answers it again.
pub(super) async fn main(
    source: &Arc<dyn DashboardSource>,
    name: &str,
    range: Option<&str>,
    now: Millis,
) -> (String, Main) {
    let path = format!("/dashboards/{}/live", segment(name));
    let body = match source.body(name).await {
        Ok(Some(body)) => body,
        Ok(None) => return (path, Ok(None)),
        Err(error) => return (path, Err(error)),
    };
    let dashboard = match load(&body) {
        Ok(loaded) => loaded.dashboard,
        Err(messages) => {
            let lines = messages
                .iter()
                .map(|m| notice(&format!("{}: {}", m.data_path, m.message)));
            return (path, Ok(Some(lines.collect())));
        }
    };
    let range = Range::new(range, dashboard.start, now);
    let live = format!("{path}{}", range.query());
    let grid = grid(source, dashboard, &range).await;
    let main = format!(
        "<p class=\"range\">{} <span class=\"small\">{}</span></p>\n<div class=\"grid\">\n{grid}</div>\n",
        range.links(),
        range.words()
    );
    (live, Ok(Some(main)))
}

/// All widgets, asked for at the same time, in the order of the body.
async fn grid(source: &Arc<dyn DashboardSource>, dashboard: Dashboard, range: &Range) -> String {
    let mut tasks = JoinSet::new();
    let periods = dashboard.period_override;
    for (index, widget) in dashboard.widgets.into_iter().enumerate() {
        let (source, range) = (Arc::clone(source), range.clone());
        tasks.spawn(async move {
            let card = widgets::card(&source, &widget, periods, &range).await;
            (index, card)
        });
    }
    let mut cards = tasks.join_all().await;
    cards.sort_by_key(|(index, _)| *index);
    cards.into_iter().map(|(_, card)| card).collect()
}
